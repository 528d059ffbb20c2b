// The walk over the messages of an ONNX file: one method per message, each a loop over its fields
// that fills one struct of Model.h. What the values mean is not looked at here (see Check.h).
//
// A method returns false when a field cannot be read. If the encoding itself is broken, the reading
// ends there, since nothing after it can be trusted. A known field that is encoded as another type
// is reported and passed over, as protobuf does: its end is known, and what else is wrong with the
// file tells whether it is damaged or no ONNX file at all.
#pragma once

#include "Onnx/Model.h"
#include "Onnx/Wire.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace dlc::onnx {

class Decoder {
public:
  /// `file` is what all messages are slices of.
  Decoder(llvm::StringRef file, Diagnostics &diagnostics);

  bool read(llvm::StringRef message, Model &model);
  bool read(llvm::StringRef message, Tensor &tensor);

private:
  static constexpr unsigned deepestGraph = 64;
  static constexpr unsigned deepestType = 16;

  bool read(llvm::StringRef message, Graph &graph, unsigned depth);
  bool read(llvm::StringRef message, Function &function);
  bool read(llvm::StringRef message, Node &node, unsigned depth);
  bool read(llvm::StringRef message, Attribute &attribute, unsigned depth);
  bool read(llvm::StringRef message, ValueInfo &value);
  bool read(llvm::StringRef message, Type &type, unsigned depth);
  bool read(llvm::StringRef message, SparseTensor &tensor);
  bool read(llvm::StringRef message, OpsetImport &opset);
  bool read(llvm::StringRef message, StringPair &entry);
  bool readTensorType(llvm::StringRef message, Type &type);
  bool readWrapperType(llvm::StringRef message, Type &type, unsigned depth);
  bool readDimension(llvm::StringRef message, Dimension &dimension);

  /// A field of one encoding; WireType is reported for another.
  bool readString(const Field &field, llvm::StringRef &value);
  bool readDomain(const Field &field, llvm::StringRef &domain);
  bool readInteger(const Field &field, int64_t &value);
  bool readElementType(const Field &field, ElementType &type);
  bool readStrings(const Field &field, std::vector<llvm::StringRef> &values);
  /// One number, or a packed field of them.
  bool readIntegers(const Field &field, std::vector<int64_t> &values);
  bool readFloats(const Field &field, std::vector<float> &values);
  bool readNumbers(const Field &field, WireType type, llvm::function_ref<void(uint64_t)> each);
  bool readData(const Field &field, DataField kind, Tensor &tensor);

  /// Appends an element to `list` and reads the nested message of `field` into it.
  template <typename Element, typename... Depth>
  bool readInto(const Field &field, std::vector<Element> &list, Depth... depth) {
    if (!expect(field, WireType::Bytes) || !charge(sizeof(Element), field.position))
      return false;
    return read(field.bytes, list.emplace_back(), depth...);
  }

  bool expect(const Field &field, WireType type);
  /// Counts memory that is allocated for what lies at `position` against the budget.
  bool charge(uint64_t bytes, const char *position);
  bool finish(const FieldWalk &walk);
  bool fail(Code code, const char *position, llvm::StringRef expected = "",
            llvm::StringRef found = "");

  llvm::StringRef file;
  Diagnostics &diagnostics;
  uint64_t budget;
  bool broken = false; // the encoding
};

} // namespace dlc::onnx
