// What the decomposition of one ONNX node sees: its attributes with defaults, its inputs as tensors
// with operators, the values of inputs that are known at compile time, and builders that check what
// a model asks for. Decompositions are written as formulas, without a test after every line:
// whatever is wrong with the node is `refuse`d, which ends the decomposition by throwing Refusal.
// It is caught where the node is imported and never leaves the importer's own functions.
#pragma once

#include "Core/Core.h"
#include "Onnx/ImportTypes.h"
#include "Onnx/Model.h"
#include "llvm/ADT/BitVector.h"

namespace dlc::onnx {

class GraphImporter;

using Values = llvm::SmallVector<mlir::Value>;
using Shape = llvm::SmallVector<int64_t>;

/// Why a node cannot be imported; place and file are filled in where it is caught. None: it has
/// been reported already.
struct Refusal {
  std::optional<Diagnostic> diagnostic;
};

class NodeReader {
public:
  NodeReader(GraphImporter &importer, const Node &node, int64_t opset, Values operands,
             mlir::ImplicitLocOpBuilder &builder)
      : importer(importer), node(node), opset(opset), operands(std::move(operands)),
        builder(builder), readAttributes(node.attributes.size()), readInputs(node.inputs.size()) {}

  GraphImporter &importer;
  const Node &node;
  const int64_t opset;
  const Values operands; // null where an input is left out
  /// The small types (SmallTypes.h) of operands and results; Undefined for all others.
  std::vector<ElementType> smallTypes, smallResults;
  mlir::ImplicitLocOpBuilder &builder;

  [[noreturn]] void refuse(Code, const llvm::Twine &message, const llvm::Twine &expected = "",
                           const llvm::Twine &found = "") const;
  /// A form of the operator that the importer does not know yet.
  [[noreturn]] void unsupported(const llvm::Twine &form) const;
  /// Refuses attributes and inputs that the decomposition has not looked at.
  void checkAllRead() const;

  /// `--dtype`: what float32 becomes.
  llvm::StringRef dtype() const;

  // ---- attributes; a missing one without default is refused
  bool hasAttribute(llvm::StringRef name) { return find(name) != nullptr; }
  int64_t integer(llvm::StringRef name);
  int64_t integer(llvm::StringRef name, int64_t otherwise);
  bool flag(llvm::StringRef name, bool otherwise) { return integer(name, otherwise) != 0; }
  double number(llvm::StringRef name, double otherwise);
  llvm::StringRef text(llvm::StringRef name) {
    return required(name, Attribute::Kind::String).strings.at(0);
  }
  llvm::StringRef text(llvm::StringRef name, llvm::StringRef otherwise,
                       llvm::ArrayRef<llvm::StringRef> allowed);
  std::optional<Shape> integers(llvm::StringRef name);
  std::vector<float> numbers(llvm::StringRef name);
  std::vector<llvm::StringRef> texts(llvm::StringRef name);
  const Graph &graph(llvm::StringRef name);
  const Tensor *tensorAttribute(llvm::StringRef name);
  /// The attribute is known and means nothing for inference.
  void ignore(llvm::StringRef name) { find(name); }

  // ---- inputs
  size_t inputCount() const { return operands.size(); }
  bool has(size_t i);
  TensorExpr input(size_t i);
  /// The small type of an input whose codes codes(i) gives; Undefined if it has none.
  ElementType smallType(size_t i) const {
    return i < smallTypes.size() ? smallTypes[i] : ElementType::Undefined;
  }
  TensorExpr codes(size_t i);
  /// The operator moves elements of whatever type: its inputs may be codes, and so are its results.
  void carrySmallTypes();
  /// Of an operator that works element by element: a bounded value is welcome.
  TensorExpr elementwiseInput(size_t i);
  std::optional<TensorExpr> optionalInput(size_t i);
  Values allInputs();
  /// The elements of a small input that is known at compile time.
  std::optional<Literal> known(size_t i);
  Shape knownIntegers(size_t i);
  Shape integersOf(TensorExpr x, llvm::StringRef what) const;
  /// An attribute in old versions, an input in new ones; none if neither is given.
  std::optional<Shape> integersOrInput(llvm::StringRef name, size_t i);

