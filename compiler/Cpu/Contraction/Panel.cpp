// Copies panels.
#include "Cpu/Contraction/Panel.h"
#include "Cpu/Body/State.h"
#include "Cpu/Body/Transpose.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace dlc;

namespace {
struct PanelEmitter {
  Body &body;
  const ContractionNest &nest;
  const ContractionSchedule &schedule;
  TileEmitter &tiles;
  Body::Scratch scratch;
  AffineExpr column;
  ArrayRef<int64_t> live;

  unsigned side() const { return nest.columnSide; }

  /// A loop for each reduction but the last `spared`.
  void loops(unsigned level, unsigned spared, function_ref<void()> inside) {
    if (level + spared == nest.reductions.size())
      return inside();
    int loop = nest.reductions[level];
    body.loop({0, nest.extent(loop), {}, {}}, 1, {}, [&](AffineExpr e, ValueRange) {
      tiles.set(loop, e);
      loops(level + 1, spared, inside);
      return Values();
    });
  }

  /// Rows of the panel one after the other; what is computed is a loop over a row's vectors.
  void copy() {
    int64_t lanes = schedule.lanes, whole = llvm::count(live, lanes);
    auto vector = [&](AffineExpr offset, int64_t count) {
      Scalar value;
      {
        Body::Lanes along(body, lanes, count);
        tiles.setColumn(column + offset + along.dimension());
        value = body.vectorOf(tiles.pullSide(side()));
      }
      Body::Lanes all(body, lanes, lanes);
      body.store(scratch.buffer, tiles.stagedPosition() + offset + all.dimension(), value.value,
                 scratch.start);
    };
    loops(0, 0, [&] {
      int64_t unrolled = nest.isComputed(side()) ? 0 : whole;
      for (int64_t v = 0; v < unrolled; ++v)
        vector(body.constant(v * lanes), lanes);
      body.loop({unrolled, whole, {}, {}}, 1, {}, [&](AffineExpr v, ValueRange) {
        vector(v * lanes, lanes);
        return Values();
      });
      if (whole < static_cast<int64_t>(live.size()))
        vector(body.constant(whole * lanes), live.back());
    });
  }

  /// Squares of lanes x lanes: vectors along the innermost reduction, turned. The last one begins
  /// early enough to be whole.
  void copyAcross() {
    int64_t lanes = schedule.lanes;
    int loop = nest.reductions.back();
    int64_t extent = nest.extent(loop);
    loops(0, 1, [&] {
      if (extent < lanes)
        return squares(body.constant(0), extent);
      body.loop({0, extent, {}, {}}, lanes, {}, [&](AffineExpr k, ValueRange) {
        if (extent % lanes) {
          Value last = body.index(extent - lanes);
          k = body.dimension(arith::MinSIOp::create(body.b, body.index(k), last), 0,
                             extent - lanes + 1);
        }
        squares(k, lanes);
        return Values();
      });
    });
  }

  /// The tile's whole vectors in a loop, then what is left.
  void squares(AffineExpr k, int64_t depth) {
    int64_t lanes = schedule.lanes;
    auto whole = llvm::count(live, lanes);
    body.loop({0, whole, {}, {}}, 1, {}, [&](AffineExpr v, ValueRange) {
      square(k, depth, v * lanes, lanes);
      return Values();
    });
    if (whole < static_cast<int64_t>(live.size()))
      square(k, depth, body.constant(whole * lanes), live.back());
  }

  void square(AffineExpr k, int64_t depth, AffineExpr offset, int64_t count) {
    int64_t lanes = schedule.lanes;
    int loop = nest.reductions.back();
    Values rows = turnsThroughScratch(nest, schedule) ? turnedCopy(k, depth, offset, count)
                                                      : turned(k, depth, offset, count);
    Body::Lanes all(body, lanes, lanes);
    for (int64_t d = 0; d < depth; ++d) {
      tiles.set(loop, k + d);
      body.store(scratch.buffer, tiles.stagedPosition() + offset + all.dimension(), rows[d],
                 scratch.start);
    }
  }

  int64_t bits() const { return registerType(nest.element).getIntOrFloatBitWidth(); }
  Value nothing(int64_t width) {
    return zero(body.b, VectorType::get({width}, registerType(nest.element)));
  }

  /// Straight from the operand.
  Values turned(AffineExpr k, int64_t depth, AffineExpr offset, int64_t count) {
    int64_t width = transposePart(schedule.lanes, bits());
    return transposeSquare(body.b, schedule.lanes, bits(), [&](int64_t c, int64_t part) {
      int64_t exist = std::min(width, depth - part * width);
      if (exist <= 0 || c >= count)
        return nothing(width);
      Body::Lanes along(body, width, exist);
      tiles.set(nest.reductions.back(), k + part * width + along.dimension());
      tiles.setColumn(column + offset + c);
      return splat(body.b, tiles.pullSide(side()).value, width);
    });
  }

  /// What is computed or widened is so in whole vectors, one after the other, on its way into
  /// scratch, and turned from there.
  Values turnedCopy(AffineExpr k, int64_t depth, AffineExpr offset, int64_t count) {
    int64_t lanes = schedule.lanes, width = transposePart(lanes, bits());
    Body::Scratch square =
        body.scratch(squareStart(nest, schedule), lanes * lanes, registerType(nest.element));
    body.loop({0, count, {}, {}}, 1, {}, [&](AffineExpr c, ValueRange) {
      Scalar value;
      {
        Body::Lanes along(body, lanes, depth);
        tiles.set(nest.reductions.back(), k + along.dimension());
        tiles.setColumn(column + offset + c);
        value = body.vectorOf(tiles.pullSide(side()));
      }
      Body::Lanes all(body, lanes, lanes);
      body.store(square.buffer, c * lanes + all.dimension(), value.value, square.start);
      return Values();
    });
    return transposeSquare(body.b, lanes, bits(), [&](int64_t c, int64_t part) {
      if (c >= count)
        return nothing(width);
      Body::Lanes along(body, width, width);
      return splat(body.b,
                   body.load(square.buffer,
                             body.constant(c * lanes + part * width) + along.dimension(),
                             square.start),
                   width);
    });
  }
};
} // namespace

void dlc::emitPanel(Body &body, const ContractionNest &nest, const ContractionSchedule &schedule,
                    TileEmitter &tiles, Body::Scratch scratch, AffineExpr column,
                    ArrayRef<int64_t> live) {
  PanelEmitter emitter{body, nest, schedule, tiles, scratch, column, live};
  if (liesAcross(nest))
    emitter.copyAcross();
  else
    emitter.copy();
}
