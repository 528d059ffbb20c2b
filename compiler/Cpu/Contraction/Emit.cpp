// A part of a contraction: which outer loops, tiles of columns and tiles of rows it covers.
#include "Cpu/Contraction/Emit.h"
#include "Cpu/Contraction/Panel.h"
#include "Cpu/Contraction/Tile.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace dlc;

namespace {
struct PartEmitter {
  Body &body;
  const ContractionNest &nest;
  const ContractionSchedule &schedule;
  TileEmitter tiles;
  std::optional<Body::Scratch> panels{};
  AffineExpr columnPart{}, rowPart{};

  PartEmitter(Body &body, const ContractionNest &nest, const ContractionSchedule &schedule)
      : body(body), nest(nest), schedule(schedule), tiles(body, nest, schedule) {
    if (schedule.stagesColumns)
      panels = body.scratch(0, panelElements(nest, schedule), registerType(nest.element));
    if (int64_t rows = sumRows(schedule))
      tiles.finishFrom(body.scratch(panelBytes(nest, schedule), rows * schedule.tileColumns(),
                                    registerType(nest.element)));
  }

  int64_t panelSize() const { return nest.steps() * schedule.tileColumns(); }

  /// part = (outer loops of the panels, columns, other outer loops, rows), the last fastest: parts
  /// that follow one another share a panel. With `rowsOutside` they share rows.
  void decode(AffineExpr part) {
    auto digit = [&](int64_t extent) -> AffineExpr {
      if (extent == 1)
        return body.constant(0);
      AffineExpr low = body.dimension(body.index(part % extent), 0, extent);
      part = part.floorDiv(extent);
      return low;
    };
    auto outer = [&](bool ofPanels) {
      for (int loop : llvm::reverse(nest.outer))
        if (nest.sides[nest.columnSide].has(loop) == ofPanels)
          tiles.set(loop, digit(nest.extent(loop)));
    };
    if (schedule.rowsOutside)
      columnPart = digit(schedule.columnParts);
    rowPart = digit(schedule.rowParts);
    outer(false);
    if (!schedule.rowsOutside)
      columnPart = digit(schedule.columnParts);
    outer(true);
  }

  /// The tiles of a part among lo .. hi.
  LoopBounds tilesOf(AffineExpr part, int64_t parts, int64_t perPart, int64_t lo, int64_t hi) {
    LoopBounds bounds{lo, hi, {}, {}};
    if (parts == 1 || lo >= hi)
      return bounds;
    ImplicitLocOpBuilder &b = body.b;
    Value first = body.index(part * perPart), last = body.index(part * perPart + perPart);
    bounds.from = lo ? arith::MaxSIOp::create(b, first, body.index(lo)).getResult() : first;
    bounds.to = arith::MinSIOp::create(b, last, body.index(hi));
    return bounds;
  }

  using ColumnBody = function_ref<void(AffineExpr column, ArrayRef<int64_t> live)>;
  using RowBody = function_ref<void(AffineExpr first, int64_t rows, std::optional<int64_t> fixed)>;

  void emit(AffineExpr part) {
    decode(part);
    if (nest.columnsAreReduced()) {
      if (panels)
        stageDepth();
      return forRows([&](AffineExpr first, int64_t rows, std::optional<int64_t> fixed) {
        tiles.emit(first, rows, fixed, body.constant(0), {schedule.lanes});
      });
    }
    forColumns([&](AffineExpr column, ArrayRef<int64_t> live) {
      if (panels)
        stage(column, live);
      if (schedule.depthBlock)
        emitBlocks(column, live);
      else if (!schedule.rowsFirst)
        forRows([&](AffineExpr first, int64_t rows, std::optional<int64_t> fixed) {
          tiles.emit(first, rows, fixed, column, live);
        });
    });
    if (schedule.rowsFirst)
      forRows([&](AffineExpr first, int64_t rows, std::optional<int64_t> fixed) {
        forColumns([&](AffineExpr column, ArrayRef<int64_t> live) {
          if (panels)
            tiles.readColumnsFrom(*panels, panelStart(column));
          tiles.emit(first, rows, fixed, column, live);
        });
      });
  }

