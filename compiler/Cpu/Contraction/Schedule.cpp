// A model of one register tile: cycles of a step along the depth are the larger of the
// multiply-adds and the loads, at two a cycle each, and not less than the latency of an
// accumulator's chain.
#include "Cpu/Contraction/Schedule.h"
#include "Cpu/Contraction/Columns.h"
#include "mlir/IR/Builders.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace dlc;

static int64_t ceilDiv(int64_t a, int64_t b) { return (a + b - 1) / b; }

static int64_t registerBits(Type element) { return registerType(element).getIntOrFloatBitWidth(); }

static int64_t outerCount(const ContractionNest &nest) {
  int64_t count = 1;
  for (int loop : nest.outer)
    count *= nest.extent(loop);
  return count;
}

// ---------------------------------------------------------------- the tile

/// Cycles for the whole kernel's multiply-adds, up to a factor that is the same for all tiles.
static double tileCost(const ContractionNest &nest, const Machine &machine, int64_t lanes,
                       int64_t rows, int64_t vectors) {
  bool shared = nest.columns < 0 || !nest.sides[0].has(nest.columns) ||
                !nest.sides[1].has(nest.columns); // else every row loads vectors of its own
  int64_t rowTiles = ceilDiv(nest.rowCount(), rows);
  int64_t columnTiles = nest.columnsAreReduced() ? 1 : ceilDiv(nest.columnCount(), lanes * vectors);
  double products = static_cast<double>(rows * vectors) / 2;
  double loads = static_cast<double>((shared ? rows : rows * vectors) + vectors) / 2;
  // Loads run beside multiply-adds, but wait for the caches, and more so where another thread uses
  // them: few loads are worth half of what they would cost alone.
  double step = std::max({products, 1.1 * loads, 4.0}) + 0.5 * loads;
  // A panel that the first cache does not hold comes from the second for every tile of rows; most
  // of that is hidden.
  int64_t panel = nest.depth() * lanes * vectors * elementBytes(nest.element);
  step += (panel > machine.cacheLevel1 / 2 ? 0.25 : 0.1) * static_cast<double>(vectors);
  return step * static_cast<double>(rowTiles * columnTiles);
}

static void chooseTile(ContractionSchedule &schedule, const ContractionNest &nest,
                       const Machine &machine) {
  int64_t lanes = schedule.lanes, registers = machine.vectorRegisters - (machine.hasFma ? 0 : 2);
  int64_t widest = nest.columnsAreReduced() ? 1 : ceilDiv(nest.columnCount(), lanes);
  double best = std::numeric_limits<double>::infinity();
  for (int64_t vectors = 1; vectors <= 8; vectors *= 2) {
    if (vectors > 1 && vectors >= 2 * widest)
      break;
    for (int64_t rows = 1; rows <= 16 && rows <= nest.rowCount(); ++rows) {
      if (rows * vectors + vectors + 1 > registers)
        break;
      double cost = tileCost(nest, machine, lanes, rows, vectors);
      if (cost < best * (1 - 1e-9)) {
        best = cost;
        schedule.tileRows = rows;
        schedule.tileVectors = vectors;
      }
    }
  }
  // Equal tiles: 14 rows as 7 + 7 and not as 12 + 2.
  int64_t tiles = ceilDiv(nest.rowCount(), schedule.tileRows);
  schedule.tileRows = ceilDiv(nest.rowCount(), tiles);
}

// ---------------------------------------------------------------- layouts

/// Whether each index of the side is loops one after the other (o = group * 4 + filter), so that
/// the loops can become dimensions.
static bool splitsIntoLoops(const ContractionNest &nest, const ContractionNest::Side &side,
                            SmallVectorImpl<int> &loops) {
  for (auto [d, e] : llvm::enumerate(side.index)) {
    LinearForm form = nest.linear(e);
    llvm::sort(form.terms, [](auto a, auto b) { return a.second > b.second; });
    int64_t rest = tensorType(side.value).getDimSize(d);
    if (form.constant != 0)
      return false;
    for (auto [atom, coefficient] : form.terms) {
      auto loop = dyn_cast<AffineDimExpr>(atom);
      if (!loop || rest != coefficient * nest.extent(loop.getPosition()))
        return false;
      rest = coefficient;
      loops.push_back(loop.getPosition());
    }
    if (rest != 1)
      return false;
  }
  return true;
}

