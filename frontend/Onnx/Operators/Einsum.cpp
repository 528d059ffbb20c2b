// Einsum: any equation of letters, repeated ones and an ellipsis. Operands are taken one after the
// other: letters that neither the result nor a later operand has are summed as soon as they can be,
// a letter repeated within an operand takes its diagonal, and two operands become one product.
//
//   "bij,bjk->bik"      dot, batch b, contracted j, then transposed into the order of the result
#include "Onnx/Registry.h"
#include "llvm/ADT/StringExtras.h"
#include <map>

using namespace mlir;

namespace dlc::onnx {

namespace {
// A tensor whose dimensions have labels: letters, or, of an ellipsis, numbers counted from its end.
struct Labelled {
  Value value;
  SmallVector<int> labels;
};

class Equation {
public:
  explicit Equation(NodeReader &node) : node(node) {}
  Value evaluate();

private:
  // ---- reading
  SmallVector<int> labelsOf(llvm::StringRef term, std::optional<int64_t> rank);
  void read();
  [[noreturn]] void malformed(const llvm::Twine &why) {
    node.refuse(Code::AttributeInvalid, "attribute 'equation' " + why);
  }

  // ---- steps
  Labelled withoutRepeats(Labelled);
  Labelled summed(const Labelled &, llvm::function_ref<bool(int)> isKept);
  Labelled product(const Labelled &, const Labelled &, llvm::function_ref<bool(int)> isKept);
  Labelled inOrder(const Labelled &, ArrayRef<int> labels);
  Labelled squeezed(const Labelled &, const Labelled &other);
  TensorExpr tensor(const Labelled &x) const { return node.tensor(x.value); }
  bool isNeeded(int label, size_t from) const;

