// Builds register tiles.
#include "Cpu/Contraction/Tile.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace dlc;

// ---------------------------------------------------------------- where the loops are

void TileEmitter::setRow(AffineExpr row) {
  for (int loop : llvm::reverse(nest.rows)) {
    bool isFirst = loop == nest.rows.front();
    at[loop] = isFirst ? row : row % nest.extent(loop);
    row = row.floorDiv(nest.extent(loop));
  }
}

Point dlc::substituted(ArrayRef<AffineExpr> index, ArrayRef<AffineExpr> at) {
  Point point;
  for (AffineExpr e : index)
    point.push_back(e.replaceDims(at));
  return point;
}

AffineExpr TileEmitter::depthPosition() const {
  AffineExpr position = body.constant(0);
  for (int loop : nest.reductions)
    position = position * nest.extent(loop) + at[loop];
  return position;
}

// Lanes along the depth: panel after panel of it; else the panel of the tile.
AffineExpr TileEmitter::stagedColumn(const Tile &tile) const {
  AffineExpr column = at[nest.columns];
  if (!nest.columnsAreReduced())
    return stagedPosition() + column - tile.column;
  int64_t lanes = schedule.lanes;
  return stagedPosition() + column.floorDiv(lanes) * (nest.steps() * lanes) + column % lanes;
}

Scalar TileEmitter::pullSide(unsigned side) {
  return body.pull(nest.sides[side].value, substituted(nest.sides[side].index, at));
}

// A packed operand is [outer loops][panels][depth][columns of a panel]. It is read by this formula
// and not pulled through what unpacks it: lanes beyond the last column are there, as zeros, and
// have no place in the original.
AffineExpr TileEmitter::panelStart(AffineExpr column) const {
  AffineExpr panel = body.constant(0);
  for (int loop : nest.panelLoops())
    panel = panel * nest.extent(loop) + at[loop];
  int64_t panels = llvm::divideCeil(nest.columnCount(), schedule.panelColumns);
  panel = panel * panels + column.floorDiv(schedule.panelColumns);
  return panel * (nest.steps() * schedule.panelColumns);
}

bool TileEmitter::isPacked() const {
  return schedule.packedOperand >= 0 && !isa<BlockArgument>(nest.sides[nest.columnSide].value);
}

Scalar TileEmitter::loadPacked() {
  AffineExpr column = at[nest.columns];
  AffineExpr position =
      panelStart(column) + depthPosition() * schedule.panelColumns + column % schedule.panelColumns;
  Value loaded = body.load(body.operandBuffer(schedule.packedOperand), body.simplify(position));
  return body.toRegisters(loaded, nest.element);
}

// A bf16 is the upper half of an f32: broadcast to twice as many halves, every other one cleared.
// That is two instructions, of which one competes with multiply-adds; widening takes three.
static Value spreadUpperHalf(ImplicitLocOpBuilder &b, Value half, int64_t lanes) {
  Value halves = vector::BroadcastOp::create(b, VectorType::get({2 * lanes}, half.getType()), half);
  auto words = VectorType::get({lanes}, b.getI32Type());
  Value upper =
      arith::ConstantOp::create(b, DenseElementsAttr::get(words, llvm::APInt(32, 0xffff0000)));
  Value word = arith::AndIOp::create(b, vector::BitCastOp::create(b, words, halves), upper);
  return vector::BitCastOp::create(b, VectorType::get({lanes}, b.getF32Type()), word);
}

// f16 and bf16 are widened after the broadcast: conversions are vector instructions.
Scalar TileEmitter::pullVector(unsigned side) {
  Value value = nest.sides[side].value;
  Point point = substituted(nest.sides[side].index, at);
  auto argument = dyn_cast<BlockArgument>(value);
  bool isHalf = nest.element.isF16() || nest.element.isBF16();
  if (!argument || !isHalf || schedule.lanes == 1 || body.dependsOnLanes(point))
    return body.vectorOf(body.pull(value, point));
  AffineExpr position = rowMajor(point, tensorType(value).getShape(), body.b.getContext());
  Value element = body.load(body.operandBuffer(argument.getArgNumber()), body.simplify(position));
  if (nest.element.isBF16())
    return {&body.b, spreadUpperHalf(body.b, element, schedule.lanes)};
  auto type = VectorType::get({schedule.lanes}, element.getType());
  return body.toRegisters(vector::BroadcastOp::create(body.b, type, element), nest.element);
}

