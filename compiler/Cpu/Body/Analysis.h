// What pulling a value would read, without emitting anything: the same walk over reference forms as
// Body::pull, on expressions alone. Loops are chosen by it: which one is vectorised, which are
// merged, where guards split them, which reductions a point needs and where they can be hoisted.
#pragma once

#include "Core/Core.h"
#include "Cpu/Body/AffineRange.h"

namespace dlc {

using Point = llvm::SmallVector<mlir::AffineExpr, 6>;

/// What reading elements `stride` (not 0) apart into a vector costs, in contiguous vectors.
double strideCost(int64_t stride, int64_t lanes);

class Analysis {
public:
  explicit Analysis(mlir::MLIRContext *context) : context(context) {}

  /// One read of memory: an argument or a constant table, at a row-major position.
  struct Access {
    mlir::Value source;
    mlir::AffineExpr position;
    /// The reduction whose loops are around it (-1: none), and how often it is read in all, in
    /// terms of the loops of reductions around it.
    int reduction = -1;
    double times = 1;
    /// Read only where a guard holds.
    bool guarded = false;
  };
  struct Reduction {
    mlir::Operation *op;
    Point point;
    /// The dimensions made for the reduced loops.
    llvm::SmallVector<mlir::AffineExpr> loops;
    /// The reduction inside whose loops it is needed (-1: none).
    int parent = -1;
    /// Needed only where a guard holds.
    bool guarded = false;
    /// How often it is needed, in terms of the loops of reductions around it.
    double times = 1;
  };
  /// An op that is computed, with the weight of one element.
  struct Work {
    mlir::Operation *op;
    Point point;
    int reduction;
    double times, weight;
  };
  struct Constraint {
    mlir::AffineExpr expression;
    bool isEquality;
  };
  /// A value computed at a point by an op that is worth keeping.
  struct Expensive {
    mlir::Value value;
    Point point;
    int reduction;
    bool guarded;
  };

  llvm::SmallVector<Access> accesses;
  llvm::SmallVector<Reduction> reductions;
  llvm::SmallVector<Constraint> constraints;
  llvm::SmallVector<Expensive> expensive;
  llvm::SmallVector<Work> work;
  /// Loop indices that bodies see.
  llvm::SmallVector<mlir::AffineExpr> indices;
  /// Every value seen outside of reductions, with its point.
  llvm::SmallVector<std::pair<mlir::Value, Point>> seen;
  /// Bits of the widest float in registers (0: none), and of the widest integer in memory.
  unsigned floatBits = 0, integerBits = 8;
  /// Scalar operations an element, roughly.
  double operations = 0;
  bool hasIndirection = false;

  /// A new dimension with lo <= d < hi; `setRange` changes the range of one.
  mlir::AffineExpr dimension(int64_t lo, int64_t hi);
  /// Starts with the first dimensions and symbols of another space.
  void adopt(unsigned dimensions, unsigned symbols, RangeOf);
  void setRange(mlir::AffineExpr dimension, int64_t lo, int64_t hi);
  IntegerRange range(mlir::AffineExpr) const;
  mlir::AffineExpr simplify(mlir::AffineExpr) const;
  LinearForm linear(mlir::AffineExpr) const;
  mlir::AffineExpr simplify(const Constraint &, mlir::AffineExpr) const;

  /// Walks everything that `value` at `point` needs. False when the walk grew beyond what a kernel
  /// may hold.
  bool visit(mlir::Value value, llvm::ArrayRef<mlir::AffineExpr> point);
  /// The operands of a reduction's body in the given loops (its point, then the reduced ones).
  bool visitBody(mlir::Operation *, llvm::ArrayRef<mlir::AffineExpr> loops);

  /// What `substitute` and `merge` change, to undo a trial.
  struct Snapshot {
    llvm::SmallVector<Access> accesses;
    llvm::SmallVector<Reduction> reductions;
    llvm::SmallVector<Constraint> constraints;
    llvm::SmallVector<Expensive> expensive;
    llvm::SmallVector<Work> work;
    llvm::SmallVector<mlir::AffineExpr> indices;
    llvm::SmallVector<std::pair<mlir::Value, Point>> seen;
  };
  Snapshot save() const {
    return {accesses, reductions, constraints, expensive, work, indices, seen};
  }
  void restore(const Snapshot &s) {
    accesses = s.accesses;
    reductions = s.reductions;
    constraints = s.constraints;
    expensive = s.expensive;
    work = s.work;
    indices = s.indices;
    seen = s.seen;
  }

  /// Every expression in which a dimension ought to appear linearly.
  void forEachExpression(llvm::function_ref<void(mlir::AffineExpr &)>);
  /// Every coordinate of a point at which a value is asked for.
  void forEachPoint(llvm::function_ref<void(mlir::AffineExpr &)>);
  /// i * extent + j takes the place of two adjacent dimensions i and j (0 <= j < extent) if
  /// everything stays linear. Then `merged` is the new dimension, and `i` and `j` are its quotient
  /// and rest in all expressions.
  bool merge(mlir::AffineExpr i, mlir::AffineExpr j, int64_t extentOfI, int64_t extentOfJ,
             mlir::AffineExpr &merged);
  void substitute(mlir::AffineExpr dimension, mlir::AffineExpr by);

  /// How many of the expressions are not linear in the dimension.
  unsigned nonlinearUses(mlir::AffineExpr dimension) const;
  /// Divisors of `extent` by which expressions divide the dimension.
  llvm::SmallVector<int64_t> divisors(mlir::AffineExpr dimension, int64_t extent) const;

  /// Cost of vectorising along a dimension, summed over accesses: 1 is one contiguous
  /// vector.
  double vectorCost(mlir::AffineExpr dimension, int64_t lanes) const;
  unsigned elementBits() const { return floatBits ? floatBits : integerBits; }

private:
  struct Visit;
  mlir::MLIRContext *context;
  llvm::SmallVector<IntegerRange> ranges;
  llvm::SmallVector<IntegerRange> symbolRanges;
  llvm::DenseMap<mlir::Operation *, std::unique_ptr<ReferenceForm>> forms;
  llvm::DenseMap<mlir::Value, llvm::SmallVector<std::pair<Point, int>, 1>> visited;
  int reduction = -1;
  double times = 1;
  bool guarded = false;
  unsigned steps = 0;

  IntegerRange rangeOf(mlir::AffineExpr) const;
  const ReferenceForm &form(mlir::Operation *);
  void countType(mlir::Type element);
};

} // namespace dlc
