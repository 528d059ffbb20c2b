// conv and its two adjoints: three sides of one trilinear form
//
//   <g, conv(x, w)> = sum over n, group, o, c, t, k of  g[n, o, t] x[n, c, t stride + k dilation -
//   lo] w[o, c, k]
//
// so that each op's derivatives are the other two. Every reference form runs over the dimensions of
// its result in the result's order, then over what is left in the order n, channels, t, k:
//
//   conv             n o t | c k    reads x where t stride + k dilation - lo lies in x
//   conv_bwd_data    n c i | o k    reads g at t = (i + lo - k dilation) / stride, where that is
//   whole and lies in g conv_bwd_filter  o c k | n t    reads x as conv does
#include "Core/Contraction.h"
#include "llvm/Support/CheckedArithmetic.h"

using namespace mlir;
using namespace dlc;

namespace {
// Where x, g and w have their dimensions.
struct Layout {
  int64_t spatialRank;
  bool channelsLast;

  int64_t channel() const { return channelsLast ? spatialRank + 1 : 1; }
  int64_t spatial(int64_t i) const { return channelsLast ? i + 1 : i + 2; }
  template <typename T> SmallVector<T> index(T n, T c, ArrayRef<T> spatial) const {
    SmallVector<T> result{n};
    llvm::append_range(result, spatial);
    result.insert(channelsLast ? result.end() : result.begin() + 1, c);
    return result;
  }
  SmallVector<int64_t> extents(RankedTensorType type) const {
    SmallVector<int64_t> result;
    for (int64_t i = 0; i < spatialRank; ++i)
      result.push_back(type.getDimSize(spatial(i)));
    return result;
  }
};

// All numbers of one convolution. `inner` is the spatial extent of x, `outer` of g.
struct Geometry {
  Layout layout;
  Windows windows;
  int64_t batch = 0, channels = 0, filters = 0, groups = 1;
  SmallVector<int64_t> inner, window, outer;

  int64_t groupChannels() const { return channels / groups; }
  int64_t groupFilters() const { return filters / groups; }
  SmallVector<int64_t> filterShape() const {
    SmallVector<int64_t> shape{filters, groupChannels()};
    llvm::append_range(shape, window);
    return shape;
  }
};
} // namespace

template <typename Op> static Windows windowsOf(Op op, ArrayRef<int64_t> window) {
  return {window, op.getStrides(), op.getLo(), op.getHi(), op.getDilation()};
}

// ---------------------------------------------------------------- shapes

// What the three ops' shape rules check first: two operands of one element type and rank 3 to 5.
template <typename Adaptor>
static FailureOr<Layout> verifyOperands(MaybeLocation location, Adaptor adaptor, Value a, Value b) {
  if (failed(verifyStatic(location, {a, b})))
    return failure();
  auto left = cast<RankedTensorType>(a.getType()), right = cast<RankedTensorType>(b.getType());
  if (left.getElementType() != right.getElementType())
    return emitOptionalError(location, "cannot multiply ", left.getElementType(), " by ",
                             right.getElementType());
  if (left.getRank() < 3 || left.getRank() > 5)
    return emitOptionalError(location, "needs operands of rank 3 to 5, not ", left.getRank());
  if (left.getRank() != right.getRank())
    return emitOptionalError(location, "needs operands of one rank, not ", left.getRank(), " and ",
                             right.getRank());
  if (static_cast<int64_t>(adaptor.getGroups()) < 1)
    return emitOptionalError(location, "groups must be at least 1, not ",
                             static_cast<int64_t>(adaptor.getGroups()));
  return Layout{left.getRank() - 2, adaptor.getChannelsLast()};
}

static LogicalResult verifyGroups(MaybeLocation location, StringRef what, int64_t channels,
                                  int64_t groups) {
  if (channels % groups != 0)
    return emitOptionalError(location, "cannot divide ", channels, " ", what, " into ", groups,
                             " groups");
  return success();
}

