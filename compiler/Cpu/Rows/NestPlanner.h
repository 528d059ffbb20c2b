// What planning a nest goes through; private to this folder. Each file holds one question: which
// loops there are (IterationSpace.cpp), which one is vectorised (VectorLoop.cpp), where reductions
// are computed (Hoist.cpp), which rows are turned (ShortRows.cpp), how the kernel is cut
// (Nest.cpp).
#pragma once

#include "Cpu/Body/Analysis.h"
#include "Cpu/Rows/Nest.h"

namespace dlc {

struct NestPlanner {
  mlir::func::FuncOp kernel;
  const Machine &machine;
  Analysis analysis;
  mlir::MLIRContext *context;
  Nest nest;

  struct Loop {
    mlir::AffineExpr dimension;
    int64_t extent;
  };
  llvm::SmallVector<Loop> loops;
  llvm::SmallVector<mlir::AffineExpr> mainPoint;
  struct Output {
    unsigned result;
    Point point;
  };
  llvm::SmallVector<Output> outputs;
  /// Reductions computed between the loops: positions in analysis.reductions, in program order.
  llvm::SmallVector<unsigned> hoisted;
  /// For each reduction of the analysis, the hoisted one around it or itself, or -1.
  llvm::SmallVector<int> owner;
  int vectorLoop = -1, tileLoop = -1;

  NestPlanner(mlir::func::FuncOp kernel, const Machine &machine)
      : kernel(kernel), machine(machine), analysis(kernel.getContext()),
        context(kernel.getContext()) {}

  // IterationSpace.cpp
  std::optional<Point> pointOf(mlir::Value result) const;
  bool takeResults(llvm::SmallBitVector &left);
  bool isRepeatedOnly(mlir::AffineExpr dimension, int64_t extent) const;
  void splitDimensions();
  void mergeLoops();

  // VectorLoop.cpp
  int64_t lanesOf(int64_t extent) const;
  bool repeats(const LinearForm &form, mlir::AffineExpr dimension, int64_t lanes) const;
  double strideCostOf(mlir::AffineExpr position, mlir::AffineExpr dimension, int64_t lanes) const;
  double timesOf(llvm::ArrayRef<mlir::AffineExpr> point) const;
  double cost(int vector) const;
  void chooseVectorLoop();
  void chooseTileLoop();
  bool isCrossed(const Analysis::Access &access, int other) const;
  void placeTile();
  void orderLoops();
  int64_t vectorsTogether(int64_t extent, int64_t most) const;
  bool readsAreVectors() const;
  bool mayOverlap();

  // ShortRows.cpp
  struct Row {
    mlir::AffineExpr start;
    int64_t stride, extent;
  };
  std::optional<Row> rowAlong(mlir::AffineExpr position, int vector) const;
  void placeTurned();

  // Hoist.cpp
  bool isHoistable(const Analysis::Reduction &r) const;
  void findHoisted();
  bool uses(mlir::Operation *op, mlir::Operation *other,
            llvm::SmallPtrSetImpl<mlir::Operation *> &seen) const;
  bool fits(const Nest::Group &group, const Analysis::Reduction &r, unsigned level,
            bool varies) const;
  void keepExpensive(unsigned h, Nest::Group &group, bool varies);
  bool isSame(unsigned x, unsigned y) const;
  bool isKept(mlir::Value value) const;
  bool isNeededAgain(const Analysis::Expensive &entry, llvm::ArrayRef<mlir::AffineExpr> outer,
                     unsigned h) const;
  void placeReductions();
  double repetition() const;

  // Nest.cpp
  mlir::ValueRange results() const;
  bool dependsOn(llvm::ArrayRef<mlir::AffineExpr> point, mlir::AffineExpr dimension) const;
  unsigned levelOf(llvm::ArrayRef<mlir::AffineExpr> point) const;
  Point inLoops(llvm::ArrayRef<mlir::AffineExpr> point) const;
  void splitLoops();
  bool isBusy(unsigned level) const;
  void cut();
  bool run(llvm::SmallBitVector &left);
};

} // namespace dlc
