// An ONNX model as plain structs, as the reader leaves it and the importer walks it. Names and
// other strings point into the mapped file that the Model keeps open. The data of a tensor are
// never copied while reading: they are a slice of the model's file or of an external data file, and
// only data that were written number by number are held decoded.
//
// The domain of operators "ai.onnx" is written "" everywhere. Structs that `readModel` returns have
// passed the checks of Check.h, so their accessors need no error paths.
#pragma once

#include "Diagnostics/Diagnostics.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/MemoryBuffer.h"
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace dlc::onnx {

/// The numbers of TensorProto.DataType.
enum class ElementType : int32_t {
  Undefined = 0,
  Float32 = 1,
  Uint8 = 2,
  Int8 = 3,
  Uint16 = 4,
  Int16 = 5,
  Int32 = 6,
  Int64 = 7,
  String = 8,
  Bool = 9,
  Float16 = 10,
  Float64 = 11,
  Uint32 = 12,
  Uint64 = 13,
  Complex64 = 14,
  Complex128 = 15,
  Bfloat16 = 16,
  Float8E4M3FN = 17,
  Float8E4M3FNUZ = 18,
  Float8E5M2 = 19,
  Float8E5M2FNUZ = 20,
  Uint4 = 21,
  Int4 = 22,
  Float4E2M1 = 23,
  Float8E8M0 = 24,
  Uint2 = 25,
  Int2 = 26,
};

/// False for 0 and numbers that ONNX does not define.
bool isKnown(ElementType type);
/// Bits of one element as stored; 0 for strings and types that are not known.
unsigned bitsOf(ElementType type);
/// The name that ONNX writes, "float" or "int4"; "element type 99" for an unknown number.
std::string nameOf(ElementType type);
/// Elements of a shape and the bytes that they take when packed; none if a dimension is negative or
/// if either number does not fit into 63 bits. A dimension of 0 does not hide an overflow of the
/// others.
std::optional<int64_t> elementCount(llvm::ArrayRef<int64_t> dims);
std::optional<int64_t> byteCount(ElementType type, llvm::ArrayRef<int64_t> dims);

/// Element data, little-endian, without gaps, in row-major order; elements below 8 bits are packed
/// from the low bits up, each tensor starting a byte. Either a slice of a mapped file or memory of
/// its own.
class TensorBytes {
public:
  explicit TensorBytes(llvm::StringRef view) : view(view) {}
  explicit TensorBytes(std::string memory)
      : memory(std::make_unique<std::string>(std::move(memory))), view(*this->memory) {}
  llvm::StringRef bytes() const { return view; }
  bool ownsMemory() const { return memory != nullptr; }

private:
  std::unique_ptr<std::string> memory;
  llvm::StringRef view;
};

/// Which field holds the elements of a tensor.
enum class DataField : uint8_t { None, Raw, Float, Int32, String, Int64, Double, Uint64, External };

struct StringPair {
  llvm::StringRef key, value;
};

/// TensorProto: an initializer or the value of an attribute.
struct Tensor {
  llvm::StringRef name;
  ElementType type = ElementType::Undefined;
  std::vector<int64_t> dims;

  DataField field = DataField::None;
  unsigned fieldsPresent = 0;    // one bit for each DataField that is not empty
  llvm::StringRef encoded;       // the bytes of Raw and External, or one packed field
  std::vector<uint64_t> decoded; // what was not one packed field: bits of each number
  std::vector<llvm::StringRef> strings;
  std::vector<StringPair> externalEntries;
  int64_t dataLocation = 0; // 1: external
  bool segmented = false;
  unsigned file = 0;              // index of the file that `encoded` lies in
  const char *position = nullptr; // of the message, for diagnostics

  /// Number of elements.
  int64_t elements() const { return elementCount(dims).value_or(0); }
  /// The elements as bytes; empty for strings.
  TensorBytes bytes() const;
  /// The part of `file` that is equal to `bytes()`, where there is one.
  std::optional<llvm::StringRef> storedBytes() const;
  /// The elements of an integer or bool tensor as 64-bit numbers (uint64: the same bits).
  std::vector<int64_t> integers() const;
};

/// SparseTensorProto. Values have rank 1; indices are linear (rank 1) or coordinates (rank 2).
struct SparseTensor {
  Tensor values;
  Tensor indices;
  std::vector<int64_t> dims;
  llvm::StringRef name() const { return values.name; }
};

struct Dimension {
  enum class Kind : uint8_t { Unknown, Value, Symbol };
  Kind kind = Kind::Unknown;
  int64_t value = 0;
  llvm::StringRef symbol;
};

/// TypeProto.
struct Type {
  enum class Kind : uint8_t { None, Tensor, SparseTensor, Sequence, Map, Optional, Opaque };
  Kind kind = Kind::None;
  ElementType element = ElementType::Undefined; // of tensors; the key of a map
  bool hasShape = false;
  std::vector<Dimension> dims;
  std::vector<Type> inner; // one for Sequence, Map and Optional, if given
};

/// "tensor(float)[N,3]", "map(int64, float)"
std::string describe(const Type &type);

struct ValueInfo {
  llvm::StringRef name;
  Type type;
};

struct Graph;

/// AttributeProto. A single value stands as the only element of the list of its kind.
struct Attribute {
  /// The numbers of AttributeProto.AttributeType.
  enum class Kind : uint8_t {
    Undefined = 0,
    Float = 1,
    Int = 2,
    String = 3,
    Tensor = 4,
    Graph = 5,
    Floats = 6,
    Ints = 7,
    Strings = 8,
    Tensors = 9,
    Graphs = 10,
    SparseTensor = 11,
    SparseTensors = 12,
    Type = 13,
    Types = 14,
  };
  llvm::StringRef name;
  llvm::StringRef reference; // the attribute of the enclosing function whose value this one takes
  Kind kind = Kind::Undefined;
  uint32_t kindsPresent = 0; // one bit for each Kind whose field is in the file
  int64_t kindNumber = 0;    // as written in the file
  std::vector<float> floats;
  std::vector<int64_t> ints;
  std::vector<llvm::StringRef> strings;
  std::vector<Tensor> tensors;
  std::vector<Graph> graphs;
  std::vector<SparseTensor> sparseTensors;
  std::vector<Type> types;
};

llvm::StringRef nameOf(Attribute::Kind kind);

struct Node {
  llvm::StringRef name;
  llvm::StringRef opType;
  llvm::StringRef domain;
  llvm::StringRef overload;
  std::vector<llvm::StringRef> inputs;  // empty name: left out
  std::vector<llvm::StringRef> outputs; // empty name: not wanted
  std::vector<Attribute> attributes;
  size_t ordinal = 0; // position in its graph

  /// Null if the node has no such attribute.
  const Attribute *find(llvm::StringRef attribute) const;
};

struct Graph {
  llvm::StringRef name;
  std::vector<Node> nodes;
  std::vector<Tensor> initializers;
  std::vector<SparseTensor> sparseInitializers;
  std::vector<ValueInfo> inputs;
  std::vector<ValueInfo> outputs;
  std::vector<ValueInfo> valueInfos;
};

struct OpsetImport {
  llvm::StringRef domain;
  int64_t version = 0;
};

/// FunctionProto: an operator that is defined by nodes.
struct Function {
  llvm::StringRef name;
  llvm::StringRef domain;
  llvm::StringRef overload;
  std::vector<llvm::StringRef> inputs;
  std::vector<llvm::StringRef> outputs;
  std::vector<llvm::StringRef> attributes; // without a default: the caller gives them
  std::vector<Attribute> defaults;
  std::vector<Node> nodes;
  std::vector<OpsetImport> opsets;
  std::vector<ValueInfo> valueInfos;
};

/// A file that is kept open as long as the model, because tensors and names point into it.
struct DataFile {
  std::string path;
  std::unique_ptr<llvm::MemoryBuffer> buffer;
};

/// Where data lie: an index into the files of the model, and bytes.
struct FileExtent {
  unsigned file = 0;
  uint64_t offset = 0;
  uint64_t length = 0;
};

struct Model {
  std::vector<DataFile> files; // the model itself, then its external data
  std::string folder;          // where external data lie; empty: nowhere
  int64_t irVersion = 0;
  llvm::StringRef producer;
  llvm::StringRef producerVersion;
  llvm::StringRef domain;
  int64_t modelVersion = 0;
  std::vector<OpsetImport> opsets;
  std::vector<Function> functions;
  std::vector<StringPair> metadata;
  bool hasTraining = false;
  Graph graph;

  Model() = default;
  Model(const Model &) = delete;
  Model &operator=(const Model &) = delete;

  /// The imported version of a domain; 0 if it is not imported.
  int64_t opset(llvm::StringRef domain) const;
  /// The part of a file that equals the tensor's `bytes()`; none if the data must be decoded.
  std::optional<FileExtent> extentOf(const Tensor &tensor) const;
  /// Nodes of the graph and of all its subgraphs.
  size_t nodeCount() const;
};

/// "node 'conv1' (Conv, opset 11)"; an unnamed node by its position. `opset` 0 is left out.
std::string placeOf(const Node &node, int64_t opset = 0);

} // namespace dlc::onnx
