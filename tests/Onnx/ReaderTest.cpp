#include "Onnx/Reader.h"
#include "WireBytes.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include <gtest/gtest.h>

using namespace dlc;
using namespace dlc::onnx;
using namespace dlc::onnx::test;

TEST(Reader, ReadsASmallModel) {
  Outcome outcome = read(model(reluGraph()));
  ASSERT_NE(outcome.model, nullptr) << outcome.text();
  const Model &read = *outcome.model;
  EXPECT_EQ(read.irVersion, 8);
  EXPECT_EQ(read.opset(""), 13);
  ASSERT_EQ(read.graph.nodes.size(), 1u);
  EXPECT_EQ(read.graph.nodes[0].opType, "Relu");
  EXPECT_EQ(read.graph.nodes[0].inputs, std::vector<llvm::StringRef>{"x"});
  EXPECT_EQ(describe(read.graph.inputs[0].type), "tensor(float)");
}

TEST(Reader, RefusesAnEmptyFile) { EXPECT_REFUSED(Bytes(), Code::FileEmpty); }

TEST(Reader, RefusesEveryTruncation) {
  std::string whole = model(reluGraph()).text;
  for (size_t length = 0; length < whole.size(); ++length)
    EXPECT_EQ(read(Bytes{whole.substr(0, length)}).model, nullptr) << length;
}

TEST(Reader, RefusesAModelWithoutGraph) {
  EXPECT_REFUSED(Bytes().integer(field::model::irVersion, 8), Code::NoGraph);
}

TEST(Reader, RefusesTwoGraphs) {
  EXPECT_REFUSED(model(reluGraph()).message(field::model::graph, reluGraph()), Code::WireRepeated);
}

TEST(Reader, RefusesAKnownFieldOfAnotherType) {
  EXPECT_REFUSED(model(reluGraph().integer(field::graph::name, 5)), Code::WireType);
}

TEST(Reader, SkipsUnknownFields) {
  EXPECT_ACCEPTED(model(reluGraph().integer(99, 5)).string(1000, "new").float32(1001, 1));
}

TEST(Reader, NamesThePlaceOfABrokenField) {
  Outcome outcome = read(Bytes{"\x08\x01\x3a\x7f"});
  EXPECT_EQ(outcome.text(),
            "error[E0104]: m.onnx: byte 2: a field reaches past the end of what holds it\n"
            "  repair: download or export the model again; dlc reads ONNX files and core ops "
            "(.mlir)\n");
}

static Bytes nestedIfs(int depth) {
  Bytes graph = Bytes().message(field::graph::node, node("Relu", {"x"}, {"v0"}));
  for (int i = 1; i <= depth; ++i) {
    Bytes branch =
        attribute("then_branch", Attribute::Kind::Graph).message(field::attribute::graph, graph);
    Bytes outer =
        node("If", {"x"}, {"v" + std::to_string(i)}).message(field::node::attribute, branch);
    graph = Bytes().message(field::graph::node, outer);
  }
  return model(reluGraph().raw(graph.text));
}

TEST(Reader, ReadsSubgraphs) {
  Outcome outcome = read(nestedIfs(60));
  ASSERT_NE(outcome.model, nullptr) << outcome.text();
  EXPECT_EQ(outcome.model->nodeCount(), 62u);
}

TEST(Reader, RefusesDeepNesting) { EXPECT_REFUSED(nestedIfs(200), Code::TooDeep); }

TEST(Reader, RefusesDeepTypes) {
  Bytes type = Bytes().message(field::type::tensor, Bytes());
  for (int i = 0; i < 100; ++i)
    type = Bytes().message(field::type::sequence, Bytes().message(field::inner::elementType, type));
  Bytes value = Bytes().string(field::valueInfo::name, "v").message(field::valueInfo::type, type);
  EXPECT_REFUSED(model(reluGraph().message(field::graph::valueInfo, value)), Code::TooDeep);
}

TEST(Reader, BoundsMemoryByTheSizeOfTheFile) {
  Bytes nodes = reluGraph();
  for (int i = 0; i < 2'000'000; ++i)
    nodes.raw(llvm::StringRef("\x0a\x00", 2));
  EXPECT_REFUSED(model(nodes), Code::TooMany);
}

TEST(Reader, ReadsDimensions) {
  using Kind = Dimension::Kind;
  auto dimension = [](const Bytes &d) { return Bytes().message(field::shape::dimension, d); };
  Bytes shape;
  shape.raw(dimension(Bytes().integer(field::dimension::value, 3)).text);
  shape.raw(dimension(Bytes().string(field::dimension::parameter, "N")).text);
  shape.raw(dimension(Bytes()).text);
  shape.raw(dimension(Bytes().integer(field::dimension::value, -1)).text);
  Bytes type = Bytes().message(
      field::type::tensor,
      Bytes().integer(field::inner::elementType, 7).message(field::inner::shape, shape));
  Bytes value = Bytes().string(field::valueInfo::name, "i").message(field::valueInfo::type, type);
  Outcome outcome = read(model(reluGraph().message(field::graph::input, value)));
  ASSERT_NE(outcome.model, nullptr) << outcome.text();
  const Type &read = outcome.model->graph.inputs[1].type;
  EXPECT_EQ(describe(read), "tensor(int64)[3,N,?,?]");
  EXPECT_EQ(read.dims[3].kind, Kind::Unknown);
}

