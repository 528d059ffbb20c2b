// Builders that check what a model asks for before an op is made of it.
#include "Onnx/FoldConstants.h"
#include "Onnx/NodeReader.h"
#include "mlir/IR/Diagnostics.h"

using namespace mlir;

namespace dlc::onnx {

void NodeReader::infer(OperationState &state, SmallVectorImpl<mlir::Type> &types,
                       llvm::function_ref<LogicalResult()> rule) const {
  std::string message;
  LogicalResult result = failure();
  {
    ScopedDiagnosticHandler handler(builder.getContext(), [&](mlir::Diagnostic &diagnostic) {
      message = diagnostic.str();
      return success();
    });
    result = rule();
  }
  if (failed(result))
    refuse(Code::ShapeMismatch, message.empty() ? "shapes do not match" : message);
  for (mlir::Type type : types)
    if (auto tensor = dyn_cast<RankedTensorType>(type))
      checkSize(tensor.getShape(), tensor.getElementType());
  state.types.assign(types.begin(), types.end());
}

TensorExpr NodeReader::splat(ArrayRef<int64_t> shape, mlir::Type element, double value) const {
  checkSize(shape, element);
  return tensor(buildSplat(builder, RankedTensorType::get(shape, element), value));
}

TensorExpr NodeReader::integerTensor(ArrayRef<int64_t> values) const {
  auto element = IntegerType::get(builder.getContext(), 64, IntegerType::Signed);
  Literal literal(RankedTensorType::get(int64_t(values.size()), element));
  for (auto [i, value] : llvm::enumerate(values))
    literal.setInteger(i, value);
  return tensor(buildConstant(builder, literal));
}

TensorExpr NodeReader::table(ArrayRef<int64_t> shape, mlir::Type element,
                             ArrayRef<double> values) const {
  if (values.empty())
    return splat(shape, element, 0);
  size_t most = largestConstantBytes / elementBytes(element);
  Values pieces;
  for (size_t at = 0; at < values.size(); at += most) {
    ArrayRef<double> piece = values.slice(at, std::min(most, values.size() - at));
    Literal literal(RankedTensorType::get(int64_t(piece.size()), element));
    for (auto [i, value] : llvm::enumerate(piece))
      literal.setNumber(i, value);
    pieces.push_back(buildConstant(builder, literal));
  }
  return reshape(concat(pieces, 0), shape);
}

TensorExpr NodeReader::reshape(TensorExpr x, ArrayRef<int64_t> shape) const {
  auto type = RankedTensorType::get(shape, x.type().getElementType());
  checkSize(shape, type.getElementType());
  if (type.getNumElements() != x.type().getNumElements())
    refuse(Code::ShapeInvalid, "the number of elements changes",
           llvm::Twine(x.type().getNumElements()) + " elements, as in " +
               shownShape(x.type().getShape()),
           shownShape(shape));
  return type == x.type() ? x : tensor(ReshapeOp::create(builder, type, x));
}

TensorExpr NodeReader::transpose(TensorExpr x, ArrayRef<int64_t> permutation) const {
  return tensor(permuted(builder, x, permutation));
}

// What lies in one part of a concatenation is a slice of that part: one known number of a shape
// whose others depend on data is known.
TensorExpr NodeReader::slice(TensorExpr x, int64_t dimension, int64_t lo, int64_t hi) const {
  auto joined = x.value.getDefiningOp<ConcatOp>();
  if (joined && int64_t(joined.getDim()) == dimension) {
    int64_t start = 0;
    for (Value part : joined.getOperands()) {
      int64_t extent = tensorType(part).getDimSize(dimension);
      if (lo >= start && hi <= start + extent)
        return slice(tensor(part), dimension, lo - start, hi - start);
      start += extent;
    }
  }
  if (lo == 0 && hi == x.type().getDimSize(dimension))
    return x;
  Shape low(x.type().getRank(), 0), high(x.type().getShape()), stride(x.type().getRank(), 1);
  low[dimension] = lo;
  high[dimension] = hi;
  return tensor(build<SliceOp>(x, low, high, stride));
}

TensorExpr NodeReader::concat(ValueRange parts, int64_t dimension) const {
  return parts.size() == 1 ? tensor(parts[0]) : tensor(build<ConcatOp>(parts, dimension));
}

// The dimension that is bounded, counted from the last; none if there is none.
static std::optional<int64_t> boundedFromLast(RankedTensorType type) {
  auto bounded = dyn_cast_or_null<BoundedAttr>(type.getEncoding());
  if (!bounded)
    return std::nullopt;
  return type.getRank() - bounded.getDimension();
}

TensorExpr NodeReader::broadcastTo(TensorExpr x, ArrayRef<int64_t> shape) const {
  return broadcastTo(x, RankedTensorType::get(shape, x.type().getElementType()));
}

TensorExpr NodeReader::broadcastTo(TensorExpr x, RankedTensorType type) const {
  if (x.type() == type)
    return x;
  ArrayRef<int64_t> from = x.type().getShape(), to = type.getShape();
  bool fits = from.size() <= to.size();
  for (size_t i = 1; fits && i <= from.size(); ++i)
    fits = from[from.size() - i] == 1 || from[from.size() - i] == to[to.size() - i];
  if (!fits)
    refuse(Code::ShapeMismatch, "shapes cannot be broadcast", shownShape(to), shownShape(from));
  checkSize(to, type.getElementType());
  Shape dims = llvm::to_vector(llvm::seq<int64_t>(to.size() - from.size(), to.size()));
  return tensor(BroadcastOp::create(builder, type, x, dims));
}

std::vector<TensorExpr> NodeReader::broadcastAll(ArrayRef<TensorExpr> tensors) const {
  Shape shape;
  std::optional<int64_t> bounded; // counted from the last
  for (TensorExpr x : tensors)
    shape.resize(std::max<size_t>(shape.size(), x.type().getRank()), 1);
  for (TensorExpr x : tensors) {
    ArrayRef<int64_t> own = x.type().getShape();
    for (size_t i = 1; i <= own.size(); ++i) {
      int64_t &extent = shape[shape.size() - i], mine = own[own.size() - i];
      if (extent == 1)
        extent = mine;
      else if (mine != 1 && mine != extent)
        refuse(Code::ShapeMismatch, "input shapes cannot be broadcast",
               shownShape(tensors[0].type().getShape()), shownShape(own));
    }
    if (std::optional<int64_t> own = boundedFromLast(x.type())) {
      if (bounded && bounded != own)
        unsupported("broadcasting values whose sizes depend on data");
      bounded = own;
    }
  }
  mlir::Attribute encoding;
  if (bounded) {
    int64_t dimension = shape.size() - *bounded;
    encoding = BoundedAttr::get(builder.getContext(), dimension);
    for (TensorExpr x : tensors)
      if (!x.type().getEncoding() && x.type().getRank() >= *bounded &&
          x.type().getDimSize(x.type().getRank() - *bounded) != 1)
        unsupported("broadcasting a value whose size depends on data with one whose size does not");
  }
  std::vector<TensorExpr> result;
  for (TensorExpr x : tensors) {
    checkSize(shape, x.type().getElementType());
    result.push_back(
        broadcastTo(x, RankedTensorType::get(shape, x.type().getElementType(), encoding)));
  }
  return result;
}

} // namespace dlc::onnx
