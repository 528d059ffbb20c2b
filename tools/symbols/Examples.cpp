// Ops that work element by element and have no attributes are built from their trait. Every other
// op has lines in a table, in the text of the dialect, one a path that code takes through it:
//
//   {"%x: tensor<35x67x$T>", "dlc.transpose %x perm [1, 0] : tensor<35x67x$T>"}
//
// $T is each element type in turn, $U each second one, $0 the zero of $T. Extents are no multiples
// of any vector, so that the code has both its vector loop and its ragged end; pointwise ops occur
// on scalars too, where there is no vector.
#include "Examples.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace dlc;

namespace {
struct Line {
  StringRef arguments, op;
};
} // namespace

static constexpr StringLiteral elements[] = {"f64",  "f32", "f16",  "bf16", "si8",  "si16", "si32",
                                             "si64", "ui8", "ui16", "ui32", "ui64", "i1"};
ArrayRef<StringLiteral> dlc::elementNames() { return elements; }

/// Kinds of an op: $K is each word in turn.
static const std::pair<StringRef, SmallVector<StringRef>> words[] = {
    {"dlc.reduce", {"sum", "prod", "max", "min", "and", "or"}},
    {"dlc.arg_reduce", {"max", "min"}},
    {"dlc.compare", {"eq", "ne", "lt", "le", "gt", "ge"}},
    {"dlc.gelu", {"erf", "tanh"}},
    {"dlc.put", {"set", "add", "mul", "min", "max"}},
    {"dlc.put_along", {"set", "add", "mul", "min", "max"}},
    {"dlc.scatter_nd", {"set", "add", "mul", "min", "max"}},
    {"dlc.cumulative", {"sum", "prod", "max", "min"}},
};

