// The back end on kernels written by hand: structured control flow, the argument block, what an
// object may call, the same bytes twice.
#include "Cpu/Lower/KernelCompiler.h"
#include "Cpu/Lower/JitLibrary.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/Parser/Parser.h"
#include "gmock/gmock.h"
#include <thread>

using namespace dlc;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

KernelObject compiled(KernelCompiler &compiler, const std::string &text) {
  auto module = mlir::parseSourceString<mlir::ModuleOp>(text, &compiler.context());
  EXPECT_TRUE(module) << "the kernel does not parse";
  auto object = compiler.compile(*module);
  EXPECT_TRUE(mlir::succeeded(object));
  return mlir::succeeded(object) ? *object : KernelObject();
}

struct Kernel {
  JitLibrary library;
  KernelFunction function = nullptr;

  explicit Kernel(const std::string &text, llvm::StringRef symbol = "k") {
    KernelCompiler compiler(Machine::native());
    llvm::cantFail(library.add(compiled(compiler, text).bytes));
    function = llvm::cantFail(library.findKernel(symbol));
  }
};

const char *scaledSum = R"(
func.func @k(%x: memref<64xf32> {llvm.noalias}, %y: memref<64xf32> {llvm.noalias}, %begin: index,
             %end: index, %slot: index) {
  %step = arith.constant 16 : index
  %two = arith.constant dense<2.0> : vector<16xf32>
  scf.for %i = %begin to %end step %step {
    %a = vector.load %x[%i] : memref<64xf32>, vector<16xf32>
    %b = vector.load %y[%i] : memref<64xf32>, vector<16xf32>
    %c = vector.fma %a, %two, %b : vector<16xf32>
    vector.store %c, %y[%i] : memref<64xf32>, vector<16xf32>
  }
  return
})";

// y[0] = the largest of x[begin, end), y[1] = the smallest power of two above it, and y[2] is
// written by slots other than 0 only.
const char *control = R"(
func.func @k(%x: memref<8xi32>, %y: memref<4xi32>, %begin: index, %end: index, %slot: index) {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  %two = arith.constant 2 : index
  %least = arith.constant -2147483648 : i32
  %unit = arith.constant 1 : i32
  %largest = scf.for %i = %begin to %end step %one iter_args(%m = %least) -> i32 {
    %v = memref.load %x[%i] : memref<8xi32>
    %above = arith.cmpi sgt, %v, %m : i32
    %next = scf.if %above -> i32 {
      scf.yield %v : i32
    } else {
      scf.yield %m : i32
    }
    scf.yield %next : i32
  }
  memref.store %largest, %y[%zero] : memref<4xi32>
  %power = scf.while (%p = %unit) : (i32) -> i32 {
    %go = arith.cmpi sle, %p, %largest : i32
    scf.condition(%go) %p : i32
  } do {
  ^bb0(%p: i32):
    %q = arith.addi %p, %p : i32
    scf.yield %q : i32
  }
  memref.store %power, %y[%one] : memref<4xi32>
  %other = arith.cmpi ne, %slot, %zero : index
  scf.if %other {
    memref.store %unit, %y[%two] : memref<4xi32>
  }
  return
})";

TEST(KernelCompiler, RunsTheGivenPart) {
  Kernel kernel(scaledSum);
  std::vector<float> x(64, 1), y(64, 3);
  void *argument[] = {x.data(), y.data()};
  kernel.function(argument, 16, 48, 0);
  for (int i = 0; i < 64; ++i)
    EXPECT_EQ(y[i], i >= 16 && i < 48 ? 5 : 3) << i;
}

TEST(KernelCompiler, LowersLoopsBranchesAndWhile) {
  Kernel kernel(control);
  std::vector<int> x{3, -7, 12, 5, 90, 1, 2, 0}, y(4, -1);
  void *argument[] = {x.data(), y.data()};
  kernel.function(argument, 0, 4, 0);
  EXPECT_THAT(y, ElementsAre(12, 16, -1, -1));
  kernel.function(argument, 0, 0, 1);
  EXPECT_THAT(y, ElementsAre(INT32_MIN, 1, 1, -1));
}

TEST(KernelCompiler, ReadsTheEntryThatAnArgumentNames) {
  Kernel kernel(R"(
func.func @k(%y: memref<1xi64> {dlc.pointer = 2 : i64}, %x: memref<1xi64> {dlc.pointer = 0 : i64},
             %begin: index, %end: index, %slot: index) {
  %zero = arith.constant 0 : index
  %v = memref.load %x[%zero] : memref<1xi64>
  memref.store %v, %y[%zero] : memref<1xi64>
  return
})");
  int64_t x = 42, unused = 0, y = 0;
  void *argument[] = {&x, &unused, &y};
  kernel.function(argument, 0, 1, 0);
  EXPECT_EQ(y, 42);
}

