// Field numbers of the ONNX file format (onnx.proto of ONNX 1.22, IR version 13): the facts that a
// reader needs instead of an ONNX library. Fields that are not here (documentation, metadata of
// nodes, device configurations, quantisation annotations) are skipped.
#pragma once

namespace dlc::onnx::field {

namespace model {
enum : unsigned {
  irVersion = 1,
  producerName = 2,
  producerVersion = 3,
  domain = 4,
  modelVersion = 5,
  graph = 7,
  opsetImport = 8,
  metadata = 14,
  trainingInfo = 20,
  functions = 25,
};
}
namespace opset {
enum : unsigned { domain = 1, version = 2 };
}
namespace entry {
enum : unsigned { key = 1, value = 2 };
}
namespace graph {
enum : unsigned {
  node = 1,
  name = 2,
  initializer = 5,
  input = 11,
  output = 12,
  valueInfo = 13,
  sparseInitializer = 15,
};
}
namespace function {
enum : unsigned {
  name = 1,
  input = 4,
  output = 5,
  attribute = 6,
  node = 7,
  opsetImport = 9,
  domain = 10,
  attributeProto = 11,
  valueInfo = 12,
  overload = 13,
};
}
namespace node {
enum : unsigned {
  input = 1,
  output = 2,
  name = 3,
  opType = 4,
  attribute = 5,
  domain = 7,
  overload = 8,
};
}
namespace attribute {
enum : unsigned {
  name = 1,
  singleFloat = 2,
  singleInt = 3,
  singleString = 4,
  tensor = 5,
  graph = 6,
  floats = 7,
  ints = 8,
  strings = 9,
  tensors = 10,
  graphs = 11,
  typeProto = 14,
  typeProtos = 15,
  type = 20,
  reference = 21,
  sparseTensor = 22,
  sparseTensors = 23,
};
}
namespace valueInfo {
enum : unsigned { name = 1, type = 2 };
}
namespace tensor {
enum : unsigned {
  dims = 1,
  dataType = 2,
  segment = 3,
  floatData = 4,
  int32Data = 5,
  stringData = 6,
  int64Data = 7,
  name = 8,
  rawData = 9,
  doubleData = 10,
  uint64Data = 11,
  externalData = 13,
  dataLocation = 14,
};
}
namespace sparse {
enum : unsigned { values = 1, indices = 2, dims = 3 };
}
namespace type {
enum : unsigned { tensor = 1, sequence = 4, map = 5, opaque = 7, sparseTensor = 8, optional = 9 };
}
/// Of the messages inside a TypeProto: tensors have an element type and a shape, a map a key type
/// and a value type, sequences and optionals a type.
namespace inner {
enum : unsigned { elementType = 1, keyType = 1, shape = 2, valueType = 2 };
}
namespace shape {
enum : unsigned { dimension = 1 };
}
namespace dimension {
enum : unsigned { value = 1, parameter = 2 };
}

} // namespace dlc::onnx::field
