// The oracle of the ops that write by index: one update after the other, on memory.
#include "Core/ScatterForm.h"
#include "Core/Core.h"
#include <cmath>

using namespace mlir;
using namespace dlc;

Scalar dlc::putElement(PutKind kind, Scalar element, Scalar update) {
  switch (kind) {
  case PutKind::set:
    return update;
  case PutKind::add:
    return element + update;
  case PutKind::mul:
    return element * update;
  case PutKind::min:
    return min(element, update);
  case PutKind::max:
    return max(element, update);
  }
  llvm_unreachable("all kinds are handled");
}

// Sums and products of f16, bf16 and f32 are rounded once when they are computed in f64.
static double putNumber(PutKind kind, double x, double u) {
  switch (kind) {
  case PutKind::set:
    return u;
  case PutKind::add:
    return x + u;
  case PutKind::mul:
    return x * u;
  case PutKind::min:
  case PutKind::max:
    if (std::isnan(x) || std::isnan(u))
      return std::isnan(x) ? x : u;
    if (x == u)
      return std::signbit(x) == (kind == PutKind::min) ? x : u;
    return (x < u) == (kind == PutKind::min) ? x : u;
  }
  llvm_unreachable("all kinds are handled");
}

static int64_t putInteger(PutKind kind, int64_t x, int64_t u, bool isUnsigned) {
  bool less = isUnsigned ? static_cast<uint64_t>(x) < static_cast<uint64_t>(u) : x < u;
  switch (kind) {
  case PutKind::set:
    return u;
  case PutKind::add:
    return static_cast<int64_t>(static_cast<uint64_t>(x) + static_cast<uint64_t>(u));
  case PutKind::mul:
    return static_cast<int64_t>(static_cast<uint64_t>(x) * static_cast<uint64_t>(u));
  case PutKind::min:
    return less ? x : u;
  case PutKind::max:
    return less ? u : x;
  }
  llvm_unreachable("all kinds are handled");
}

static void update(Literal &result, int64_t at, const Literal &updates, int64_t from,
                   PutKind kind) {
  Type element = result.type.getElementType();
  int64_t bytes = elementBytes(element);
  if (kind == PutKind::set)
    std::copy_n(updates.bytes.begin() + from * bytes, bytes, result.bytes.begin() + at * bytes);
  else if (isa<FloatType>(element))
    result.setNumber(at, putNumber(kind, result.number(at), updates.number(from)));
  else
    result.setInteger(at, putInteger(kind, result.integer(at), updates.integer(from),
                                     element.isUnsignedInteger()));
}

FailureOr<SmallVector<Literal>> dlc::interpretScatter(Operation *op, const ScatterForm &form,
                                                      ArrayRef<Literal> operands) {
  const Literal &indices = operands[1], &updates = operands[2];
  Literal result = operands[0];
  ArrayRef<int64_t> shape = result.type.getShape();
  size_t rank = form.extents.size();
  int64_t components = 1;
  for (int64_t extent : indices.type.getShape().drop_front(form.indexLoops.size()))
    components *= extent;
  SmallVector<int64_t> loops(rank, 0);
  for (int64_t i = 0; i < updates.size(); ++i) {
    for (int64_t rest = i, d = rank; d-- > 0; rest /= form.extents[d])
      loops[d] = rest % form.extents[d];
    int64_t row = 0;
    for (auto [dimension, loop] : llvm::enumerate(form.indexLoops))
      row = row * indices.type.getDimSize(dimension) + loops[loop];
    int64_t position = 0;
    for (auto [d, target] : llvm::enumerate(form.target)) {
      int64_t place = target.loop < 0 ? 0 : loops[target.loop];
      if (target.symbol >= 0) {
        int64_t index = indices.integer(row * components + target.symbol);
        int64_t bound = form.bound(d, shape);
        if (index < 0 || index >= bound)
          return op->emitOpError("index ") << index << " is outside [0, " << bound << ")";
        place += index;
      }
      position = position * shape[d] + place;
    }
    update(result, position, updates, i, form.kind);
  }
  return SmallVector<Literal>{std::move(result)};
}
