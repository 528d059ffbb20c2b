#include "Onnx/Operators/Bounded.h"
#include "Onnx/FoldConstants.h"
#include "Onnx/Operators/Indices.h"

using namespace mlir;

namespace dlc::onnx {

static mlir::Type indexType(NodeReader &node) {
  return IntegerType::get(node.builder.getContext(), 64, IntegerType::Signed);
}

static TensorExpr scalar(NodeReader &node, int64_t value) {
  return node.reshape(node.integerTensor({value}), {});
}

static TensorExpr smaller(TensorExpr x, TensorExpr y) {
  return x.with(MinOp::create(x.builder, x, y));
}
static TensorExpr larger(TensorExpr x, TensorExpr y) {
  return x.with(MaxOp::create(x.builder, x, y));
}

static BoundedAttr boundOf(TensorExpr x) {
  return dyn_cast_or_null<BoundedAttr>(x.type().getEncoding());
}

BoundedValue boundedInput(NodeReader &node, size_t i) {
  return boundedValue(node, node.elementwiseInput(i));
}

BoundedValue boundedValue(NodeReader &node, TensorExpr x) {
  BoundedAttr bound = boundOf(x);
  if (!bound)
    return {x, Value()};
  // What was just put together is taken apart, so that a body whose results are not bounded holds
  // no bounded values.
  if (auto made = x.value.getDefiningOp<BoundedOp>())
    return {node.tensor(made.getX()), made.getExtent(), bound.getDimension()};
  auto type = RankedTensorType::get(x.type().getShape(), x.type().getElementType());
  auto scalarType = RankedTensorType::get({}, indexType(node));
  Value extent = ExtentOp::create(node.builder, scalarType, x);
  return {node.tensor(UnboundedOp::create(node.builder, type, x)), extent, bound.getDimension()};
}

bool hasBoundedInput(NodeReader &node) {
  return llvm::any_of(node.operands, [](Value value) {
    return value && tensorType(value).getEncoding() != nullptr;
  });
}

TensorExpr boundedBy(NodeReader &node, TensorExpr x, Value extent, int64_t dimension) {
  if (!extent)
    return x;
  auto type = RankedTensorType::get(x.type().getShape(), x.type().getElementType(),
                                    BoundedAttr::get(node.builder.getContext(), dimension));
  return node.tensor(BoundedOp::create(node.builder, type, x, extent));
}

Value extentSource(Value value) {
  while (Operation *op = value.getDefiningOp()) {
    if (auto bounded = dyn_cast<BoundedOp>(op))
      value = bounded.getExtent();
    else if (auto extent = dyn_cast<ExtentOp>(op))
      value = extent.getX();
    else if (isa<SequentialOpInterface>(op))
      return op->getResults().back();
    else if (isa<ReshapeOp, ConvertOp>(op) && tensorType(value).getNumElements() == 1)
      value = op->getOperand(0);
    else if (op->hasTrait<PointwiseOp>() && tensorType(value).getEncoding())
      value = *llvm::find_if(op->getOperands(), [](Value operand) {
        return tensorType(operand).getEncoding() != nullptr;
      });
    else
      return value;
  }
  return value;
}

// The smaller of two rooms, either of which may not be known.
static std::optional<int64_t> least(std::optional<int64_t> a, std::optional<int64_t> b) {
  return a && b ? std::min(*a, *b) : a ? a : b;
}

std::optional<int64_t> roomOf(Value extent) {
  if (std::optional<Literal> known = constantElements(extent))
    return known->size() == 1 ? std::optional(known->integer(0)) : std::nullopt;
  Operation *op = extent.getDefiningOp();
  if (!op)
    return std::nullopt;
  if (isa<ReshapeOp, ConvertOp>(op))
    return roomOf(op->getOperand(0));
  if (auto taken = dyn_cast<ExtentOp>(op))
    return tensorType(taken.getX())
        .getDimSize(cast<BoundedAttr>(tensorType(taken.getX()).getEncoding()).getDimension());
  if (isa<SequentialOpInterface>(op)) {
    auto first = tensorType(op->getResult(0));
    auto bound = dyn_cast_or_null<BoundedAttr>(first.getEncoding());
    return bound ? std::optional(first.getDimSize(bound.getDimension())) : std::nullopt;
  }
  // What a bounded value has room for.
  for (Operation *user : extent.getUsers())
    if (auto bounded = dyn_cast<BoundedOp>(user); bounded && bounded.getExtent() == extent)
      return bounded.getType().getDimSize(
          cast<BoundedAttr>(bounded.getType().getEncoding()).getDimension());
  if (auto reduce = dyn_cast<ReduceOp>(op); reduce && reduce.getKind() == ReduceKind::min)
    return roomOf(reduce.getX());
  // Of a list, the room of its least number.
  if (auto list = dyn_cast<ConcatOp>(op)) {
    std::optional<int64_t> room;
    for (Value part : list.getOperands())
      if (tensorType(part).getNumElements() == 1)
        room = least(room, roomOf(part));
    return room;
  }
  if (!isa<MinOp, MaxOp>(op))
    return std::nullopt;
  std::optional<int64_t> a = roomOf(op->getOperand(0)), b = roomOf(op->getOperand(1));
  if (isa<MinOp>(op))
    return least(a, b);
  return a && b ? std::optional(std::max(*a, *b)) : std::nullopt;
}

// Whether a number is made of extents and known counts, so that it is none below 0.
static bool isCount(Value number) {
  if (std::optional<Literal> known = constantElements(number)) {
    for (int64_t i = 0; i < known->size(); ++i)
      if (known->integer(i) < 0)
        return false;
    return true;
  }
  Operation *op = number.getDefiningOp();
  if (isa_and_nonnull<ExtentOp, SequentialOpInterface>(op))
    return true;
  auto reduce = dyn_cast_or_null<ReduceOp>(op);
  bool isChoice =
      reduce && llvm::is_contained({ReduceKind::min, ReduceKind::max}, reduce.getKind());
  return (isChoice || isa_and_nonnull<ReshapeOp, ConvertOp, MinOp, MaxOp, ConcatOp>(op)) &&
         llvm::all_of(op->getOperands(), isCount);
}

TensorExpr withinRoom(NodeReader &node, TensorExpr extent, int64_t room) {
  std::optional<int64_t> most = roomOf(extent);
  if (most && *most <= room && isCount(extent))
    return extent;
  return node.tensor(node.build<TakeOp>(iota(node, {room + 1}, 0), extent, 0));
}

BoundedShape boundedShapeInput(NodeReader &node, size_t i) {
  TensorExpr given = node.input(i);
  BoundedShape shape;
  SmallVector<Value> left{given};
  while (!left.empty()) {
    Value part = left.pop_back_val();
    Operation *op = part.getDefiningOp();
    if (isa_and_nonnull<ConcatOp>(op) && tensorType(part).getRank() == 1) {
      llvm::append_range(left, llvm::reverse(op->getOperands()));
    } else if (std::optional<Literal> known = constantElements(part)) {
      for (int64_t k = 0; k < known->size(); ++k) {
        shape.sizes.push_back(known->integer(k));
        shape.rooms.push_back(known->integer(k));
      }
    } else if (std::optional<int64_t> room;
               tensorType(part).getNumElements() == 1 && !shape.extent && (room = roomOf(part))) {
      shape.dimension = shape.sizes.size();
      shape.sizes.push_back(-1);
      shape.rooms.push_back(std::max<int64_t>(*room, 0));
      shape.extent = withinRoom(node, convert(node.reshape(node.tensor(part), {}), indexType(node)),
                                shape.rooms.back());
    } else {
      node.knownIntegers(i); // refuses with what is missing
    }
  }
  return shape;
}

TensorExpr maskedByExtent(NodeReader &node, TensorExpr x, Value extent, int64_t dimension,
                          double otherwise) {
  TensorExpr place = iota(node, x.type().getShape(), dimension);
  TensorExpr limit = node.broadcastTo(node.tensor(extent), place.type().getShape());
  return select(compare(CompareKind::lt, place, limit), x, x.number(otherwise));
}

// ---------------------------------------------------------------- concat

// Each part is written where those before it end; what a bounded part has past its extent is
// overwritten by the next one.
static TensorExpr joined(NodeReader &node, ArrayRef<BoundedValue> parts, int64_t axis) {
  Shape shape(parts[0].full.type().getShape());
  shape[axis] = 0;
  for (const BoundedValue &part : parts)
    if (llvm::AddOverflow(shape[axis], part.full.type().getDimSize(axis), shape[axis]))
      node.refuse(Code::MemoryBudget, "a result exceeds the memory budget");
  TensorExpr result = node.splat(shape, parts[0].full.type().getElementType(), 0);
  TensorExpr end = scalar(node, 0);
  for (const BoundedValue &part : parts) {
    result.value =
        node.build<DynamicUpdateSliceOp>(result, node.reshape(end, {1}), part.full, Shape{axis});
    end.value =
        end + (part ? node.tensor(part.extent) : scalar(node, part.full.type().getDimSize(axis)));
  }
  return boundedBy(node, result, end, axis);
}

Values concatBounded(NodeReader &node) {
  std::vector<BoundedValue> parts;
  const BoundedValue *across = nullptr; // bounded in another dimension than the axis
  for (size_t i = 0; i < node.inputCount(); ++i)
    parts.push_back(boundedInput(node, i));
  int64_t rank = parts[0].full.type().getRank();
  int64_t axis = node.axis(node.integer("axis"), rank);
  for (const BoundedValue &part : parts) {
    node.checkSameType(parts[0].full, part.full);
    node.checkRank(part.full, rank, rank);
    for (int64_t i = 0; i < rank; ++i)
      if (i != axis && part.full.type().getDimSize(i) != parts[0].full.type().getDimSize(i))
        node.refuse(Code::ShapeMismatch, "inputs differ outside the axis",
                    shownType(parts[0].full.type()), shownType(part.full.type()));
    if (part && part.dimension != axis)
      across = &part;
  }
  if (!across)
    return {joined(node, parts, axis)};
  Values values;
  for (const BoundedValue &part : parts) {
    if (!part || part.dimension != across->dimension ||
        extentSource(part.extent) != extentSource(across->extent))
      node.unsupported("Concat of values whose sizes depend on data in different ways");
    values.push_back(part.full);
  }
  return {boundedBy(node, node.concat(values, axis), across->extent, across->dimension)};
}

// ---------------------------------------------------------------- gather

Values gatherBounded(NodeReader &node) {
  BoundedValue x = boundedInput(node, 0), indices = boundedInput(node, 1);
  int64_t axis = node.axis(node.integer("axis", 0), x.full.type().getRank());
  int64_t depth = indices.full.type().getRank(), n = x.full.type().getDimSize(axis);
  if (x && indices && x.dimension != axis)
    node.unsupported("Gather of a value whose size depends on data by such indices");
  if (x && indices) {
    TensorExpr places = maskedByExtent(node, convert(indices.full, indexType(node)), indices.extent,
                                       indices.dimension);
    TensorExpr extent = node.broadcastTo(node.tensor(x.extent), places.type().getShape());
    places.value =
        select(compare(CompareKind::lt, places, places.number(0)), places + extent, places);
    TensorExpr taken = node.tensor(node.build<TakeOp>(x.full, places, axis));
    return {boundedBy(node, taken, indices.extent, axis + indices.dimension)};
  }
  if (indices) {
    TensorExpr places = maskedByExtent(node, indices.full, indices.extent, indices.dimension);
    TensorExpr taken = node.tensor(node.build<TakeOp>(x.full, fromStart(node, places, n), axis));
    return {boundedBy(node, taken, indices.extent, axis + indices.dimension)};
  }
  if (x.dimension != axis) {
    int64_t dimension = x.dimension < axis ? x.dimension : x.dimension - 1 + depth;
    TensorExpr taken =
        node.tensor(node.build<TakeOp>(x.full, fromStart(node, indices.full, n), axis));
    return {boundedBy(node, taken, x.extent, dimension)};
  }
  // An index counts from the end of what is there, and past it there is nothing.
  TensorExpr given = convert(indices.full, indexType(node));
  TensorExpr extent = node.broadcastTo(node.tensor(x.extent), given.type().getShape());
  TensorExpr place =
      select(compare(CompareKind::lt, given, given.number(0)), given + extent, given);
  place.value = select(compare(CompareKind::lt, place, extent), place, place.number(n));
  return {node.build<TakeOp>(x.full, place, axis)};
}

// ---------------------------------------------------------------- slice

TensorExpr sliceBounded(NodeReader &node, const BoundedValue &x, int64_t axis, int64_t start,
                        int64_t end, int64_t step) {
  if (step < 1)
    node.unsupported("a slice backwards along a dimension whose size depends on data");
  int64_t n = x.full.type().getDimSize(axis);
  start = std::clamp(start, -n, n);
  end = std::clamp(end, -n - 1, n);
  TensorExpr extent = node.tensor(x.extent), zero = scalar(node, 0);
  auto place = [&](int64_t index) {
    return index < 0 ? larger(extent + scalar(node, index), zero)
                     : smaller(scalar(node, index), extent);
  };
  TensorExpr first = place(start), count = larger(place(end) - first, zero);
  count.value = (count + scalar(node, step - 1)) / scalar(node, step);
  TensorExpr part = x.full;
  if (start < 0)
    part.value =
        node.build<DynamicSliceOp>(x.full, node.reshape(first, {1}), Shape{axis}, Shape{-start});
  int64_t from = std::max<int64_t>(start, 0), room = part.type().getDimSize(axis);
  Shape lo(part.type().getRank(), 0), hi(part.type().getShape()), stride(lo.size(), 1);
  lo[axis] = from;
  hi[axis] = start >= 0 && end >= 0 ? std::max(end, from) : room;
  stride[axis] = std::min(step, std::max<int64_t>(n, 1));
  return boundedBy(node, node.tensor(node.build<SliceOp>(part, lo, hi, stride)), count, axis);
}

// ---------------------------------------------------------------- reshape

TensorExpr reshapeBounded(NodeReader &node, const BoundedValue &x, ArrayRef<int64_t> shape) {
  ArrayRef<int64_t> from = x.full.type().getShape();
  const int64_t *open = llvm::find(shape, -1);
  int64_t before = ShapedType::getNumElements(from.take_front(x.dimension));
  int64_t after = ShapedType::getNumElements(from.drop_front(x.dimension + 1));
  auto product = [](ArrayRef<int64_t> extents) {
    int64_t result = 1;
    for (int64_t extent : extents)
      if (llvm::MulOverflow(result, extent, result))
        return int64_t(-1);
    return result;
  };
  size_t position = open - shape.begin();
  if (open == shape.end() || product(shape.take_front(position)) != before ||
      product(shape.drop_front(position + 1)) != after)
    node.unsupported("a Reshape that does not keep the dimension whose size depends on data");
  Shape full(shape);
  full[position] = from[x.dimension];
  return boundedBy(node, node.reshape(x.full, full), x.extent, position);
}

} // namespace dlc::onnx
