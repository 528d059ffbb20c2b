// The loop along which the result is contiguous lies on lanes, unless its products would be
// gathered or fill few lanes. What then? Every loop is asked what a product costs with its lanes
// along it:
//
//   a multiply-add, a load of the columns' side for all rows of a tile, one of the other side,
//   and at the end of the depth a store, lane by lane where the result lies across
//
//   dot [B, K] x [N, K, B] -> [B, N] of few N       lanes along B, turned into panels of the left
//   conv of 3 filters                               lanes along channels, added up at the end
//   depthwise conv whose result is stored [C, H, W] lanes along C, stored one by one
#include "Cpu/Contraction/Columns.h"
#include "Cpu/Body/Analysis.h"

using namespace mlir;
using namespace dlc;

/// Steps of the depth that pay for an end of a tile that stores lane by lane.
static constexpr int64_t deepEnough = 64;
/// Another loop takes the place of the result's where its products cost less than this of them.
static constexpr double muchLess = 0.6;
/// Rows of a tile that share a vector, and rows that pay for a copy into panels.
static constexpr int64_t rowsOfTile = 8, rowsOfCopy = 4;
/// Instructions to add up the lanes of an accumulator and to store one lane.
static constexpr double joinCost = 6, storeCost = 2;

// ---------------------------------------------------------------- sides

std::optional<unsigned> dlc::weightArgument(Value value) {
  auto argument = dyn_cast<BlockArgument>(value);
  if (!argument)
    return std::nullopt;
  auto kernel = cast<func::FuncOp>(argument.getOwner()->getParentOp());
  if (!kernel.getArgAttr(argument.getArgNumber(), "dlc.weight"))
    return std::nullopt;
  return argument.getArgNumber();
}

bool dlc::mayStage(const ContractionNest &nest, unsigned side) {
  if (side == 0 && !nest.constraints.empty()) // a window does not exist as a whole
    return false;
  for (auto [i, loop] : llvm::enumerate(nest.loops))
    if (loop.isReduction && loop.extent > 1 && !nest.sides[side].has(i))
      return false;
  return nest.depth() > 1;
}

// The longest loop that may be the rows of a tile whose columns' side is this.
static int64_t rowsBeside(const ContractionNest &nest, unsigned side, int columns) {
  int64_t most = 1;
  for (auto [i, loop] : llvm::enumerate(nest.loops))
    if (!loop.isReduction && static_cast<int>(i) != columns && !nest.sides[side].has(i))
      most = std::max(most, loop.extent);
  return most;
}

int dlc::columnSideOf(const ContractionNest &nest, int columns) {
  if (columns < 0)
    return 1;
  bool left = nest.sides[0].has(columns), right = nest.sides[1].has(columns);
  if (left != right)
    return right ? 1 : 0;
  if (!nest.constraints.empty())
    return 1;
  if (nest.loops[columns].isReduction)
    return nest.sides[0].stride(columns) != 1 && nest.sides[1].stride(columns) == 1 ? 0 : 1;
  int64_t rows = rowsBeside(nest, 1, columns);
  return rows < rowsOfTile && rows < rowsBeside(nest, 0, columns) ? 0 : 1;
}

// What movement made a value from.
static Value origin(Value value) {
  while (Operation *op = value.getDefiningOp()) {
    if (!op->hasTrait<MovementOp>() || op->getNumOperands() != 1)
      break;
    value = op->getOperand(0);
  }
  return value;
}

namespace {
struct ColumnChoice {
  const ContractionNest &nest;
  int64_t widest = 512 / registerType(nest.element).getIntOrFloatBitWidth();

  int choose() const {
    int usual = chooseUsual(), best = usual;
    double least = muchLess * (usual < 0 ? costWithoutTiles() : costOf(usual));
    for (auto [i, loop] : llvm::enumerate(nest.loops)) {
      if (loop.extent == 1 || nest.isConstrained(i) || !isReadable(i) ||
          (loop.isReduction && !mayBeReduced(i)))
        continue;
      if (double cost = costOf(i); cost < least)
        best = i, least = cost;
    }
    return best;
  }

  // ---------------------------------------------------------------- the usual choice

  int chooseUsual() const {
    int columns = -1;
    int64_t best = 1;
    for (auto [i, loop] : llvm::enumerate(nest.loops))
      if (!loop.isReduction && loop.extent > best && nest.resultStride(i) == 1 &&
          !nest.isConstrained(i))
        columns = i, best = loop.extent;
    if (columns >= 0 && isScattered(columns))
      columns = acrossResult(columns);
    int contiguous = -1;
    for (auto [i, loop] : llvm::enumerate(nest.loops))
      if (loop.isReduction && nest.sides[0].stride(i) == 1 && nest.sides[1].stride(i) == 1 &&
          loop.extent >= 8 && !nest.isConstrained(i))
        contiguous = i;
    if (columns < 0 || (contiguous >= 0 && isBetterReduced(columns, contiguous)))
      return contiguous;
    return columns;
  }

  /// A loop of both sides along which one of them is not contiguous: every product would gather.
  bool isScattered(int loop) const {
    return nest.sides[0].has(loop) && nest.sides[1].has(loop) &&
           (nest.sides[0].stride(loop) != 1 || nest.sides[1].stride(loop) != 1);
  }

