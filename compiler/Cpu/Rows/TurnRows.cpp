#include "Cpu/Rows/TurnRows.h"
#include "Cpu/Body/State.h"
#include "Cpu/Body/Transpose.h"

using namespace mlir;
using namespace dlc;

Value dlc::turnedBuffer(Body &body, const Nest::Turned &t) {
  return t.source ? body.operandBuffer(cast<BlockArgument>(t.source).getArgNumber())
                  : body.resultBuffer(t.result);
}

static Type elementOf(Body &body, const Nest::Turned &t) {
  return cast<MemRefType>(turnedBuffer(body, t).getType()).getElementType();
}

Body::Scratch dlc::turnedScratch(Body &body, const Nest &nest, const Nest::Turned &t) {
  return body.scratch(t.scratchBytes, llvm::alignTo(t.extent, nest.lanes) * nest.lanes,
                      elementOf(body, t));
}

void dlc::turnIn(Body &body, const Nest &nest, const Nest::Turned &t, AffineExpr base,
                 int64_t live) {
  Type element = elementOf(body, t);
  int64_t lanes = nest.lanes, bits = element.getIntOrFloatBitWidth();
  int64_t width = transposePart(lanes, bits);
  Body::Scratch copy = turnedScratch(body, nest, t);
  for (int64_t k = 0; k < t.extent; k += lanes) {
    Values columns = transposeSquare(body.b, lanes, bits, [&](int64_t row, int64_t part) -> Value {
      int64_t first = k + part * width, exist = std::min(width, t.extent - first);
      if (exist <= 0 || row >= live)
        return zero(body.b, VectorType::get({width}, element));
      Body::Lanes along(body, width, exist);
      AffineExpr position = base + (row * t.stride + first) + along.dimension();
      return splat(body.b, body.load(turnedBuffer(body, t), position), width);
    });
    Body::Lanes all(body, lanes, lanes);
    for (int64_t c = 0; c < std::min(lanes, t.extent - k); ++c)
      body.store(copy.buffer, body.constant((k + c) * lanes) + all.dimension(), columns[c],
                 copy.start);
  }
}

void dlc::turnOut(Body &body, const Nest &nest, const Nest::Turned &t, AffineExpr base,
                  int64_t live) {
  Type element = elementOf(body, t);
  int64_t lanes = nest.lanes, bits = element.getIntOrFloatBitWidth();
  int64_t width = transposePart(lanes, bits);
  Body::Scratch copy = turnedScratch(body, nest, t);
  for (int64_t k = 0; k < t.extent; k += lanes) {
    Values rows = transposeSquare(body.b, lanes, bits, [&](int64_t column, int64_t part) -> Value {
      if (k + column >= t.extent)
        return zero(body.b, VectorType::get({width}, element));
      Body::Lanes along(body, width, width);
      AffineExpr position = body.constant((k + column) * lanes + part * width);
      return splat(body.b, body.load(copy.buffer, position + along.dimension(), copy.start), width);
    });
    Body::Lanes along(body, lanes, std::min(lanes, t.extent - k));
    for (int64_t row = 0; row < live; ++row)
      body.store(turnedBuffer(body, t), base + (row * t.stride + k) + along.dimension(), rows[row]);
  }
}
