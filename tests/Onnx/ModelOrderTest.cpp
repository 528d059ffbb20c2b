#include "Onnx/ModelOrder.h"
#include "WireBytes.h"
#include <gtest/gtest.h>

using namespace dlc;
using namespace dlc::onnx;
using namespace dlc::onnx::test;

static Bytes withNodes(std::initializer_list<Bytes> nodes) {
  Bytes graph = emptyGraph();
  for (const Bytes &bytes : nodes)
    graph.message(field::graph::node, bytes);
  return model(graph);
}

TEST(OrderNodes, PutsProducersBeforeReadersAndWarns) {
  Outcome outcome = read(withNodes(
      {node("Add", {"a", "b"}, {"y"}), node("Abs", {"x"}, {"b"}), node("Neg", {"x"}, {"a"})}));
  ASSERT_NE(outcome.model, nullptr) << outcome.text();
  std::vector<llvm::StringRef> order;
  for (const Node &node : outcome.model->graph.nodes)
    order.push_back(node.opType);
  EXPECT_EQ(order, (std::vector<llvm::StringRef>{"Abs", "Neg", "Add"}));
  EXPECT_EQ(outcome.model->graph.nodes[2].ordinal, 0u);
  EXPECT_TRUE(outcome.diagnostics.has(Code::NotSorted));
}

TEST(OrderNodes, LooksIntoSubgraphs) {
  Bytes branch = Bytes()
                     .message(field::graph::node, node("Neg", {"late"}, {"r"}))
                     .message(field::graph::output, floatValue("r"));
  Bytes conditional =
      node("If", {"x"}, {"y"})
          .message(field::node::attribute, attribute("then_branch", Attribute::Kind::Graph)
                                               .message(field::attribute::graph, branch));
  Outcome outcome = read(withNodes({conditional, node("Abs", {"x"}, {"late"})}));
  ASSERT_NE(outcome.model, nullptr) << outcome.text();
  EXPECT_EQ(outcome.model->graph.nodes[0].opType, "Abs");
}

TEST(OrderNodes, KeepsAnOrderThatIsRight) {
  Outcome outcome = read(withNodes({node("Abs", {"x"}, {"a"}), node("Neg", {"a"}, {"y"})}));
  ASSERT_NE(outcome.model, nullptr);
  EXPECT_TRUE(outcome.diagnostics.all().empty());
}

TEST(NodeCycle, NamesANodeOfTheCycle) {
  // "behind" only reads the cycle.
  Outcome outcome = read(withNodes(
      {node("Behind", {"a"}, {"y"}), node("Abs", {"b"}, {"a"}), node("Abs", {"a"}, {"b"})}));
  EXPECT_EQ(outcome.model, nullptr);
  EXPECT_TRUE(outcome.diagnostics.has(Code::Cycle));
  EXPECT_NE(outcome.text().find("(Abs): nodes form a cycle"), std::string::npos) << outcome.text();
}

TEST(NodeCycle, FindsANodeThatReadsItself) {
  EXPECT_REFUSED(withNodes({node("Add", {"x", "y"}, {"y"})}), Code::Cycle);
}

TEST(OrderNodes, IsFastOnLongChains) {
  Bytes graph = emptyGraph();
  for (int i = 60000; i > 0; --i)
    graph.message(field::graph::node, node("Abs", {i == 1 ? "x" : "v" + std::to_string(i - 1)},
                                           {i == 60000 ? "y" : "v" + std::to_string(i)}));
  EXPECT_ACCEPTED(model(graph));
}