  /// The longest loop of one side takes its place where the depth pays for storing the lanes of a
  /// result one by one.
  int acrossResult(int columns) const {
    if (nest.depth() < deepEnough)
      return columns;
    int64_t best = 3;
    for (auto [i, loop] : llvm::enumerate(nest.loops))
      if (!loop.isReduction && loop.extent > best && !nest.isConstrained(i) &&
          nest.sides[0].has(i) != nest.sides[1].has(i))
        columns = i, best = loop.extent;
    return columns;
  }

  /// Products along contiguous data: where the columns lie across their side, are not to be packed
  /// ahead, and have too few rows to pay for a transposing copy; or where they are a small part of
  /// a vector, and the depth pays for adding up lanes at its end.
  bool isBetterReduced(int columns, int contiguous) const {
    const ContractionNest::Side &side = nest.sides[nest.sides[1].has(columns) ? 1 : 0];
    const ContractionNest::Side &other = nest.sides[nest.sides[1].has(columns) ? 0 : 1];
    if (other.has(columns))
      return false;
    bool isWeight = weightArgument(origin(side.value)).has_value();
    int64_t rows = 1;
    for (auto [i, loop] : llvm::enumerate(nest.loops))
      if (!loop.isReduction && !side.has(i))
        rows *= loop.extent;
    bool isNarrow = nest.extent(columns) * 4 <= widest && nest.extent(contiguous) >= widest &&
                    nest.depth() >= 8 * widest;
    return isNarrow || (!isWeight && side.stride(columns) != 1 && rows < 4);
  }

  // ---------------------------------------------------------------- what products cost

  /// What is computed in the kernel is so once, on its way into panels.
  bool isReadable(int loop) const {
    unsigned side = columnSideOf(nest, loop);
    return !nest.isComputed(1 - side) &&
           (!nest.isComputed(side) || (mayStage(nest, side) && !nest.sides[1 - side].has(loop)));
  }

  /// One side is contiguous along the reduction, and the other is or can be laid out so.
  bool mayBeReduced(int loop) const {
    unsigned side = columnSideOf(nest, loop);
    const ContractionNest::Side &laid = nest.sides[side], &other = nest.sides[1 - side];
    bool hasRows = rowsBeside(nest, side, loop) >= rowsOfCopy;
    return nest.extent(loop) >= 8 && other.stride(loop) == 1 && laid.has(loop) &&
           (laid.stride(loop) == 1 ||
            (hasRows && (weightArgument(laid.value) || mayStage(nest, side))));
  }

  /// Of a vector of a side: contiguous, strided, or the same in all lanes.
  double loadCost(const ContractionNest::Side &side, int loop, int64_t lanes) const {
    if (!side.has(loop))
      return 0.25; // a broadcast, which several vectors share
    int64_t stride = side.stride(loop);
    return stride ? strideCost(stride, lanes) : 2.0 * static_cast<double>(lanes);
  }

  /// Instructions for a product, with lanes along the loop.
  double costOf(int loop) const {
    bool isReduced = nest.loops[loop].isReduction;
    int64_t extent = nest.extent(loop),
            lanes = std::min<int64_t>(widest, llvm::bit_ceil(static_cast<uint64_t>(extent)));
    auto vectors = static_cast<double>(llvm::divideCeil(extent, lanes));
    unsigned side = columnSideOf(nest, loop);
    const ContractionNest::Side &columns = nest.sides[side], &rows = nest.sides[1 - side];
    int64_t count = rowsBeside(nest, side, loop);
    double load = loadCost(columns, loop, lanes), copy = 0;
    if (load > 1 && weightArgument(columns.value)) {
      load = 1;
    } else if (load > 1 && count >= rowsOfCopy && mayStage(nest, side)) {
      copy = load / static_cast<double>(count);
      load = 1;
    }
    auto depth = static_cast<double>(nest.depth());
    double step = 1 + load / static_cast<double>(std::min(count, rowsOfTile)) + copy +
                  loadCost(rows, loop, lanes);
    if (isReduced)
      return step * vectors / static_cast<double>(extent) + joinCost / depth;
    double store = nest.resultStride(loop) == 1 ? 1 : storeCost * static_cast<double>(lanes);
    return (step + store / depth) * vectors / static_cast<double>(extent);
  }

  /// The same without register tiles, with lanes along a loop whose windows may be padded.
  double costWithoutTiles() const {
    double least = 3;
    for (auto [i, loop] : llvm::enumerate(nest.loops)) {
      if (loop.isReduction || loop.extent == 1 || nest.resultStride(i) != 1)
        continue;
      int64_t lanes = std::min<int64_t>(widest, llvm::bit_ceil(static_cast<uint64_t>(loop.extent)));
      double step = 1 + loadCost(nest.sides[0], i, lanes) + loadCost(nest.sides[1], i, lanes);
      auto vectors = static_cast<double>(llvm::divideCeil(loop.extent, lanes));
      least = std::min(least, step * vectors / static_cast<double>(loop.extent));
    }
    return least;
  }
};
} // namespace

int dlc::chooseColumns(const ContractionNest &nest) { return ColumnChoice{nest}.choose(); }
