// What expandMath leaves behind: each constant once, and a diagnostic for what it does not know.
#include "Cpu/Math/ExpandMath.h"
#include "mlir/AsmParser/AsmParser.h"
#include "mlir/Parser/Parser.h"
#include "gtest/gtest.h"

using namespace mlir;

namespace dlc::test {
namespace {

class ExpandMath : public testing::Test {
protected:
  ExpandMath() {
    context.loadDialect<func::FuncDialect, arith::ArithDialect, math::MathDialect,
                        memref::MemRefDialect, vector::VectorDialect, scf::SCFDialect>();
    context.getDiagEngine().registerHandler([&](Diagnostic &diagnostic) {
      messages.push_back(diagnostic.str());
      return success();
    });
  }

  LogicalResult expand(StringRef text) {
    module = parseSourceString<ModuleOp>(text, &context);
    EXPECT_TRUE(module);
    LogicalResult result = expandMath(*module, MathTarget{});
    EXPECT_TRUE(succeeded(verify(*module)));
    return result;
  }

  MLIRContext context;
  std::vector<std::string> messages;
  OwningOpRef<ModuleOp> module;
};

TEST_F(ExpandMath, makes_each_constant_once_at_the_head_of_the_function) {
  ASSERT_TRUE(succeeded(expand(R"(
    func.func @twice(%x: vector<8xf32>, %y: vector<8xf32>) -> vector<8xf32> {
      %0 = math.exp %x : vector<8xf32>
      %1 = math.exp %y : vector<8xf32>
      %2 = arith.addf %0, %1 : vector<8xf32>
      return %2 : vector<8xf32>
    })")));
  llvm::DenseSet<Attribute> values;
  bool isHead = true;
  module->walk([&](Operation *op) {
    auto constant = dyn_cast<arith::ConstantOp>(op);
    if (!constant) {
      isHead = false;
      return;
    }
    EXPECT_TRUE(isHead);
    EXPECT_TRUE(values.insert(constant.getValue()).second);
  });
  EXPECT_GT(values.size(), 5u);
}

TEST_F(ExpandMath, names_every_op_that_it_does_not_know) {
  EXPECT_TRUE(failed(expand(R"(
    func.func @unknown(%x: f32, %h: f16) -> (f32, f16) {
      %0 = math.cbrt %x : f32
      %1 = math.exp %h : f16
      return %0, %1 : f32, f16
    })")));
  EXPECT_EQ(messages, (std::vector<std::string>{"not supported yet: math.cbrt of 'f32'",
                                                "not supported yet: math.exp of 'f16'"}));
}

TEST_F(ExpandMath, leaves_what_is_one_instruction) {
  ASSERT_TRUE(succeeded(expand(R"(
    func.func @kept(%x: f32) -> f32 {
      %0 = math.sqrt %x : f32
      %1 = math.absf %0 : f32
      return %1 : f32
    })")));
  int count = 0;
  module->walk([&](Operation *op) { count += isa<math::SqrtOp, math::AbsFOp>(op); });
  EXPECT_EQ(count, 2);
}

} // namespace
} // namespace dlc::test