TEST(KernelCompiler, ExpandsMathIntoCodeWithoutCalls) {
  for (const char *cpu : {"x86-64", "x86-64-v3", "x86-64-v4"}) {
    KernelCompiler compiler(Machine::named(cpu));
    KernelObject object = compiled(compiler, R"(
func.func @k(%x: memref<8xf32>, %y: memref<8xbf16>, %begin: index, %end: index, %slot: index) {
  %a = vector.load %x[%begin] : memref<8xf32>, vector<8xf32>
  %b = math.exp %a : vector<8xf32>
  %c = math.roundeven %b : vector<8xf32>
  %d = arith.truncf %c : vector<8xf32> to vector<8xbf16>
  vector.store %d, %y[%begin] : memref<8xbf16>, vector<8xbf16>
  return
})");
    EXPECT_FALSE(object.bytes.empty()) << cpu;
  }
}

TEST(KernelCompiler, RefusesCodeThatCalls) {
  KernelCompiler compiler(Machine::native());
  std::string message;
  mlir::ScopedDiagnosticHandler handler(
      &compiler.context(), [&](mlir::Diagnostic &diagnostic) { message = diagnostic.str(); });
  auto module = mlir::parseSourceString<mlir::ModuleOp>(R"(
func.func private @expf(f32) -> f32
func.func @k(%x: memref<1xf32>, %begin: index, %end: index, %slot: index) {
  %v = memref.load %x[%begin] : memref<1xf32>
  %w = func.call @expf(%v) : (f32) -> f32
  memref.store %w, %x[%begin] : memref<1xf32>
  return
})",
                                                        &compiler.context());
  EXPECT_TRUE(mlir::failed(compiler.compile(*module)));
  EXPECT_THAT(message, HasSubstr("calls expf"));
}

TEST(KernelCompiler, RefusesAFunctionThatIsNoKernel) {
  KernelCompiler compiler(Machine::native());
  std::string message;
  mlir::ScopedDiagnosticHandler handler(
      &compiler.context(), [&](mlir::Diagnostic &diagnostic) { message = diagnostic.str(); });
  auto module = mlir::parseSourceString<mlir::ModuleOp>(
      "func.func @k(%x: memref<4x4xf32>, %b: index, %e: index, %s: index) { return }",
      &compiler.context());
  EXPECT_TRUE(mlir::failed(compiler.compile(*module)));
  EXPECT_THAT(message, HasSubstr("expected 1-D memrefs"));
}

TEST(KernelCompiler, GivesTheSameBytesInEveryThread) {
  std::vector<std::vector<char>> objects(3);
  std::vector<std::thread> threads;
  for (auto &object : objects)
    threads.emplace_back([&object] {
      KernelCompiler compiler(Machine::named("x86-64-v3"));
      for (const char *text : {control, scaledSum, control})
        object = compiled(compiler, text).bytes;
    });
  for (auto &thread : threads)
    thread.join();
  EXPECT_EQ(objects[0], objects[1]);
  EXPECT_EQ(objects[0], objects[2]);
}

TEST(KernelCompiler, BoundsTheStackOfAKernel) {
  KernelCompiler compiler(Machine::native());
  KernelObject object = compiled(compiler, R"(
func.func @k(%x: memref<4096xf32>, %begin: index, %end: index, %slot: index) {
  %one = arith.constant 1 : index
  %space = memref.alloca() : memref<1024xf32>
  scf.for %i = %begin to %end step %one {
    %v = memref.load %x[%i] : memref<4096xf32>
    memref.store %v, %space[%i] : memref<1024xf32>
  }
  scf.for %i = %begin to %end step %one {
    %v = memref.load %space[%i] : memref<1024xf32>
    memref.store %v, %x[%i] : memref<4096xf32>
  }
  return
})");
  EXPECT_GE(object.stackBytes, 4096);
  EXPECT_LE(object.stackBytes, 4096 + 1024);
}

TEST(KernelCompiler, PrintsItsStages) {
  KernelCompiler compiler(Machine::named("x86-64-v4"));
  auto text = [&](KernelStage stage) {
    auto module = mlir::parseSourceString<mlir::ModuleOp>(scaledSum, &compiler.context());
    auto printed = compiler.print(*module, stage);
    return mlir::succeeded(printed) ? *printed : "";
  };
  EXPECT_THAT(text(KernelStage::Loops), HasSubstr("scf.for"));
  EXPECT_THAT(text(KernelStage::Llvm), HasSubstr("define void @k(ptr"));
  EXPECT_THAT(text(KernelStage::Assembly), HasSubstr("vfmadd"));
}

} // namespace