// The extents that the windows have over `inner`.
static FailureOr<SmallVector<int64_t>> outerExtents(MaybeLocation location, const Windows &windows,
                                                    ArrayRef<int64_t> inner) {
  SmallVector<int64_t> outer;
  for (auto [i, extent] : llvm::enumerate(inner)) {
    FailureOr<int64_t> result = windows.resultExtent(location, i, extent);
    if (failed(result))
      return failure();
    outer.push_back(*result);
  }
  return outer;
}

// Whether the windows over `inner` give just `outer`.
static LogicalResult verifyOuter(MaybeLocation location, const Windows &windows,
                                 ArrayRef<int64_t> inner, ArrayRef<int64_t> outer) {
  FailureOr<SmallVector<int64_t>> found = outerExtents(location, windows, inner);
  if (failed(found))
    return failure();
  for (auto [i, expected] : llvm::enumerate(*found))
    if (expected != outer[i])
      return emitOptionalError(location, "a convolution over ", inner[i], " gives ", expected,
                               ", not ", outer[i]);
  return success();
}

LogicalResult ConvOp::inferReturnTypes(MLIRContext *, MaybeLocation location, Adaptor adaptor,
                                       SmallVectorImpl<Type> &types) {
  FailureOr<Layout> layout = verifyOperands(location, adaptor, adaptor.getX(), adaptor.getW());
  if (failed(layout))
    return failure();
  auto x = cast<RankedTensorType>(adaptor.getX().getType());
  auto w = cast<RankedTensorType>(adaptor.getW().getType());
  int64_t groups = adaptor.getGroups(), channels = x.getDimSize(layout->channel());
  Windows windows = windowsOf(adaptor, w.getShape().drop_front(2));
  if (failed(verifyGroups(location, "channels", channels, groups)) ||
      failed(verifyGroups(location, "filters", w.getDimSize(0), groups)) ||
      failed(windows.verify(location, layout->spatialRank)))
    return failure();
  if (channels / groups != w.getDimSize(1))
    return emitOptionalError(location, "cannot contract ", channels / groups, " channels with ",
                             w.getDimSize(1));
  FailureOr<SmallVector<int64_t>> outer = outerExtents(location, windows, layout->extents(x));
  if (failed(outer))
    return failure();
  types.push_back(RankedTensorType::get(
      layout->index<int64_t>(x.getDimSize(0), w.getDimSize(0), *outer), x.getElementType()));
  return success();
}

LogicalResult ConvBwdDataOp::inferReturnTypes(MLIRContext *, MaybeLocation location,
                                              Adaptor adaptor, SmallVectorImpl<Type> &types) {
  FailureOr<Layout> layout = verifyOperands(location, adaptor, adaptor.getG(), adaptor.getW());
  if (failed(layout))
    return failure();
  auto g = cast<RankedTensorType>(adaptor.getG().getType());
  auto w = cast<RankedTensorType>(adaptor.getW().getType());
  int64_t groups = adaptor.getGroups(), filters = g.getDimSize(layout->channel());
  Windows windows = windowsOf(adaptor, w.getShape().drop_front(2));
  if (failed(verifyGroups(location, "filters", filters, groups)) ||
      failed(windows.verify(location, layout->spatialRank)) ||
      failed(verifyList(location, "spatial", adaptor.getSpatial(), layout->spatialRank, 0)))
    return failure();
  if (filters != w.getDimSize(0))
    return emitOptionalError(location, "cannot contract ", filters, " filters with ",
                             w.getDimSize(0));
  if (failed(verifyOuter(location, windows, adaptor.getSpatial(), layout->extents(g))))
    return failure();
  std::optional<int64_t> channels = llvm::checkedMul(w.getDimSize(1), groups);
  if (!channels)
    return emitOptionalError(location, "too large: ", groups, " groups of ", w.getDimSize(1),
                             " channels");
  types.push_back(RankedTensorType::get(
      layout->index<int64_t>(g.getDimSize(0), *channels, adaptor.getSpatial()),
      g.getElementType()));
  return success();
}

