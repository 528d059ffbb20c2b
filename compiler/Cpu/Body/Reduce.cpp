// Reductions at points. Two forms, by whether the point depends on the lanes:
//
//   across   each lane is a reduction of its own: plain loops, accumulators of vectors
//   along    one reduction: its most contiguous loop is vectorised, four accumulators hide the
//            latency of the combiner (one does where the body is long), and in the end accumulators
//            and then lanes are joined in a tree by the same combiner on ever narrower vectors
//
// The number of accumulators and the tree are fixed by shape and machine, so that results never
// depend on how a kernel was cut.
#include "Cpu/Body/AlongLoops.h"
#include "Cpu/Body/Segments.h"
#include "Cpu/Body/State.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace dlc;

/// Windows up to this size are unrolled: guards and addresses become constants; no more
/// instructions than this.
static constexpr int64_t unrolledIterations = 12;
static constexpr double unrolledInstructions = 400;

// The nearest i32.
static TypedAttr saturated(IntegerAttr wide) {
  APInt value = wide.getValue().truncSSat(32);
  return IntegerAttr::get(IntegerType::get(wide.getContext(), 32), value);
}

namespace {
/// Several reductions over the same loops.
struct Group {
  Body &body;
  ArrayRef<Body::Reduction> items;
  SmallVector<const ReferenceForm *> forms;
  /// Whether the accumulators of an item that hold indices are i32.
  SmallVector<bool> narrow;

  size_t accumulatorCount() const {
    size_t n = 0;
    for (const ReferenceForm *f : forms)
      n += f->initial.size();
    return n;
  }

  Values initial(int64_t lanes) const {
    Values values;
    for (auto [f, isNarrow] : llvm::zip_equal(forms, narrow))
      for (TypedAttr attribute : f->initial) {
        if (isNarrow && attribute.getType().isInteger(64))
          attribute = saturated(cast<IntegerAttr>(attribute));
        Value v = arith::ConstantOp::create(body.b, attribute);
        values.push_back(lanes > 1 ? splat(body.b, v, lanes) : v);
      }
    return values;
  }

  // a + x * y is one rounding where the machine has it.
  void fuse(Value &v) const {
    auto sum = v.getDefiningOp<arith::AddFOp>();
    auto product = sum ? sum.getRhs().getDefiningOp<arith::MulFOp>() : nullptr;
    if (!product || !body.machine.hasFma || !product->hasOneUse() || !sum->use_empty())
      return;
    v = math::FmaOp::create(body.b, product.getLhs(), product.getRhs(), sum.getLhs());
    sum.erase();
    product.erase();
  }

  Scalars combine(const ReferenceForm &f, ArrayRef<Value> a, ArrayRef<Value> x) const {
    Scalars left, right;
    for (Value v : a)
      left.push_back({&body.b, v, false});
    for (Value v : x)
      right.push_back({&body.b, v, false});
    return f.combine(body.b, left, right);
  }

  // All accumulators after one more element (vector of elements) of each reduction.
  Values step(ArrayRef<Value> accumulators, ArrayRef<AffineExpr> reduced,
              function_ref<Scalars(const Body::Reduction &, ArrayRef<AffineExpr>)> evaluate,
              Value live) const {
    Values next;
    size_t at = 0;
    for (auto [item, f] : llvm::zip_equal(items, forms)) {
      SmallVector<AffineExpr> loops(item.point);
      llvm::append_range(loops, reduced);
      Scalars values = evaluate(item, loops);
      Values elements;
      for (Scalar s : values)
        elements.push_back(body.vectorOf(s).value);
      ArrayRef<Value> mine = accumulators.slice(at, f->initial.size());
      Scalars combined = combine(*f, mine, elements);
      for (auto [i, s] : llvm::enumerate(combined)) {
        Value v = s.value;
        if (combined.size() == 1)
          fuse(v);
        if (live)
          v = arith::SelectOp::create(body.b, live, v, mine[i]);
        next.push_back(v);
      }
      at += f->initial.size();
    }
    return next;
  }

