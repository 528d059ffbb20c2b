// cumulative: sums, products and extremes of the elements up to each one along a dimension.
#include "Core/Combine.h"
#include "Core/Shape.h"
#include <cmath>

using namespace mlir;
using namespace dlc;

LogicalResult CumulativeOp::verify() {
  if (getKind() == ReduceKind::all || getKind() == ReduceKind::any)
    return emitOpError("has kind sum, prod, max or min, not ") << stringifyReduceKind(getKind());
  if (failed(verifyStatic(getLoc(), {getX()})))
    return failure();
  return verifyDimensions(getLoc(), static_cast<int64_t>(getDim()), tensorType(getX()).getRank());
}

// ---------------------------------------------------------------- the oracle

static double joined(ReduceKind kind, double a, double x) {
  switch (kind) {
  case ReduceKind::sum:
    return a + x;
  case ReduceKind::prod:
    return a * x;
  default:
    if (std::isnan(a) || std::isnan(x))
      return std::isnan(a) ? a : x;
    return (a < x) == (kind == ReduceKind::min) ? a : x;
  }
}

static int64_t joined(ReduceKind kind, int64_t a, int64_t x, bool isUnsigned) {
  bool less = isUnsigned ? static_cast<uint64_t>(a) < static_cast<uint64_t>(x) : a < x;
  switch (kind) {
  case ReduceKind::sum:
    return static_cast<int64_t>(static_cast<uint64_t>(a) + static_cast<uint64_t>(x));
  case ReduceKind::prod:
    return static_cast<int64_t>(static_cast<uint64_t>(a) * static_cast<uint64_t>(x));
  default:
    return less == (kind == ReduceKind::min) ? a : x;
  }
}

namespace {
// One accumulator: f64, or f32 for every narrower float; integers wrap at the width of the element.
struct Accumulator {
  ReduceKind kind;
  Type element;
  double number;
  int64_t integer;

  Accumulator(ReduceKind kind, Type element) : kind(kind), element(element) {
    TypedAttr neutral = neutralValue(kind, element);
    if (auto value = dyn_cast<FloatAttr>(neutral))
      number = value.getValueAsDouble();
    else
      integer = element.isUnsignedInteger()
                    ? static_cast<int64_t>(cast<IntegerAttr>(neutral).getValue().getZExtValue())
                    : cast<IntegerAttr>(neutral).getValue().getSExtValue();
  }
  void add(const Literal &x, int64_t i) {
    if (isa<FloatType>(element)) {
      number = joined(kind, number, x.number(i));
      if (!element.isF64())
        number = static_cast<float>(number);
    } else {
      integer = joined(kind, integer, x.integer(i), element.isUnsignedInteger());
      Literal wrapped(RankedTensorType::get({}, element));
      wrapped.setInteger(0, integer);
      integer = wrapped.integer(0);
    }
  }
  void store(Literal &result, int64_t i) const {
    if (isa<FloatType>(element))
      result.setNumber(i, number);
    else
      result.setInteger(i, integer);
  }
};
} // namespace

FailureOr<SmallVector<Literal>> CumulativeOp::interpret(ArrayRef<Literal> operands) {
  const Literal &x = operands[0];
  ArrayRef<int64_t> shape = x.type.getShape();
  int64_t n = shape[getDim()], inner = 1;
  for (int64_t extent : shape.drop_front(getDim() + 1))
    inner *= extent;
  Literal result(tensorType(getResult()));
  int64_t rows = n ? x.size() / n : 0;
  for (int64_t row = 0; row < rows; ++row) {
    Accumulator sum(getKind(), x.type.getElementType());
    for (int64_t step = 0; step < n; ++step) {
      int64_t i = getReverse() ? n - 1 - step : step;
      int64_t at = (row / inner * n + i) * inner + row % inner;
      if (getExclusive())
        sum.store(result, at);
      sum.add(x, at);
      if (!getExclusive())
        sum.store(result, at);
    }
  }
  return SmallVector<Literal>{std::move(result)};
}

// ---------------------------------------------------------------- derivatives

// Along the dimension, x shifted by one in the direction of the sum: element i becomes the one
// after it, the last one zero.
static TensorExpr following(TensorExpr x, int64_t dim, bool reverse) {
  SmallVector<int64_t> lo(x.type().getRank(), 0), hi(lo), interior(lo);
  lo[dim] = reverse ? 1 : -1;
  hi[dim] = reverse ? -1 : 1;
  return x.with(PadOp::create(x.builder, x, lo, hi, interior,
                              elementAttribute(x.type().getElementType(), 0)));
}