  // ---- checks
  /// An axis that may count from the end.
  int64_t axis(int64_t given, int64_t rank) const;
  Shape axes(llvm::ArrayRef<int64_t> given, int64_t rank) const;
  /// A shape that fits into memory.
  void checkSize(llvm::ArrayRef<int64_t> shape, mlir::Type element) const;
  void checkRank(TensorExpr x, int64_t least, int64_t most) const;
  void checkFloat(TensorExpr x) const;
  void checkSameType(TensorExpr x, TensorExpr y) const;
  void checkShape(llvm::StringRef what, TensorExpr x, llvm::ArrayRef<int64_t> expected) const;

  // ---- builders
  TensorExpr tensor(mlir::Value value) const { return {builder, value}; }
  TensorExpr splat(llvm::ArrayRef<int64_t> shape, mlir::Type element, double value) const;
  TensorExpr integerTensor(llvm::ArrayRef<int64_t> values) const;
  /// A constant of any size, made of pieces that are small enough each.
  TensorExpr table(llvm::ArrayRef<int64_t> shape, mlir::Type element,
                   llvm::ArrayRef<double> values) const;
  TensorExpr reshape(TensorExpr x, llvm::ArrayRef<int64_t> shape) const;
  TensorExpr transpose(TensorExpr x, llvm::ArrayRef<int64_t> permutation) const;
  /// Elements [lo, hi) of one dimension.
  TensorExpr slice(TensorExpr x, int64_t dimension, int64_t lo, int64_t hi) const;
  TensorExpr concat(mlir::ValueRange parts, int64_t dimension) const;
  /// `x` in a larger shape, by NumPy's rule: aligned at the last dimension.
  TensorExpr broadcastTo(TensorExpr x, llvm::ArrayRef<int64_t> shape) const;
  TensorExpr broadcastTo(TensorExpr x, mlir::RankedTensorType type) const;
  /// All tensors in one shape by NumPy's rule; a bounded dimension stays bounded.
  std::vector<TensorExpr> broadcastAll(llvm::ArrayRef<TensorExpr> tensors) const;

  /// An op whose shape rule may refuse: its message becomes the node's.
  template <typename Op, typename... Arguments> Op build(Arguments &&...arguments) const {
    mlir::OperationState state(builder.getLoc(), Op::getOperationName());
    llvm::SmallVector<mlir::Type> types(resultCount<Op>(), builder.getNoneType());
    Op::build(builder, state, mlir::TypeRange(types), std::forward<Arguments>(arguments)...);
    types.clear();
    infer(state, types, [&] {
      return Op::inferReturnTypes(builder.getContext(), builder.getLoc(), state.operands,
                                  state.attributes.getDictionary(builder.getContext()),
                                  state.getRawProperties(), state.regions, types);
    });
    return mlir::cast<Op>(builder.create(state));
  }

private:
  template <typename Op> static constexpr unsigned resultCount() {
    if constexpr (Op::template hasTrait<mlir::OpTrait::OneResult>())
      return 1;
    else
      return 2;
  }
  void infer(mlir::OperationState &, llvm::SmallVectorImpl<mlir::Type> &,
             llvm::function_ref<llvm::LogicalResult()> rule) const;
  void checkNoCodes() const;
  bool asksForCodes = false;
  const Attribute *find(llvm::StringRef name);
  const Attribute *find(llvm::StringRef name, Attribute::Kind kind);
  const Attribute &required(llvm::StringRef name, Attribute::Kind kind);
  llvm::BitVector readAttributes;
  llvm::BitVector readInputs;
};

} // namespace dlc::onnx
