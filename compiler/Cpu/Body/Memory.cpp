// Elements of buffers into registers and back, by the fastest way that the position allows. Nothing
// outside a buffer is read or written: ragged ends use masks where the machine has them, and pieces
// of 8, 4, 2, 1 elements where it has not.
#include "Cpu/Body/State.h"
#include "Cpu/Body/Strided.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace dlc;

static int64_t bitsOf(Type element) { return element.getIntOrFloatBitWidth(); }

bool Body::State::hasMaskedAccess(const Body &body, Type memory) const {
  // AVX2 has masked moves of 4 and 8 bytes, AVX-512 of all sizes.
  return body.machine.hasMaskedVectors || (body.machine.vectorBits >= 256 && bitsOf(memory) >= 32);
}

static bool hasGather(const Machine &machine, Type memory) {
  return machine.vectorBits >= 256 && bitsOf(memory) >= 32;
}

Value Body::State::activeMask(Body &body) {
  Value live = body.liveMask();
  if (!guardMask || !live)
    return guardMask ? guardMask : live;
  return arith::AndIOp::create(body.b, guardMask, live);
}

static Value offsetBy(ImplicitLocOpBuilder &b, Value at, int64_t plus) {
  if (!plus)
    return at;
  return arith::AddIOp::create(b, at, arith::ConstantIndexOp::create(b, plus));
}

/// Calls `piece(offset, width)` for powers of two that make up `live`, largest first.
static void forPieces(int64_t live, function_ref<void(int64_t, int64_t)> piece) {
  for (int64_t offset = 0; offset < live;) {
    int64_t width = int64_t(1) << llvm::Log2_64(live - offset);
    piece(offset, width);
    offset += width;
  }
}

// The first `live` elements by loads of smaller powers of two, put together by shuffles.
static Value loadPieces(ImplicitLocOpBuilder &b, Value buffer, Value at, VectorType type,
                        int64_t live) {
  int64_t count = type.getNumElements();
  Value result = zero(b, type);
  forPieces(live, [&](int64_t offset, int64_t width) {
    Value place = offsetBy(b, at, offset);
    if (width == 1) {
      Value element = memref::LoadOp::create(b, buffer, place);
      result = vector::InsertOp::create(b, element, result, offset);
      return;
    }
    Value part =
        vector::LoadOp::create(b, VectorType::get({width}, type.getElementType()), buffer, place);
    SmallVector<int64_t> widened, placed;
    for (int64_t i = 0; i < count; ++i) {
      widened.push_back(i < width ? i : 0);
      placed.push_back(i >= offset && i < offset + width ? count + i - offset : i);
    }
    result = shuffle(b, result, shuffle(b, part, part, widened), placed);
  });
  return result;
}

Value Body::State::loadContiguous(Body &body, Value buffer, Value at, int64_t count, int64_t live,
                                  Value mask) {
  ImplicitLocOpBuilder &b = body.b;
  Type element = cast<MemRefType>(buffer.getType()).getElementType();
  auto type = VectorType::get({count}, element);
  if (live <= 0)
    return zero(b, type);
  if (!mask && live >= count)
    return vector::LoadOp::create(b, type, buffer, at);
  if (!mask && !hasMaskedAccess(body, element))
    return loadPieces(b, buffer, at, type, live);
  if (!mask)
    mask = prefixMask(b, count, live);
  return vector::MaskedLoadOp::create(b, type, buffer, at, mask, zero(b, type));
}

