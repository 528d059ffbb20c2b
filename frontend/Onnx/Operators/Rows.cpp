#include "Onnx/Operators/Rows.h"
#include "Onnx/Formula.h"

using namespace mlir;

namespace dlc::onnx {

static TensorExpr rowsOf(NodeReader &node, TensorExpr image) {
  ArrayRef<int64_t> shape = image.type().getShape();
  int64_t places = ShapedType::getNumElements(shape.drop_front(2));
  TensorExpr flat = node.reshape(image, {shape[0], shape[1], places});
  return node.reshape(node.transpose(flat, {0, 2, 1}), {shape[0] * places, shape[1]});
}

ImageRows::ImageRows(NodeReader &node, TensorExpr image)
    : extents(image.type().getShape().drop_front(2)), batch(image.type().getDimSize(0)),
      channels(image.type().getDimSize(1)), node(node), rows(rowsOf(node, image)) {}

TensorExpr ImageRows::at(ArrayRef<TensorExpr> coordinates, std::optional<TensorExpr> image) const {
  mlir::Type index = node.builder.getIntegerType(64, /*isSigned=*/true);
  TensorExpr first = convert(coordinates[0], index);
  TensorExpr place =
      image ? convert(*image, index) : node.tensor(IotaOp::create(node.builder, first.type(), 0));
  for (auto [extent, coordinate] : llvm::zip_equal(extents, coordinates))
    place.value = place * place.number(double(extent)) + convert(coordinate, index);
  return node.tensor(node.build<TakeOp>(rows, place, /*axis=*/0));
}

TensorExpr overChannels(TensorExpr x, int64_t channels) {
  Shape shape(x.type().getShape()), dims = llvm::to_vector(llvm::seq<int64_t>(0, shape.size()));
  shape.push_back(channels);
  return broadcast(x, shape, dims);
}

TensorExpr isWithin(TensorExpr x, int64_t n) {
  TensorExpr above = compare(CompareKind::ge, x, x.number(0));
  TensorExpr below = compare(CompareKind::le, x, x.number(double(n - 1)));
  return above.with(AndOp::create(x.builder, above, below));
}

std::vector<TensorExpr> ImageRows::corners(ArrayRef<TensorExpr> coordinates,
                                           std::optional<TensorExpr> image) const {
  size_t rank = coordinates.size();
  std::vector<TensorExpr> terms;
  for (size_t corner = 0; corner < (size_t(1) << rank); ++corner) {
    Value weight;
    std::vector<TensorExpr> places;
    for (size_t i = 0; i < rank; ++i) {
      TensorExpr x = coordinates[i], low = floor(x), rest = x - low;
      bool isHigh = corner >> i & 1;
      TensorExpr place = isHigh ? low + low.number(1) : low;
      TensorExpr share = isHigh ? rest : rest.number(1) - rest;
      TensorExpr counted = select(isWithin(place, extents[i]), share, share.number(0));
      weight = weight ? (counted * counted.with(weight)).value : counted.value;
      places.push_back(clamp(place, 0, double(std::max<int64_t>(extents[i] - 1, 0))));
    }
    TensorExpr read = at(places, image);
    TensorExpr share = convert(read.with(weight), read.type().getElementType());
    terms.push_back(read * overChannels(share, channels));
  }
  return terms;
}

TensorExpr sumOf(ArrayRef<TensorExpr> terms) {
  Value sum = terms.front();
  for (TensorExpr term : terms.drop_front())
    sum = term.with(sum) + term;
  return terms.front().with(sum);
}

} // namespace dlc::onnx