  // Two sets of accumulators into one.
  Values join(ArrayRef<Value> x, ArrayRef<Value> y) const {
    Values result;
    size_t at = 0;
    for (const ReferenceForm *f : forms) {
      size_t n = f->initial.size();
      for (Scalar s : combine(*f, x.slice(at, n), y.slice(at, n)))
        result.push_back(s.value);
      at += n;
    }
    return result;
  }
};
} // namespace

static Value widened(ImplicitLocOpBuilder &b, Value v, Type element) {
  Type type = v.getType();
  if (getElementTypeOrSelf(type) == element)
    return v;
  Type wide = element;
  if (auto vector = dyn_cast<VectorType>(type))
    wide = VectorType::get(vector.getShape(), element);
  return arith::ExtSIOp::create(b, wide, v);
}

// Binds the results of every reduction from its accumulators.
static void bindResults(Body::State &state, Group &group, ArrayRef<Value> accumulators) {
  size_t at = 0;
  for (auto [item, f] : llvm::zip_equal(group.items, group.forms)) {
    Scalars values;
    Operation *op = item.op;
    for (auto [v, attribute] :
         llvm::zip_equal(accumulators.slice(at, f->initial.size()), f->initial))
      values.push_back({&group.body.b, widened(group.body.b, v, attribute.getType()), false});
    if (f->finish)
      values = f->finish(group.body.b, values);
    state.rememberResults(group.body, op, item.point, values);
    at += f->initial.size();
  }
}

// ---------------------------------------------------------------- across the lanes

static Values nestAcross(Group &group, ArrayRef<int64_t> extents, SmallVector<AffineExpr> &reduced,
                         Values accumulators, bool unroll,
                         function_ref<Values(ArrayRef<Value>, ArrayRef<AffineExpr>)> step) {
  if (reduced.size() == extents.size())
    return step(accumulators, reduced);
  int64_t extent = extents[reduced.size()];
  auto inner = [&](AffineExpr at, ValueRange carried) {
    reduced.push_back(at);
    Values next = nestAcross(group, extents, reduced, Values(carried), unroll, step);
    reduced.pop_back();
    return next;
  };
  if (!unroll)
    return group.body.loop({0, extent, {}, {}}, 1, accumulators, inner);
  for (int64_t i = 0; i < extent; ++i) {
    Body::Scope scope(group.body);
    accumulators = inner(group.body.constant(i), accumulators);
  }
  return accumulators;
}

// ---------------------------------------------------------------- along the lanes

namespace {
struct Along {
  Body &body;
  Group &group;
  const AlongLoops &loops;
  function_ref<Scalars(const Body::Reduction &, ArrayRef<AffineExpr>)> evaluate;
  SmallVector<AffineExpr> at;

  // One vector of elements at `x` of the vectorised loop into accumulator set `u`.
  void vector(MutableArrayRef<Value> accumulators, int64_t u, AffineExpr x, int64_t live) {
    size_t n = group.accumulatorCount();
    Body::Lanes lanes(body, loops.lanes, live);
    SmallVector<AffineExpr> symbols(at), reduced;
    if (!loops.extents.empty())
      symbols.push_back(x + lanes.dimension());
    for (AffineExpr e : loops.reduced)
      reduced.push_back(e.replaceSymbols(symbols));
    Values next = group.step(accumulators.slice(u * n, n), reduced, evaluate, body.liveMask());
    llvm::copy(next, accumulators.begin() + u * n);
  }

  Values segment(Values accumulators, int64_t lo, int64_t hi) {
    int64_t lanes = loops.lanes, block = lanes * loops.accumulators;
    int64_t full = (hi - lo) / block * block;
    if (full)
      accumulators = body.loop({lo, lo + full, {}, {}}, block, accumulators,
                               [&](AffineExpr x, ValueRange carried) {
                                 Values next(carried);
                                 for (int64_t u = 0; u < loops.accumulators; ++u)
                                   vector(next, u, x + u * lanes, lanes);
                                 return next;
                               });
    int64_t u = 0;
    for (int64_t x = lo + full; x < hi; x += lanes)
      vector(accumulators, u++, body.constant(x), std::min(lanes, hi - x));
    return accumulators;
  }