static void choosePacking(ContractionSchedule &schedule, const ContractionNest &nest,
                          const Machine &machine) {
  const ContractionNest::Side &side = nest.sides[nest.columnSide];
  std::optional<unsigned> argument = weightArgument(side.value);
  SmallVector<int> loops;
  bool lies = nest.columnsAreReduced() && side.stride(nest.columns) == 1;
  if (!argument || nest.columns < 0 || lies || !side.has(nest.columns) ||
      !splitsIntoLoops(nest, side, loops))
    return;
  SmallVector<int> order = nest.panelLoops();
  int64_t outer = order.size();
  order.push_back(nest.columns);
  for (int loop : nest.reductions)
    order.push_back(loop);
  if (order.size() != loops.size())
    return;
  schedule.packedOperand = *argument;
  schedule.packOuter = outer;
  for (int loop : loops)
    schedule.packShape.push_back(nest.extent(loop));
  for (int loop : order)
    schedule.packOrder.push_back(llvm::find(loops, loop) - loops.begin());
}

/// Bytes of a copy that is made for each part: of lanes along the depth it is the whole side.
static constexpr int64_t reducedPanelMax = 1 << 20;

static void chooseStaging(ContractionSchedule &schedule, const ContractionNest &nest) {
  const ContractionNest::Side &side = nest.sides[nest.columnSide];
  if (schedule.packedOperand >= 0 || nest.columns < 0 || !mayStage(nest, nest.columnSide))
    return;
  bool isContiguous = side.stride(nest.columns) == 1;
  if (nest.columnsAreReduced()) {
    bool hasRows = llvm::any_of(nest.rows, [&](int loop) { return side.has(loop); });
    schedule.stagesColumns = !isContiguous && !hasRows && nest.rowCount() >= 4 &&
                             nest.depth() * registerBits(nest.element) / 8 <= reducedPanelMax;
    return;
  }
  if (nest.reductions.empty() ||
      (isContiguous && nest.sides[1 - nest.columnSide].has(nest.columns)))
    return;
  int64_t bytes = elementBytes(nest.element), size = nest.depth() * nest.columnCount();
  int64_t stride = 0; // of the innermost reduction: what the panel's next row is away
  for (int loop : nest.reductions)
    stride = std::max(stride, std::abs(side.stride(loop)));
  bool lies = isContiguous && isa<BlockArgument>(side.value);
  bool scattered = size > 600000 || (stride * bytes) % 4096 == 0;
  bool reused = nest.rowCount() >= 4 * schedule.tileRows;
  schedule.stagesColumns = lies ? scattered && reused : nest.rowCount() >= 4;
}

// ---------------------------------------------------------------- parts

/// Multiply-adds of a part that is worth a thread's attention, how many parts are enough, and
/// how few.
static constexpr int64_t partWork = 250000, partsMax = 128, stagedPartsMax = 32, partsMin = 16;
/// Instructions at the end of a tile from which on they are a loop over its vectors.
static constexpr double longEnd = 320;
/// Steps of the depth that pay for going through scratch.
static constexpr int64_t depthBlockMin = 64;

namespace {
/// What a part of the second cache's size (half is left for the rest) must hold so that the side
/// that is passed over again and again comes from there.
struct Traffic {
  int64_t budget, rows, panels, panel, rowBytes;

  Traffic(const ContractionNest &nest, const ContractionSchedule &schedule, const Machine &machine)
      : budget(machine.cacheLevel2 / 2) {
    const ContractionNest::Side &walked = nest.sides[1 - nest.columnSide];
    int64_t bytes = elementBytes(nest.element);
    rows = tensorType(walked.value).getNumElements() * bytes;
    for (int loop : nest.outer)
      if (nest.sides[nest.columnSide].has(loop) && walked.has(loop))
        rows /= nest.extent(loop);
    panels = nest.depth() * nest.columnCount() * bytes;
    panel = std::max<int64_t>(nest.depth() * schedule.tileColumns() * bytes, 1);
    rowBytes = std::max<int64_t>(nest.depth() * bytes, 1);
  }
};
} // namespace

