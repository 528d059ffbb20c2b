// The index map of a reshape, and slice, pad and concat: maps with offsets, strides and guards.
#include "Core/Movement.h"
#include "llvm/Support/CheckedArithmetic.h"

using namespace mlir;
using namespace dlc;

AffineMap dlc::reshapeMap(ArrayRef<int64_t> from, ArrayRef<int64_t> to, MLIRContext *context) {
  SmallVector<AffineExpr> index(to.size(), getAffineConstantExpr(0, context));
  bool empty = llvm::is_contained(from, 0);
  for (size_t i = 0, j = 0; !empty && (i < from.size() || j < to.size());) {
    // The shortest run of dimensions on both sides with the same number of elements.
    size_t i0 = i, j0 = j;
    int64_t left = i < from.size() ? from[i++] : 1, right = j < to.size() ? to[j++] : 1;
    while (left != right)
      left < right ? left *= from[i++] : right *= to[j++];
    AffineExpr position = getAffineConstantExpr(0, context);
    for (size_t k = i0; k < i; ++k)
      if (from[k] != 1)
        position = position * from[k] + getAffineDimExpr(k, context);
      else
        position = position * 1;
    int64_t below = right;
    for (size_t k = j0; k < j; ++k) {
      bool first = below == right;
      below /= to[k];
      if (to[k] == 1)
        continue;
      AffineExpr e = position.floorDiv(below);
      index[k] = first ? e : e % to[k];
    }
  }
  return AffineMap::get(from.size(), 0, index, context);
}

// ---------------------------------------------------------------- slice
LogicalResult SliceOp::inferReturnTypes(MLIRContext *, std::optional<Location> location,
                                        Adaptor adaptor, SmallVectorImpl<Type> &types) {
  auto from = cast<RankedTensorType>(adaptor.getX().getType());
  size_t rank = from.getRank();
  if (adaptor.getLo().size() != rank || adaptor.getHi().size() != rank ||
      adaptor.getStride().size() != rank)
    return emitOptionalError(location, "expected lo, hi and stride for each of ", rank,
                             " dimensions");
  SmallVector<int64_t> shape;
  for (size_t i = 0; i < rank; ++i) {
    int64_t lo = adaptor.getLo()[i], hi = adaptor.getHi()[i], stride = adaptor.getStride()[i];
    if (stride < 1)
      return emitOptionalError(location, "expected a stride of 1 or more, got ", stride);
    if (lo < 0 || hi < lo || hi > from.getDimSize(i))
      return emitOptionalError(location, "cannot slice [", lo, ", ", hi, ") out of ",
                               from.getDimSize(i));
    shape.push_back((hi - lo + stride - 1) / stride);
  }
  types.push_back(RankedTensorType::get(shape, from.getElementType()));
  return success();
}

ReferenceForm SliceOp::referenceForm() {
  SmallVector<AffineExpr> index;
  for (auto [i, lo] : llvm::enumerate(getLo()))
    index.push_back(getAffineDimExpr(i, getContext()) * getStride()[i] + lo);
  return movementForm(*this, AffineMap::get(index.size(), 0, index, getContext()));
}

OpFoldResult SliceOp::fold(FoldAdaptor adaptor) {
  if (getX().getType() == getType() && llvm::all_of(getStride(), [](int64_t s) { return s == 1; }))
    return getX();
  return foldSplat(adaptor.getX(), getType());
}

LogicalResult SliceOp::buildVjp(ImplicitLocOpBuilder &b, ValueRange cotangents,
                                const llvm::BitVector &wanted, SmallVectorImpl<Value> &gradients) {
  auto from = tensorType(getX()), to = tensorType(getResult());
  SmallVector<int64_t> hi, interior;
  for (int64_t i = 0; i < from.getRank(); ++i) {
    int64_t extent = to.getDimSize(i), covered = extent ? (extent - 1) * getStride()[i] + 1 : 0;
    hi.push_back(from.getDimSize(i) - getLo()[i] - covered);
    interior.push_back(getStride()[i] - 1);
  }
  Value padded = PadOp::create(b, cotangents[0], getLo(), hi, interior,
                               elementAttribute(from.getElementType(), 0));
  return appendWanted(wanted, gradients, {padded});
}