// ---------------------------------------------------------------- padding

static bool mentions(const LinearForm &form, int loop) {
  return llvm::any_of(form.terms, [&](auto term) { return term.first.isFunctionOfDim(loop); });
}

/// The constraints on a loop of the window depend on the row.
bool TileEmitter::rowsDecide(int loop) const {
  return llvm::any_of(nest.constraints, [&](const ContractionNest::Constraint &c) {
    return mentions(c.form, loop) &&
           llvm::any_of(nest.rows, [&](int row) { return mentions(c.form, row); });
  });
}

/// The smallest value of a constraint, rows and the window's loops at their ends.
static int64_t smallest(const ContractionNest &nest, const LinearForm &form, int64_t first,
                        int64_t last) {
  int64_t sum = form.constant;
  for (auto [atom, coefficient] : form.terms) {
    int loop = cast<AffineDimExpr>(atom).getPosition();
    bool isRow = llvm::is_contained(nest.rows, loop);
    int64_t lo = isRow ? first : 0, hi = isRow ? last : nest.extent(loop) - 1;
    sum += coefficient * (coefficient > 0 ? lo : hi);
  }
  return sum;
}

bool TileEmitter::isInterior(int64_t first, int64_t rows) const {
  return llvm::all_of(nest.constraints, [&](const ContractionNest::Constraint &c) {
    bool ofRows = llvm::any_of(nest.rows, [&](int row) { return mentions(c.form, row); });
    return !ofRows || smallest(nest, c.form, first, first + rows - 1) >= 0;
  });
}

// c x + rest >= 0 gives x >= ceil(-rest / c) for c > 0, and x < floor(rest / -c) + 1 for c < 0.
LoopBounds TileEmitter::windowBounds(int loop) {
  ImplicitLocOpBuilder &b = body.b;
  LoopBounds bounds{0, nest.extent(loop), {}, {}};
  AffineExpr x = getAffineDimExpr(loop, b.getContext());
  for (const ContractionNest::Constraint &c : nest.constraints) {
    int64_t factor = c.form.coefficient(x);
    if (!factor || llvm::any_of(nest.rows, [&](int row) { return mentions(c.form, row); }))
      continue;
    AffineExpr rest = body.constant(c.form.constant);
    for (auto [atom, coefficient] : c.form.terms)
      if (atom != x)
        rest = rest + at[cast<AffineDimExpr>(atom).getPosition()] * coefficient;
    int64_t size = std::abs(factor);
    AffineExpr bound = factor > 0 ? body.constant(size - 1) - rest : rest + size;
    IntegerRange range = body.range(bound);
    auto divided = [&](int64_t v) { return std::max<int64_t>(v, 0) / size; };
    if (factor > 0 ? divided(range.hi) == 0 : divided(range.lo) >= nest.extent(loop))
      continue;
    Value value =
        arith::MaxSIOp::create(b, body.index(body.simplify(bound)), body.index(int64_t(0)));
    if (size > 1)
      value = arith::DivUIOp::create(b, value, body.index(size));
    if (factor > 0)
      bounds.from = bounds.from ? arith::MaxSIOp::create(b, bounds.from, value).getResult() : value;
    else
      bounds.to =
          arith::MinSIOp::create(b, value, bounds.to ? bounds.to : body.index(nest.extent(loop)));
  }
  return bounds;
}

// ---------------------------------------------------------------- the depth

