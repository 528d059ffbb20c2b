// Graph passes keep the values of a program: each program of the table is executed before and after
// each pipeline, on the same random inputs and weights.
#include "Cpu/CpuTarget.h"
#include "Graph/Target.h"
#include "Passes.h"
#include "ProgramRunner.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"
#include "llvm/Support/FileSystem.h"
#include <fstream>
#include <gtest/gtest.h>
#include <random>

using namespace mlir;
using namespace dlc;

namespace {
struct Program {
  const char *name, *text;
};

// Weights lie in the file 0 of dlc.files, which holds random f32 numbers around 0.
const Program programs[] = {
#include "Programs.inc"
};

const char *const pipelines[] = {
    "fold",
    "raise",
    "layout",
    "form-kernels",
    "form-kernels{fuse=false}",
    "form-kernels,plan-memory",
    "form-kernels{fuse=false},plan-memory{poison=true}",
    "fold,raise,layout,fold",
    "fold,raise,layout,fold,form-kernels",
    "fold,raise,layout,fold,form-kernels,plan-memory{slots=2}",
    "form-kernels{target=cpu},plan-memory",
    "fold,raise,layout,fold,form-kernels{target=cpu},plan-memory",
};

Literal randomLiteral(RankedTensorType type, std::mt19937 &random) {
  Literal literal(type);
  std::uniform_real_distribution<double> number(-1, 1);
  Type element = type.getElementType();
  for (int64_t i = 0; i < literal.size(); ++i)
    if (isa<FloatType>(element))
      literal.setNumber(i, number(random));
    else
      literal.setInteger(i, random() % 2);
  return literal;
}

std::string weightFile() {
  static const std::string path = [] {
    llvm::SmallString<128> name;
    llvm::sys::fs::createTemporaryFile("graph-values", "bin", name);
    std::mt19937 random(1);
    std::uniform_real_distribution<float> number(-1, 1);
    std::ofstream file(name.c_str(), std::ios::binary);
    for (int i = 0; i < 1 << 16; ++i) {
      float value = number(random);
      file.write(reinterpret_cast<const char *>(&value), sizeof value);
    }
    return std::string(name.str());
  }();
  return path;
}

void expectClose(ArrayRef<Literal> got, ArrayRef<Literal> want) {
  ASSERT_EQ(got.size(), want.size());
  for (size_t k = 0; k < got.size(); ++k) {
    ASSERT_EQ(got[k].size(), want[k].size());
    double largest = 0;
    for (int64_t i = 0; i < want[k].size(); ++i)
      largest = std::max(largest, std::fabs(want[k].number(i)));
    for (int64_t i = 0; i < want[k].size(); ++i)
      ASSERT_NEAR(got[k].number(i), want[k].number(i), 2e-5 * std::max(1.0, largest))
          << "result " << k << " element " << i;
  }
}

struct PassValues : testing::TestWithParam<std::tuple<Program, const char *>> {};

TEST_P(PassValues, stay) {
  static const bool registered = [] {
    registerDlcPasses();
    registerTarget("cpu", [] { return std::make_unique<CpuTarget>(Machine::named("x86-64-v3")); });
    return true;
  }();
  ASSERT_TRUE(registered);
  auto [program, pipeline] = GetParam();
  DialectRegistry registry;
  registry.insert<DlcDialect, func::FuncDialect, scf::SCFDialect, arith::ArithDialect,
                  memref::MemRefDialect>();
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(program.text, &context);
  ASSERT_TRUE(module);
  (*module)->setAttr("dlc.files", Builder(&context).getStrArrayAttr({weightFile()}));
  std::mt19937 random(7);
  std::vector<Literal> inputs;
  for (Type type : module->lookupSymbol<func::FuncOp>("main").getArgumentTypes())
    inputs.push_back(randomLiteral(cast<RankedTensorType>(type), random));
  FailureOr<std::vector<Literal>> want = test::runProgram(*module, inputs);
  ASSERT_TRUE(succeeded(want));

  PassManager passes(&context);
  ASSERT_TRUE(succeeded(parsePassPipeline(pipeline, passes)));
  ASSERT_TRUE(succeeded(passes.run(*module)));

  // What is printed is parsed again: every stage is text.
  std::string text;
  llvm::raw_string_ostream(text) << *module;
  OwningOpRef<ModuleOp> parsed = parseSourceString<ModuleOp>(text, &context);
  ASSERT_TRUE(parsed) << text;
  FailureOr<std::vector<Literal>> got = test::runProgram(*parsed, inputs);
  ASSERT_TRUE(succeeded(got)) << text;
  expectClose(*got, *want);
  if (HasFatalFailure())
    llvm::errs() << text;
}

INSTANTIATE_TEST_SUITE_P(All, PassValues,
                         testing::Combine(testing::ValuesIn(programs),
                                          testing::ValuesIn(pipelines)),
                         [](const auto &info) {
                           std::string name = std::get<0>(info.param).name;
                           name += "_";
                           for (char c : std::string_view(std::get<1>(info.param)))
                             name += isalnum(c) ? c : '_';
                           return name;
                         });
} // namespace
