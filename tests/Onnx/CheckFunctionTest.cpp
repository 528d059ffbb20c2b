#include "WireBytes.h"
#include <gtest/gtest.h>

using namespace dlc;
using namespace dlc::onnx;
using namespace dlc::onnx::test;
using Kind = Attribute::Kind;

static Bytes function(llvm::StringRef name, llvm::ArrayRef<Bytes> nodes) {
  Bytes bytes = Bytes()
                    .string(field::function::name, name)
                    .string(field::function::domain, "d")
                    .string(field::function::input, "x")
                    .string(field::function::output, "y")
                    .string(field::function::attribute, "alpha");
  for (const Bytes &node : nodes)
    bytes.message(field::function::node, node);
  return bytes;
}

static Bytes call(llvm::StringRef name, llvm::StringRef input = "x", llvm::StringRef output = "y") {
  return node(name, {input}, {output}).string(field::node::domain, "d");
}

static Bytes calling(llvm::StringRef name, llvm::ArrayRef<Bytes> functions) {
  Bytes bytes = model(emptyGraph().message(field::graph::node, call(name)));
  for (const Bytes &function : functions)
    bytes.message(field::model::functions, function);
  return bytes;
}

TEST(CheckFunction, AcceptsAFunction) {
  Outcome outcome = read(calling("f", {function("f", {node("Relu", {"x"}, {"y"})})}));
  ASSERT_NE(outcome.model, nullptr) << outcome.text();
  EXPECT_EQ(outcome.model->functions[0].inputs, std::vector<llvm::StringRef>{"x"});
}

TEST(CheckFunction, RefusesDirectRecursion) {
  EXPECT_REFUSED(calling("f", {function("f", {call("f")})}), Code::FunctionRecursion);
}

TEST(CheckFunction, RefusesMutualRecursion) {
  EXPECT_REFUSED(calling("f", {function("f", {call("g")}), function("g", {call("f")})}),
                 Code::FunctionRecursion);
}

TEST(CheckFunction, RefusesRecursionInASubgraph) {
  Bytes branch = Bytes()
                     .message(field::graph::node, call("f", "x", "r"))
                     .message(field::graph::output, floatValue("r"));
  Bytes conditional =
      node("If", {"x"}, {"y"})
          .message(field::node::attribute,
                   attribute("then_branch", Kind::Graph).message(field::attribute::graph, branch));
  EXPECT_REFUSED(calling("f", {function("f", {conditional})}), Code::FunctionRecursion);
}

TEST(CheckFunction, RefusesExponentialInlining) {
  std::vector<Bytes> functions = {function("f0", {node("Relu", {"x"}, {"y"})})};
  for (int i = 1; i <= 30; ++i) {
    std::string inner = "f" + std::to_string(i - 1);
    functions.push_back(
        function("f" + std::to_string(i), {call(inner, "x", "v"), call(inner, "v", "y")}));
  }
  EXPECT_REFUSED(calling("f30", functions), Code::FunctionTooLarge);
  EXPECT_ACCEPTED(calling("f10", functions));
}

TEST(CheckFunction, RefusesDeepInlining) {
  std::vector<Bytes> functions = {function("f0", {node("Relu", {"x"}, {"y"})})};
  for (int i = 1; i <= 200; ++i)
    functions.push_back(function("f" + std::to_string(i), {call("f" + std::to_string(i - 1))}));
  EXPECT_REFUSED(calling("f200", functions), Code::FunctionTooLarge);
}

TEST(CheckFunction, RefusesDuplicates) {
  Bytes f = function("f", {node("Relu", {"x"}, {"y"})});
  EXPECT_REFUSED(calling("f", {f, f}), Code::FunctionDuplicate);
}

TEST(CheckFunction, ChecksTheBody) {
  EXPECT_REFUSED(calling("f", {function("f", {node("Relu", {"ghost"}, {"y"})})}),
                 Code::ValueUndefined);
  EXPECT_REFUSED(calling("f", {function("f", {node("Relu", {"x"}, {"z"})})}),
                 Code::OutputUndefined);
}

TEST(CheckFunction, AllowsReferencesToItsAttributes) {
  auto referring = [](llvm::StringRef name) {
    Bytes relu =
        node("LeakyRelu", {"x"}, {"y"})
            .message(field::node::attribute,
                     attribute("alpha", Kind::Float).string(field::attribute::reference, name));
    return calling("f", {function("f", {relu})});
  };
  EXPECT_ACCEPTED(referring("alpha"));
  EXPECT_REFUSED(referring("beta"), Code::ReferenceOutsideFunction);
}
