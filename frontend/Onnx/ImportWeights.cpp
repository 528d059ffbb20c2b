#include "Onnx/ImportWeights.h"
#include "Onnx/FoldConstants.h"
#include "Onnx/ImportTypes.h"

using namespace mlir;

namespace dlc::onnx {

// The elements in the memory form of core tensors.
static DenseElementsAttr attributeOf(RankedTensorType type, llvm::StringRef bytes) {
  if (type.getElementType().isInteger(1)) {
    SmallVector<bool> bits(bytes.bytes_begin(), bytes.bytes_end());
    return DenseElementsAttr::get(type, bits);
  }
  return DenseElementsAttr::getFromRawBuffer(type, ArrayRef(bytes.data(), bytes.size()));
}

static bool isSplat(llvm::StringRef bytes, size_t width) {
  return bytes.size() > width && bytes.drop_front(width) == bytes.drop_back(width);
}

// A dense attribute whose elements are converted as `dlc.convert` would.
static DenseElementsAttr converted(DenseElementsAttr elements, RankedTensorType to) {
  if (elements.getType() == to)
    return elements;
  bool splat = elements.isSplat();
  if (splat)
    elements = elements.resizeSplat(RankedTensorType::get({}, elements.getElementType()));
  Literal from = Literal::from(elements);
  Literal result(splat ? RankedTensorType::get({}, to.getElementType()) : to);
  for (int64_t i = 0; i < from.size(); ++i)
    result.setNumber(i, from.number(i));
  return splat ? result.attribute().resizeSplat(to) : result.attribute();
}

// Symbols end up in file names and in C: letters, digits and underscores of the name, at most 60.
std::string WeightImporter::uniqueSymbol(llvm::StringRef name) {
  std::string base;
  for (char c : name.take_front(60))
    base += llvm::isAlnum(c) ? c : '_';
  if (base.empty() || llvm::isDigit(base.front()))
    base = "w" + base;
  std::string symbol = base;
  for (unsigned i = 1; symbol == "main" || !symbols.insert(symbol).second; ++i)
    symbol = base + "_" + std::to_string(i);
  return symbol;
}

Value WeightImporter::build(ImplicitLocOpBuilder &b, const Tensor &tensor, llvm::StringRef name,
                            llvm::StringRef place, Diagnostics &diagnostics) {
  MLIRContext &context = *b.getContext();
  mlir::Type element = elementTypeOf(tensor.type, "", context);
  if (!element) {
    diagnostics.report(Code::TypeUnsupported, "not supported yet: a tensor of this type")
        .at(place)
        .found(nameOf(tensor.type));
    return {};
  }
  if (!boundedBytes(tensor.dims, element)) {
    diagnostics.report(Code::MemoryBudget, "a tensor is larger than any memory")
        .at(place)
        .found(shownShape(tensor.dims));
    return {};
  }
  auto stored = RankedTensorType::get(tensor.dims, element);
  auto wanted = RankedTensorType::get(tensor.dims, elementTypeOf(tensor.type, dtype, context));
  int64_t bytes = tensor.elements() * elementBytes(element);
  size_t width = elementBytes(element);
  if (bytes > largestConstantBytes) {
    std::optional<llvm::StringRef> view = tensor.storedBytes();
    if (!view || !isSplat(*view, width))
      return buildWeight(b, tensor, stored, wanted, name, place, diagnostics);
    auto scalar = RankedTensorType::get({}, element);
    DenseElementsAttr splat = attributeOf(scalar, view->take_front(width)).resizeSplat(stored);
    return ConstantOp::create(b, wanted, converted(splat, wanted));
  }
  TensorBytes data = tensor.bytes();
  return ConstantOp::create(b, wanted, converted(attributeOf(stored, data.bytes()), wanted));
}

// The concatenation of constants that are small enough each, in the tensor's shape.
static Value buildPieces(ImplicitLocOpBuilder &b, llvm::StringRef bytes, RankedTensorType type) {
  mlir::Type element = type.getElementType();
  SmallVector<Value> pieces;
  for (; !bytes.empty(); bytes = bytes.drop_front(std::min<size_t>(bytes.size(), 4096))) {
    llvm::StringRef piece = bytes.take_front(4096);
    int64_t count = piece.size() / elementBytes(element);
    auto pieceType = RankedTensorType::get({count}, element);
    pieces.push_back(ConstantOp::create(b, pieceType, attributeOf(pieceType, piece)));
  }
  return ReshapeOp::create(b, type, ConcatOp::create(b, pieces, 0));
}

// Weights stand before the function.
ImplicitLocOpBuilder WeightImporter::atTop(Location location) {
  ImplicitLocOpBuilder top(location, module.getContext());
  top.setInsertionPoint(module.getBody(), llvm::find_if(*module.getBody(), [](Operation &op) {
                          return isa<func::FuncOp>(op);
                        }));
  return top;
}

Value WeightImporter::derive(ImplicitLocOpBuilder &b, llvm::StringRef name,
                             llvm::function_ref<Value(ImplicitLocOpBuilder &)> compute) {
  std::string symbol = uniqueSymbol(name);
  ImplicitLocOpBuilder top = atTop(b.getLoc());
  // The type is known once the region is built.
  auto derived = DerivedWeightOp::create(top, symbol, RankedTensorType::get({}, top.getF32Type()));
  top.setInsertionPointToEnd(&derived.getBody().emplaceBlock());
  Value value = compute(top);
  ReturnOp::create(top, value);
  derived.setType(value.getType());
  return WeightOp::create(b, value.getType(), symbol);
}

Value WeightImporter::buildWeight(ImplicitLocOpBuilder &b, const Tensor &tensor,
                                  RankedTensorType stored, RankedTensorType wanted,
                                  llvm::StringRef name, llvm::StringRef place,
                                  Diagnostics &diagnostics) {
  constexpr int64_t largestDecoded = 16 << 20;
  std::string symbol = uniqueSymbol(name);
  ImplicitLocOpBuilder top = atTop(b.getLoc());
  std::optional<FileExtent> extent = model.extentOf(tensor);
  std::string source = symbol;
  if (extent) {
    if (stored != wanted)
      source += ".file";
    WeightDataOp::create(top, source, stored, extent->file, extent->offset, extent->length,
                         StringAttr());
  } else if (tensor.elements() * elementBytes(stored.getElementType()) > largestDecoded) {
    diagnostics
        .report(Code::FieldUnsupported,
                "a large tensor is written number by number; export it as raw data")
        .at(place)
        .expected(llvm::Twine(largestDecoded) + " bytes at most")
        .found(llvm::Twine(tensor.elements()) + " elements");
    return {};
  }
  if (!extent || stored != wanted) {
    auto derived = DerivedWeightOp::create(top, symbol, wanted);
    top.setInsertionPointToEnd(&derived.getBody().emplaceBlock());
    Value value = extent ? WeightOp::create(top, stored, source).getResult()
                         : buildPieces(top, tensor.bytes().bytes(), stored);
    if (stored != wanted)
      value = ConvertOp::create(top, wanted, value);
    ReturnOp::create(top, value);
  }
  return WeightOp::create(b, wanted, symbol);
}

} // namespace dlc::onnx
