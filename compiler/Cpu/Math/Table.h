// Reads from a constant table by an index per lane: a private global of the module and a gather.
#pragma once
#include "Cpu/Math/Expression.h"

namespace dlc {

/// table[index + offset] in each lane; `index` is i64 and in bounds. The global `name` is made when
/// it is missing.
Expression lookUp(llvm::StringRef name, llvm::ArrayRef<double> table, Expression index, int offset);

} // namespace dlc