LogicalResult ConvBwdFilterOp::inferReturnTypes(MLIRContext *, MaybeLocation location,
                                                Adaptor adaptor, SmallVectorImpl<Type> &types) {
  FailureOr<Layout> layout = verifyOperands(location, adaptor, adaptor.getX(), adaptor.getG());
  if (failed(layout))
    return failure();
  auto x = cast<RankedTensorType>(adaptor.getX().getType());
  auto g = cast<RankedTensorType>(adaptor.getG().getType());
  int64_t groups = adaptor.getGroups(), channels = x.getDimSize(layout->channel());
  int64_t filters = g.getDimSize(layout->channel());
  Windows windows = windowsOf(adaptor, adaptor.getWindow());
  if (failed(verifyGroups(location, "channels", channels, groups)) ||
      failed(verifyGroups(location, "filters", filters, groups)) ||
      failed(windows.verify(location, layout->spatialRank)))
    return failure();
  if (x.getDimSize(0) != g.getDimSize(0))
    return emitOptionalError(location, "cannot contract a batch of ", x.getDimSize(0), " with ",
                             g.getDimSize(0));
  if (failed(verifyOuter(location, windows, layout->extents(x), layout->extents(g))))
    return failure();
  SmallVector<int64_t> shape{filters, channels / groups};
  llvm::append_range(shape, adaptor.getWindow());
  types.push_back(RankedTensorType::get(shape, x.getElementType()));
  return success();
}

// ---------------------------------------------------------------- reference forms

// The numbers of a convolution, from the types of x, g and w that the op has or makes.
template <typename Op>
static Geometry geometryOf(Op op, RankedTensorType x, RankedTensorType w, RankedTensorType g) {
  Geometry geometry;
  geometry.layout = {x.getRank() - 2, op.getChannelsLast()};
  geometry.batch = x.getDimSize(0);
  geometry.channels = x.getDimSize(geometry.layout.channel());
  geometry.filters = g.getDimSize(geometry.layout.channel());
  geometry.groups = op.getGroups();
  geometry.inner = geometry.layout.extents(x);
  geometry.outer = geometry.layout.extents(g);
  geometry.window = llvm::to_vector(w.getShape().drop_front(2));
  geometry.windows = windowsOf(op, w.getShape().drop_front(2));
  return geometry;
}

// Adds a loop for each extent.
static SmallVector<AffineExpr> addLoops(ReferenceForm &form, ArrayRef<int64_t> extents,
                                        MLIRContext *context) {
  SmallVector<AffineExpr> loops;
  for (int64_t extent : extents) {
    loops.push_back(getAffineDimExpr(form.extents.size(), context));
    form.extents.push_back(extent);
  }
  return loops;
}

// The loops over a tensor [n, channels, spatial] in its own order.
struct TensorLoops {
  AffineExpr batch, channel;
  SmallVector<AffineExpr> spatial;
};
static TensorLoops addTensorLoops(ReferenceForm &form, const Layout &layout, int64_t batch,
                                  int64_t channels, ArrayRef<int64_t> spatial,
                                  MLIRContext *context) {
  SmallVector<AffineExpr> loops =
      addLoops(form, layout.index<int64_t>(batch, channels, spatial), context);
  TensorLoops result{loops[0], loops[layout.channel()], {}};
  for (int64_t i = 0; i < layout.spatialRank; ++i)
    result.spatial.push_back(loops[layout.spatial(i)]);
  return result;
}

// The channel of the whole tensor: `inGroup` in the group to which `other`, one of `otherPerGroup`
// a group, belongs.
static AffineExpr channelOf(const Geometry &geometry, AffineExpr other, int64_t otherPerGroup,
                            AffineExpr inGroup, int64_t perGroup) {
  return geometry.groups == 1 ? inGroup : other.floorDiv(otherPerGroup) * perGroup + inGroup;
}

