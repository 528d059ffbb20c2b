// A transposed convolution as a convolution. With u = i + lo the place in the padded result,
//
//   y[i] = sum over k of g[(u - k) / stride] w[k],  where stride divides u - k
//        = sum over m of g[q - m] w[r + stride m],  u = q stride + r,  m < M = ceil(K / stride)
//
// so each phase r is a convolution of g with every stride-th tap, flipped: one convolution with
// stride^d times the channels, whose result is interleaved (reshape, transpose) and cut to size.
// With stride 1 only the flip is left, and a dilation is kept.
#include "Graph/LayoutPatterns.h"

using namespace mlir;
using namespace dlc;

namespace {
struct Phases {
  SmallVector<int64_t> taps, first, count; // M, the first q, and how many q, for each dimension
};

struct TransposedConvolution : OpRewritePattern<ConvBwdDataOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ConvBwdDataOp op, PatternRewriter &rewriter) const override {
    if (op.getChannelsLast())
      return rewriter.notifyMatchFailure(op, "expected channels first");
    auto isOne = [](int64_t n) { return n == 1; };
    bool dense = llvm::all_of(op.getDilation(), isOne), flat = llvm::all_of(op.getStrides(), isOne);
    if (!dense && !flat)
      return rewriter.notifyMatchFailure(op, "expected no stride or no dilation");
    if (llvm::any_of(op.getLo(), [](int64_t n) { return n < 0; }))
      return rewriter.notifyMatchFailure(op, "expected no cropping");
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    rewriter.replaceOp(op, build(op, b));
    return success();
  }

private:
  static Value build(ConvBwdDataOp op, ImplicitLocOpBuilder &b) {
    auto g = tensorType(op.getG()), w = tensorType(op.getW());
    int64_t rank = g.getRank(), spatialRank = rank - 2;
    Phases phases;
    SmallVector<int64_t> lo, hi;
    for (int64_t i = 0; i < spatialRank; ++i) {
      int64_t stride = op.getStrides()[i], extent = op.getSpatial()[i], low = op.getLo()[i];
      int64_t taps = (w.getDimSize(i + 2) + stride - 1) / stride;
      int64_t first = low / stride, last = (low + std::max<int64_t>(extent, 1) - 1) / stride;
      int64_t count = last - first + 1, reach = (taps - 1) * op.getDilation()[i];
      phases.taps.push_back(taps);
      phases.first.push_back(first);
      phases.count.push_back(count);
      lo.push_back(reach - first);
      hi.push_back(count - g.getDimSize(i + 2) - lo.back() + reach);
    }
    Value x = permuted(b, op.getG(), channelsLast(rank));
    x = cropped(b, x, lo, hi);
    SmallVector<int64_t> ones(spatialRank, 1);
    Value y = ConvOp::create(b, x, filter(op, b, phases), ones, lo, hi, op.getDilation(),
                             op.getGroups(), /*channels_last=*/true);
    y = interleaved(op, b, y, phases);
    return TransposeOp::create(b, y, channelsFirst(rank));
  }

  // A convolution pads with 0 or more: what it would crop is cut off before.
  static Value cropped(ImplicitLocOpBuilder &b, Value x, MutableArrayRef<int64_t> lo,
                       MutableArrayRef<int64_t> hi) {
    auto type = tensorType(x);
    SmallVector<int64_t> from(type.getRank(), 0), to(type.getShape()), ones(type.getRank(), 1);
    for (size_t i = 0; i < lo.size(); ++i) {
      from[i + 1] = std::max<int64_t>(0, -lo[i]);
      to[i + 1] -= std::max<int64_t>(0, -hi[i]);
      lo[i] = std::max<int64_t>(0, lo[i]);
      hi[i] = std::max<int64_t>(0, hi[i]);
    }
    if (llvm::equal(to, type.getShape()) && llvm::all_of(from, [](int64_t n) { return n == 0; }))
      return x;
    return SliceOp::create(b, x, from, to, ones);
  }

  // w [G Og, Cg, K...] -> [G R... Cg, Og, M...], taps flipped.
  static Value filter(ConvBwdDataOp op, ImplicitLocOpBuilder &b, const Phases &phases) {
    auto type = tensorType(op.getW());
    int64_t spatialRank = phases.taps.size(), groups = op.getGroups();
    int64_t outer = type.getDimSize(0) / groups, channels = type.getDimSize(1);
    SmallVector<int64_t> none(type.getRank(), 0), hi(type.getRank(), 0), flipped;
    SmallVector<int64_t> split{groups, outer, channels}, order{0};
    SmallVector<int64_t> shape{groups * channels, outer};
    for (int64_t i = 0; i < spatialRank; ++i) {
      int64_t stride = op.getStrides()[i], taps = phases.taps[i];
      hi[i + 2] = taps * stride - type.getDimSize(i + 2);
      split.append({taps, stride});
      flipped.push_back(3 + 2 * i);
      order.push_back(4 + 2 * i); // R
      shape[0] *= stride;
      shape.push_back(taps);
    }
    order.append({2, 1}); // Cg, Og
    for (int64_t i = 0; i < spatialRank; ++i)
      order.push_back(3 + 2 * i); // M
    Type element = type.getElementType();
    Value w = PadOp::create(b, op.getW(), none, hi, none, elementAttribute(element, 0));
    w = ReshapeOp::create(b, RankedTensorType::get(split, element), w);
    w = ReverseOp::create(b, w, flipped);
    w = TransposeOp::create(b, w, order);
    return ReshapeOp::create(b, RankedTensorType::get(shape, element), w);
  }

  // [N, Q..., G R... Cg] -> [N, Q R ..., G Cg], then the wanted part of it.
  static Value interleaved(ConvBwdDataOp op, ImplicitLocOpBuilder &b, Value y,
                           const Phases &phases) {
    auto type = tensorType(y);
    Type element = type.getElementType();
    int64_t spatialRank = phases.taps.size(), groups = op.getGroups();
    int64_t channels = tensorType(op.getW()).getDimSize(1);
    SmallVector<int64_t> split(type.getShape().drop_back()), order{0};
    SmallVector<int64_t> shape{type.getDimSize(0)}, from{0}, to{type.getDimSize(0)};
    split.push_back(groups);
    for (int64_t i = 0; i < spatialRank; ++i) {
      int64_t stride = op.getStrides()[i], start = op.getLo()[i] - phases.first[i] * stride;
      split.push_back(stride);
      order.append({1 + i, 2 + spatialRank + i});
      shape.push_back(phases.count[i] * stride);
      from.push_back(start);
      to.push_back(start + op.getSpatial()[i]);
    }
    split.push_back(channels);
    order.append({1 + spatialRank, 2 + 2 * spatialRank});
    for (SmallVectorImpl<int64_t> *last : {&shape, &to})
      last->push_back(groups * channels);
    from.push_back(0);
    y = ReshapeOp::create(b, RankedTensorType::get(split, element), y);
    y = TransposeOp::create(b, y, order);
    y = ReshapeOp::create(b, RankedTensorType::get(shape, element), y);
    if (llvm::equal(shape, to) && llvm::all_of(from, [](int64_t n) { return n == 0; }))
      return y;
    return SliceOp::create(b, y, from, to, SmallVector<int64_t>(to.size(), 1));
  }
};
} // namespace

void dlc::addTransposedConvolutionPatterns(RewritePatternSet &patterns) {
  patterns.add<TransposedConvolution>(patterns.getContext());
}