  Values nest(Values accumulators) {
    size_t depth = at.size();
    if (loops.extents.empty()) {
      vector(accumulators, 0, body.constant(0), 1);
      return accumulators;
    }
    for (auto [lo, hi] : segments(0, loops.extents[depth], loops.breaks[depth])) {
      if (depth + 1 == loops.extents.size()) {
        accumulators = segment(accumulators, lo, hi);
        continue;
      }
      accumulators =
          body.loop({lo, hi, {}, {}}, 1, accumulators, [&](AffineExpr x, ValueRange carried) {
            at.push_back(x);
            Values next = nest(Values(carried));
            at.pop_back();
            return next;
          });
    }
    return accumulators;
  }

  Values joined(Values accumulators) {
    size_t n = group.accumulatorCount();
    for (int64_t width = loops.accumulators / 2; width; width /= 2)
      for (int64_t u = 0; u < width; ++u) {
        Values sum = group.join(ArrayRef(accumulators).slice(u * n, n),
                                ArrayRef(accumulators).slice((u + width) * n, n));
        llvm::copy(sum, accumulators.begin() + u * n);
      }
    accumulators.resize(n);
    for (int64_t width = loops.lanes / 2; width; width /= 2) {
      SmallVector<int64_t> low(width), high(width);
      std::iota(low.begin(), low.end(), 0);
      std::iota(high.begin(), high.end(), width);
      if (width == 1) { // two lanes are as cheap as one, and stay a vector
        low.push_back(1);
        high.push_back(0);
      }
      Values x, y;
      for (Value v : accumulators) {
        x.push_back(shuffle(body.b, v, v, low));
        y.push_back(shuffle(body.b, v, v, high));
      }
      accumulators = group.join(x, y);
    }
    if (loops.lanes > 1)
      for (Value &v : accumulators)
        v = vector::ExtractOp::create(body.b, v, int64_t(0));
    return accumulators;
  }
};
} // namespace

void Body::reduce(ArrayRef<Reduction> given) {
  SmallVector<Reduction> items;
  for (const Reduction &item : given) {
    items.push_back({item.op, {}});
    for (AffineExpr e : item.point)
      items.back().point.push_back(simplify(e));
  }
  Group group{*this, items, {}, {}};
  for (const Reduction &item : items) {
    group.forms.push_back(&state->form(item.op));
    group.narrow.push_back(group.forms.back()->usesIndices && state->hasNarrowIndices(item.op));
  }
  const ReferenceForm &first = *group.forms.front();
  ArrayRef<int64_t> extents = ArrayRef(first.extents).drop_front(first.parallel);
  auto evaluate = [&](const Reduction &item, ArrayRef<AffineExpr> loops) {
    return state->evaluate(*this, item.op, loops);
  };
  int64_t iterations = 1;
  for (int64_t extent : extents)
    iterations *= extent;
  if (dependsOnLanes(items.front().point)) {
    SmallVector<AffineExpr> reduced;
    auto step = [&](ArrayRef<Value> accumulators, ArrayRef<AffineExpr> at) {
      return group.step(accumulators, at, evaluate, Value());
    };
    bool unroll = iterations <= unrolledIterations &&
                  instructionsAcross(*this, *state, items, extents) <= unrolledInstructions;
    Values sums = nestAcross(group, extents, reduced, group.initial(laneCount), unroll, step);
    bindResults(*state, group, sums);
    return;
  }
  if (iterations == 0) {
    bindResults(*state, group, group.initial(1));
    return;
  }
  AlongLoops loops = chooseAlong(*this, *state, items, extents);
  Values accumulators;
  for (int64_t u = 0; u < loops.accumulators; ++u)
    llvm::append_range(accumulators, group.initial(loops.lanes));
  Along along{*this, group, loops, evaluate, {}};
  bindResults(*state, group, along.joined(along.nest(accumulators)));
}