// The spatial index into x that meets t and k, and the guard that keeps it there.
static SmallVector<AffineExpr> innerIndex(const Geometry &geometry, ArrayRef<AffineExpr> t,
                                          ArrayRef<AffineExpr> k,
                                          SmallVectorImpl<AffineExpr> &constraints) {
  SmallVector<AffineExpr> index;
  for (auto [i, extent] : llvm::enumerate(geometry.inner)) {
    index.push_back(geometry.windows.operandIndex(i, t[i], k[i]));
    geometry.windows.appendGuards(i, t[i], k[i], extent, geometry.outer[i], constraints);
  }
  return index;
}

ReferenceForm ConvOp::referenceForm() {
  MLIRContext *context = getContext();
  Geometry geometry =
      geometryOf(*this, tensorType(getX()), tensorType(getW()), tensorType(getResult()));
  ReferenceForm form;
  auto [n, o, t] = addTensorLoops(form, geometry.layout, geometry.batch, geometry.filters,
                                  geometry.outer, context);
  form.parallel = form.extents.size();
  AffineExpr c = addLoops(form, geometry.groupChannels(), context)[0];
  SmallVector<AffineExpr> k = addLoops(form, geometry.window, context), constraints;
  SmallVector<AffineExpr> i = innerIndex(geometry, t, k, constraints), filter{o, c};
  llvm::append_range(filter, k);
  AffineExpr channel = channelOf(geometry, o, geometry.groupFilters(), c, geometry.groupChannels());
  appendProduct(form, geometry.layout.index<AffineExpr>(n, channel, i), filter,
                tensorType(getX()).getElementType());
  form.reads[0].guard = guardOf(form.extents.size(), constraints, context);
  return form;
}

ReferenceForm ConvBwdFilterOp::referenceForm() {
  MLIRContext *context = getContext();
  Geometry geometry =
      geometryOf(*this, tensorType(getX()), tensorType(getResult()), tensorType(getG()));
  ReferenceForm form;
  AffineExpr o = addLoops(form, geometry.filters, context)[0];
  AffineExpr c = addLoops(form, geometry.groupChannels(), context)[0];
  SmallVector<AffineExpr> k = addLoops(form, geometry.window, context), constraints;
  form.parallel = form.extents.size();
  AffineExpr n = addLoops(form, geometry.batch, context)[0];
  SmallVector<AffineExpr> t = addLoops(form, geometry.outer, context);
  SmallVector<AffineExpr> i = innerIndex(geometry, t, k, constraints);
  AffineExpr channel = channelOf(geometry, o, geometry.groupFilters(), c, geometry.groupChannels());
  appendProduct(form, geometry.layout.index<AffineExpr>(n, channel, i),
                geometry.layout.index<AffineExpr>(n, o, t), tensorType(getX()).getElementType());
  form.reads[0].guard = guardOf(form.extents.size(), constraints, context);
  return form;
}

