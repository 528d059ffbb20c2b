// What Body remembers between calls; private to Body's files.
#pragma once

#include "Cpu/Body/Body.h"
#include "llvm/ADT/DenseMap.h"

namespace dlc {

struct Body::State {
  /// value = scale * dimension + offset.
  struct Dimension {
    IntegerRange range;
    mlir::Value value;
    int64_t scale = 1, offset = 0;
  };
  /// An index read from data, checked.
  struct Symbol {
    IntegerRange range;
    Scalar value;
  };
  struct Known {
    Point point;
    Scalar scalar;
  };

  mlir::func::FuncOp function;
  llvm::SmallVector<mlir::Value> operands, results;
  mlir::Value error, scratch;
  int64_t scratchBytes = 0;
  bool checks = true;

  llvm::SmallVector<Dimension> dimensions;
  llvm::SmallVector<Symbol> symbols;
  llvm::DenseMap<mlir::Value, llvm::SmallVector<Known, 1>> known;
  /// Checked indices by the register that holds the unchecked one and the extent.
  llvm::DenseMap<std::pair<mlir::Value, int64_t>, mlir::AffineExpr> checkedIndices;
  /// Undoes what a scope has added: a value of `known`, or a key of `checkedIndices`.
  llvm::SmallVector<mlir::Value> knownLog;
  llvm::SmallVector<std::pair<mlir::Value, int64_t>> checkedLog;
  struct Mark {
    size_t known, checked, kept, redirected;
  };
  struct Kept {
    Keep keep;
    Scratch scratch;
    /// The lane, if each has an element of its own.
    mlir::AffineExpr lane;
    bool isWritten = false;
  };
  llvm::SmallVector<Kept> keeps;
  struct Redirection {
    mlir::Value buffer;
    mlir::AffineExpr position;
    Scratch copy;
    mlir::AffineExpr copyPosition;
    /// Of rows: `position` is where lane 0's begins.
    int64_t stride = 0, extent = 0;
  };
  llvm::SmallVector<Redirection> redirections;
  /// Where the elements at a position are instead, and the scratch they are in.
  std::optional<std::pair<mlir::AffineExpr, Scratch>> redirected(Body &, mlir::Value buffer,
                                                                 const LinearForm &) const;
  /// Views of the scratch by element type.
  llvm::DenseMap<mlir::Type, mlir::Value> scratchViews;
  Mark mark() const {
    return {knownLog.size(), checkedLog.size(), keeps.size(), redirections.size()};
  }
  llvm::SmallVector<Mark> scopes;

  /// The lane dimension in use (-1: none), and the lanes for which guards hold (null: all).
  int laneDimension = -1;
  mlir::Value guardMask;
  struct SavedLanes {
    int64_t count, live;
    int dimension;
    mlir::Value mask;
  };
  llvm::SmallVector<SavedLanes> savedLanes;

  /// Nodes of their own: forms are in use while others are added.
  llvm::DenseMap<mlir::Operation *, std::unique_ptr<ReferenceForm>> forms;
  llvm::DenseMap<mlir::Operation *, mlir::Value> tables;

  const ReferenceForm &form(mlir::Operation *);
  /// Whether the indices that the op's body sees fit in 32 bits, with room for what it computes
  /// from them, and are told apart from its data by their type. Then they are i32: as many lanes as
  /// f32.
  bool hasNarrowIndices(mlir::Operation *);
  const Scalar *find(mlir::Value, llvm::ArrayRef<mlir::AffineExpr>) const;
  IntegerRange rangeOf(mlir::AffineExpr) const;
  /// Whether an expression contains a symbol whose value is a vector, or the lane dimension.
  bool varies(mlir::AffineExpr) const;
  LinearForm linear(mlir::AffineExpr) const;

  // Pull.cpp
  Scalar compute(Body &, mlir::Value, llvm::ArrayRef<mlir::AffineExpr>);
  /// The record for a value at a point of its sweep, or null.
  const Kept *findKept(mlir::Value, llvm::ArrayRef<mlir::AffineExpr>) const;
  Scalars evaluate(Body &, mlir::Operation *, llvm::ArrayRef<mlir::AffineExpr> loops);
  Scalar read(Body &, mlir::Operation *, const Read &, llvm::ArrayRef<mlir::AffineExpr> loops,
              llvm::ArrayRef<Scalar> earlier);
  Scalar readUnguarded(Body &, mlir::Operation *, const Read &,
                       llvm::ArrayRef<mlir::AffineExpr> loops, llvm::ArrayRef<Scalar> earlier);
  Scalar pieces(Body &, mlir::Operation *, llvm::ArrayRef<const Read *>,
                llvm::ArrayRef<mlir::AffineExpr> loops);
  Scalar tableElement(Body &, mlir::Operation *, llvm::ArrayRef<mlir::AffineExpr>);
  mlir::AffineExpr checkedIndex(Body &, Scalar, int64_t extent);
  Scalar constant(Body &, mlir::TypedAttr, mlir::Type element);
  /// `condition ? then() : otherwise()` by a branch.
  Scalar branch(Body &, mlir::Value condition, llvm::function_ref<Scalar()> then,
                llvm::function_ref<Scalar()> otherwise);
  /// The results of the op as tensors hold them.
  void rememberResults(Body &, mlir::Operation *, llvm::ArrayRef<mlir::AffineExpr> point,
                       llvm::ArrayRef<Scalar>);

  // Memory.cpp
  mlir::Value loadContiguous(Body &, mlir::Value buffer, mlir::Value at, int64_t count,
                             int64_t live, mlir::Value mask);
  mlir::Value gather(Body &, mlir::Value buffer, LinearForm, mlir::Value offset);
  mlir::Value activeMask(Body &);
  /// A lane-dependent form as a vector of integers of `bits`.
  mlir::Value indexVector(Body &, const LinearForm &, unsigned bits);
  unsigned indexBits(const LinearForm &) const;
  bool hasMaskedAccess(const Body &, mlir::Type memory) const;
};

/// Shapes and vectors in registers.
mlir::Value zero(mlir::ImplicitLocOpBuilder &, mlir::Type);
/// 1 for the first `live` of `count` lanes.
mlir::Value prefixMask(mlir::ImplicitLocOpBuilder &, int64_t count, int64_t live);
mlir::Value shuffle(mlir::ImplicitLocOpBuilder &, mlir::Value, mlir::Value,
                    llvm::ArrayRef<int64_t>);

} // namespace dlc