LoopBounds TileEmitter::blockBounds() {
  int64_t depth = nest.depth(), size = schedule.depthBlock;
  Value to = body.index(body.simplify(block * size + size));
  if (depth % size != 0)
    to = arith::MinSIOp::create(body.b, to, body.index(depth));
  return {0, depth, body.index(body.simplify(block * size)), to};
}

Values TileEmitter::zeros(int64_t count) {
  auto type = VectorType::get({schedule.lanes}, registerType(nest.element));
  Type held = schedule.lanes == 1 ? type.getElementType() : Type(type);
  Value zero = arith::ConstantOp::create(body.b, body.b.getZeroAttr(held));
  return Values(count, zero);
}

Scalar TileEmitter::multiplyAdd(Scalar x, Scalar y, Scalar sum) {
  if (!x.isFloat())
    return sum + x * y;
  bool isVector = isa<VectorType>(sum.value.getType());
  Value value = isVector ? vector::FMAOp::create(body.b, x.value, y.value, sum.value).getResult()
                         : math::FmaOp::create(body.b, x.value, y.value, sum.value).getResult();
  return sum.with(value);
}

Values TileEmitter::reduce(const Tile &tile, unsigned level, ValueRange accumulators, int64_t from,
                           int64_t to) {
  if (level == nest.reductions.size())
    return nest.columnsAreReduced() ? reduceColumns(tile, accumulators, from, to)
                                    : products(tile, accumulators, from, to);
  int loop = nest.reductions[level];
  if (!tile.fixed || !rowsDecide(loop))
    return reduceLoop(tile, level, accumulators, from, to);
  Values current(accumulators);
  for (int64_t step = 0; step < nest.extent(loop); ++step) {
    auto exists = [&](int64_t row) {
      return llvm::all_of(nest.constraints, [&](const ContractionNest::Constraint &c) {
        AffineExpr x = getAffineDimExpr(loop, body.b.getContext());
        AffineExpr m = getAffineDimExpr(nest.rows.front(), body.b.getContext());
        int64_t factor = c.form.coefficient(x), ofRow = c.form.coefficient(m);
        return !factor || !ofRow ||
               factor * step + ofRow * (*tile.fixed + row) + c.form.constant >= 0;
      });
    };
    int64_t lo = from, hi = to;
    while (lo < hi && !exists(lo))
      ++lo;
    while (lo < hi && !exists(hi - 1))
      --hi;
    if (lo == hi)
      continue;
    Body::Scope scope(body);
    at[loop] = body.constant(step);
    current = reduce(tile, level + 1, current, lo, hi);
  }
  return current;
}

// Two steps at a time where they fetch ahead, so that one address serves both.
Values TileEmitter::reduceLoop(const Tile &tile, unsigned level, ValueRange accumulators,
                               int64_t from, int64_t to) {
  int loop = nest.reductions[level];
  bool isBlocked = schedule.depthBlock && level == 0;
  LoopBounds bounds = isBlocked ? blockBounds() : windowBounds(loop);
  bool isInnermost = level + 1 == nest.reductions.size() && !nest.columnsAreReduced();
  bool isEven = (isBlocked || (!bounds.from && !bounds.to)) && nest.extent(loop) % 2 == 0;
  int64_t steps = schedule.prefetches && isInnermost && isEven ? 2 : 1;
  return body.loop(bounds, steps, accumulators, [&](AffineExpr e, ValueRange carried) {
    at[loop] = e;
    if (isInnermost)
      prefetchNextPanel(tile, steps);
    Values next(carried);
    for (int64_t step = 0; step < steps; ++step) {
      at[loop] = e + step;
      next = reduce(tile, level + 1, next, from, to);
    }
    return next;
  });
}

