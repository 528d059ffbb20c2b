// Scan: a loop over rows of sequences.
#include "Onnx/Operators/Subgraph.h"

using namespace mlir;

namespace dlc::onnx {

// One entry per input or output; 0 where the attribute is missing.
static Shape perValue(NodeReader &node, StringRef name, size_t count) {
  Shape list = node.integers(name).value_or(Shape(count, 0));
  if (list.size() != count)
    node.refuse(Code::AttributeInvalid, "attribute " + quoted(name) + " has the wrong length",
                llvm::Twine(count), llvm::Twine(list.size()));
  return list;
}

static SmallVector<bool> asFlags(ArrayRef<int64_t> numbers) {
  SmallVector<bool> flags;
  for (int64_t number : numbers)
    flags.push_back(number != 0);
  return flags;
}

namespace {
// A scan whose inputs are told apart: one axis and direction for each sequence and result.
struct ScanForm {
  const Graph &body;
  Shape inputAxes, outputAxes, inputDirections, outputDirections;
};
} // namespace

// The types of the results: what is carried keeps its own, rows are stacked.
static SmallVector<mlir::Type> resultTypes(NodeReader &node, const Values &initial,
                                           const Values &results, int64_t length) {
  SmallVector<mlir::Type> types;
  for (auto [i, value] : llvm::enumerate(results)) {
    auto type = dyn_cast<RankedTensorType>(value.getType());
    if (!type || type.getEncoding())
      node.unsupported("Scan of a sequence or of a value whose size depends on data");
    if (i < initial.size() && type != initial[i].getType())
      node.refuse(Code::ShapeMismatch, "a carried value changes its type",
                  shownType(initial[i].getType()), shownType(type));
    Shape shape(type.getShape());
    if (i >= initial.size())
      shape.insert(shape.begin(), length);
    node.checkSize(shape, type.getElementType());
    types.push_back(RankedTensorType::get(shape, type.getElementType()));
  }
  return types;
}

static Values runScan(NodeReader &node, const ScanForm &form, const Values &initial,
                      const Values &inputs) {
  size_t carried = initial.size();
  std::optional<int64_t> length;
  IfOp holder = buildHolder(node);
  Block &block = holder.getThen().emplaceBlock();
  Location location = node.builder.getLoc();
  for (Value value : initial)
    block.addArgument(value.getType(), location);
  Values sequences;
  for (auto [input, axis] : llvm::zip_equal(inputs, form.inputAxes)) {
    TensorExpr x = node.tensor(input);
    node.checkRank(x, 1, INT64_MAX);
    int64_t rank = x.type().getRank();
    TensorExpr rows = node.transpose(x, movedDimension(rank, node.axis(axis, rank), 0));
    int64_t count = rows.type().getDimSize(0);
    if (length.value_or(count) != count)
      node.refuse(Code::ShapeMismatch, "sequences have different lengths", llvm::Twine(*length),
                  llvm::Twine(count));
    length = count;
    sequences.push_back(rows);
    block.addArgument(
        RankedTensorType::get(rows.type().getShape().drop_front(), rows.type().getElementType()),
        location);
  }
  ImplicitLocOpBuilder b(location, node.builder.getContext());
  b.setInsertionPointToEnd(&block);
  std::optional<Values> results =
      importBody(node, form.body, block.getArguments(), b, node.importer.sink());
  if (!results)
    throw Refusal{};
  SmallVector<mlir::Type> types = resultTypes(node, initial, *results, *length);
  ReturnOp::create(b, *results);
  auto op = ScanOp::create(node.builder, types, initial, sequences, *length,
                           asFlags(form.inputDirections), asFlags(form.outputDirections));
  op.getBody().takeBody(holder.getThen());
  holder.erase();
  Values outputs = op.getResults();
  for (auto [output, axis] :
       llvm::zip_equal(MutableArrayRef(outputs).drop_front(carried), form.outputAxes)) {
    int64_t rank = tensorType(output).getRank();
    output = node.transpose(node.tensor(output), movedDimension(rank, 0, node.axis(axis, rank)));
  }
  return outputs;
}

// How many of `count` inputs are carried; the rest are sequences.
static size_t readCarried(NodeReader &node, const Graph &body, size_t count) {
  int64_t sequenceCount = node.integer("num_scan_inputs");
  if (sequenceCount < 1 || sequenceCount > int64_t(count))
    node.refuse(Code::AttributeInvalid, "num_scan_inputs is out of range",
                "1 to " + llvm::Twine(count), llvm::Twine(sequenceCount));
  size_t carried = count - sequenceCount;
  if (body.inputs.size() != count || body.outputs.size() < carried ||
      body.outputs.size() < node.node.outputs.size())
    node.refuse(Code::InputCount, "the body has other inputs or outputs than the node",
                llvm::Twine(count), llvm::Twine(body.inputs.size()));
  return carried;
}

// Carried values, then sequences.
static Values scan(NodeReader &node) {
  const Graph &body = node.graph("body");
  Values inputs = node.allInputs();
  size_t carried = readCarried(node, body, inputs.size());
  size_t sequences = inputs.size() - carried, stacked = body.outputs.size() - carried;
  ScanForm form{body, perValue(node, "scan_input_axes", sequences),
                perValue(node, "scan_output_axes", stacked),
                perValue(node, "scan_input_directions", sequences),
                perValue(node, "scan_output_directions", stacked)};
  return runScan(node, form, Values(ArrayRef(inputs).take_front(carried)),
                 Values(ArrayRef(inputs).drop_front(carried)));
}

// Version 8 has a batch around it: lengths, then values [batch, ...] and sequences
// [batch, length, ...], one scan for each index of the batch.
static Values scanBatches(NodeReader &node) {
  const Graph &body = node.graph("body");
  Values inputs;
  for (size_t i = 1; i < node.inputCount(); ++i)
    inputs.push_back(node.input(i));
  size_t carried = readCarried(node, body, inputs.size());
  size_t sequences = inputs.size() - carried, stacked = body.outputs.size() - carried;
  ScanForm form{body, Shape(sequences, 0), Shape(stacked, 0),
                perValue(node, "directions", sequences), Shape(stacked, 0)};
  for (Value input : inputs)
    node.checkRank(node.tensor(input), 1, INT64_MAX);
  int64_t batch = tensorType(inputs[0]).getDimSize(0);
  for (Value input : inputs)
    if (tensorType(input).getDimSize(0) != batch || batch < 1 || batch > 1 << 12)
      node.refuse(Code::ShapeMismatch, "inputs have different batches, or none", llvm::Twine(batch),
                  shownType(input.getType()));
  if (node.has(0)) {
    node.checkRank(node.tensor(inputs.back()), 2, INT64_MAX);
    int64_t length = tensorType(inputs.back()).getDimSize(1);
    if (llvm::any_of(node.knownIntegers(0), [&](int64_t own) { return own != length; }))
      node.unsupported("Scan of version 8 over sequences of different lengths");
  }
  std::vector<Values> parts(body.outputs.size());
  for (int64_t i = 0; i < batch; ++i) {
    Values own;
    for (Value input : inputs) {
      TensorExpr row = node.slice(node.tensor(input), 0, i, i + 1);
      own.push_back(node.reshape(row, row.type().getShape().drop_front()));
    }
    Values results = runScan(node, form, Values(ArrayRef(own).take_front(carried)),
                             Values(ArrayRef(own).drop_front(carried)));
    for (auto [list, result] : llvm::zip_equal(parts, results)) {
      Shape shape(tensorType(result).getShape());
      shape.insert(shape.begin(), 1);
      list.push_back(node.reshape(node.tensor(result), shape));
    }
  }
  Values outputs;
  for (const Values &list : parts)
    outputs.push_back(node.concat(list, 0));
  return outputs;
}

void addScans(Registry &r) { r.add("Scan", {{8, scanBatches}, {9, scan}}); }

} // namespace dlc::onnx