  /// Block after block of the depth, all tiles of rows in each; their sums wait in scratch.
  void emitBlocks(AffineExpr column, ArrayRef<int64_t> live) {
    AffineExpr firstRow = rowPart * (schedule.rowTilesPerPart * schedule.tileRows);
    auto forTiles = [&](function_ref<void(TileEmitter::Tile)> inside) {
      forRows([&](AffineExpr first, int64_t rows, std::optional<int64_t> fixed) {
        inside({first, column, rows, fixed, live, first - firstRow});
      });
    };
    forTiles([&](TileEmitter::Tile tile) { tiles.clear(tile); });
    int64_t blocks = llvm::divideCeil(nest.depth(), schedule.depthBlock);
    body.loop({0, blocks, {}, {}}, 1, {}, [&](AffineExpr block, ValueRange) {
      forTiles([&](TileEmitter::Tile tile) { tiles.accumulate(tile, block); });
      return Values();
    });
    forTiles([&](TileEmitter::Tile tile) { tiles.finish(tile); });
  }

  /// Where the panel of a tile of columns begins in scratch.
  AffineExpr panelStart(AffineExpr column) {
    if (schedule.columnTilesPerPart == 1)
      return body.constant(0);
    AffineExpr tile = column.floorDiv(schedule.tileColumns());
    return (tile - columnPart * schedule.columnTilesPerPart) * panelSize();
  }

  void stage(AffineExpr column, ArrayRef<int64_t> live) {
    tiles.readColumnsFrom(*panels, panelStart(column));
    emitPanel(body, nest, schedule, tiles, *panels, column, live);
  }

  /// The whole side of lanes along the depth.
  void stageDepth() {
    int64_t lanes = schedule.lanes, whole = nest.columnCount() / lanes;
    auto panel = [&](AffineExpr p, int64_t live) {
      tiles.readColumnsFrom(*panels, p * panelSize());
      emitPanel(body, nest, schedule, tiles, *panels, p * lanes, live);
    };
    body.loop({0, whole, {}, {}}, 1, {}, [&](AffineExpr p, ValueRange) {
      panel(p, lanes);
      return Values();
    });
    if (int64_t rest = nest.columnCount() % lanes)
      panel(body.constant(whole), rest);
    tiles.readColumnsFrom(*panels, body.constant(0));
  }

  void forColumns(ColumnBody inside) {
    int64_t width = schedule.tileColumns(), count = nest.columnCount(), full = count / width;
    auto range = [&](int64_t lo, int64_t hi, ArrayRef<int64_t> live) {
      LoopBounds bounds =
          tilesOf(columnPart, schedule.columnParts, schedule.columnTilesPerPart, lo, hi);
      body.loop(bounds, 1, {}, [&](AffineExpr tile, ValueRange) {
        inside(tile * width, live);
        return Values();
      });
    };
    SmallVector<int64_t> live(schedule.tileVectors, schedule.lanes);
    range(0, full, live);
    live.clear();
    for (int64_t rest = count - full * width; rest > 0; rest -= schedule.lanes)
      live.push_back(std::min(rest, schedule.lanes));
    if (!live.empty())
      range(full, full + 1, live);
  }

  void forRows(RowBody inside) {
    int64_t rows = schedule.tileRows, count = nest.rowCount();
    if (!tiles.isInterior(0, count))
      return forPaddedRows(inside);
    int64_t full = count / rows;
    auto range = [&](int64_t lo, int64_t hi, int64_t height) {
      LoopBounds bounds = tilesOf(rowPart, schedule.rowParts, schedule.rowTilesPerPart, lo, hi);
      body.loop(bounds, 1, {}, [&](AffineExpr tile, ValueRange) {
        inside(tile * rows, height, std::nullopt);
        return Values();
      });
    };
    range(0, full, rows);
    if (int64_t rest = count - full * rows)
      range(full, full + 1, rest);
  }

  /// Tiles inside as a loop, those at the edges one by one.
  void forPaddedRows(RowBody inside) {
    int64_t rows = schedule.tileRows, count = nest.rowCount();
    for (int64_t m = 0; m < count;) {
      int64_t end = m;
      while (end + rows <= count && tiles.isInterior(end, rows))
        end += rows;
      if (end > m) {
        body.loop({m, end, {}, {}}, rows, {}, [&](AffineExpr first, ValueRange) {
          inside(first, rows, std::nullopt);
          return Values();
        });
        m = end;
        continue;
      }
      int64_t height = std::min(rows, count - m);
      Body::Scope scope(body);
      inside(body.constant(m), height,
             tiles.isInterior(m, height) ? std::nullopt : std::optional(m));
      m += height;
    }
  }
};
} // namespace

void dlc::emitParts(Body &body, const ContractionNest &nest, const ContractionSchedule &schedule) {
  PartEmitter emitter(body, nest, schedule);
  LoopBounds parts{0, partCount(nest, schedule), body.begin, body.end};
  if (nest.rowCount() == 0 || nest.columnCount() == 0)
    return;
  body.loop(parts, 1, {}, [&](AffineExpr part, ValueRange) {
    emitter.emit(part);
    return Values();
  });
}