  NodeReader &node;
  SmallVector<Labelled> operands;
  SmallVector<int> result;
  int ellipsisMax = 0;
};
} // namespace

// Labels of an ellipsis are below those of letters.
static constexpr int64_t ellipsisLabels = 64;

SmallVector<int> Equation::labelsOf(llvm::StringRef term, std::optional<int64_t> rank) {
  SmallVector<int> labels;
  int64_t letters = llvm::count_if(term, [](char c) { return llvm::isAlpha(c); });
  bool hasEllipsis = false;
  while (!term.empty()) {
    if (llvm::isAlpha(term.front())) {
      labels.push_back(int(ellipsisLabels) + term.front());
      term = term.drop_front();
      continue;
    }
    if (!term.consume_front("...") || std::exchange(hasEllipsis, true))
      malformed("has a term that is not letters with at most one ellipsis");
    int64_t hidden = rank ? *rank - letters : ellipsisMax;
    if (hidden < 0 || hidden >= ellipsisLabels)
      malformed("has more letters than an input has dimensions");
    ellipsisMax = std::max(ellipsisMax, int(hidden));
    for (int i = int(hidden); i-- > 0;)
      labels.push_back(i);
  }
  if (rank && int64_t(labels.size()) != *rank)
    malformed("has " + llvm::Twine(labels.size()) + " dimensions where an input has " +
              llvm::Twine(*rank));
  return labels;
}

void Equation::read() {
  std::string text;
  for (char c : node.text("equation"))
    if (c != ' ')
      text += c;
  auto [inputs, output] = llvm::StringRef(text).split("->");
  bool isExplicit = llvm::StringRef(text).contains("->");
  SmallVector<llvm::StringRef> terms;
  inputs.split(terms, ',');
  Values values = node.allInputs();
  if (terms.size() != values.size())
    malformed("has " + llvm::Twine(terms.size()) + " terms for " + llvm::Twine(values.size()) +
              " inputs");
  for (auto [term, value] : llvm::zip_equal(terms, values)) {
    node.checkSameType(node.tensor(values[0]), node.tensor(value));
    operands.push_back({value, labelsOf(term, tensorType(value).getRank())});
  }
  if (isExplicit) {
    result = labelsOf(output, std::nullopt);
  } else {
    // What occurs once, in alphabetical order, after the ellipsis.
    for (int i = ellipsisMax; i-- > 0;)
      result.push_back(i);
    std::map<int, int> counts;
    for (const Labelled &x : operands)
      for (int label : x.labels)
        ++counts[label];
    for (auto [label, count] : counts)
      if (label >= ellipsisLabels && count == 1)
        result.push_back(label);
  }
  for (auto [i, label] : llvm::enumerate(result)) {
    if (llvm::is_contained(ArrayRef(result).drop_front(i + 1), label))
      malformed("has a letter twice in its result");
    if (llvm::none_of(operands, [&, label = label](const Labelled &x) {
          return llvm::is_contained(x.labels, label);
        }))
      malformed("has a letter in its result that no input has");
  }
}

bool Equation::isNeeded(int label, size_t from) const {
  return llvm::is_contained(result, label) ||
         llvm::any_of(ArrayRef(operands).drop_front(from),
                      [&](const Labelled &x) { return llvm::is_contained(x.labels, label); });
}

// The diagonal: all but where both indices agree is 0, and one of them is summed.
Labelled Equation::withoutRepeats(Labelled x) {
  for (size_t i = 0; i < x.labels.size(); ++i)
    for (size_t j = x.labels.size(); j-- > i + 1;) {
      if (x.labels[i] != x.labels[j])
        continue;
      TensorExpr v = tensor(x);
      ArrayRef<int64_t> shape = v.type().getShape();
      if (shape[i] != shape[j])
        node.refuse(Code::ShapeMismatch, "dimensions of one letter differ", llvm::Twine(shape[i]),
                    llvm::Twine(shape[j]));
      auto places = v.type().clone(node.builder.getIntegerType(64, /*isSigned=*/true));
      TensorExpr first = node.tensor(IotaOp::create(node.builder, places, i));
      TensorExpr second = node.tensor(IotaOp::create(node.builder, places, j));
      TensorExpr diagonal = select(compare(CompareKind::eq, first, second), v, v.number(0));
      x.value = reduceSum(diagonal, int64_t(j));
      x.labels.erase(x.labels.begin() + j);
    }
  return x;
}

Labelled Equation::summed(const Labelled &x, llvm::function_ref<bool(int)> isKept) {
  Shape dims;
  Labelled sum{x.value, {}};
  for (auto [i, label] : llvm::enumerate(x.labels))
    if (isKept(label))
      sum.labels.push_back(label);
    else
      dims.push_back(i);
  if (!dims.empty())
    sum.value = reduceSum(tensor(x), dims);
  return sum;
}

// Dimensions of 1 that the other has larger are dropped: they are broadcast.
Labelled Equation::squeezed(const Labelled &x, const Labelled &other) {
  Labelled kept{x.value, {}};
  Shape shape;
  for (auto [i, label] : llvm::enumerate(x.labels)) {
    int64_t extent = tensorType(x.value).getDimSize(i);
    const int *found = llvm::find(other.labels, label);
    if (found != other.labels.end()) {
      int64_t theirs = tensorType(other.value).getDimSize(found - other.labels.begin());
      if (extent == 1 && theirs != 1)
        continue;
      if (theirs != 1 && theirs != extent)
        node.refuse(Code::ShapeMismatch, "dimensions of one letter differ", llvm::Twine(extent),
                    llvm::Twine(theirs));
    }
    shape.push_back(extent);
    kept.labels.push_back(label);
  }
  kept.value = node.reshape(tensor(x), shape);
  return kept;
}

Labelled Equation::product(const Labelled &a, const Labelled &b,
                           llvm::function_ref<bool(int)> isKept) {
  auto has = [](const Labelled &x, int label) { return llvm::is_contained(x.labels, label); };
  // What only one of them has, and nobody needs, is summed first.
  Labelled x = summed(squeezed(a, b), [&](int l) { return isKept(l) || has(b, l); });
  Labelled y = summed(squeezed(b, a), [&](int l) { return isKept(l) || has(a, l); });
  x = summed(x, [&](int l) { return isKept(l) || has(y, l); });
  y = summed(y, [&](int l) { return isKept(l) || has(x, l); });
  Shape xBatch, yBatch, xContract, yContract;
  Labelled z;
  for (auto [i, label] : llvm::enumerate(x.labels))
    if (const int *found = llvm::find(y.labels, label); found != y.labels.end()) {
      (isKept(label) ? xBatch : xContract).push_back(i);
      (isKept(label) ? yBatch : yContract).push_back(found - y.labels.begin());
      if (isKept(label))
        z.labels.push_back(label);
    }
  for (int label : x.labels)
    if (!has(y, label))
      z.labels.push_back(label);
  for (int label : y.labels)
    if (!has(x, label))
      z.labels.push_back(label);
  if (!xContract.empty()) {
    z.value = node.build<DotOp>(x.value, y.value, xBatch, yBatch, xContract, yContract);
    return z;
  }
  // Nothing is summed: a product element by element.
  Shape shape;
  for (int label : z.labels) {
    const Labelled &from = has(x, label) ? x : y;
    shape.push_back(
        tensorType(from.value).getDimSize(llvm::find(from.labels, label) - from.labels.begin()));
  }
  node.checkSize(shape, tensorType(x.value).getElementType());
  auto spread = [&](const Labelled &part) {
    SmallVector<int> order;
    Shape dims;
    for (auto [i, label] : llvm::enumerate(z.labels))
      if (has(part, label)) {
        order.push_back(label);
        dims.push_back(i);
      }
    return broadcast(tensor(inOrder(part, order)), shape, dims);
  };
  z.value = spread(x) * spread(y);
  return z;
}

Labelled Equation::inOrder(const Labelled &x, ArrayRef<int> labels) {
  Shape order;
  for (int label : labels)
    order.push_back(llvm::find(x.labels, label) - x.labels.begin());
  return {node.transpose(tensor(x), order), SmallVector<int>(labels)};
}

Value Equation::evaluate() {
  read();
  for (Labelled &x : operands)
    x = withoutRepeats(x);
  Labelled done = operands[0];
  for (size_t i = 1; i < operands.size(); ++i)
    done = product(done, operands[i], [&](int label) { return isNeeded(label, i + 1); });
  done = summed(done, [&](int label) { return llvm::is_contained(result, label); });
  return inOrder(done, result).value;
}

static Values einsum(NodeReader &node) { return {Equation(node).evaluate()}; }

void addEinsum(Registry &r) { r.add("Einsum", 12, einsum); }

} // namespace dlc::onnx
