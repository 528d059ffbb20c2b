// One step at a time, from the value down to its source; the map from source dimensions to the
// value's is composed on the way.
#include "Graph/Spread.h"

using namespace mlir;
using namespace dlc;

SmallVector<int64_t> Spread::varying() const {
  SmallVector<int64_t> result;
  for (int64_t dimension : dims)
    if (dimension >= 0)
      result.push_back(dimension);
  return result;
}

// Where each dimension of `from` that is not 1 lies in `to`; nothing if the shapes differ in more
// than extents of 1.
static std::optional<SmallVector<int64_t>> unitReshape(RankedTensorType from, RankedTensorType to) {
  SmallVector<int64_t> places;
  int64_t next = 0;
  auto skipUnits = [&] {
    while (next < to.getRank() && to.getDimSize(next) == 1)
      ++next;
  };
  for (int64_t extent : from.getShape()) {
    if (extent == 1) {
      places.push_back(-1);
      continue;
    }
    skipUnits();
    if (next == to.getRank() || to.getDimSize(next) != extent)
      return {};
    places.push_back(next++);
  }
  skipUnits();
  return next == to.getRank() ? std::optional(places) : std::nullopt;
}

// The number of a constant that is the same everywhere, as a scalar; null for anything else.
static DenseElementsAttr splatOf(Value value) {
  auto constant = value.getDefiningOp<ConstantOp>();
  auto dense = constant ? dyn_cast<DenseElementsAttr>(constant.getValue()) : nullptr;
  if (!dense || !dense.isSplat())
    return {};
  return dense.resizeSplat(dense.getType().clone(ArrayRef<int64_t>()));
}

static void compose(Spread &spread, Value source, ArrayRef<int64_t> places) {
  SmallVector<int64_t> dims;
  for (auto [i, place] : llvm::enumerate(places)) {
    bool unit = tensorType(source).getDimSize(i) == 1;
    dims.push_back(unit || place < 0 ? -1 : spread.dims[place]);
  }
  spread = {source, dims};
}

Spread dlc::spreadOf(Value value) {
  auto type = tensorType(value);
  Spread spread{value, llvm::to_vector(llvm::seq<int64_t>(0, type.getRank()))};
  for (int64_t d = 0; d < type.getRank(); ++d)
    if (type.getDimSize(d) == 1)
      spread.dims[d] = -1;
  while (true) {
    if (auto broadcast = spread.source.getDefiningOp<BroadcastOp>()) {
      compose(spread, broadcast.getX(), broadcast.getDims());
      continue;
    }
    auto reshape = spread.source.getDefiningOp<ReshapeOp>();
    auto places = reshape ? unitReshape(tensorType(reshape.getX()), tensorType(reshape.getResult()))
                          : std::nullopt;
    if (!places)
      break;
    compose(spread, reshape.getX(), *places);
  }
  if (splatOf(spread.source))
    spread.dims.assign(spread.dims.size(), -1);
  return spread;
}

std::optional<double> dlc::splatNumber(Value value) {
  DenseElementsAttr splat = splatOf(spreadOf(value).source);
  return splat ? std::optional(Literal::from(splat).number(0)) : std::nullopt;
}

Value dlc::squeezed(ImplicitLocOpBuilder &b, const Spread &spread) {
  if (DenseElementsAttr splat = splatOf(spread.source))
    return ConstantOp::create(b, splat.getType(), splat);
  auto type = tensorType(spread.source);
  SmallVector<int64_t> shape;
  for (int64_t extent : type.getShape())
    if (extent != 1)
      shape.push_back(extent);
  if (static_cast<int64_t>(shape.size()) == type.getRank())
    return spread.source;
  return ReshapeOp::create(b, type.clone(shape), spread.source);
}