/// Which side is passed over repeatedly. Columns outside: each panel is read once, the rows once
/// for every panel unless the cache holds them. Rows outside: the other way, in blocks of rows that
/// the cache holds.
static void chooseOrder(ContractionSchedule &schedule, const ContractionNest &nest,
                        const Machine &machine, bool rowsAreWhole) {
  Traffic traffic(nest, schedule, machine);
  int64_t columnTiles = ceilDiv(nest.columnCount(), schedule.tileColumns());
  int64_t rowTiles = ceilDiv(nest.rowCount(), schedule.tileRows);
  if (nest.columnsAreReduced() || traffic.rows <= traffic.budget || columnTiles <= 1)
    return;
  if (schedule.stagesColumns) {
    schedule.rowsFirst = true;
    int64_t most = std::max<int64_t>(columnTiles * outerCount(nest) / partsMin, 1);
    schedule.columnTilesPerPart = std::clamp<int64_t>(traffic.budget / 2 / traffic.panel, 1, most);
    return;
  }
  int64_t block =
      rowsAreWhole
          ? rowTiles
          : std::clamp<int64_t>(traffic.budget / traffic.rowBytes / schedule.tileRows, 1, rowTiles);
  int64_t blocks = ceilDiv(rowTiles, block);
  for (int loop : nest.outer)
    if (!nest.sides[nest.columnSide].has(loop))
      blocks *= nest.extent(loop);
  int64_t columnsOutside = traffic.panels + traffic.rows * columnTiles;
  int64_t rowsOutside =
      traffic.rows + (traffic.panels <= traffic.budget ? 1 : blocks) * traffic.panels;
  if (rowsOutside >= columnsOutside)
    return;
  schedule.rowsOutside = true;
  schedule.rowTilesPerPart = ceilDiv(rowTiles, ceilDiv(rowTiles, block));
}

/// Cuts the depth where a panel takes more than a quarter of the second cache, so that the rows do
/// not stay there beside it: into blocks of which a panel's takes two thirds of the first cache.
/// A block's rows get an eighth of the second, since the next panel arrives meanwhile, and other
/// programs share the cache.
static void chooseDepthBlock(ContractionSchedule &schedule, const ContractionNest &nest,
                             const Machine &machine) {
  int64_t bytes = elementBytes(nest.element);
  if (schedule.packedOperand < 0 || nest.columnsAreReduced() || !nest.constraints.empty() ||
      nest.reductions.size() != 1 || nest.rowCount() < 4 * schedule.tileRows)
    return;
  int64_t depth = nest.depth(), step = schedule.tileColumns() * bytes;
  if (depth * step < machine.cacheLevel2 / 4)
    return;
  int64_t most = std::max<int64_t>(machine.cacheLevel1 * 2 / 3 / step, depthBlockMin);
  schedule.depthBlock = llvm::alignTo(ceilDiv(depth, ceilDiv(depth, most)), 16);
  int64_t rowTiles = ceilDiv(nest.rowCount(), schedule.tileRows);
  int64_t block = std::clamp<int64_t>(
      machine.cacheLevel2 / 8 / (schedule.depthBlock * bytes * schedule.tileRows), 1, rowTiles);
  schedule.rowsOutside = true;
  schedule.rowTilesPerPart = ceilDiv(rowTiles, ceilDiv(rowTiles, block));
}