// clang-format off
static const Line lines[] = {
  {"", "dlc.iota dim 0 : tensor<5x67x$T>"},
  {"", "dlc.iota dim 1 : tensor<5x67x$T>"},
  {"%x: tensor<3x67x$T>, %y: tensor<3x67x$T>", "dlc.compare $K %x, %y : tensor<3x67x$T>"},
  {"%c: tensor<3x67xi1>, %x: tensor<3x67x$T>, %y: tensor<3x67x$T>",
   "dlc.select %c, %x, %y : tensor<3x67xi1>, tensor<3x67x$T>"},
  {"%x: tensor<3x67x$T>", "dlc.convert %x : tensor<3x67x$T> to tensor<3x67x$U>"},
  {"%x: tensor<$T>, %y: tensor<$T>", "dlc.compare $K %x, %y : tensor<$T>"},
  {"%c: tensor<i1>, %x: tensor<$T>, %y: tensor<$T>",
   "dlc.select %c, %x, %y : tensor<i1>, tensor<$T>"},
  {"%x: tensor<$T>", "dlc.convert %x : tensor<$T> to tensor<$U>"},

  {"%x: tensor<3x67x$T>", "dlc.bitcast %x : tensor<3x67x$T> to tensor<3x67x$U>"},
  {"%x: tensor<$T>", "dlc.bitcast %x : tensor<$T> to tensor<$U>"},
  {"%k: tensor<2x$T>, %c: tensor<4x$T>",
   "dlc.rng_bits %k, %c : tensor<2x$T>, tensor<4x$T> to tensor<3x67x$T>"},

  {"%x: tensor<67x$T>", "dlc.broadcast %x dims [1] : tensor<67x$T> to tensor<5x67x$T>"},
  {"%x: tensor<5x$T>", "dlc.broadcast %x dims [0] : tensor<5x$T> to tensor<5x67x$T>"},
  {"%x: tensor<3x67x$T>", "dlc.reshape %x : tensor<3x67x$T> to tensor<201x$T>"},
  {"%x: tensor<35x67x$T>", "dlc.transpose %x perm [1, 0] : tensor<35x67x$T>"},
  {"%x: tensor<3x67x$T>", "dlc.reverse %x dims [0] : tensor<3x67x$T>"},
  {"%x: tensor<3x67x$T>", "dlc.reverse %x dims [1] : tensor<3x67x$T>"},
  {"%x: tensor<3x67x$T>", "dlc.slice %x lo [1, 3] hi [3, 66] stride [1, 1] : tensor<3x67x$T>"},
  {"%x: tensor<3x67x$T>", "dlc.slice %x lo [0, 1] hi [3, 67] stride [2, 2] : tensor<3x67x$T>"},
  {"%x: tensor<3x67x$T>",
   "dlc.pad %x lo [1, 2] hi [0, 3] interior [0, 0] value $0 : tensor<3x67x$T>"},
  {"%x: tensor<3x67x$T>",
   "dlc.pad %x lo [1, 0] hi [0, -1] interior [0, 2] value $0 : tensor<3x67x$T>"},
  {"%x: tensor<3x67x$T>, %y: tensor<2x67x$T>",
   "dlc.concat %x, %y dim 0 : tensor<3x67x$T>, tensor<2x67x$T>"},
  {"%x: tensor<3x67x$T>, %y: tensor<3x35x$T>",
   "dlc.concat %x, %y dim 1 : tensor<3x67x$T>, tensor<3x35x$T>"},
  {"%x: tensor<9x67x$T>, %i: tensor<5x$U>",
   "dlc.take %x, %i axis 0 : tensor<9x67x$T>, tensor<5x$U>"},
  {"%x: tensor<3x67x$T>, %i: tensor<35x$U>",
   "dlc.take %x, %i axis 1 : tensor<3x67x$T>, tensor<35x$U>"},

  {"%x: tensor<3x67x$T>", "dlc.reduce $K %x dims [1] : tensor<3x67x$T>"},
  {"%x: tensor<3x67x$T>", "dlc.reduce $K %x dims [0] : tensor<3x67x$T>"},
  {"%x: tensor<3x67x$T>", "dlc.arg_reduce $K %x dim 1 : tensor<3x67x$T>"},
  {"%x: tensor<3x67x$T>", "dlc.arg_reduce $K %x dim 0 last : tensor<3x67x$T>"},
  {"%x: tensor<2x9x35x$T>",
   "dlc.window_sum %x dims [1, 2] window [3, 2] strides [1, 1] lo [1, 0] hi [1, 0] dilation [1, "
   "1] : tensor<2x9x35x$T>"},
  {"%x: tensor<2x9x35x$T>",
   "dlc.window_sum %x dims [0, 1] window [2, 3] strides [1, 2] lo [0, 1] hi [0, 1] dilation [1, "
   "1] : tensor<2x9x35x$T>"},
  {"%x: tensor<2x9x35x$T>",
   "dlc.window_max %x dims [1, 2] window [3, 2] strides [1, 1] lo [1, 0] hi [1, 0] dilation [1, "
   "1] : tensor<2x9x35x$T>"},
  {"%x: tensor<2x9x35x$T>",
   "dlc.window_max %x dims [0, 1] window [2, 3] strides [1, 2] lo [0, 1] hi [0, 1] dilation [1, "
   "1] : tensor<2x9x35x$T>"},
  {"%x: tensor<3x67x$T>", "dlc.nonzero %x : tensor<3x67x$T>"},
  {"%g: tensor<2x9x35x$T>",
   "dlc.window_sum_adj %g dims [1, 2] extents [9, 35] window [3, 2] strides [1, 1] lo [1, 0] "
   "hi [1, 1] dilation [1, 1] : tensor<2x9x35x$T>"},
  {"%g: tensor<2x9x35x$T>, %p: tensor<2x9x35xsi32>",
   "dlc.window_max_grad %g, %p dims [1, 2] extents [9, 70] window [3, 2] strides [1, 2] lo [1, 0] "
   "hi [1, 0] dilation [1, 1] : tensor<2x9x35x$T>, tensor<2x9x35xsi32>"},

  {"%x: tensor<3x67x$T>, %i: tensor<3x35x$U>",
   "dlc.take_along %x, %i axis 1 : tensor<3x67x$T>, tensor<3x35x$U>"},
  {"%x: tensor<9x67x$T>, %i: tensor<5x67x$U>",
   "dlc.take_along %x, %i axis 0 : tensor<9x67x$T>, tensor<5x67x$U>"},
  {"%x: tensor<9x5x67x$T>, %i: tensor<35x2x$U>",
   "dlc.gather_nd %x, %i batch 0 : tensor<9x5x67x$T>, tensor<35x2x$U>"},
  {"%x: tensor<3x67x$T>, %i: tensor<3x35x1x$U>",
   "dlc.gather_nd %x, %i batch 1 : tensor<3x67x$T>, tensor<3x35x1x$U>"},
  {"%x: tensor<9x67x$T>, %s: tensor<1x$U>",
   "dlc.dynamic_slice %x, %s dims [1] sizes [35] : tensor<9x67x$T>, tensor<1x$U>"},
  {"%x: tensor<9x67x$T>, %i: tensor<5x$U>, %u: tensor<5x67x$T>",
   "dlc.put $K %x, %i, %u axis 0 : tensor<9x67x$T>, tensor<5x$U>, tensor<5x67x$T>"},
  {"%x: tensor<3x67x$T>, %i: tensor<3x35x$U>, %u: tensor<3x35x$T>",
   "dlc.put_along $K %x, %i, %u axis 1 : tensor<3x67x$T>, tensor<3x35x$U>, tensor<3x35x$T>"},
  {"%x: tensor<9x5x67x$T>, %i: tensor<35x2x$U>, %u: tensor<35x67x$T>",
   "dlc.scatter_nd $K %x, %i, %u batch 0 : tensor<9x5x67x$T>, tensor<35x2x$U>, "
   "tensor<35x67x$T>"},
  {"%x: tensor<9x67x$T>, %s: tensor<1x$U>, %u: tensor<9x35x$T>",
   "dlc.dynamic_update_slice %x, %s, %u dims [1] : tensor<9x67x$T>, tensor<1x$U>, "
   "tensor<9x35x$T>"},
  {"%x: tensor<3x67x$T>, %p: tensor<3x67x$U>",
   "dlc.sort %x, %p dim 1 : tensor<3x67x$T>, tensor<3x67x$U>"},
  {"%x: tensor<3x67x$T>", "dlc.sort %x dim 1 descending limit 5 : tensor<3x67x$T>"},
  {"%x: tensor<3x67x$T>", "dlc.cumulative $K %x dim 1 : tensor<3x67x$T>"},
  {"%x: tensor<3x67x$T>", "dlc.cumulative $K %x dim 0 exclusive reverse : tensor<3x67x$T>"},

  {"%x: tensor<13x35x$T>, %y: tensor<35x67x$T>",
   "dlc.dot %x, %y batch [] x [] contract [1] x [0] : tensor<13x35x$T>, tensor<35x67x$T>"},
  {"%x: tensor<2x13x35x$T>, %y: tensor<2x67x35x$T>",
   "dlc.dot %x, %y batch [0] x [0] contract [2] x [2] : tensor<2x13x35x$T>, tensor<2x67x35x$T>"},
  {"%x: tensor<2x4x7x13x$T>, %w: tensor<35x4x3x3x$T>",
   "dlc.conv %x, %w strides [1, 1] lo [1, 1] hi [1, 1] dilation [1, 1] groups 1 : "
   "tensor<2x4x7x13x$T>, tensor<35x4x3x3x$T>"},
  {"%x: tensor<2x7x13x4x$T>, %w: tensor<70x2x3x3x$T>",
   "dlc.conv %x, %w strides [2, 1] lo [1, 1] hi [1, 1] dilation [1, 1] groups 2 channels_last : "
   "tensor<2x7x13x4x$T>, tensor<70x2x3x3x$T>"},
  {"%g: tensor<2x35x7x13x$T>, %w: tensor<35x4x3x3x$T>",
   "dlc.conv_bwd_data %g, %w spatial [7, 13] strides [1, 1] lo [1, 1] hi [1, 1] dilation [1, 1] "
   "groups 1 : tensor<2x35x7x13x$T>, tensor<35x4x3x3x$T>"},
  {"%x: tensor<2x4x7x13x$T>, %g: tensor<2x35x7x13x$T>",
   "dlc.conv_bwd_filter %x, %g window [3, 3] strides [1, 1] lo [1, 1] hi [1, 1] dilation [1, 1] "
   "groups 1 : tensor<2x4x7x13x$T>, tensor<2x35x7x13x$T>"},

  {"%x: tensor<3x67x$T>", "dlc.gelu $K %x : tensor<3x67x$T>"},
  {"%x: tensor<$T>", "dlc.gelu $K %x : tensor<$T>"},
  {"%x: tensor<3x67x$T>", "dlc.softmax %x dims [1] : tensor<3x67x$T>"},
  {"%x: tensor<3x67x$T>", "dlc.log_softmax %x dims [1] : tensor<3x67x$T>"},
  {"%x: tensor<3x67x$T>, %s: tensor<67x$T>",
   "dlc.layer_norm %x scale %s : tensor<67x$T> shift %s : tensor<67x$T> dims [1] epsilon 1.0e-5 "
   ": tensor<3x67x$T>"},
  {"%x: tensor<3x67x$T>", "dlc.layer_norm %x dims [1] epsilon 1.0e-5 rms : tensor<3x67x$T>"},
  {"%x: tensor<3x67x$T>", "dlc.logsumexp %x dims [1] : tensor<3x67x$T>"},
  {"%x: tensor<5x67x$T>, %t: tensor<5x$U>",
   "dlc.softmax_xent %x, %t dim 1 : tensor<5x67x$T>, tensor<5x$U>"},
  {"%x: tensor<5x67x$T>, %t: tensor<5x67x$T>",
   "dlc.softmax_xent %x, %t dim 1 : tensor<5x67x$T>, tensor<5x67x$T>"},
  {"%x: tensor<3x67x$T>, %t: tensor<3x67x$T>", "dlc.sigmoid_xent %x, %t : tensor<3x67x$T>"},
  {"%x: tensor<3x5x35x$T>, %s: tensor<5x$T>",
   "dlc.batch_norm_train %x, %s, %s, %s, %s dim 1 epsilon 1.0e-5 momentum 0.9 : "
   "tensor<3x5x35x$T>, tensor<5x$T>, tensor<5x$T>, tensor<5x$T>, tensor<5x$T>"},
  {"%x: tensor<3x67x$T>, %k: tensor<2xui32>, %c: tensor<4xui32>",
   "dlc.dropout %x, %k, %c rate 0.5 : tensor<3x67x$T>, tensor<2xui32>, tensor<4xui32> -> "
   "tensor<3x67xi1>"},
  {"%q: tensor<1x2x5x35x$T>, %k: tensor<1x1x67x35x$T>",
   "dlc.attention %q, %k, %k scale 0.1 softcap 30.0 causal 0 : tensor<1x2x5x35x$T>, "
   "tensor<1x1x67x35x$T>, tensor<1x1x67x35x$T>"},
  {"%x: tensor<3x67x$T>", "dlc.stop_gradient %x : tensor<3x67x$T>"},
  {"%x: tensor<3x67x$T>", "dlc.barrier %x : tensor<3x67x$T>"},
};
// clang-format on

