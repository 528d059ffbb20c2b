// Which values share a buffer of the arena, and when nobody reads it any more: then the next result
// may take its place.
#pragma once

#include "Core/Core.h"

namespace dlc {

class Ownership {
public:
  /// `result` has a new buffer, which ops of its block may overwrite.
  void own(mlir::OpResult result);
  /// `alias` lies where `owner` does. Nothing happens where that is no buffer of the arena's.
  void share(mlir::Value owner, mlir::Value alias);
  /// Whether `op` is the last that reads the value's buffer, and reads it once, as an operand.
  /// False for values of another block: a loop reads them again.
  bool diesAt(mlir::Value, mlir::Operation *op) const;

private:
  struct Storage {
    mlir::Block *block;
    llvm::SmallVector<mlir::Value> values;
  };
  std::vector<Storage> storages;
  llvm::DenseMap<mlir::Value, size_t> storageOf;
};

} // namespace dlc
