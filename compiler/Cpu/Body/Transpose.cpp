#include "Cpu/Body/Transpose.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace dlc;

int64_t dlc::transposePart(int64_t n, int64_t bits) {
  return std::min<int64_t>(n, std::max<int64_t>(1, 128 / bits));
}

// The vectors one after the other, as one: neighbours are joined until one is left.
static Value joined(ImplicitLocOpBuilder &b, SmallVector<Value> parts) {
  while (parts.size() > 1) {
    SmallVector<Value> next;
    int64_t width = 2 * cast<VectorType>(parts[0].getType()).getNumElements();
    SmallVector<int64_t> lanes(width);
    std::iota(lanes.begin(), lanes.end(), 0);
    for (size_t i = 0; i < parts.size(); i += 2)
      next.push_back(vector::ShuffleOp::create(b, parts[i], parts[i + 1], lanes));
    parts = next;
  }
  return parts[0];
}

// Each block of w x w elements: the rows' halves are interleaved log2(w) times.
static void turnBlocks(ImplicitLocOpBuilder &b, MutableArrayRef<Value> rows, int64_t n) {
  int64_t w = rows.size();
  SmallVector<int64_t> low, high;
  for (int64_t i = 0; i < n; ++i) {
    low.push_back(i / w * w + i % w / 2 + (i & 1 ? n : 0));
    high.push_back(low.back() + w / 2);
  }
  for (int64_t stage = 1; stage < w; stage *= 2) {
    SmallVector<Value> old(rows);
    for (int64_t i = 0; i < w / 2; ++i) {
      rows[2 * i] = vector::ShuffleOp::create(b, old[i], old[i + w / 2], low);
      rows[2 * i + 1] = vector::ShuffleOp::create(b, old[i], old[i + w / 2], high);
    }
  }
}

SmallVector<Value> dlc::transposeSquare(ImplicitLocOpBuilder &b, int64_t n, int64_t bits,
                                        function_ref<Value(int64_t, int64_t)> part) {
  int64_t w = transposePart(n, bits);
  SmallVector<Value> columns;
  for (int64_t k = 0; k < n / w; ++k) {
    SmallVector<Value> block;
    for (int64_t i = 0; i < w; ++i) {
      SmallVector<Value> parts;
      for (int64_t row = i; row < n; row += w)
        parts.push_back(part(row, k));
      block.push_back(joined(b, parts));
    }
    turnBlocks(b, block, n);
    llvm::append_range(columns, block);
  }
  return columns;
}
