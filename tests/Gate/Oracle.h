// What a kernel must compute: its results by the interpreter, and how far compiled ones may be
// away.
//
// Integers, bool and moved elements: the same bits. Floats, with K the number of terms of the
// longest reduction and M the largest term:
//   f32  1e-6 sqrt(K) M      f64  1e-14 sqrt(K) M      f16, bf16  as f32, and one ulp of M more
// M is taken as the largest magnitude of any finite float in the kernel: operands, every
// intermediate value, and for sums of products the product of the operands' largest magnitudes.
// A result takes the tolerance of the coarsest type that a rounding before it had.
#pragma once

#include "Core/Literal.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace dlc::gate {

struct Tolerance {
  double terms = 1, largest = 0;
};

/// How exact a value is: the same bits, or rounded in one of these types on the way.
enum class Grain { Exact, Double, Single, Half, Bfloat };

struct Expected {
  /// Interpreting ended in an index that is out of range.
  bool isIndexError = false;
  /// Another error: a mistake of generator or interpreter.
  std::string error;
  std::vector<Literal> results;
  std::vector<Grain> grains;
  Tolerance tolerance;

  /// The largest difference that result `i` may have.
  double allowed(size_t i) const;
};

Expected interpretKernel(mlir::func::FuncOp, llvm::ArrayRef<Literal> operands);

/// Empty where `actual` is what is expected of result `i`; else the first difference. `worst` is
/// raised to the largest difference over what is allowed.
std::string difference(const Expected &, size_t i, const Literal &actual, double &worst);

} // namespace dlc::gate
