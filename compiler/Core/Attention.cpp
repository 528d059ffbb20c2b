// attention: softmax(cap(scale q k^T) + mask) v.
//
// With K heads of keys, the G = H / K query heads of each and their rows are the rows of one matrix
// [B, K, G S, D]: a view, no key is copied. Up to `rowsMax` rows of a query head the scores of all
// heads are one tensor; beyond, the query is cut into N blocks of R rows, a scan runs over them,
// and no more than the scores of a block are ever stored:
//
//   q [B, K, G, N R, D] -> [N, B, K, G R, D];   scan: s = scale q_n k^T [B, K, G R, T], softmax, s
//   v
//
// A row of scores is complete, so that the result does not depend on the blocks.
//
// Derivative, with p the probabilities, s' = p (g v^T - sum(p g v^T)), u' = s' (1 - (cap/c)^2):
//   dv = p^T g,  dmask = sum s' where it was broadcast,  dq = scale u' k,  dk = scale u'^T q
#include "Core/Composite.h"
#include "Core/Shape.h"

using namespace mlir;
using namespace dlc;

/// Rows of a query head whose scores are computed together.
static constexpr int64_t rowsMax = 128;

using Shape = SmallVector<int64_t>;

// ---------------------------------------------------------------- shapes

LogicalResult AttentionOp::inferReturnTypes(MLIRContext *, MaybeLocation location, Adaptor adaptor,
                                            SmallVectorImpl<Type> &types) {
  SmallVector<Value> operands{adaptor.getQuery(), adaptor.getKey(), adaptor.getValue()};
  if (adaptor.getMask())
    operands.push_back(adaptor.getMask());
  if (failed(verifyStatic(location, operands)))
    return failure();
  for (Value operand : operands)
    if (tensorType(operand).getRank() != 4)
      return emitOptionalError(location, "needs tensors of rank 4, not ", operand.getType());
  auto query = tensorType(operands[0]), key = tensorType(operands[1]);
  auto value = tensorType(operands[2]);
  Type element = query.getElementType();
  ArrayRef<int64_t> q = query.getShape(), k = key.getShape(), v = value.getShape();
  if (key.getElementType() != element || value.getElementType() != element)
    return emitOptionalError(location, "needs one element type, not ", query, ", ", key, " and ",
                             value);
  if (k[0] != q[0] || k[3] != q[3] || k[1] == 0 || q[1] % k[1] != 0)
    return emitOptionalError(location, "cannot attend with ", query, " to keys ", key);
  if (v.take_front(3) != k.take_front(3))
    return emitOptionalError(location, "needs a value for each key of ", key, ", not ", value);
  if (Value mask = adaptor.getMask()) {
    Shape scores{q[0], q[1], q[2], k[2]};
    auto type = tensorType(mask);
    bool fits = type.getElementType().isInteger(1) || type.getElementType() == element;
    for (auto [own, extent] : llvm::zip_equal(type.getShape(), scores))
      fits = fits && (own == 1 || own == extent);
    if (!fits)
      return emitOptionalError(location, "needs a mask of bool or ", element, " for scores ",
                               RankedTensorType::get(scores, element), ", not ", type);
  }
  types.push_back(RankedTensorType::get({q[0], q[1], q[2], v[3]}, element));
  return success();
}

// ---------------------------------------------------------------- scores

static TensorExpr reshaped(TensorExpr x, ArrayRef<int64_t> shape) {
  auto type = RankedTensorType::get(shape, x.type().getElementType());
  return type == x.type() ? x : x.with(ReshapeOp::create(x.builder, type, x));
}

static TensorExpr spread(TensorExpr x, ArrayRef<int64_t> shape) {
  return broadcast(x, shape, llvm::to_vector(llvm::seq<int64_t>(0, shape.size())));
}

