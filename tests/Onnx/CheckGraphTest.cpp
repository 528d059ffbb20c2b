#include "WireBytes.h"
#include <gtest/gtest.h>

using namespace dlc;
using namespace dlc::onnx;
using namespace dlc::onnx::test;
using Kind = Attribute::Kind;

static Bytes withNode(const Bytes &bytes) {
  return model(emptyGraph().message(field::graph::node, bytes));
}
static Bytes withAttribute(const Bytes &bytes) {
  return withNode(node("Relu", {"x"}, {"y"}).message(field::node::attribute, bytes));
}

TEST(CheckVersions, RefusesBadOpsets) {
  auto importing = [](llvm::ArrayRef<int64_t> versions) {
    Bytes bytes = Bytes().integer(field::model::irVersion, 8);
    for (int64_t version : versions)
      bytes.message(field::model::opsetImport, Bytes().integer(field::opset::version, version));
    return bytes.message(field::model::graph, reluGraph());
  };
  EXPECT_ACCEPTED(importing({13}));
  EXPECT_REFUSED(importing({}), Code::OpsetMissing);
  EXPECT_REFUSED(importing({0}), Code::OpsetInvalid);
  EXPECT_REFUSED(importing({-5}), Code::OpsetInvalid);
  EXPECT_REFUSED(importing({13, 13}), Code::OpsetDuplicate);
  EXPECT_REFUSED(importing({9999}), Code::OpsetTooNew);
}

TEST(CheckVersions, DefaultDomainHasTwoNames) {
  Bytes named = Bytes().string(field::opset::domain, "ai.onnx").integer(field::opset::version, 12);
  EXPECT_REFUSED(model(reluGraph()).message(field::model::opsetImport, named),
                 Code::OpsetDuplicate);
}

TEST(CheckVersions, RefusesBadFormatVersions) {
  auto ir = [](int64_t version) {
    return Bytes()
        .integer(field::model::irVersion, version)
        .message(field::model::opsetImport, Bytes().integer(field::opset::version, 13))
        .message(field::model::graph, reluGraph());
  };
  EXPECT_REFUSED(ir(0), Code::IrVersion);
  EXPECT_REFUSED(ir(int64_t(1) << 40), Code::IrVersionTooNew);
}

TEST(CheckGraph, RefusesUndefinedInputsAndOutputs) {
  EXPECT_REFUSED(withNode(node("Add", {"x", "ghost"}, {"y"})), Code::ValueUndefined);
  EXPECT_REFUSED(withNode(node("Relu", {"x"}, {"z"})), Code::OutputUndefined);
}

TEST(CheckGraph, ReportsAllFaultsAtOnce) {
  Outcome outcome = read(withNode(node("", {"ghost"}, {"z"})));
  EXPECT_EQ(outcome.diagnostics.errorCount(), 3u) << outcome.text();
}

TEST(CheckGraph, AcceptsInputsAndOutputsThatAreLeftOut) {
  EXPECT_ACCEPTED(withNode(node("Clip", {"x", "", "x"}, {"y", ""})));
}

TEST(CheckGraph, RefusesValuesDefinedTwice) {
  EXPECT_REFUSED(model(reluGraph().message(field::graph::node, node("Abs", {"x"}, {"y"}))),
                 Code::ValueRedefined);
  EXPECT_REFUSED(withNode(node("Split", {"x"}, {"y", "y"})), Code::ValueRedefined);
  EXPECT_REFUSED(model(reluGraph().message(field::graph::input, floatValue("x"))),
                 Code::ValueRedefined);
  EXPECT_REFUSED(model(reluGraph().message(field::graph::output, floatValue("y"))),
                 Code::ValueRedefined);
}

TEST(CheckGraph, AcceptsAnInitializerAsDefaultOfAnInput) {
  EXPECT_ACCEPTED(
      modelWith(tensor("x", ElementType::Float32, {1}).string(field::tensor::rawData, "abcd")));
}

TEST(CheckGraph, RefusesInitializersTwiceOrUnnamed) {
  Bytes w = tensor("w", ElementType::Uint8, {0});
  EXPECT_REFUSED(
      model(
          reluGraph().message(field::graph::initializer, w).message(field::graph::initializer, w)),
      Code::InitializerDuplicate);
  EXPECT_REFUSED(modelWith(tensor("", ElementType::Uint8, {0})), Code::TensorUnnamed);
  EXPECT_REFUSED(modelWith(tensor("y", ElementType::Uint8, {0})), Code::ValueRedefined);
}

TEST(CheckGraph, RefusesAGraphWithoutOutputs) {
  EXPECT_REFUSED(model(Bytes().message(field::graph::input, floatValue("x"))), Code::NoOutputs);
}

TEST(CheckGraph, RefusesInputsWithoutNameOrType) {
  EXPECT_REFUSED(model(reluGraph().message(field::graph::input, floatValue(""))),
                 Code::ValueUnnamed);
  EXPECT_REFUSED(
      model(reluGraph().message(field::graph::input, Bytes().string(field::valueInfo::name, "z"))),
      Code::TypeMissing);
}