// Lane by lane: for element sizes that no gather instruction knows, and for machines without one.
static Value gatherByLane(ImplicitLocOpBuilder &b, Value buffer, Value base, Value indices,
                          Value mask, int64_t count, int64_t live) {
  auto type = VectorType::get({count}, cast<MemRefType>(buffer.getType()).getElementType());
  // A lane whose guard does not hold reads the element of index 0, which exists.
  if (mask) {
    Value all = arith::IndexCastOp::create(b, VectorType::get({count}, b.getIndexType()), indices);
    indices = arith::AddIOp::create(b, all, splat(b, base, count));
    indices = arith::SelectOp::create(b, mask, indices, zero(b, indices.getType()));
    base = {};
  }
  Value result = zero(b, type);
  for (int64_t lane = 0; lane < live; ++lane) {
    Value at = vector::ExtractOp::create(b, indices, lane);
    if (base)
      at = arith::AddIOp::create(b, base, arith::IndexCastOp::create(b, b.getIndexType(), at));
    result = vector::InsertOp::create(b, memref::LoadOp::create(b, buffer, at), result, lane);
  }
  return result;
}

// A constant stride: one load a lane, each with its own displacement.
static Value loadStrided(ImplicitLocOpBuilder &b, Value buffer, Value base, int64_t stride,
                         int64_t count, int64_t live) {
  auto type = VectorType::get({count}, cast<MemRefType>(buffer.getType()).getElementType());
  Value result = zero(b, type);
  for (int64_t lane = 0; lane < live; ++lane) {
    Value element = memref::LoadOp::create(b, buffer, offsetBy(b, base, lane * stride));
    result = vector::InsertOp::create(b, element, result, lane);
  }
  return result;
}

Value Body::State::gather(Body &body, Value buffer, LinearForm form, Value offset) {
  ImplicitLocOpBuilder &b = body.b;
  Type element = cast<MemRefType>(buffer.getType()).getElementType();
  LinearForm uniform, varying;
  uniform.constant = form.constant;
  for (auto term : form.terms)
    (varies(term.first) ? varying : uniform).terms.push_back(term);
  Value base = body.index(expression(uniform, b.getContext()));
  if (offset)
    base = arith::AddIOp::create(b, base, offset);
  bool isStrided = varying.terms.size() == 1 && isa<AffineDimExpr>(varying.terms[0].first);
  if (!hasGather(body.machine, element) && isStrided && !guardMask)
    return loadStrided(b, buffer, base, varying.terms[0].second, body.laneCount, body.liveCount);
  Value indices = indexVector(body, varying, indexBits(varying));
  if (!hasGather(body.machine, element))
    return gatherByLane(b, buffer, base, indices, guardMask, body.laneCount, body.liveCount);
  auto type = VectorType::get({body.laneCount}, element);
  Value mask = activeMask(body);
  if (!mask)
    mask = prefixMask(b, body.laneCount, body.laneCount);
  return vector::GatherOp::create(b, type, buffer, ValueRange{base}, indices, mask, zero(b, type));
}

