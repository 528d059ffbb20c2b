// Copies panels.
#include "Cpu/Contraction/Panel.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

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

  /// Rows of the panel one after the other.
  void copy() {
    loops(0, 0, [&] {
      for (auto [v, count] : llvm::enumerate(live)) {
        AffineExpr offset = body.constant(v * schedule.lanes);
        Scalar value;
        {
          Body::Lanes lanes(body, schedule.lanes, count);
          tiles.setColumn(column + offset + lanes.dimension());
          value = body.vectorOf(tiles.pullSide(side()));
        }
        Body::Lanes all(body, schedule.lanes, schedule.lanes);
        body.store(scratch.buffer, tiles.stagedPosition() + offset + all.dimension(), value.value,
                   scratch.start);
      }
    });
  }

  /// Swaps the blocks off the diagonal, of 1, 2, 4, ... elements.
  void transpose(MutableArrayRef<Value> rows) {
    int64_t n = rows.size();
    for (int64_t w = 1; w < n; w *= 2)
      for (int64_t a = 0; a < n; ++a) {
        if (a & w)
          continue;
        SmallVector<int64_t> low, high;
        for (int64_t e = 0; e < n; ++e) {
          low.push_back(e & w ? n + e - w : e);
          high.push_back(e & w ? n + e : e + w);
        }
        Value u = rows[a], v = rows[a + w];
        rows[a] = vector::ShuffleOp::create(body.b, u, v, low);
        rows[a + w] = vector::ShuffleOp::create(body.b, u, v, high);
      }
  }

  /// Squares of lanes x lanes: vectors along the innermost reduction, turned.
  void copyAcross() {
    int64_t lanes = schedule.lanes;
    int loop = nest.reductions.back();
    int64_t extent = nest.extent(loop), full = extent / lanes * lanes;
    loops(0, 1, [&] {
      body.loop({0, full, {}, {}}, lanes, {}, [&](AffineExpr k, ValueRange) {
        squares(loop, k, lanes);
        return Values();
      });
      if (full < extent)
        squares(loop, body.constant(full), extent - full);
    });
  }

  void squares(int loop, AffineExpr k, int64_t depth) {
    int64_t lanes = schedule.lanes;
    for (auto [v, count] : llvm::enumerate(live)) {
      Values rows;
      {
        Body::Lanes along(body, lanes, depth);
        tiles.set(loop, k + along.dimension());
        for (int64_t c = 0; c < lanes; ++c) {
          if (c < count)
            tiles.setColumn(column + v * lanes + c);
          rows.push_back(c < count ? body.vectorOf(tiles.pullSide(side())).value : rows[0]);
        }
      }
      transpose(rows);
      Body::Lanes all(body, lanes, lanes);
      for (int64_t d = 0; d < depth; ++d) {
        tiles.set(loop, k + d);
        body.store(scratch.buffer, tiles.stagedPosition() + v * lanes + all.dimension(), rows[d],
                   scratch.start);
      }
    }
  }
};
} // namespace

void dlc::emitPanel(Body &body, const ContractionNest &nest, const ContractionSchedule &schedule,
                    TileEmitter &tiles, Body::Scratch scratch, AffineExpr column,
                    ArrayRef<int64_t> live) {
  PanelEmitter emitter{body, nest, schedule, tiles, scratch, column, live};
  const ContractionNest::Side &side = nest.sides[nest.columnSide];
  bool across = side.stride(nest.columns) != 1 && side.stride(nest.reductions.back()) == 1;
  if (across)
    emitter.copyAcross();
  else
    emitter.copy();
}