static TensorExpr dot(TensorExpr x, TensorExpr y, int64_t ofX, int64_t ofY) {
  SmallVector<int64_t> batch{0, 1};
  return x.with(DotOp::create(x.builder, x, y, batch, batch, ofX, ofY));
}

namespace {
// What some rows of the query need: query [B, K, G R, D], and masks of scores [B, K, G, R, T] with
// extents of 1 or all.
struct Rows {
  TensorExpr query, key, value;
  int64_t groups, rows;
  Value mask = {};
  Value row = {}; // si32 [R]: the number of each row, for `causal`

  Shape scoreShape() const {
    ArrayRef<int64_t> k = key.type().getShape();
    return {k[0], k[1], groups, rows, k[2]};
  }
};

struct Scores {
  TensorExpr capped;        // before the mask, [B, K, G, R, T]
  TensorExpr probabilities; // likewise
};
} // namespace

static TensorExpr masked(TensorExpr scores, const Rows &block, std::optional<int64_t> causal) {
  ArrayRef<int64_t> shape = scores.type().getShape();
  TensorExpr hidden = scores.number(-std::numeric_limits<double>::infinity());
  if (block.mask) {
    TensorExpr mask = spread(scores.with(block.mask), shape);
    scores.value = mask.type().getElementType().isInteger(1)
                       ? select(mask, scores, hidden)
                       : scores + convert(mask, scores.type().getElementType());
  }
  if (!causal)
    return scores;
  auto type = RankedTensorType::get(shape, tensorType(block.row).getElementType());
  TensorExpr key = scores.with(IotaOp::create(scores.builder, type, 4));
  TensorExpr last = broadcast(key.with(block.row), shape, 3) + key.number(*causal);
  return select(compare(CompareKind::le, key, last), scores, hidden);
}

// softmax over the last dimension; a row without any key is 0.
static TensorExpr probabilities(TensorExpr scores) {
  ArrayRef<int64_t> shape = scores.type().getShape();
  int64_t last = shape.size() - 1;
  TensorExpr largest = reduceMax(scores, last);
  double lowest = -std::numeric_limits<double>::infinity();
  TensorExpr isEmpty = compare(CompareKind::eq, largest, largest.number(lowest));
  TensorExpr start = select(isEmpty, largest.number(0), largest);
  TensorExpr e = exp(scores - broadcastOver(start, shape, last));
  TensorExpr sum = reduceSum(e, last);
  TensorExpr factor = sum.number(1) / select(isEmpty, sum.number(1), sum);
  return e * broadcastOver(factor, shape, last);
}

namespace {
struct Settings {
  double scale;
  std::optional<double> softcap;
  std::optional<int64_t> causal;
};
} // namespace

static Scores scoresOf(const Rows &block, const Settings &settings) {
  TensorExpr raw = reshaped(dot(block.query, block.key, 3, 3), block.scoreShape());
  TensorExpr scores = raw * raw.number(settings.scale);
  if (settings.softcap) {
    TensorExpr bounded = scores * scores.number(1 / *settings.softcap);
    scores.value = raw.with(TanhOp::create(raw.builder, bounded)) * raw.number(*settings.softcap);
  }
  return {scores, probabilities(masked(scores, block, settings.causal))};
}

// The result of a block, [B, K, G R, E].
static TensorExpr attend(const Rows &block, const Settings &settings) {
  Shape shape = block.scoreShape();
  TensorExpr p = scoresOf(block, settings).probabilities;
  return dot(reshaped(p, {shape[0], shape[1], shape[2] * shape[3], shape[4]}), block.value, 3, 2);
}

// ---------------------------------------------------------------- the whole, or blocks

static Settings settingsOf(AttentionOp op) {
  Settings settings{op.getScale().convertToDouble(), std::nullopt, std::nullopt};
  if (auto softcap = op.getSoftcap())
    settings.softcap = softcap->convertToDouble();
  if (auto causal = op.getCausal())
    settings.causal = static_cast<int64_t>(*causal);
  return settings;
}

