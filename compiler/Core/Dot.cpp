// dot: loops over batch, free dimensions of lhs, free dimensions of rhs, then the contracted ones.
//
//   dot a, b batch [0] x [0] contract [2] x [1]:  extents [B, M, N, K], parallel 3
//                                                 reads a (d0, d1, d3), b (d0, d3, d2)
//
// Both derivatives are dots of the cotangent with the other operand, whose dimensions come out in
// the order batch, kept, other and are then put where they belong.
#include "Core/Combine.h"
#include "Core/Contraction.h"

using namespace mlir;
using namespace dlc;

void dlc::appendProduct(ReferenceForm &form, ArrayRef<AffineExpr> left, ArrayRef<AffineExpr> right,
                        Type element) {
  for (auto [operand, index] : llvm::enumerate(std::array{left, right})) {
    Read read;
    read.operand = operand;
    read.map = AffineMap::get(form.extents.size(), 0, index, element.getContext());
    form.reads.push_back(read);
  }
  form.body = [](ImplicitLocOpBuilder &, ArrayRef<Scalar> reads, ArrayRef<Scalar>) {
    return Scalars{reads[0] * reads[1]};
  };
  form.initial = {neutralValue(ReduceKind::sum, element)};
  form.combine = combineOf(ReduceKind::sum, element);
}

// The dimensions of `rank` that are neither batch nor contracted, in order.
static SmallVector<int64_t> freeDimensions(int64_t rank, ArrayRef<int64_t> batch,
                                           ArrayRef<int64_t> contract) {
  SmallVector<int64_t> taken(batch);
  llvm::append_range(taken, contract);
  return otherDimensions(rank, taken);
}

// Whether dimension left[i] of lhs has the extent of dimension right[i] of rhs.
static LogicalResult verifyPairs(MaybeLocation location, StringRef verb, RankedTensorType lhs,
                                 RankedTensorType rhs, ArrayRef<int64_t> left,
                                 ArrayRef<int64_t> right) {
  if (left.size() != right.size())
    return emitOptionalError(location, "cannot ", verb, " ", left.size(), " dimensions with ",
                             right.size());
  for (auto [i, j] : llvm::zip_equal(left, right))
    if (lhs.getDimSize(i) != rhs.getDimSize(j))
      return emitOptionalError(location, "cannot ", verb, " ", lhs.getDimSize(i), " with ",
                               rhs.getDimSize(j));
  return success();
}

LogicalResult DotOp::inferReturnTypes(MLIRContext *, MaybeLocation location, Adaptor adaptor,
                                      SmallVectorImpl<Type> &types) {
  if (failed(verifyStatic(location, {adaptor.getLhs(), adaptor.getRhs()})))
    return failure();
  auto lhs = cast<RankedTensorType>(adaptor.getLhs().getType());
  auto rhs = cast<RankedTensorType>(adaptor.getRhs().getType());
  if (lhs.getElementType() != rhs.getElementType())
    return emitOptionalError(location, "cannot multiply ", lhs.getElementType(), " by ",
                             rhs.getElementType());
  ArrayRef<int64_t> leftBatch = adaptor.getLhsBatch(), rightBatch = adaptor.getRhsBatch();
  ArrayRef<int64_t> left = adaptor.getLhsContract(), right = adaptor.getRhsContract();
  if (failed(verifyDimensions(location,
                              llvm::to_vector(llvm::concat<const int64_t>(leftBatch, left)),
                              lhs.getRank())) ||
      failed(verifyDimensions(location,
                              llvm::to_vector(llvm::concat<const int64_t>(rightBatch, right)),
                              rhs.getRank())) ||
      failed(verifyPairs(location, "pair", lhs, rhs, leftBatch, rightBatch)) ||
      failed(verifyPairs(location, "contract", lhs, rhs, left, right)))
    return failure();
  SmallVector<int64_t> shape;
  for (int64_t dimension : leftBatch)
    shape.push_back(lhs.getDimSize(dimension));
  for (int64_t dimension : freeDimensions(lhs.getRank(), leftBatch, left))
    shape.push_back(lhs.getDimSize(dimension));
  for (int64_t dimension : freeDimensions(rhs.getRank(), rightBatch, right))
    shape.push_back(rhs.getDimSize(dimension));
  types.push_back(RankedTensorType::get(shape, lhs.getElementType()));
  return success();
}