// The lanes lie along a reduced loop: whole vectors, then what is left with dead lanes unchanged.
Values TileEmitter::reduceColumns(const Tile &tile, ValueRange accumulators, int64_t from,
                                  int64_t to) {
  int64_t lanes = schedule.lanes, extent = nest.columnCount(), full = extent / lanes * lanes;
  Values current =
      body.loop({0, full, {}, {}}, lanes, accumulators, [&](AffineExpr k, ValueRange carried) {
        Body::Lanes all(body, lanes, lanes);
        setColumn(k + all.dimension());
        return products(tile, carried, from, to);
      });
  if (full == extent)
    return current;
  Body::Lanes rest(body, lanes, extent - full);
  setColumn(body.constant(full) + rest.dimension());
  return products(tile, current, from, to, /*masked=*/true);
}

Values TileEmitter::products(const Tile &tile, ValueRange accumulators, int64_t from, int64_t to,
                             bool masked) {
  int64_t count = vectors(tile);
  const ContractionNest::Side &columnSide = nest.sides[nest.columnSide];
  const ContractionNest::Side &rowSide = nest.sides[1 - nest.columnSide];
  auto hasRows = [&](const ContractionNest::Side &side) {
    return llvm::any_of(nest.rows, [&](int loop) { return side.has(loop); });
  };
  Values next(accumulators);
  // The values of a side for one vector of columns, shared by rows where they do not differ.
  std::vector<SmallVector<Scalar>> shared(2);
  auto withVector = [&](int64_t v, function_ref<void()> run) {
    if (nest.columnsAreReduced())
      return run();
    bool whole = isPacked() || staged; // panels are padded
    Body::Lanes lanes(body, schedule.lanes,
                      whole && !rowSide.has(nest.columns) ? schedule.lanes : tile.live[v]);
    setColumn(tile.column + v * schedule.lanes + lanes.dimension());
    run();
  };
  auto read = [&](unsigned side) {
    if (staged && side == static_cast<unsigned>(nest.columnSide)) {
      Value loaded = body.load(staged->buffer, stagedColumn(tile), staged->start);
      return body.vectorOf({&body.b, loaded, isUnsignedElement(nest.element)});
    }
    if (isPacked() && side == static_cast<unsigned>(nest.columnSide))
      return body.vectorOf(loadPacked());
    return pullVector(side);
  };
  unsigned column = nest.columnSide, row = 1 - column;
  bool rowsVary = rowSide.has(nest.columns) && nest.columns >= 0;
  bool columnsVary = hasRows(columnSide);
  for (int64_t v = 0; v < count && !columnsVary; ++v)
    withVector(v, [&] {
      setRow(tile.first + from);
      shared[column].push_back(read(column));
    });
  for (int64_t r = from; r < to; ++r) {
    std::optional<Scalar> ofRow;
    for (int64_t v = 0; v < count; ++v)
      withVector(v, [&] {
        setRow(tile.first + r);
        if (!ofRow || rowsVary)
          ofRow = read(row);
        Scalar ofColumn = columnsVary ? read(column) : shared[column][v];
        Value &sum = next[r * count + v];
        Scalar added = multiplyAdd(*ofRow, ofColumn, {&body.b, sum, ofRow->isUnsigned});
        sum = masked
                  ? arith::SelectOp::create(body.b, body.liveMask(), added.value, sum).getResult()
                  : added.value;
      });
  }
  return next;
}

