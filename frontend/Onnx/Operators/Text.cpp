// Counts of n-grams in rows of words, where words are integers.
#include "Onnx/FoldConstants.h"
#include "Onnx/Registry.h"

using namespace mlir;

namespace dlc::onnx {

namespace {
// The n-grams with n words are those of words[begins[n - 1]] up to words[begins[n]]; n-gram p goes
// to place places[p] of the result.
struct Pool {
  Shape words, begins, places;
  int64_t least, most, skips; // words of the n-grams that count, and words between two of them

  size_t longest() const { return begins.size() - 1; }
  ArrayRef<int64_t> grams(size_t n) const {
    return ArrayRef(words).slice(begins[n - 1], begins[n] - begins[n - 1]);
  }
};
} // namespace

static Shape required(NodeReader &node, StringRef name) {
  std::optional<Shape> values = node.integers(name);
  if (!values)
    node.refuse(Code::AttributeMissing, "attribute " + quoted(name) + " is missing");
  return *values;
}

static Pool readPool(NodeReader &node) {
  if (node.hasAttribute("pool_strings"))
    node.unsupported("n-grams of strings");
  Pool pool{required(node, "pool_int64s"),   required(node, "ngram_counts"),
            required(node, "ngram_indexes"), node.integer("min_gram_length"),
            node.integer("max_gram_length"), node.integer("max_skip_count")};
  if (pool.least < 1 || pool.most < pool.least || pool.skips < 0 || pool.skips > 1 << 16)
    node.refuse(Code::AttributeInvalid, "lengths and skips of n-grams are not valid");
  if (pool.words.empty())
    node.refuse(Code::AttributeInvalid, "the pool is empty");
  if (pool.words.size() * sizeof(int64_t) > largestConstantBytes)
    node.unsupported("so many n-grams");
  pool.begins.push_back(pool.words.size());
  for (size_t n = 1; n < pool.begins.size(); ++n) {
    int64_t from = pool.begins[n - 1], to = pool.begins[n];
    if (from < 0 || to < from || to > int64_t(pool.words.size()) || (to - from) % n != 0)
      node.refuse(Code::AttributeInvalid, "ngram_counts do not cut the pool into n-grams", "",
                  shownShape(pool.begins));
  }
  for (int64_t place : pool.places)
    if (place < 0 || place > 1 << 20)
      node.refuse(Code::IndexOutOfRange, "a place of ngram_indexes is not valid", "",
                  llvm::Twine(place));
  return pool;
}

// How often each of `grams` [P, n] stands in each row of x [N, C] with `distance` between its
// words: a sum over the places where it may begin of  and_k x[start + k distance] == gram[k].
static TensorExpr occurrences(NodeReader &node, TensorExpr x, ArrayRef<int64_t> grams, int64_t n,
                              int64_t distance) {
  int64_t starts = x.type().getDimSize(1) - (n - 1) * distance;
  Shape shape{x.type().getDimSize(0), int64_t(grams.size()) / n, std::max<int64_t>(starts, 0)};
  std::optional<TensorExpr> all;
  for (int64_t k = 0; k < n; ++k) {
    Shape words;
    for (size_t at = k; at < grams.size(); at += n)
      words.push_back(grams[at]);
    TensorExpr piece = node.slice(x, 1, k * distance, k * distance + shape[2]);
    TensorExpr equal = compare(CompareKind::eq, broadcast(piece, shape, {0, 2}),
                               broadcast(node.integerTensor(words), shape, {1}));
    all.emplace(all ? equal.with(AndOp::create(node.builder, *all, equal)) : equal);
  }
  return reduceSum(convert(*all, node.builder.getF32Type()), {2});
}

// [N, number of n-grams]
static TensorExpr countAll(NodeReader &node, TensorExpr x, const Pool &pool) {
  Values counts;
  for (size_t n = 1; n <= pool.longest(); ++n) {
    ArrayRef<int64_t> grams = pool.grams(n);
    if (grams.empty())
      continue;
    Value sum = node.splat({x.type().getDimSize(0), int64_t(grams.size() / n)},
                           node.builder.getF32Type(), 0);
    bool isCounted = int64_t(n) >= pool.least && int64_t(n) <= pool.most;
    int64_t skips = n == 1 ? 0 : pool.skips; // a single word has no gaps
    for (int64_t skip = 0; isCounted && skip <= skips; ++skip)
      if (int64_t(n - 1) * (skip + 1) < x.type().getDimSize(1))
        sum = node.tensor(sum) + occurrences(node, x, grams, n, skip + 1);
    counts.push_back(sum);
  }
  return node.concat(counts, 1);
}

// TF: the count; IDF: the weight where the count is not 0; TFIDF: their product.
static TensorExpr weighted(NodeReader &node, TensorExpr counts) {
  StringRef mode = node.text("mode", "", {"TF", "IDF", "TFIDF"});
  std::vector<float> weights = node.numbers("weights");
  int64_t total = counts.type().getDimSize(1);
  if (!weights.empty() && int64_t(weights.size()) != total)
    node.refuse(Code::AttributeInvalid, "weights have the wrong length", llvm::Twine(total),
                llvm::Twine(weights.size()));
  if (mode == "TF")
    return counts;
  Literal factors(RankedTensorType::get({total}, node.builder.getF32Type()));
  for (int64_t i = 0; i < total; ++i)
    factors.setNumber(i, weights.empty() ? 1 : weights[i]);
  TensorExpr factor =
      broadcast(node.tensor(buildConstant(node.builder, factors)), counts.type().getShape(), {1});
  TensorExpr zero = counts.number(0);
  return mode == "IDF" ? select(compare(CompareKind::gt, counts, zero), factor, zero)
                       : counts * factor;
}

// Column p to place places[p]; 0 where no n-gram goes.
static TensorExpr placed(NodeReader &node, TensorExpr columns, const Pool &pool) {
  int64_t rows = columns.type().getDimSize(0), total = columns.type().getDimSize(1);
  if (int64_t(pool.places.size()) != total)
    node.refuse(Code::AttributeInvalid, "ngram_indexes have the wrong length", llvm::Twine(total),
                llvm::Twine(pool.places.size()));
  Shape sources(*llvm::max_element(pool.places) + 1, total);
  for (auto [i, place] : llvm::enumerate(pool.places)) {
    if (sources[place] != total)
      node.unsupported("two n-grams at one place");
    sources[place] = i;
  }
  TensorExpr none = node.splat({rows, 1}, node.builder.getF32Type(), 0);
  TensorExpr padded = node.concat({columns, none}, 1);
  return node.tensor(node.build<TakeOp>(padded, node.integerTensor(sources), 1));
}

static Values tfIdf(NodeReader &node) {
  TensorExpr given = node.input(0);
  node.checkRank(given, 1, 2);
  if (!isa<IntegerType>(given.type().getElementType()))
    node.refuse(Code::TypeMismatch, "words must be integers", "", shownType(given.type()));
  Pool pool = readPool(node);
  bool isRow = given.type().getRank() == 1;
  int64_t rows = isRow ? 1 : given.type().getDimSize(0), width = given.type().getShape().back();
  auto word = IntegerType::get(node.builder.getContext(), 64, IntegerType::Signed);
  TensorExpr counts = countAll(node, convert(node.reshape(given, {rows, width}), word), pool);
  TensorExpr result = placed(node, weighted(node, counts), pool);
  return {isRow ? node.reshape(result, {result.type().getDimSize(1)}) : result};
}

void addTexts(Registry &r) {
  r.add("TfIdfVectorizer", 9, tfIdf);
  r.note("TfIdfVectorizer", "words are integers");
}

} // namespace dlc::onnx