// The numbers of `rows` rows in each of `blocks` blocks.
static TensorExpr rowNumbers(ImplicitLocOpBuilder &b, int64_t count) {
  auto type = RankedTensorType::get(count, b.getIntegerType(32, /*isSigned=*/true));
  return {b, IotaOp::create(b, type, 0)};
}

// All rows as one block.
static Rows wholeOf(AttentionOp op, ImplicitLocOpBuilder &b) {
  TensorExpr q = widened({b, op.getQuery()}), k = widened({b, op.getKey()});
  TensorExpr v = widened({b, op.getValue()});
  Shape shape(q.type().getShape());
  int64_t heads = k.type().getDimSize(1), groups = heads ? shape[1] / heads : 1;
  Rows block{reshaped(q, {shape[0], heads, groups * shape[2], shape[3]}), k, v, groups, shape[2]};
  if (op.getMask()) {
    ArrayRef<int64_t> m = tensorType(op.getMask()).getShape();
    block.mask = reshaped(TensorExpr{b, op.getMask()},
                          {m[0], m[1] == 1 ? 1 : heads, m[1] == 1 ? 1 : groups, m[2], m[3]});
  }
  if (op.getCausal())
    block.row = rowNumbers(b, shape[2]);
  return block;
}

// Rows (a dimension) of x in `blocks` leading blocks of R, the last filled up with zeros.
static TensorExpr inBlocks(TensorExpr x, int64_t dimension, int64_t blocks, int64_t rows) {
  Shape shape(x.type().getShape()), none(shape.size(), 0), hi = none;
  hi[dimension] = blocks * rows - shape[dimension];
  if (hi[dimension]) {
    TypedAttr zero = elementAttribute(x.type().getElementType(), 0);
    x.value = PadOp::create(x.builder, x, none, hi, none, zero);
  }
  shape[dimension] = rows;
  shape.insert(shape.begin() + dimension, blocks);
  Shape order = llvm::to_vector(llvm::seq<int64_t>(0, shape.size()));
  std::rotate(order.begin(), order.begin() + dimension, order.begin() + dimension + 1);
  return x.with(permuted(x.builder, reshaped(x, shape), order));
}

// A scan over blocks of rows.
static TensorExpr attendInBlocks(const Rows &whole, const Settings &settings) {
  ImplicitLocOpBuilder &b = whole.query.builder;
  int64_t blocks = llvm::divideCeil(whole.rows, rowsMax),
          rows = llvm::divideCeil(whole.rows, blocks);
  Shape s = whole.scoreShape();
  int64_t depth = whole.query.type().getDimSize(3), width = whole.value.type().getDimSize(3);
  TensorExpr query = reshaped(whole.query, {s[0], s[1], s[2], s[3], depth});
  TensorExpr q =
      reshaped(inBlocks(query, 3, blocks, rows), {blocks, s[0], s[1], s[2] * rows, depth});
  SmallVector<Value> sequences{q};
  bool cutsMask =
      whole.mask && tensorType(whole.mask).getDimSize(3) == whole.rows && whole.rows != 1;
  if (cutsMask)
    sequences.push_back(inBlocks(query.with(whole.mask), 3, blocks, rows));
  if (whole.row)
    sequences.push_back(reshaped(rowNumbers(b, blocks * rows), {blocks, rows}));
  auto result = RankedTensorType::get({blocks, s[0], s[1], s[2] * rows, width},
                                      whole.query.type().getElementType());
  SmallVector<bool> forward(sequences.size(), false);
  auto scan = ScanOp::create(b, TypeRange(result), ValueRange(), sequences, blocks, forward,
                             ArrayRef<bool>{false});
  Rows step = whole;
  step.rows = rows;
  {
    OpBuilder::InsertionGuard guard(b);
    mlir::Block *body = b.createBlock(&scan.getBody());
    auto row = [&](Value sequence) -> Value {
      auto type = tensorType(sequence);
      return body->addArgument(
          RankedTensorType::get(type.getShape().drop_front(), type.getElementType()), b.getLoc());
    };
    SmallVector<Value> rowsOfStep = llvm::map_to_vector(sequences, row);
    step.query.value = rowsOfStep[0];
    if (cutsMask)
      step.mask = rowsOfStep[1];
    if (whole.row)
      step.row = rowsOfStep.back();
    ReturnOp::create(b, attend(step, settings).value);
  }
  // [N, B, K, G, R, E] -> [B, K, G, N R, E] without what was filled up
  TensorExpr all =
      reshaped(whole.query.with(scan.getResult(0)), {blocks, s[0], s[1], s[2], rows, width});
  all.value = permuted(b, all, {1, 2, 3, 0, 4, 5});
  all.value = reshaped(all, {s[0], s[1], s[2], blocks * rows, width});
  if (blocks * rows == whole.rows)
    return all;
  Shape lo(5, 0), hi{s[0], s[1], s[2], whole.rows, width}, stride(5, 1);
  return all.with(SliceOp::create(b, all, lo, hi, stride));
}