Value SliceOp::buildPermuted(ImplicitLocOpBuilder &b, ArrayRef<int64_t> permutation) {
  return SliceOp::create(
      b, permuted(b, getX(), permutation), applyPermutation(getLo(), permutation),
      applyPermutation(getHi(), permutation), applyPermutation(getStride(), permutation));
}

// ---------------------------------------------------------------- pad
LogicalResult PadOp::inferReturnTypes(MLIRContext *, std::optional<Location> location,
                                      Adaptor adaptor, SmallVectorImpl<Type> &types) {
  auto from = cast<RankedTensorType>(adaptor.getX().getType());
  size_t rank = from.getRank();
  if (adaptor.getLo().size() != rank || adaptor.getHi().size() != rank ||
      adaptor.getInterior().size() != rank)
    return emitOptionalError(location, "expected lo, hi and interior for each of ", rank,
                             " dimensions");
  if (adaptor.getValue().getType() != from.getElementType())
    return emitOptionalError(location, "expected a padding value of ", from.getElementType(),
                             ", got ", adaptor.getValue().getType());
  SmallVector<int64_t> shape;
  for (size_t i = 0; i < rank; ++i) {
    int64_t n = from.getDimSize(i), interior = adaptor.getInterior()[i];
    if (interior < 0)
      return emitOptionalError(location, "expected interior padding of 0 or more, got ", interior);
    auto inner = n ? llvm::checkedMulAdd<int64_t>(n - 1, interior, n) : std::optional<int64_t>(0);
    auto outer = llvm::checkedAdd(adaptor.getLo()[i], adaptor.getHi()[i]);
    auto extent = inner && outer ? llvm::checkedAdd(*inner, *outer) : std::nullopt;
    if (!extent || *extent < 0)
      return emitOptionalError(location, "cannot pad ", n, " by ", adaptor.getLo()[i], " and ",
                               adaptor.getHi()[i]);
    shape.push_back(*extent);
  }
  types.push_back(RankedTensorType::get(shape, from.getElementType()));
  return success();
}

ReferenceForm PadOp::referenceForm() {
  auto from = tensorType(getX());
  SmallVector<AffineExpr> index, constraints;
  SmallVector<bool> equalities;
  auto require = [&](AffineExpr e, bool isEquality) {
    constraints.push_back(e);
    equalities.push_back(isEquality);
  };
  for (int64_t i = 0; i < from.getRank(); ++i) {
    int64_t step = getInterior()[i] + 1, n = from.getDimSize(i);
    AffineExpr offset = getAffineDimExpr(i, getContext()) - getLo()[i];
    index.push_back(offset.floorDiv(step));
    if (getLo()[i] > 0)
      require(offset, false);
    if (getHi()[i] > 0 || n == 0)
      require((n - 1) * step - offset, false);
    if (step > 1)
      require(offset % step, true);
  }
  ReferenceForm form = movementForm(*this, AffineMap::get(from.getRank(), 0, index, getContext()));
  if (!constraints.empty())
    form.reads[0].guard = IntegerSet::get(from.getRank(), 0, constraints, equalities);
  form.reads[0].outside = cast<TypedAttr>(getValue());
  return form;
}

OpFoldResult PadOp::fold(FoldAdaptor adaptor) {
  auto isZero = [](int64_t v) { return v == 0; };
  if (llvm::all_of(getLo(), isZero) && llvm::all_of(getHi(), isZero) &&
      llvm::all_of(getInterior(), isZero))
    return getX();
  auto constant = dyn_cast_or_null<DenseElementsAttr>(adaptor.getX());
  if (constant && constant.isSplat() && constant.getSplatValue<Attribute>() == getValue())
    return foldSplat(adaptor.getX(), getType());
  return {};
}

LogicalResult PadOp::buildVjp(ImplicitLocOpBuilder &b, ValueRange cotangents,
                              const llvm::BitVector &wanted, SmallVectorImpl<Value> &gradients) {
  // Undo lo and hi by the opposite padding, then step over the interior.
  auto from = tensorType(getX());
  SmallVector<int64_t> lo, hi, none(from.getRank(), 0), stride, end;
  for (int64_t i = 0; i < from.getRank(); ++i) {
    lo.push_back(-getLo()[i]);
    hi.push_back(-getHi()[i]);
    stride.push_back(getInterior()[i] + 1);
  }
  Value cropped =
      PadOp::create(b, cotangents[0], lo, hi, none, elementAttribute(from.getElementType(), 0));
  end = llvm::to_vector(tensorType(cropped).getShape());
  return appendWanted(wanted, gradients, {SliceOp::create(b, cropped, none, end, stride)});
}