ReferenceForm ConvBwdDataOp::referenceForm() {
  MLIRContext *context = getContext();
  Geometry geometry =
      geometryOf(*this, tensorType(getResult()), tensorType(getW()), tensorType(getG()));
  ReferenceForm form;
  auto [n, c, i] = addTensorLoops(form, geometry.layout, geometry.batch, geometry.channels,
                                  geometry.inner, context);
  form.parallel = form.extents.size();
  AffineExpr o = addLoops(form, geometry.groupFilters(), context)[0];
  SmallVector<AffineExpr> k = addLoops(form, geometry.window, context), t, constraints;
  SmallVector<bool> isEquality;
  for (auto [d, extent] : llvm::enumerate(geometry.inner)) {
    int64_t stride = getStrides()[d], dilation = getDilation()[d], lo = getLo()[d];
    int64_t reach = (geometry.window[d] - 1) * dilation;
    AffineExpr place = i[d] + lo - k[d] * dilation;
    t.push_back(place.floorDiv(stride));
    if (lo - reach < 0)
      constraints.push_back(place);
    if (extent - 1 + lo > (geometry.outer[d] - 1) * stride)
      constraints.push_back((geometry.outer[d] - 1) * stride - place);
    isEquality.resize(constraints.size(), false);
    if (stride > 1) {
      constraints.push_back(place % stride);
      isEquality.push_back(true);
    }
  }
  AffineExpr filter = channelOf(geometry, c, geometry.groupChannels(), o, geometry.groupFilters());
  AffineExpr inGroup = geometry.groups == 1 ? c : c % geometry.groupChannels();
  SmallVector<AffineExpr> weight{filter, inGroup};
  llvm::append_range(weight, k);
  appendProduct(form, geometry.layout.index<AffineExpr>(n, filter, t), weight,
                tensorType(getG()).getElementType());
  if (!constraints.empty())
    form.reads[0].guard = IntegerSet::get(form.extents.size(), 0, constraints, isEquality);
  return form;
}

// ---------------------------------------------------------------- derivatives

template <typename Op> static Value buildForward(ImplicitLocOpBuilder &b, Op op, Value x, Value w) {
  return ConvOp::create(b, x, w, op.getStrides(), op.getLo(), op.getHi(), op.getDilation(),
                        op.getGroups(), op.getChannelsLast());
}

template <typename Op>
static Value buildData(ImplicitLocOpBuilder &b, Op op, Value g, Value w, Value x) {
  RankedTensorType type = tensorType(x);
  Layout layout{type.getRank() - 2, op.getChannelsLast()};
  return ConvBwdDataOp::create(b, g, w, layout.extents(type), op.getStrides(), op.getLo(),
                               op.getHi(), op.getDilation(), op.getGroups(), op.getChannelsLast());
}

template <typename Op>
static Value buildFilter(ImplicitLocOpBuilder &b, Op op, Value x, Value g, Value w) {
  return ConvBwdFilterOp::create(b, x, g, tensorType(w).getShape().drop_front(2), op.getStrides(),
                                 op.getLo(), op.getHi(), op.getDilation(), op.getGroups(),
                                 op.getChannelsLast());
}

LogicalResult ConvOp::buildVjp(ImplicitLocOpBuilder &b, ValueRange cotangents,
                               const llvm::BitVector &wanted, SmallVectorImpl<Value> &gradients) {
  Value g = cotangents[0];
  gradients.push_back(g && wanted.test(0) ? buildData(b, *this, g, getW(), getX()) : Value());
  gradients.push_back(g && wanted.test(1) ? buildFilter(b, *this, getX(), g, getW()) : Value());
  return success();
}

LogicalResult ConvBwdDataOp::buildVjp(ImplicitLocOpBuilder &b, ValueRange cotangents,
                                      const llvm::BitVector &wanted,
                                      SmallVectorImpl<Value> &gradients) {
  Value x = cotangents[0];
  gradients.push_back(x && wanted.test(0) ? buildForward(b, *this, x, getW()) : Value());
  gradients.push_back(x && wanted.test(1) ? buildFilter(b, *this, x, getG(), getW()) : Value());
  return success();
}

LogicalResult ConvBwdFilterOp::buildVjp(ImplicitLocOpBuilder &b, ValueRange cotangents,
                                        const llvm::BitVector &wanted,
                                        SmallVectorImpl<Value> &gradients) {
  Value w = cotangents[0];
  gradients.push_back(w && wanted.test(0) ? buildData(b, *this, getG(), w, getX()) : Value());
  gradients.push_back(w && wanted.test(1) ? buildForward(b, *this, getX(), w) : Value());
  return success();
}
