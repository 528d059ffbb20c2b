// The end of a tile: its sums, from registers or from scratch, go through what the kernel does with
// each element to the results. Between blocks of the depth they only go to scratch and back.
#include "Cpu/Contraction/Tile.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace dlc;

// The sums of the lanes of several vectors, as the lanes of one. Even and odd lanes of a pair are
// added until one vector is left, of which each row has a stretch; then within the stretches.
//
//   a0 a1 a2 a3, b0 b1 b2 b3  ->  a0+a1 a2+a3 b0+b1 b2+b3  ->  a b . .
Scalar TileEmitter::sumsOfLanes(ValueRange rows) {
  ImplicitLocOpBuilder &b = body.b;
  int64_t lanes = schedule.lanes;
  Scalar kind{&b, rows[0], isUnsignedElement(nest.element)};
  auto folded = [&](Value x, Value y, int64_t width) {
    SmallVector<int64_t> even, odd;
    for (int64_t i = 0; i < width; i += 2) {
      even.push_back(i);
      odd.push_back(i + 1);
    }
    Value low = vector::ShuffleOp::create(b, x, y, even);
    Value high = vector::ShuffleOp::create(b, x, y, odd);
    return (kind.with(low) + kind.with(high)).value;
  };
  Values open(rows);
  int64_t count = llvm::bit_ceil(static_cast<uint64_t>(open.size()));
  open.resize(count, open[0]);
  while (open.size() > 1) {
    Values next;
    for (size_t i = 0; i < open.size(); i += 2)
      next.push_back(folded(open[i], open[i + 1], 2 * lanes));
    open = next;
  }
  for (int64_t width = lanes; width > count; width /= 2)
    open[0] = folded(open[0], open[0], width);
  return kind.with(open[0]);
}

void TileEmitter::store(Scalar accumulator) {
  Body::Scope scope(body);
  Scalar rounded = roundToStorage(accumulator, nest.element);
  rounded.isUnsigned = isUnsignedElement(nest.element);
  body.bind(nest.op->getResult(0), substituted(nest.result, at), rounded);
  for (auto [i, index] : llvm::enumerate(nest.stores)) {
    Point point = substituted(index, at);
    body.store(i, point, body.vectorOf(body.pull(body.result(i), point)));
  }
}

void TileEmitter::finishVector(const Tile &tile, AffineExpr row, AffineExpr vector, int64_t live,
                               function_ref<Value()> sum) {
  Body::Lanes lanes(body, schedule.lanes, live);
  setColumn(tile.column + vector * schedule.lanes + lanes.dimension());
  setRow(tile.first + row);
  store({&body.b, sum(), isUnsignedElement(nest.element)});
}

void TileEmitter::finish(const Tile &tile, ValueRange accumulators) {
  int64_t count = vectors(tile), lanes = schedule.lanes;
  auto sum = [&](int64_t row, int64_t vector) { return accumulators[row * count + vector]; };
  if (nest.columnsAreReduced()) {
    // Tiles of more rows than a vector has lanes end in several vectors.
    for (int64_t r = 0; r < tile.rows; r += lanes) {
      int64_t live = std::min(lanes, tile.rows - r);
      Scalar all = sumsOfLanes(accumulators.slice(r, live));
      auto width = static_cast<int64_t>(llvm::bit_ceil(static_cast<uint64_t>(live)));
      if (width == 1)
        all = all.with(vector::ExtractOp::create(body.b, all.value, int64_t(0)));
      Body::Lanes along(body, width, live);
      setRow(tile.first + r + along.dimension());
      store(all);
    }
    return;
  }
  if (!sums) {
    for (int64_t r = 0; r < tile.rows; ++r)
      for (int64_t v = 0; v < count; ++v)
        finishVector(tile, body.constant(r), body.constant(v), tile.live[v],
                     [&] { return sum(r, v); });
    return;
  }
  storeSums(tile, accumulators);
  finish(tile);
}

AffineExpr TileEmitter::sumPosition(const Tile &tile, AffineExpr row, AffineExpr vector) const {
  return (tile.sumRow + row) * schedule.tileColumns() + vector * schedule.lanes;
}

void TileEmitter::storeSums(const Tile &tile, ValueRange accumulators) {
  Body::Lanes all(body, schedule.lanes, schedule.lanes);
  for (int64_t r = 0, i = 0; r < tile.rows; ++r)
    for (int64_t v = 0; v < vectors(tile); ++v, ++i)
      body.store(sums->buffer,
                 sumPosition(tile, body.constant(r), body.constant(v)) + all.dimension(),
                 accumulators[i], sums->start);
}

void TileEmitter::finish(const Tile &tile) {
  int64_t lanes = schedule.lanes, whole = llvm::count(tile.live, lanes);
  body.loop({0, tile.rows, {}, {}}, 1, {}, [&](AffineExpr row, ValueRange) {
    auto end = [&](AffineExpr v, int64_t live) {
      finishVector(tile, row, v, live, [&] {
        // All lanes of the accumulator are there, also where some do not exist in the result.
        Body::Lanes all(body, lanes, lanes);
        return body.load(sums->buffer, sumPosition(tile, row, v) + all.dimension(), sums->start);
      });
    };
    body.loop({0, whole, {}, {}}, 1, {}, [&](AffineExpr v, ValueRange) {
      end(v, lanes);
      return Values();
    });
    if (whole < vectors(tile))
      end(body.constant(whole), tile.live.back());
    return Values();
  });
}

void TileEmitter::clear(const Tile &tile) { storeSums(tile, zeros(tile.rows * vectors(tile))); }

void TileEmitter::accumulate(const Tile &tile, AffineExpr ofBlock) {
  Values accumulators;
  {
    Body::Lanes all(body, schedule.lanes, schedule.lanes);
    for (int64_t r = 0; r < tile.rows; ++r)
      for (int64_t v = 0; v < vectors(tile); ++v)
        accumulators.push_back(body.load(
            sums->buffer, sumPosition(tile, body.constant(r), body.constant(v)) + all.dimension(),
            sums->start));
  }
  block = ofBlock;
  storeSums(tile, reduce(tile, 0, accumulators, 0, tile.rows));
}