Value PadOp::buildPermuted(ImplicitLocOpBuilder &b, ArrayRef<int64_t> permutation) {
  return PadOp::create(b, permuted(b, getX(), permutation), applyPermutation(getLo(), permutation),
                       applyPermutation(getHi(), permutation),
                       applyPermutation(getInterior(), permutation), cast<TypedAttr>(getValue()));
}

// ---------------------------------------------------------------- concat
LogicalResult ConcatOp::inferReturnTypes(MLIRContext *, std::optional<Location> location,
                                         Adaptor adaptor, SmallVectorImpl<Type> &types) {
  if (adaptor.getOperands().empty())
    return emitOptionalError(location, "expected at least one operand");
  auto first = cast<RankedTensorType>(adaptor.getOperands().front().getType());
  int64_t dim = adaptor.getDim();
  if (dim < 0 || dim >= first.getRank())
    return emitOptionalError(location, "expected a dimension of ", first, ", got ", dim);
  SmallVector<int64_t> shape(first.getShape());
  for (Value operand : adaptor.getOperands().drop_front()) {
    auto type = cast<RankedTensorType>(operand.getType());
    SmallVector<int64_t> other(type.getShape());
    if (other.size() == shape.size())
      other[dim] = shape[dim];
    if (other != shape || type.getElementType() != first.getElementType())
      return emitOptionalError(location, "cannot concatenate ", first, " and ", type, " along ",
                               dim);
    shape[dim] += type.getDimSize(dim);
  }
  types.push_back(RankedTensorType::get(shape, first.getElementType()));
  return success();
}

ReferenceForm ConcatOp::referenceForm() {
  auto type = tensorType(getResult());
  ReferenceForm form;
  form.extents = llvm::to_vector(type.getShape());
  form.parallel = type.getRank();
  form.piecewise = true;
  int64_t start = 0;
  AffineExpr along = getAffineDimExpr(getDim(), getContext());
  for (auto [i, operand] : llvm::enumerate(getOperands())) {
    int64_t extent = tensorType(operand).getDimSize(getDim());
    SmallVector<AffineExpr> index;
    for (int64_t d = 0; d < type.getRank(); ++d)
      index.push_back(getAffineDimExpr(d, getContext()));
    index[getDim()] = along - start;
    Read read{static_cast<unsigned>(i),
              AffineMap::get(type.getRank(), 0, index, getContext()),
              {},
              {},
              {}};
    read.guard = IntegerSet::get(type.getRank(), 0, {along - start, start + extent - 1 - along},
                                 {false, false});
    form.reads.push_back(read);
    start += extent;
  }
  return form;
}

OpFoldResult ConcatOp::fold(FoldAdaptor) {
  return getOperands().size() == 1 ? OpFoldResult(getOperands().front()) : OpFoldResult();
}

LogicalResult ConcatOp::buildVjp(ImplicitLocOpBuilder &b, ValueRange cotangents,
                                 const llvm::BitVector &wanted, SmallVectorImpl<Value> &gradients) {
  auto type = tensorType(getResult());
  SmallVector<int64_t> lo(type.getRank(), 0), hi(type.getShape()), stride(type.getRank(), 1);
  SmallVector<Value> parts;
  for (Value operand : getOperands()) {
    hi[getDim()] = lo[getDim()] + tensorType(operand).getDimSize(getDim());
    parts.push_back(SliceOp::create(b, cotangents[0], lo, hi, stride));
    lo[getDim()] = hi[getDim()];
  }
  return appendWanted(wanted, gradients, parts);
}

Value ConcatOp::buildPermuted(ImplicitLocOpBuilder &b, ArrayRef<int64_t> permutation) {
  SmallVector<Value> operands;
  for (Value operand : getOperands())
    operands.push_back(permuted(b, operand, permutation));
  int64_t dim = llvm::find(permutation, static_cast<int64_t>(getDim())) - permutation.begin();
  return ConcatOp::create(b, operands, dim);
}
