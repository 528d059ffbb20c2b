// Writes protobuf messages field by field, valid or not, and small models out of them.
#pragma once

#include "Onnx/Reader.h"
#include "Onnx/ReaderFields.h"
#include "llvm/Support/Endian.h"
#include <string>

namespace dlc::onnx::test {

struct Bytes {
  std::string text;

  static std::string number(uint64_t value) {
    std::string out;
    for (; value >= 0x80; value >>= 7)
      out += static_cast<char>(value | 0x80);
    return out + static_cast<char>(value);
  }
  Bytes &raw(llvm::StringRef bytes) {
    text += bytes;
    return *this;
  }
  Bytes &integer(unsigned field, int64_t value) {
    return raw(number(field << 3)).raw(number(static_cast<uint64_t>(value)));
  }
  Bytes &string(unsigned field, llvm::StringRef value) {
    return raw(number(field << 3 | 2)).raw(number(value.size())).raw(value);
  }
  Bytes &message(unsigned field, const Bytes &value) { return string(field, value.text); }
  Bytes &float32(unsigned field, float value) {
    char buffer[4];
    llvm::support::endian::write32le(buffer, llvm::bit_cast<uint32_t>(value));
    return raw(number(field << 3 | 5)).raw({buffer, 4});
  }
};

inline Bytes tensor(llvm::StringRef name, ElementType type, llvm::ArrayRef<int64_t> dims) {
  Bytes out;
  for (int64_t dim : dims)
    out.integer(field::tensor::dims, dim);
  return out.integer(field::tensor::dataType, static_cast<int>(type))
      .string(field::tensor::name, name);
}

inline Bytes floatValue(llvm::StringRef name) {
  Bytes elementType = Bytes().integer(field::inner::elementType, 1);
  return Bytes()
      .string(field::valueInfo::name, name)
      .message(field::valueInfo::type, Bytes().message(field::type::tensor, elementType));
}

inline Bytes node(llvm::StringRef opType, llvm::ArrayRef<llvm::StringRef> inputs,
                  llvm::ArrayRef<llvm::StringRef> outputs) {
  Bytes out;
  for (llvm::StringRef input : inputs)
    out.string(field::node::input, input);
  for (llvm::StringRef output : outputs)
    out.string(field::node::output, output);
  return out.string(field::node::opType, opType);
}

inline Bytes attribute(llvm::StringRef name, Attribute::Kind kind) {
  return Bytes()
      .string(field::attribute::name, name)
      .integer(field::attribute::type, static_cast<int>(kind));
}

/// A graph from the input x to the output y, without its nodes.
inline Bytes emptyGraph() {
  return Bytes()
      .message(field::graph::input, floatValue("x"))
      .message(field::graph::output, floatValue("y"));
}

/// y = Relu(x), and what a test adds.
inline Bytes reluGraph() {
  return emptyGraph().message(field::graph::node, node("Relu", {"x"}, {"y"}));
}

inline Bytes model(const Bytes &graph) {
  return Bytes()
      .integer(field::model::irVersion, 8)
      .message(field::model::opsetImport, Bytes().integer(field::opset::version, 13))
      .message(field::model::graph, graph);
}

/// y = Relu(x) with an initializer w.
inline Bytes modelWith(const Bytes &initializer) {
  return model(reluGraph().message(field::graph::initializer, initializer));
}

struct Outcome {
  std::unique_ptr<Model> model;
  Diagnostics diagnostics;
  std::string text() const {
    std::string out;
    llvm::raw_string_ostream stream(out);
    diagnostics.print(stream);
    return out;
  }
};

inline Outcome read(const Bytes &bytes, llvm::StringRef folder = "") {
  Outcome outcome;
  outcome.model = readModel(llvm::MemoryBuffer::getMemBufferCopy(bytes.text, "m.onnx"), folder,
                            outcome.diagnostics);
  return outcome;
}

} // namespace dlc::onnx::test

/// The bytes are refused, with this code among the diagnostics.
#define EXPECT_REFUSED(bytes, code)                                                                \
  do {                                                                                             \
    ::dlc::onnx::test::Outcome outcome = ::dlc::onnx::test::read(bytes);                           \
    EXPECT_EQ(outcome.model, nullptr);                                                             \
    EXPECT_TRUE(outcome.diagnostics.has(code)) << outcome.text();                                  \
  } while (false)

#define EXPECT_ACCEPTED(bytes)                                                                     \
  do {                                                                                             \
    ::dlc::onnx::test::Outcome outcome = ::dlc::onnx::test::read(bytes);                           \
    EXPECT_NE(outcome.model, nullptr) << outcome.text();                                           \
  } while (false)
