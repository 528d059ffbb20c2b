// What an artifact is to those who call it: names, types, sizes. The entry's code, the header and
// the description are three views of this one value, so they cannot disagree.
#pragma once

#include "Cpu/Machine.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace dlc {

/// One array of the entry's signature.
struct Parameter {
  std::string name;       // as the model calls it
  std::string identifier; // as C calls it, distinct in one signature
  std::string dtype;      // a name of DLC_DTYPES
  llvm::SmallVector<int64_t> shape;
  int64_t elementBytes = 0; // what its address is a multiple of; 1 for packed elements
  int64_t bytes = 0;
  /// -1; else the axis of which a run tells how much is there. An `int64_t *` follows the array.
  int64_t boundedAxis = -1;
  /// Of an output: the input whose memory it may share, by its number; -1: none.
  int64_t alias = -1;
};

enum class WeightStorage { None, Embed, File };

struct Artifact {
  std::string name; // prefix of the symbols, a C identifier
  Machine machine;
  std::vector<Parameter> inputs, outputs;
  int64_t arenaBytes = 64, stackBytes = 0, maxThreads = 16;
  bool sanitizeAddress = false; // kernels check their accesses; needs AddressSanitizer's runtime
  WeightStorage storage = WeightStorage::None;
  int64_t weightBytes = 0;
  /// Not empty: embedded weights are this symbol of another object.
  std::string weightSymbol;
  /// The file whose lines name the nodes of each launch (`-g`), without folder; empty: none.
  std::string launchList;
  std::string weightFile;  // with WeightStorage::File: its name, without folder
  uint64_t weightHash = 0; // with WeightStorage::File: XXH64 of it
  std::string modelFile;   // without folder
  std::string modelHash;   // SHA-256

  /// What NAME_run takes before `arena` and `parallel`.
  size_t pointerCount() const;
};

/// Reads signature and sizes from `@run` and the attributes of its module (Core/Program.td says
/// which). An error is emitted where it does not have that form.
mlir::LogicalResult describe(mlir::func::FuncOp run, Artifact &);

/// A C identifier: every other character becomes '_', and one stands before a leading digit.
std::string makeIdentifier(llvm::StringRef);

/// The name of a dialect element type in descriptions: "f32", "i8" for si8, "bool" for i1.
std::string dtypeName(mlir::Type element);

} // namespace dlc