Value Body::load(Value buffer, AffineExpr position, Value offset) {
  auto type = cast<MemRefType>(buffer.getType());
  bool varies = dependsOnLanes(position);
  auto vector = VectorType::get({laneCount}, type.getElementType());
  if (type.getDimSize(0) == 0)
    return zero(b, varies ? Type(vector) : type.getElementType());
  LinearForm form = state->linear(position);
  if (auto copy = offset ? std::nullopt : state->redirected(*this, buffer, form))
    return load(copy->second.buffer, copy->first, copy->second.start);
  varies = llvm::any_of(form.terms, [&](auto &t) { return state->varies(t.first); });
  auto at = [&](const LinearForm &f) {
    Value v = index(expression(f, b.getContext()));
    return offset ? arith::AddIOp::create(b, v, offset).getResult() : v;
  };
  if (!varies) {
    // Where no lane's guard holds, the element need not exist; the first one does.
    Value place = at(form);
    if (state->guardMask) {
      Value any =
          vector::ReductionOp::create(b, vector::CombiningKind::OR, state->activeMask(*this));
      place = arith::SelectOp::create(b, any, place, index(int64_t(0)));
    }
    return memref::LoadOp::create(b, buffer, place);
  }
  AffineExpr lane = getAffineDimExpr(state->laneDimension, b.getContext());
  int64_t stride = form.coefficient(lane);
  bool isLinear =
      llvm::all_of(form.terms, [&](auto &t) { return t.first == lane || !state->varies(t.first); });
  LinearForm base = form;
  llvm::erase_if(base.terms, [&](auto &t) { return t.first == lane; });
  std::optional<Repeated> repeated;
  if (!isLinear && !state->guardMask)
    repeated = repeatedLanes(*this, form, lane, [&](AffineExpr e) { return state->varies(e); });
  if (repeated) {
    Value place = index(repeated->first);
    if (offset)
      place = arith::AddIOp::create(b, place, offset);
    auto element = [&](int64_t l) { return (repeated->rest + l) / repeated->divisor; };
    Value elements =
        state->loadContiguous(*this, buffer, place, laneCount, element(liveCount - 1) + 1, Value());
    SmallVector<int64_t> lanes;
    for (int64_t l = 0; l < laneCount; ++l)
      lanes.push_back(element(std::min(l, liveCount - 1)));
    return shuffle(b, elements, elements, lanes);
  }
  if (!isLinear || (stride != 1 && state->guardMask))
    return state->gather(*this, buffer, form, offset);
  if (stride == 1) {
    Value mask = state->guardMask ? state->activeMask(*this) : Value();
    return state->loadContiguous(*this, buffer, at(base), laneCount, liveCount, mask);
  }
  if (stride == -1) {
    base.constant -= liveCount - 1;
    Value forward = state->loadContiguous(*this, buffer, at(base), laneCount, liveCount, Value());
    SmallVector<int64_t> lanes;
    for (int64_t i = 0; i < laneCount; ++i)
      lanes.push_back(i < liveCount ? liveCount - 1 - i : i);
    return shuffle(b, forward, forward, lanes);
  }
  if (stride == 2)
    return loadEverySecond(b, laneCount, liveCount, [&](int64_t plus, int64_t live) {
      return state->loadContiguous(*this, buffer, offsetBy(b, at(base), plus), laneCount, live,
                                   Value());
    });
  if (std::abs(stride) <= std::min(shuffledStrideMax, laneCount)) {
    if (stride < 0)
      base.constant += (liveCount - 1) * stride;
    return loadSpread(b, laneCount, liveCount, stride, [&](int64_t plus, int64_t live) {
      return state->loadContiguous(*this, buffer, offsetBy(b, at(base), plus), laneCount, live,
                                   Value());
    });
  }
  return state->gather(*this, buffer, form, offset);
}

void Body::redirect(Value buffer, AffineExpr position, Scratch copy, AffineExpr copyPosition) {
  state->redirections.push_back({buffer, simplify(position), copy, copyPosition});
}

void Body::redirectRows(Value buffer, AffineExpr base, int64_t stride, int64_t extent,
                        Scratch copy) {
  state->redirections.push_back({buffer, simplify(base), copy, {}, stride, extent});
}

std::optional<std::pair<AffineExpr, Body::Scratch>>
Body::State::redirected(Body &body, Value buffer, const LinearForm &form) const {
  MLIRContext *context = body.b.getContext();
  AffineExpr position = expression(form, context);
  for (const Redirection &r : redirections) {
    if (r.buffer != buffer)
      continue;
    if (!r.extent) {
      if (r.position == position)
        return std::pair(r.copyPosition, r.copy);
      continue;
    }
    AffineExpr lane = getAffineDimExpr(laneDimension, context);
    AffineExpr rest = body.simplify(position - lane * r.stride - r.position);
    IntegerRange range = body.range(rest);
    if (form.coefficient(lane) == r.stride && !varies(rest) && range.lo >= 0 && range.hi < r.extent)
      return std::pair(rest * body.laneCount + lane, r.copy);
  }
  return std::nullopt;
}

static void storePieces(ImplicitLocOpBuilder &b, Value buffer, Value at, Value value,
                        int64_t live) {
  forPieces(live, [&](int64_t offset, int64_t width) {
    Value place = offsetBy(b, at, offset);
    if (width == 1) {
      memref::StoreOp::create(b, vector::ExtractOp::create(b, value, offset), buffer, place);
      return;
    }
    SmallVector<int64_t> lanes(width);
    std::iota(lanes.begin(), lanes.end(), offset);
    vector::StoreOp::create(b, shuffle(b, value, value, lanes), buffer, place);
  });
}