SmallVector<Value> AttentionOp::decompose(ImplicitLocOpBuilder &b) {
  Rows whole = wholeOf(*this, b);
  Settings settings = settingsOf(*this);
  TensorExpr y = whole.rows > rowsMax ? attendInBlocks(whole, settings) : attend(whole, settings);
  return {narrowed(reshaped(y, tensorType(getResult()).getShape()), getResult())};
}

// ---------------------------------------------------------------- derivative

// Sums x over the dimensions in which `shape` has 1, and gives it that shape.
static TensorExpr summedTo(TensorExpr x, ArrayRef<int64_t> shape) {
  Shape dims;
  for (auto [i, extent] : llvm::enumerate(x.type().getShape()))
    if (shape[i] == 1 && extent != 1)
      dims.push_back(i);
  return reshaped(reduceSum(x, dims), shape);
}

// The scores of all rows are stored: blocks are the backward pass's to choose.
LogicalResult AttentionOp::buildVjp(ImplicitLocOpBuilder &b, ValueRange cotangents,
                                    const llvm::BitVector &wanted,
                                    SmallVectorImpl<Value> &gradients) {
  size_t first = gradients.size();
  gradients.resize(first + getNumOperands());
  if (!cotangents[0])
    return success();
  Rows block = wholeOf(*this, b);
  Settings settings = settingsOf(*this);
  Shape s = block.scoreShape(), flat{s[0], s[1], s[2] * s[3], s[4]};
  auto [capped, p] = scoresOf(block, settings);
  TensorExpr g = widened({b, cotangents[0]});
  g.value = reshaped(g, {s[0], s[1], s[2] * s[3], block.value.type().getDimSize(3)});
  auto give = [&](unsigned operand, TensorExpr value) {
    Value like = getOperand(operand);
    if (wanted.test(operand))
      gradients[first + operand] = narrowed(reshaped(value, tensorType(like).getShape()), like);
  };
  give(2, dot(reshaped(p, flat), g, 2, 2));
  TensorExpr weighted = p * reshaped(dot(g, block.value, 3, 3), s);
  TensorExpr slope = weighted - p * broadcastOver(reduceSum(weighted, 4), s, 4);
  if (getMask() && isa<FloatType>(tensorType(getMask()).getElementType()))
    give(3, summedTo(slope, tensorType(block.mask).getShape()));
  if (settings.softcap) {
    TensorExpr t = capped * capped.number(1 / *settings.softcap);
    slope.value = slope * (t.number(1) - t * t);
  }
  slope.value = reshaped(slope * slope.number(settings.scale), flat);
  give(0, dot(slope, block.key, 3, 2));
  give(1, dot(slope, block.query, 2, 2));
  return success();
}
