// One register tile of a contraction: accumulators in registers over the whole depth, then what the
// kernel does with each element.
//
//   for k:  b0, b1 = panel[k][0..16), [16..32)
//           for each row r of the tile:  a = broadcast left[r][k];  acc[r][.] += a * b[.]
//
// Elements outside a padded operand are never visited: loops of the window are bounded by the
// position of the tile, and a tile at the edge of the rows, whose rows differ in what exists, is
// emitted with the window's loop unrolled, each step with the rows that exist.
#pragma once

#include "Cpu/Body/Body.h"
#include "Cpu/Contraction/Schedule.h"

namespace dlc {

/// The index with loops replaced by what they are at the moment.
Point substituted(llvm::ArrayRef<mlir::AffineExpr> index, llvm::ArrayRef<mlir::AffineExpr> at);

class TileEmitter {
public:
  TileEmitter(Body &body, const ContractionNest &nest, const ContractionSchedule &schedule)
      : body(body), nest(nest), schedule(schedule), at(nest.loops.size()) {}

  /// What each loop is at the moment; outer loops are set by the caller.
  void set(int loop, mlir::AffineExpr e) { at[loop] = e; }
  /// The columns' side is read from this scratch, [depth][tile's columns] from `start` on.
  void readColumnsFrom(Body::Scratch scratch, mlir::AffineExpr start) {
    staged = scratch;
    stagedStart = start;
  }

  /// Rows first .. first + rows; `fixed` is `first` when it is a number whose padding matters.
  /// Column `column` and up: a vector for each entry of `live`, with so many columns that exist.
  void emit(mlir::AffineExpr first, int64_t rows, std::optional<int64_t> fixed,
            mlir::AffineExpr column, llvm::ArrayRef<int64_t> live);

  /// A tile whose sums are in scratch between blocks of the depth, from row `sumRow` of it on.
  struct Tile {
    mlir::AffineExpr first, column;
    int64_t rows;
    std::optional<int64_t> fixed;
    llvm::ArrayRef<int64_t> live;
    mlir::AffineExpr sumRow;
  };
  void clear(const Tile &);
  void accumulate(const Tile &, mlir::AffineExpr block);
  void finish(const Tile &);

  /// Where accumulators go if the end of a tile is a loop.
  void finishFrom(Body::Scratch scratch) { sums = scratch; }

  /// No row of first .. first + rows misses an element of the other side.
  bool isInterior(int64_t first, int64_t rows) const;
  /// Position in the depth as panels have it.
  mlir::AffineExpr depthPosition() const;
  mlir::AffineExpr stagedPosition() const {
    return stagedStart + depthPosition() * schedule.tileColumns();
  }
  void setColumn(mlir::AffineExpr e) {
    if (nest.columns >= 0)
      at[nest.columns] = e;
  }
  Scalar pullSide(unsigned side);
  /// The same in every lane, if it is one element.
  Scalar pullVector(unsigned side);

private:
  Body &body;
  const ContractionNest &nest;
  const ContractionSchedule &schedule;
  llvm::SmallVector<mlir::AffineExpr> at;
  std::optional<Body::Scratch> staged, sums;
  mlir::AffineExpr stagedStart, block;

  int64_t vectors(const Tile &tile) const { return tile.live.size(); }
  void setRow(mlir::AffineExpr row);
  Values zeros(int64_t count);
  Values reduce(const Tile &, unsigned level, mlir::ValueRange, int64_t from, int64_t to);
  Values reduceLoop(const Tile &, unsigned level, mlir::ValueRange, int64_t from, int64_t to);
  Values reduceColumns(const Tile &, mlir::ValueRange, int64_t from, int64_t to);
  Values products(const Tile &, mlir::ValueRange, int64_t from, int64_t to, bool masked = false);
  LoopBounds windowBounds(int loop);
  LoopBounds blockBounds();
  mlir::AffineExpr stagedColumn(const Tile &) const;
  mlir::AffineExpr sumPosition(const Tile &, mlir::AffineExpr row, mlir::AffineExpr vector) const;
  void storeSums(const Tile &, mlir::ValueRange);
  bool rowsDecide(int loop) const;
  void prefetchNextPanel(const Tile &, int64_t steps);
  void prefetchNextRows(const Tile &, int64_t steps);
  void prefetchColumns(const Tile &, int64_t steps);
  void prefetchPart(mlir::AffineExpr call, int64_t calls, int64_t size, mlir::AffineExpr base);
  bool isPacked() const;
  mlir::AffineExpr panelStart(mlir::AffineExpr column) const;
  Scalar loadPacked();
  Scalar multiplyAdd(Scalar x, Scalar y, Scalar sum);
  Scalar sumsOfLanes(mlir::ValueRange rows);
  void finish(const Tile &, mlir::ValueRange accumulators);
  void finishVector(const Tile &, mlir::AffineExpr row, mlir::AffineExpr vector, int64_t live,
                    llvm::function_ref<mlir::Value()> sum);
  void store(Scalar accumulator);
};

} // namespace dlc