// y_j = prod_{k <= j} x_k, so dx_i = prod_{k < i} x_k h_i, h_i = sum_{j >= i} g_j prod_{i<k<=j}
// x_k, and h_i = g_i + x_{i+1} h_{i+1}: exact where factors are 0. (Exclusive: y_j is the inclusive
// product before j, so its cotangent g is shifted first.)
static Value productCotangent(CumulativeOp op, TensorExpr g, TensorExpr x) {
  ImplicitLocOpBuilder &b = g.builder;
  int64_t dim = op.getDim(), rank = x.type().getRank();
  bool reverse = op.getReverse();
  if (op.getExclusive())
    g.value = following(g, dim, reverse);
  SmallVector<int64_t> toFront{dim}, back;
  llvm::append_range(toFront, otherDimensions(rank, dim));
  for (int64_t i = 0; i < rank; ++i)
    back.push_back(llvm::find(toFront, i) - toFront.begin());
  SmallVector<Value> sequences{permuted(b, g, toFront),
                               permuted(b, following(x, dim, reverse), toFront)};
  RankedTensorType stacked = tensorType(sequences[0]);
  auto row = RankedTensorType::get(stacked.getShape().drop_front(), stacked.getElementType());
  Value zero = buildSplat(b, row, 0);
  // The sum runs against the product: from its last element to the first.
  SmallVector<bool> inputs(2, !reverse), outputs(1, !reverse);
  auto scan = ScanOp::create(b, TypeRange{row, stacked}, zero, sequences, stacked.getDimSize(0),
                             inputs, outputs);
  {
    OpBuilder::InsertionGuard guard(b);
    Block *body = b.createBlock(&scan.getBody(), {}, TypeRange{row, row, row},
                                {b.getLoc(), b.getLoc(), b.getLoc()});
    TensorExpr h{b, body->getArgument(0)}, share{b, body->getArgument(1)},
        factor{b, body->getArgument(2)};
    Value next = share + factor * h;
    ReturnOp::create(b, ValueRange{next, next});
  }
  TensorExpr h = g.with(permuted(b, scan.getResult(1), back));
  TensorExpr before = g.with(CumulativeOp::create(b, x.type(), ReduceKind::prod, x, dim,
                                                  /*exclusive=*/true, reverse));
  return before * h;
}

// The element that is the extreme of a result takes its cotangent; of equals, the first met.
static Value extremeCotangent(CumulativeOp op, TensorExpr g, TensorExpr x) {
  ImplicitLocOpBuilder &b = g.builder;
  int64_t dim = op.getDim();
  bool reverse = op.getReverse();
  auto cumulative = [&](ReduceKind kind, TensorExpr of, bool exclusive, bool backwards) {
    return of.with(CumulativeOp::create(b, of.type(), kind, of, dim, exclusive, backwards));
  };
  TensorExpr before = cumulative(op.getKind(), x, /*exclusive=*/true, reverse);
  CompareKind beyond = op.getKind() == ReduceKind::max ? CompareKind::gt : CompareKind::lt;
  TensorExpr isNew = compare(beyond, x, before);
  // The place of the extreme of each result: places grow in the direction of the sum.
  auto places = x.type().clone(IntegerType::get(b.getContext(), 64, IntegerType::Signed));
  TensorExpr place = g.with(IotaOp::create(b, places, dim));
  TensorExpr nowhere = reverse ? place.number(x.type().getDimSize(dim) - 1) : place.number(0);
  TensorExpr source = cumulative(reverse ? ReduceKind::min : ReduceKind::max,
                                 select(isNew, place, nowhere), op.getExclusive(), reverse);
  TensorExpr hasSource =
      g.with(CompareOp::create(b, CompareKind::ne,
                               cumulative(ReduceKind::sum, convert(isNew, places.getElementType()),
                                          op.getExclusive(), reverse),
                               place.number(0)));
  // Before the first element there is no source; the place is a valid one all the same.
  TensorExpr lo = place.number(0), hi = place.number(x.type().getDimSize(dim) - 1);
  TensorExpr valid = place.with(MinOp::create(b, MaxOp::create(b, source, lo), hi));
  return PutAlongOp::create(b, PutKind::add, buildSplat(b, x.type(), 0), valid,
                            select(hasSource, g, g.number(0)), dim);
}

LogicalResult CumulativeOp::buildVjp(ImplicitLocOpBuilder &b, ValueRange cotangents,
                                     const llvm::BitVector &wanted,
                                     SmallVectorImpl<Value> &gradients) {
  Value gradient;
  if (wanted.test(0) && cotangents[0]) {
    TensorExpr g{b, cotangents[0]}, x{b, getX()};
    if (getKind() == ReduceKind::sum)
      gradient = CumulativeOp::create(b, g.type(), ReduceKind::sum, g, getDim(), getExclusive(),
                                      !getReverse());
    else if (getKind() == ReduceKind::prod)
      gradient = productCotangent(*this, g, x);
    else
      gradient = extremeCotangent(*this, g, x);
  }
  gradients.push_back(gradient);
  return success();
}