// Packed weights that the second cache cannot hold come from further away, and hardware looks ahead
// within a page only. So the tiles that share a panel fetch the next one, each its part: of T calls
// altogether, call i fetches the elements from i * size / T on, a line or less.
void TileEmitter::prefetchNextPanel(const Tile &tile, int64_t steps) {
  if (!schedule.prefetches || !isPacked())
    return;
  if (nest.rowCount() == 1)
    return prefetchColumns(tile, steps);
  if (schedule.depthBlock) {
    // The next block of each panel of the tile; the last block's next is not where it looks, which
    // costs a wait for one block of many.
    int64_t width = schedule.panelColumns, depth = schedule.depthBlock;
    AffineExpr call = tile.sumRow.floorDiv(schedule.tileRows) * (depth / steps) +
                      (at[nest.reductions[0]] - block * depth).floorDiv(steps);
    for (int64_t panel = 0; panel * width < schedule.tileColumns(); ++panel)
      prefetchPart(call, schedule.rowTilesPerPart * (depth / steps), depth * width,
                   panelStart(tile.column + panel * width) + (block + 1) * (depth * width));
    return prefetchNextRows(tile, steps);
  }
  int64_t width = std::max(schedule.panelColumns, schedule.tileColumns());
  AffineExpr ordinal = body.constant(0);
  int64_t tiles = width / schedule.tileColumns();
  for (int loop : nest.outer)
    if (!nest.sides[nest.columnSide].has(loop)) {
      ordinal = ordinal * nest.extent(loop) + at[loop];
      tiles *= nest.extent(loop);
    }
  int64_t rowTiles = llvm::divideCeil(nest.rowCount(), schedule.tileRows);
  ordinal = ordinal * rowTiles + tile.first.floorDiv(schedule.tileRows);
  int64_t size = nest.depth() * width, perTile = llvm::divideCeil(nest.depth(), steps);
  prefetchPart(ordinal * perTile + depthPosition().floorDiv(steps), tiles * rowTiles * perTile,
               size, panelStart(tile.column) + size);
}

// One row uses each panel once, so that it is memory which decides: every panel of the tile fetches
// some steps ahead.
void TileEmitter::prefetchColumns(const Tile &tile, int64_t steps) {
  constexpr int64_t ahead = 8;
  int64_t width = schedule.panelColumns;
  for (int64_t panel = 0; panel * width < schedule.tileColumns(); ++panel)
    prefetchPart(body.constant(0), 1, steps * width,
                 panelStart(tile.column + panel * width) + (depthPosition() + ahead) * width);
}

// Call number `call` of `calls`, which fetch `size` elements from `base` on.
void TileEmitter::prefetchPart(AffineExpr call, int64_t calls, int64_t size, AffineExpr base) {
  ImplicitLocOpBuilder &b = body.b;
  int64_t line = 64 / elementBytes(nest.element), step = llvm::divideCeil(size, calls);
  for (int64_t offset = 0; offset < step; offset += line) {
    Value place = body.index(body.simplify(base + call * step + offset));
    memref::PrefetchOp::create(b, body.operandBuffer(schedule.packedOperand), place,
                               /*isWrite=*/false, /*localityHint=*/2, /*isDataCache=*/true);
  }
}

// The tile's rows of the next block, a line or less in each call: one row after the other.
void TileEmitter::prefetchNextRows(const Tile &tile, int64_t steps) {
  const ContractionNest::Side &walked = nest.sides[1 - nest.columnSide];
  auto argument = dyn_cast<BlockArgument>(walked.value);
  int64_t depth = schedule.depthBlock, calls = depth / steps;
  int loop = nest.reductions[0];
  // A row's lines are fetched by `share` calls that follow one another.
  int64_t line = 64 / elementBytes(nest.element), share = llvm::divideCeil(depth, line);
  if (!argument || walked.stride(loop) != 1 || share * tile.rows > calls)
    return;
  AffineExpr now = at[loop], call = (now - block * depth).floorDiv(steps);
  setRow(tile.first + call.floorDiv(share));
  at[loop] = (block + 1) * depth + call % share * line;
  AffineExpr place = rowMajor(substituted(walked.index, at), tensorType(walked.value).getShape(),
                              body.b.getContext());
  at[loop] = now;
  memref::PrefetchOp::create(body.b, body.operandBuffer(argument.getArgNumber()),
                             body.index(body.simplify(place)), /*isWrite=*/false,
                             /*localityHint=*/2, /*isDataCache=*/true);
}

void TileEmitter::emit(AffineExpr first, int64_t rows, std::optional<int64_t> fixed,
                       AffineExpr column, ArrayRef<int64_t> live) {
  Tile tile{first, column, rows, fixed, live, body.constant(0)};
  Values accumulators = reduce(tile, 0, zeros(rows * vectors(tile)), 0, rows);
  finish(tile, accumulators);
}