std::vector<RegisteredOperationName> dlc::kernelOps(MLIRContext &context) {
  std::vector<RegisteredOperationName> ops;
  // All ops are asked: getRegisteredOperationsByDialect of LLVM 22 finds none of this dialect.
  for (RegisteredOperationName name : context.getRegisteredOperations())
    if (name.getDialectNamespace() == "dlc" &&
        (name.hasInterface<ReferenceOpInterface>() || name.hasInterface<SequentialOpInterface>() ||
         name.hasInterface<CompositeOpInterface>()))
      ops.push_back(name);
  llvm::sort(ops, [](auto a, auto b) { return a.getStringRef() < b.getStringRef(); });
  return ops;
}

// ---------------------------------------------------------------- from text
static std::string replaceAll(std::string text, StringRef from, StringRef to) {
  for (size_t at = 0; (at = text.find(from.str(), at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

static std::string zeroOf(StringRef element) {
  if (element == "i1")
    return "false";
  return (element.contains('f') ? "0.0 : " : "0 : ") + element.str();
}

/// Returns the op's results, whatever their types are.
static void returnResults(Example &example) {
  Operation *terminator = example.function.getBody().front().getTerminator();
  terminator->setOperands(example.op->getResults());
  Builder b(example.op->getContext());
  example.function.setFunctionType(
      b.getFunctionType(example.function.getArgumentTypes(), example.op->getResultTypes()));
}

/// Null module when the parser or the verifier refuses it.
static Example parseExample(MLIRContext *context, const std::string &arguments,
                            const std::string &op) {
  Example example;
  std::string text = "func.func @kernel(" + arguments + ") {\n" + op + "\nreturn\n}";
  example.module = parseSourceString<ModuleOp>(text, context);
  if (!example.module)
    return example;
  example.function = *example.module->getOps<func::FuncOp>().begin();
  example.op = &example.function.getBody().front().front();
  returnResults(example);
  return example;
}

static std::vector<Example> examplesOf(const Line &line, StringRef word, MLIRContext *context) {
  std::vector<Example> examples;
  bool two = (line.arguments + line.op).str().find("$U") != std::string::npos;
  for (auto [index, first] : llvm::enumerate(elements))
    for (StringRef second : two ? ArrayRef(elements) : ArrayRef(elements).take_front()) {
      auto fill = [&](StringRef text) {
        std::string result = replaceAll(text.str(), "$T", first);
        result = replaceAll(replaceAll(result, "$U", second), "$K", word);
        return replaceAll(result, "$0", zeroOf(first));
      };
      Example example = parseExample(context, fill(line.arguments), fill(line.op));
      if (!example.module)
        continue;
      example.types = word.empty() ? first.str() : (word + " " + first).str();
      if (two)
        example.types += (", " + second).str();
      example.element = index;
      examples.push_back(std::move(example));
    }
  return examples;
}

// ---------------------------------------------------------------- from the trait
/// The op between `arity` operands and a result of one type; null when its verifier refuses it.
static Example buildPointwise(RegisteredOperationName name, StringRef shape, StringRef element,
                              unsigned arity) {
  std::string type = ("tensor<" + shape + element + ">").str(), arguments;
  for (unsigned i = 0; i < arity; ++i)
    arguments += (i ? ", %" : "%") + std::string(1, static_cast<char>('a' + i)) + ": " + type;
  Example example =
      parseExample(name.getContext(), arguments, "builtin.unrealized_conversion_cast to " + type);
  OpBuilder b(example.op);
  OperationState state(b.getUnknownLoc(), name);
  state.addOperands(example.function.getArguments());
  state.addTypes(example.op->getResultTypes());
  Operation *op = b.create(state);
  example.op->replaceAllUsesWith(op);
  example.op->erase();
  example.op = op;
  example.types = shape.empty() ? element.str() + " scalar" : element.str();
  return succeeded(verify(op)) ? std::move(example) : Example();
}

static std::vector<Example> pointwiseExamples(RegisteredOperationName name) {
  std::vector<Example> examples;
  for (auto [index, element] : llvm::enumerate(elements))
    for (unsigned arity : {1, 2})
      for (StringRef shape : {"3x67x", ""}) {
        Example example = buildPointwise(name, shape, element, arity);
        if (!example.module)
          continue;
        example.element = index;
        examples.push_back(std::move(example));
      }
  return examples;
}

// ---------------------------------------------------------------- all
static SmallVector<StringRef> wordsOf(StringRef op) {
  for (const auto &[name, list] : words)
    if (name == op)
      return list;
  return {""};
}

std::vector<Example> dlc::examplesOf(RegisteredOperationName name, std::string &error) {
  // What the verifier says about the types that it does not take is no news.
  ScopedDiagnosticHandler silence(name.getContext(), [](Diagnostic &) { return success(); });
  StringRef op = name.getStringRef();
  std::vector<Example> examples;
  bool hasLine = false;
  for (const Line &line : lines) {
    if (line.op.take_until([](char c) { return c == ' '; }) != op)
      continue;
    hasLine = true;
    for (StringRef word : wordsOf(op)) {
      std::vector<Example> more = ::examplesOf(line, word, name.getContext());
      if (more.empty())
        error = ("no element type suits the example `" + line.op + "` " + word).str();
      llvm::move(more, std::back_inserter(examples));
    }
  }
  if (!hasLine && name.hasTrait<PointwiseOp>())
    examples = pointwiseExamples(name);
  if (examples.empty() && error.empty())
    error = "this op has no example (tools/symbols/Examples.cpp)";
  return examples;
}