void Body::store(Value buffer, AffineExpr position, Value value, Value offset) {
  LinearForm form = state->linear(position);
  if (auto copy = offset ? std::nullopt : state->redirected(*this, buffer, form))
    return store(copy->second.buffer, copy->first, value, copy->second.start);
  auto at = [&](const LinearForm &f) {
    Value v = index(expression(f, b.getContext()));
    return offset ? arith::AddIOp::create(b, v, offset).getResult() : v;
  };
  bool varies = llvm::any_of(form.terms, [&](auto &t) { return state->varies(t.first); });
  if (!varies) {
    if (isa<VectorType>(value.getType()))
      value = vector::ExtractOp::create(b, value, int64_t(0));
    memref::StoreOp::create(b, value, buffer, at(form));
    return;
  }
  value = splat(b, value, laneCount);
  AffineExpr lane = getAffineDimExpr(state->laneDimension, b.getContext());
  LinearForm base = form;
  llvm::erase_if(base.terms, [&](auto &t) { return t.first == lane; });
  bool isLinear = llvm::none_of(base.terms, [&](auto &t) { return state->varies(t.first); });
  if (isLinear && form.coefficient(lane) == 1) {
    if (liveCount == laneCount)
      vector::StoreOp::create(b, value, buffer, at(base));
    else if (state->hasMaskedAccess(*this, cast<VectorType>(value.getType()).getElementType()))
      vector::MaskedStoreOp::create(b, buffer, at(base), liveMask(), value);
    else
      storePieces(b, buffer, at(base), value, liveCount);
    return;
  }
  Value indices;
  if (!isLinear)
    indices = state->indexVector(*this, form, 64);
  for (int64_t i = 0; i < liveCount; ++i) {
    Value place;
    if (isLinear) {
      place = offsetBy(b, at(base), i * form.coefficient(lane));
    } else {
      place =
          arith::IndexCastOp::create(b, b.getIndexType(), vector::ExtractOp::create(b, indices, i));
      if (offset)
        place = arith::AddIOp::create(b, place, offset);
    }
    memref::StoreOp::create(b, vector::ExtractOp::create(b, value, i), buffer, place);
  }
}

// ---------------------------------------------------------------- memory and register types

static Type withElement(Type like, Type element) {
  if (auto vector = dyn_cast<VectorType>(like))
    return VectorType::get(vector.getShape(), element);
  return element;
}

Scalar Body::toRegisters(Value v, Type element) {
  Type type = v.getType();
  if (element.isInteger(1))
    v = arith::CmpIOp::create(b, arith::CmpIPredicate::ne, v, zero(b, type));
  else if (element.isF16() || element.isBF16())
    v = arith::ExtFOp::create(
        b, withElement(type, b.getF32Type()),
        arith::BitcastOp::create(b, withElement(type, element), v).getResult());
  return {&b, v, isUnsignedElement(element)};
}

Value Body::toMemory(Scalar s, Type element) {
  Value v = s.value;
  Type memory = withElement(v.getType(), memoryType(element));
  if (element.isInteger(1))
    return arith::ExtUIOp::create(b, memory, v);
  if (!element.isF16() && !element.isBF16())
    return v;
  // What was just widened need not be rounded again.
  Type narrow = withElement(v.getType(), element);
  auto widened = v.getDefiningOp<arith::ExtFOp>();
  if (widened && widened.getIn().getType() == narrow)
    v = widened.getIn();
  else
    v = arith::TruncFOp::create(b, narrow, v);
  return arith::BitcastOp::create(b, memory, v);
}

void Body::store(unsigned result, ArrayRef<AffineExpr> point, Scalar value) {
  auto type = cast<RankedTensorType>(kernel.getFunctionType().getResult(result));
  store(state->results[result], rowMajor(point, type.getShape(), b.getContext()),
        toMemory(value, type.getElementType()));
}