static void chooseParts(ContractionSchedule &schedule, const ContractionNest &nest,
                        const Machine &machine) {
  int64_t rowTiles = std::max<int64_t>(ceilDiv(nest.rowCount(), schedule.tileRows), 1);
  int64_t columnTiles =
      nest.columnsAreReduced()
          ? 1
          : std::max<int64_t>(ceilDiv(nest.columnCount(), schedule.tileColumns()), 1);
  bool rowsAreWhole = llvm::any_of(nest.rows, [&](int loop) { return nest.isConstrained(loop); });
  schedule.rowTilesPerPart = rowTiles;
  schedule.columnTilesPerPart = columnTiles;
  chooseOrder(schedule, nest, machine, rowsAreWhole);
  chooseDepthBlock(schedule, nest, machine);
  int64_t outer = std::max<int64_t>(outerCount(nest), 1);
  int64_t work = outer * nest.rowCount() * nest.columnCount() * nest.depth();
  int64_t most = schedule.stagesColumns ? stagedPartsMax : partsMax;
  int64_t wanted = std::clamp<int64_t>(work / partWork, 1, most);
  auto cut = [&](int64_t tiles, int64_t atMost, int64_t &perPart, int64_t &parts) {
    bool ofRows = &parts == &schedule.rowParts;
    int64_t others = outer * (ofRows ? schedule.columnParts : 1);
    // Every block of rows passes over all panels, so there are no more of them than needed.
    int64_t enough = ofRows && schedule.rowsOutside ? std::min(wanted, partsMin) : wanted;
    perPart = std::min(atMost, ceilDiv(tiles, std::clamp<int64_t>(enough / others, 1, tiles)));
    parts = ceilDiv(tiles, perPart);
    perPart = ceilDiv(tiles, parts);
    parts = ceilDiv(tiles, perPart);
  };
  if (schedule.rowsFirst) { // a part copies its panels once, and all rows use them
    schedule.columnParts = ceilDiv(columnTiles, schedule.columnTilesPerPart);
    return;
  }
  // Parts that follow one another share a panel, so that it is fetched once, only if no part passes
  // over all of them.
  int64_t columnTilesMax = schedule.columnTilesPerPart;
  if (Traffic traffic(nest, schedule, machine);
      !schedule.rowsOutside && traffic.panels > traffic.budget)
    columnTilesMax = 1;
  cut(columnTiles, columnTilesMax, schedule.columnTilesPerPart, schedule.columnParts);
  if (rowsAreWhole)
    schedule.rowTilesPerPart = rowTiles;
  else
    cut(rowTiles, schedule.rowTilesPerPart, schedule.rowTilesPerPart, schedule.rowParts);
}

ContractionSchedule ContractionSchedule::of(const ContractionNest &nest, const Machine &machine) {
  ContractionSchedule schedule;
  schedule.columns = nest.columns;
  int64_t bits = registerBits(nest.element);
  int64_t extent = std::max<int64_t>(nest.columnCount(), 1);
  if (nest.columnsAreReduced()) {
    schedule.lanes = std::min<int64_t>(machine.lanes(bits), llvm::bit_floor(uint64_t(extent)));
    schedule.panelColumns = schedule.lanes;
  } else {
    schedule.panelColumns =
        std::min<int64_t>(machine.panelColumns(bits), llvm::bit_ceil(uint64_t(extent)));
    schedule.lanes = std::min(machine.lanes(bits), schedule.panelColumns);
  }
  chooseTile(schedule, nest, machine);
  choosePacking(schedule, nest, machine);
  chooseStaging(schedule, nest);
  int64_t vectors = schedule.tileRows * schedule.tileVectors;
  double end = nest.endInstructions() * static_cast<double>(vectors);
  schedule.loopsOverEnd = !nest.columnsAreReduced() && vectors > 1 && end > longEnd;
  // The weights of a whole model do not stay in the second cache until the next run.
  int64_t weights = nest.depth() * nest.columnCount() * elementBytes(nest.element);
  schedule.prefetches = schedule.packedOperand >= 0 && !nest.columnsAreReduced() &&
                        weights * outerCount(nest) > machine.cacheLevel1 / 3;
  chooseParts(schedule, nest, machine);
  return schedule;
}

bool dlc::liesAcross(const ContractionNest &nest) {
  const ContractionNest::Side &side = nest.sides[nest.columnSide];
  return !nest.reductions.empty() && side.stride(nest.columns) != 1 &&
         side.stride(nest.reductions.back()) == 1;
}

bool dlc::turnsThroughScratch(const ContractionNest &nest, const ContractionSchedule &schedule) {
  bool isHalf = nest.element.isF16() || nest.element.isBF16();
  return schedule.stagesColumns && liesAcross(nest) && (isHalf || nest.isComputed(nest.columnSide));
}

int64_t dlc::panelElements(const ContractionNest &nest, const ContractionSchedule &schedule) {
  int64_t tiles = nest.columnsAreReduced() ? ceilDiv(nest.columnCount(), schedule.lanes)
                                           : schedule.columnTilesPerPart;
  return nest.steps() * schedule.tileColumns() * tiles;
}