ReferenceForm DotOp::referenceForm() {
  RankedTensorType lhs = tensorType(getLhs()), rhs = tensorType(getRhs());
  SmallVector<AffineExpr> left(lhs.getRank()), right(rhs.getRank());
  ReferenceForm form;
  auto loop = [&](int64_t extent) {
    form.extents.push_back(extent);
    return getAffineDimExpr(form.extents.size() - 1, getContext());
  };
  for (auto [i, j] : llvm::zip_equal(getLhsBatch(), getRhsBatch()))
    left[i] = right[j] = loop(lhs.getDimSize(i));
  for (int64_t i : freeDimensions(lhs.getRank(), getLhsBatch(), getLhsContract()))
    left[i] = loop(lhs.getDimSize(i));
  for (int64_t j : freeDimensions(rhs.getRank(), getRhsBatch(), getRhsContract()))
    right[j] = loop(rhs.getDimSize(j));
  form.parallel = form.extents.size();
  for (auto [i, j] : llvm::zip_equal(getLhsContract(), getRhsContract()))
    left[i] = right[j] = loop(lhs.getDimSize(i));
  appendProduct(form, left, right, lhs.getElementType());
  return form;
}

// The order in which `dims` rise: rising[k] is the position in `dims` of the k-th smallest.
static SmallVector<int64_t> risingOrder(ArrayRef<int64_t> dims) {
  SmallVector<int64_t> order = llvm::to_vector(llvm::seq<int64_t>(0, dims.size()));
  llvm::sort(order, [&](int64_t a, int64_t b) { return dims[a] < dims[b]; });
  return order;
}

// One operand's side of a dot.
struct Side {
  ArrayRef<int64_t> batch, contract;
  SmallVector<int64_t> free;
};

// The cotangent of the operand described by `mine`: g contracted with `other` over the other's free
// dimensions, which g has at `position`. The product has the batch, my free dimensions as g has
// them, and my contracted ones in the order in which their partners rise in `other`.
static Value operandCotangent(ImplicitLocOpBuilder &b, Value g, Value other, const Side &mine,
                              const Side &theirs, int64_t theirPosition) {
  SmallVector<int64_t> batch = llvm::to_vector(llvm::seq<int64_t>(0, mine.batch.size()));
  SmallVector<int64_t> contracted =
      llvm::to_vector(llvm::seq<int64_t>(theirPosition, theirPosition + theirs.free.size()));
  Value product = DotOp::create(b, g, other, batch, theirs.batch, contracted, theirs.free);
  SmallVector<int64_t> source(mine.batch.size() + mine.free.size() + mine.contract.size());
  int64_t position = 0;
  for (int64_t dimension : mine.batch)
    source[dimension] = position++;
  for (int64_t dimension : mine.free)
    source[dimension] = position++;
  for (int64_t pair : risingOrder(theirs.contract))
    source[mine.contract[pair]] = position++;
  return permuted(b, product, source);
}

LogicalResult DotOp::buildVjp(ImplicitLocOpBuilder &b, ValueRange cotangents,
                              const llvm::BitVector &wanted, SmallVectorImpl<Value> &gradients) {
  Value g = cotangents[0];
  Side left{getLhsBatch(), getLhsContract(), {}}, right{getRhsBatch(), getRhsContract(), {}};
  left.free = freeDimensions(tensorType(getLhs()).getRank(), left.batch, left.contract);
  right.free = freeDimensions(tensorType(getRhs()).getRank(), right.batch, right.contract);
  int64_t leftPosition = left.batch.size(), rightPosition = leftPosition + left.free.size();
  gradients.push_back(
      g && wanted.test(0) ? operandCotangent(b, g, getRhs(), left, right, rightPosition) : Value());
  gradients.push_back(
      g && wanted.test(1) ? operandCotangent(b, g, getLhs(), right, left, leftPosition) : Value());
  return success();
}