TEST(Reader, TakesPackedAndSingleIntegersAlike) {
  Bytes packed = attribute("axes", Attribute::Kind::Ints)
                     .string(field::attribute::ints, "\x01\x02")
                     .integer(field::attribute::ints, -1);
  Bytes reduce = node("ReduceMean", {"x"}, {"y"}).message(field::node::attribute, packed);
  Outcome outcome = read(model(emptyGraph().message(field::graph::node, reduce)));
  ASSERT_NE(outcome.model, nullptr) << outcome.text();
  EXPECT_EQ(outcome.model->graph.nodes[0].find("axes")->ints, (std::vector<int64_t>{1, 2, -1}));
}

TEST(Reader, WritesTheDefaultDomainInOneWay) {
  Bytes import = Bytes().string(field::opset::domain, "ai.onnx").integer(field::opset::version, 9);
  Outcome outcome = read(Bytes()
                             .integer(field::model::irVersion, 8)
                             .message(field::model::opsetImport, import)
                             .message(field::model::graph, reluGraph()));
  ASSERT_NE(outcome.model, nullptr) << outcome.text();
  EXPECT_EQ(outcome.model->opset(""), 9);
}

TEST(Reader, RefusesAFolder) {
  Diagnostics diagnostics;
  EXPECT_EQ(readModel(".", diagnostics), nullptr);
  EXPECT_TRUE(diagnostics.has(Code::FileNotRegular));
  EXPECT_EQ(diagnostics.exitCode(), 3);
}

TEST(Reader, RefusesADevice) {
  Diagnostics diagnostics;
  EXPECT_EQ(readModel("/dev/zero", diagnostics), nullptr);
  EXPECT_TRUE(diagnostics.has(Code::FileNotRegular));
}

TEST(Reader, RefusesAMissingFile) {
  Diagnostics diagnostics;
  EXPECT_EQ(readModel("no-such-file.onnx", diagnostics), nullptr);
  EXPECT_TRUE(diagnostics.has(Code::FileNotOpened));
}

TEST(Reader, AcceptsNamesOfAMegabyte) {
  std::string name(1 << 20, 'n');
  EXPECT_ACCEPTED(model(emptyGraph()
                            .message(field::graph::node, node("Relu", {"x"}, {name}))
                            .message(field::graph::node, node("Relu", {name}, {"y"}))));
}

TEST(Reader, EscapesNamesThatAreNotUtf8) {
  Outcome outcome =
      read(model(emptyGraph().message(field::graph::node, node("\xff", {"\xfe"}, {"y"}))));
  EXPECT_EQ(outcome.text(), "error[E0208]: m.onnx: node 0 (\\xff): a node reads a value that "
                            "nothing defines: found '\\xfe'\n"
                            "  repair: correct the name, or add the node, input or initializer "
                            "that defines it\n");
}

TEST(Reader, ReadsATensorFile) {
  Bytes bytes = tensor("t", ElementType::Uint8, {2}).string(field::tensor::rawData, "ab");
  Diagnostics diagnostics;
  auto file = readTensor(llvm::MemoryBuffer::getMemBufferCopy(bytes.text, "t.pb"), diagnostics);
  ASSERT_NE(file, nullptr);
  EXPECT_EQ(file->tensor.bytes().bytes(), "ab");
}

// 3 GiB of raw data, as a hole in a sparse file: lengths and positions beyond what protobuf counts.
TEST(Reader, ReadsFilesBeyondTwoGigabytes) {
  constexpr uint64_t size = uint64_t(3) << 30;
  auto header = [](unsigned field, uint64_t length) {
    return Bytes::number(field << 3 | 2) + Bytes::number(length);
  };
  std::string front = tensor("w", ElementType::Float32, {int64_t(size) / 4}).text +
                      header(field::tensor::rawData, size);
  std::string graphFront = header(field::graph::initializer, front.size() + size) + front;
  std::string graphBack = reluGraph().text;
  std::string begin = model(Bytes()).text;
  begin.resize(begin.size() - 2); // without the empty graph
  begin += header(field::model::graph, graphFront.size() + size + graphBack.size()) + graphFront;

  llvm::SmallString<128> path;
  int descriptor;
  ASSERT_FALSE(llvm::sys::fs::createTemporaryFile("large", "onnx", descriptor, path));
  llvm::FileRemover remover(path);
  {
    llvm::raw_fd_ostream out(descriptor, /*shouldClose=*/true);
    out << begin;
    out.seek(begin.size() + size);
    out << graphBack;
  }
  Diagnostics diagnostics;
  std::unique_ptr<Model> model = readModel(path, diagnostics);
  std::string text;
  llvm::raw_string_ostream stream(text);
  diagnostics.print(stream);
  ASSERT_NE(model, nullptr) << text;
  EXPECT_EQ(model->graph.initializers[0].encoded.size(), size);
  EXPECT_EQ(model->graph.nodes.size(), 1u);
}