TEST(CheckGraph, RefusesAnInputLargerThanMemory) {
  Bytes dimension = Bytes().integer(field::dimension::value, int64_t(1) << 62);
  Bytes type =
      Bytes()
          .integer(field::inner::elementType, 1)
          .message(field::inner::shape, Bytes().message(field::shape::dimension, dimension));
  Bytes value = Bytes()
                    .string(field::valueInfo::name, "z")
                    .message(field::valueInfo::type, Bytes().message(field::type::tensor, type));
  EXPECT_REFUSED(model(reluGraph().message(field::graph::input, value)), Code::SizeOverflow);
}

TEST(CheckAttribute, RefusesTheSameNameTwice) {
  Bytes alpha = attribute("alpha", Kind::Float).float32(field::attribute::singleFloat, 1);
  EXPECT_REFUSED(withNode(node("LeakyRelu", {"x"}, {"y"})
                              .message(field::node::attribute, alpha)
                              .message(field::node::attribute, alpha)),
                 Code::AttributeDuplicate);
}

TEST(CheckAttribute, RefusesAValueOfAnotherType) {
  EXPECT_REFUSED(withAttribute(attribute("a", Kind::Float).integer(field::attribute::singleInt, 1)),
                 Code::AttributeMalformed);
  EXPECT_REFUSED(withAttribute(attribute("a", Kind::Float)
                                   .float32(field::attribute::singleFloat, 1)
                                   .integer(field::attribute::singleInt, 1)),
                 Code::AttributeMalformed);
  EXPECT_REFUSED(withAttribute(attribute("a", Kind::Tensor)), Code::AttributeMalformed);
  EXPECT_REFUSED(withAttribute(attribute("a", static_cast<Kind>(77))), Code::AttributeMalformed);
}

TEST(CheckAttribute, InfersATypeThatIsNotWritten) {
  Bytes bytes = Bytes().string(field::attribute::name, "a").integer(field::attribute::singleInt, 5);
  Outcome outcome = read(withAttribute(bytes));
  ASSERT_NE(outcome.model, nullptr) << outcome.text();
  EXPECT_EQ(outcome.model->graph.nodes[0].attributes[0].kind, Kind::Int);
}

TEST(CheckAttribute, TakesAnOmittedSingleValueAsZero) {
  Outcome outcome = read(withAttribute(attribute("a", Kind::Int)));
  ASSERT_NE(outcome.model, nullptr) << outcome.text();
  EXPECT_EQ(outcome.model->graph.nodes[0].attributes[0].ints, std::vector<int64_t>{0});
}

TEST(CheckAttribute, RefusesAReferenceOutsideAFunction) {
  EXPECT_REFUSED(withAttribute(attribute("a", Kind::Int).string(field::attribute::reference, "q")),
                 Code::ReferenceOutsideFunction);
}

// y = If(x) { <branch> }, after v = Abs(x).
static Bytes withBranch(const Bytes &branch) {
  Bytes conditional =
      node("If", {"x"}, {"y"})
          .message(field::node::attribute,
                   attribute("then_branch", Kind::Graph).message(field::attribute::graph, branch));
  return model(emptyGraph()
                   .message(field::graph::node, node("Abs", {"x"}, {"v"}))
                   .message(field::graph::node, conditional)
                   .message(field::graph::node, node("Abs", {"x"}, {"later"})));
}

TEST(CheckSubgraph, SeesTheGraphAround) {
  EXPECT_ACCEPTED(withBranch(Bytes()
                                 .message(field::graph::node, node("Neg", {"v"}, {"r"}))
                                 .message(field::graph::output, floatValue("r"))));
}

TEST(CheckSubgraph, RefusesToRedefineAValueAround) {
  EXPECT_REFUSED(withBranch(Bytes()
                                .message(field::graph::node, node("Neg", {"x"}, {"v"}))
                                .message(field::graph::output, floatValue("v"))),
                 Code::ValueRedefined);
}

TEST(CheckSubgraph, MayUseANameThatIsDefinedLater) {
  EXPECT_ACCEPTED(withBranch(Bytes()
                                 .message(field::graph::node, node("Neg", {"x"}, {"later"}))
                                 .message(field::graph::output, floatValue("later"))));
}

TEST(CheckSubgraph, OnlyWarnsOfAnInputThatHidesAName) {
  Outcome outcome = read(withBranch(Bytes()
                                        .message(field::graph::input, floatValue("v"))
                                        .message(field::graph::node, node("Neg", {"v"}, {"r"}))
                                        .message(field::graph::output, floatValue("r"))));
  EXPECT_NE(outcome.model, nullptr);
  EXPECT_TRUE(outcome.diagnostics.has(Code::ValueRedefined));
}

TEST(CheckSubgraph, RefusesWhatIsDefinedInAnotherBranch) {
  Bytes branch = Bytes()
                     .message(field::graph::node, node("Neg", {"inner"}, {"r"}))
                     .message(field::graph::output, floatValue("r"));
  EXPECT_REFUSED(withBranch(branch), Code::ValueUndefined);
}