int64_t dlc::panelBytes(const ContractionNest &nest, const ContractionSchedule &schedule) {
  if (!schedule.stagesColumns)
    return 0;
  int64_t elements = panelElements(nest, schedule);
  return llvm::alignTo(elements * registerBits(nest.element) / 8, 64);
}

int64_t dlc::sumRows(const ContractionSchedule &schedule) {
  if (schedule.depthBlock)
    return schedule.tileRows * schedule.rowTilesPerPart;
  return schedule.loopsOverEnd ? schedule.tileRows : 0;
}

int64_t dlc::squareStart(const ContractionNest &nest, const ContractionSchedule &schedule) {
  int64_t tile = sumRows(schedule) * schedule.tileColumns();
  return panelBytes(nest, schedule) + llvm::alignTo(tile * registerBits(nest.element) / 8, 64);
}

int64_t dlc::scratchBytes(const ContractionNest &nest, const ContractionSchedule &schedule) {
  int64_t square = turnsThroughScratch(nest, schedule) ? schedule.lanes * schedule.lanes : 0;
  return squareStart(nest, schedule) + llvm::alignTo(square * registerBits(nest.element) / 8, 64);
}

int64_t dlc::partCount(const ContractionNest &nest, const ContractionSchedule &schedule) {
  return outerCount(nest) * schedule.columnParts * schedule.rowParts;
}

// ---------------------------------------------------------------- as an attribute

namespace {
using Field = std::pair<StringLiteral, int64_t ContractionSchedule::*>;
const Field fields[] = {{"columns", &ContractionSchedule::columns},
                        {"lanes", &ContractionSchedule::lanes},
                        {"tile_rows", &ContractionSchedule::tileRows},
                        {"tile_vectors", &ContractionSchedule::tileVectors},
                        {"row_tiles", &ContractionSchedule::rowTilesPerPart},
                        {"row_parts", &ContractionSchedule::rowParts},
                        {"column_tiles", &ContractionSchedule::columnTilesPerPart},
                        {"column_parts", &ContractionSchedule::columnParts},
                        {"depth_block", &ContractionSchedule::depthBlock},
                        {"panel", &ContractionSchedule::panelColumns},
                        {"packed_operand", &ContractionSchedule::packedOperand},
                        {"pack_outer", &ContractionSchedule::packOuter}};
} // namespace

DictionaryAttr ContractionSchedule::attribute(MLIRContext *context) const {
  Builder b(context);
  NamedAttrList list;
  for (auto [name, field] : fields)
    list.append(name, b.getI64IntegerAttr(this->*field));
  if (rowsOutside)
    list.append("rows_outside", b.getUnitAttr());
  if (rowsFirst)
    list.append("rows_first", b.getUnitAttr());
  if (loopsOverEnd)
    list.append("loops_over_end", b.getUnitAttr());
  if (prefetches)
    list.append("prefetches", b.getUnitAttr());
  if (stagesColumns)
    list.append("stages_columns", b.getUnitAttr());
  if (packedOperand >= 0) {
    list.append("pack_shape", b.getDenseI64ArrayAttr(packShape));
    list.append("pack_order", b.getDenseI64ArrayAttr(packOrder));
  }
  return list.getDictionary(context);
}

ContractionSchedule ContractionSchedule::from(DictionaryAttr choices) {
  ContractionSchedule schedule;
  for (auto [name, field] : fields)
    if (auto value = choices.getAs<IntegerAttr>(name))
      schedule.*field = value.getInt();
  schedule.rowsOutside = choices.contains("rows_outside");
  schedule.loopsOverEnd = choices.contains("loops_over_end");
  schedule.rowsFirst = choices.contains("rows_first");
  schedule.prefetches = choices.contains("prefetches");
  schedule.stagesColumns = choices.contains("stages_columns");
  if (auto shape = choices.getAs<DenseI64ArrayAttr>("pack_shape"))
    llvm::append_range(schedule.packShape, shape.asArrayRef());
  if (auto order = choices.getAs<DenseI64ArrayAttr>("pack_order"))
    llvm::append_range(schedule.packOrder, order.asArrayRef());
  return schedule;
}
