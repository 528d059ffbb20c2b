// A sample of the gate: the same kernels in every run.
#include "mlir/Parser/Parser.h"
#include "tests/Gate/Trial.h"
#include "llvm/ADT/StringSet.h"
#include "gtest/gtest.h"

using namespace dlc;
using namespace dlc::gate;

namespace {

/// Kernels of each class; a whole run of dlc-gate takes 500.
constexpr uint64_t sampleCount = 16;

void expectRight(KernelClass kernelClass, const char *cpu) {
  Machine machine = Machine::native();
  if (cpu) {
    machine = Machine::named(cpu);
    if (machine.vectorBits > Machine::native().vectorBits)
      GTEST_SKIP() << "this machine has no such vectors";
  }
  Gate gate(machine);
  for (uint64_t seed = 1; seed <= sampleCount; ++seed) {
    Trial trial = gate.run(seed, {.kernelClass = kernelClass});
    EXPECT_EQ(trial.message, "") << "dlc-gate --only=" << seed
                                 << " --class=" << nameOf(kernelClass).str() << "\n"
                                 << trial.text;
    EXPECT_TRUE(trial.inspection.undefined.empty()) << seed;
  }
}

TEST(Gate, ElementwiseKernelsEqualTheInterpreter) {
  expectRight(KernelClass::Elementwise, nullptr);
}
TEST(Gate, RowKernelsEqualTheInterpreter) { expectRight(KernelClass::Rows, nullptr); }
TEST(Gate, ContractionKernelsEqualTheInterpreter) {
  expectRight(KernelClass::Contraction, nullptr);
}
TEST(Gate, WindowKernelsEqualTheInterpreter) { expectRight(KernelClass::Window, nullptr); }
TEST(Gate, MovementKernelsEqualTheInterpreter) { expectRight(KernelClass::Movement, nullptr); }
TEST(Gate, SequentialKernelsEqualTheInterpreter) { expectRight(KernelClass::Sequential, nullptr); }
TEST(Gate, AdjointKernelsEqualTheInterpreter) { expectRight(KernelClass::Adjoint, nullptr); }
TEST(Gate, CompositeKernelsEqualTheInterpreter) { expectRight(KernelClass::Composite, nullptr); }
TEST(Gate, NarrowerMachinesComputeTheSame) { expectRight(KernelClass::Elementwise, "x86-64-v3"); }

TEST(Gate, SameSeedGivesTheSameKernel) {
  Gate gate(Machine::native());
  CpuTarget target(gate.machine);
  auto text = [&](uint64_t seed) {
    GeneratedKernel generated = generate(gate.context(), seed, std::nullopt, &target);
    std::string printed;
    llvm::raw_string_ostream(printed) << *generated.module;
    for (const Literal &operand : makeOperands(generated.kernel, seed))
      printed.append(operand.bytes.begin(), operand.bytes.end());
    return printed;
  };
  for (uint64_t seed = 1; seed <= 12; ++seed)
    EXPECT_EQ(text(seed), text(seed)) << seed;
}

// Every op that targets make code of stands in some kernel. (Composites are taken apart; the others
// stay in the program between kernels.)
TEST(Gate, GeneratesEveryOpWithCode) {
  Gate gate(Machine::native());
  llvm::StringSet<> missing;
  for (mlir::RegisteredOperationName name : gate.context().getRegisteredOperations())
    if (name.getDialectNamespace() == "dlc" &&
        (name.hasInterface<ReferenceOpInterface>() || name.hasInterface<SequentialOpInterface>()))
      missing.insert(name.getStringRef());
  EXPECT_GT(missing.size(), 60u);
  for (uint64_t seed = 1; seed <= 1000 && !missing.empty(); ++seed)
    generate(gate.context(), seed, std::nullopt, nullptr).kernel.walk([&](mlir::Operation *op) {
      missing.erase(op->getName().getStringRef());
    });
  for (auto &entry : missing)
    ADD_FAILURE() << entry.getKey().str() << " is not generated";
}

// ---------------------------------------------------------------- what the gate would find

TEST(Gate, FindsADifferenceOfOneInteger) {
  Gate gate(Machine::native());
  auto type = mlir::RankedTensorType::get(
      {3}, mlir::IntegerType::get(&gate.context(), 32, mlir::IntegerType::Signed));
  Expected expected;
  expected.results.emplace_back(type);
  expected.grains.push_back(Grain::Exact);
  Literal actual(type);
  double worst = 0;
  EXPECT_EQ(difference(expected, 0, actual, worst), "");
  actual.setInteger(2, 1);
  EXPECT_NE(difference(expected, 0, actual, worst), "");
}

TEST(Gate, FindsADifferenceBeyondTheTolerance) {
  Gate gate(Machine::native());
  auto type = mlir::RankedTensorType::get({1}, mlir::Float32Type::get(&gate.context()));
  Expected expected;
  expected.results.emplace_back(type);
  expected.grains.push_back(Grain::Single);
  expected.tolerance = {/*terms=*/100, /*largest=*/2};
  Literal actual(type);
  double worst = 0;
  actual.setNumber(0, 1.9e-5);
  EXPECT_EQ(difference(expected, 0, actual, worst), "");
  actual.setNumber(0, 2.1e-5);
  EXPECT_NE(difference(expected, 0, actual, worst), "");
}

TEST(Gate, FindsAccessOutsideABuffer) {
  GuardedBuffer buffer(100, 4, GuardedBuffer::Side::End);
  volatile char *data = buffer.data();
  EXPECT_TRUE(runCaught([&] { data[99] = 1; }));
  EXPECT_FALSE(runCaught([&] { (void)data[100]; }));
  EXPECT_TRUE(buffer.isIntact());
  data[-1] = 0;
  EXPECT_FALSE(buffer.isIntact());
}

TEST(Gate, SeesScalarLoops) {
  KernelCompiler compiler(Machine::named("x86-64-v3"));
  auto shareOf = [&](const char *text) {
    auto module = mlir::parseSourceString<mlir::ModuleOp>(text, &compiler.context());
    auto object = compiler.compile(*module);
    return inspect(object->bytes, compiler.machine());
  };
  Inspection scalar = shareOf(R"(
func.func @k(%x: memref<64xf32>, %y: memref<64xi32>, %begin: index, %end: index, %slot: index) {
  %one = arith.constant 1 : index
  scf.for %i = %begin to %end step %one {
    %a = memref.load %x[%i] : memref<64xf32>
    %b = arith.mulf %a, %a : f32
    memref.store %b, %x[%i] : memref<64xf32>
    %c = memref.load %y[%i] : memref<64xi32>
    %d = arith.muli %c, %c : i32
    memref.store %d, %y[%i] : memref<64xi32>
  }
  return
})");
  EXPECT_EQ(scalar.scalar, 2);
  EXPECT_EQ(scalar.vector, 0);
  Inspection vector = shareOf(R"(
func.func @k(%x: memref<64xf32>, %begin: index, %end: index, %slot: index) {
  %step = arith.constant 8 : index
  scf.for %i = %begin to %end step %step {
    %a = vector.load %x[%i] : memref<64xf32>, vector<8xf32>
    %b = arith.mulf %a, %a : vector<8xf32>
    vector.store %b, %x[%i] : memref<64xf32>, vector<8xf32>
  }
  return
})");
  EXPECT_EQ(vector.scalar, 0);
  EXPECT_EQ(vector.vector, 1);
}

} // namespace
