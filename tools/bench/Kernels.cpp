// dlc-bench-kernels: how near single kernels come to what the machine can do.
//
//   build/bin/dlc-bench-kernels [--cpu=NAME] [--only=TEXT] [--samples=N]
//   build/bin/dlc-bench-kernels x.mlir --stage=asm      the code of one kernel
//
// Each sample of a kernel alternates with a loop that multiplies and adds in registers (the peak),
// in one process, and the best of each counts: on a shared machine only such ratios mean anything.
// Constant weights are packed before the clock starts, dynamic operands inside. A kernel below its
// threshold makes the exit code 1.
#include "Core/Interpreter.h"
#include "Cpu/Run/CompiledKernel.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/MemoryBuffer.h"
#include <cstdlib>
#include <ctime>
#include <random>

using namespace mlir;
using namespace dlc;

static llvm::cl::opt<std::string> cpuName("cpu", llvm::cl::desc("machine to compile for"),
                                          llvm::cl::init("native"));
static llvm::cl::opt<std::string> only("only", llvm::cl::desc("kernels whose name contains this"));
static llvm::cl::opt<int> samples("samples", llvm::cl::desc("samples of each kernel"),
                                  llvm::cl::init(30));
static llvm::cl::opt<std::string> input(llvm::cl::Positional,
                                        llvm::cl::desc("[kernel file, in place of the list]"));
static llvm::cl::opt<std::string> stage("stage",
                                        llvm::cl::desc("print loops, llvm or asm instead"));

namespace {
struct Case {
  std::string name, text;
  /// Multiply-adds, bytes that must be read or written, and the least share of the peak (percent)
  /// that passes; 0: only reported.
  double products, bytes;
  double threshold;
};
} // namespace

/// Seconds of this thread on a processor: what other programs take is not counted.
static double now() {
  timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

// ---------------------------------------------------------------- kernels

static std::string tensor(llvm::ArrayRef<int64_t> shape) {
  std::string text = "tensor<";
  for (int64_t extent : shape)
    text += std::to_string(extent) + "x";
  return text + "f32>";
}

/// relu(x w + bias), x [M, K], w [K, N].
static Case product(const std::string &name, int64_t m, int64_t n, int64_t k, bool isConstant,
                    double threshold) {
  std::string x = tensor({m, k}), w = tensor({k, n}), y = tensor({m, n});
  std::string text = "func.func @kernel(%x: " + x + ", %w: " + w +
                     (isConstant ? " {dlc.weight}" : "") + ") -> " + y +
                     " {\n  %0 = dlc.dot %x, %w batch [] x [] contract [1] x [0] : " + x + ", " +
                     w + "\n  return %0 : " + y + "\n}";
  return {name, text, double(m) * n * k, 4.0 * (m * k + k * n + m * n), threshold};
}

/// conv(x, w), channels last, window k x k, as wide as x for stride 1.
static Case convolution(const std::string &name, int64_t size, int64_t channels, int64_t filters,
                        int64_t window, int64_t stride, double threshold) {
  int64_t pad = window / 2, out = (size + 2 * pad - window) / stride + 1;
  std::string x = tensor({1, size, size, channels}),
              w = tensor({filters, channels, window, window});
  std::string y = tensor({1, out, out, filters});
  auto pair = [](int64_t v) { return "[" + std::to_string(v) + ", " + std::to_string(v) + "]"; };
  std::string text = "func.func @kernel(%x: " + x + ", %w: " + w + " {dlc.weight}) -> " + y +
                     " {\n  %0 = dlc.conv %x, %w strides " + pair(stride) + " lo " + pair(pad) +
                     " hi " + pair(pad) + " dilation [1, 1] groups 1 channels_last : " + x + ", " +
                     w + "\n  return %0 : " + y + "\n}";
  double taps = 0; // products with padding are no work
  for (int64_t o = 0; o < out; ++o)
    for (int64_t k = 0; k < window; ++k)
      taps += o * stride + k - pad >= 0 && o * stride + k - pad < size;
  return {name, text, taps * taps * channels * filters,
          4.0 *
              (size * size * channels + window * window * channels * filters + out * out * filters),
          threshold};
}

/// x [B, M, K] times y [B, K, N], or y [B, N, K], both dynamic.
static Case batched(const std::string &name, int64_t b, int64_t m, int64_t n, int64_t k,
                    bool transposed) {
  std::string x = tensor({b, m, k}), y = transposed ? tensor({b, n, k}) : tensor({b, k, n});
  std::string z = tensor({b, m, n});
  std::string text = "func.func @kernel(%x: " + x + ", %y: " + y + ") -> " + z +
                     " {\n  %0 = dlc.dot %x, %y batch [0] x [0] contract [2] x [" +
                     (transposed ? "2" : "1") + "] : " + x + ", " + y + "\n  return %0 : " + z +
                     "\n}";
  return {name, text, double(b) * m * n * k, 4.0 * b * (m * k + k * n + m * n), 0};
}

/// A gradient's product: x [K, M] times y [K, N].
static Case transposedLeft(const std::string &name, int64_t m, int64_t n, int64_t k) {
  std::string x = tensor({k, m}), y = tensor({k, n}), z = tensor({m, n});
  std::string text = "func.func @kernel(%x: " + x + ", %y: " + y + ") -> " + z +
                     " {\n  %0 = dlc.dot %x, %y batch [] x [] contract [0] x [0] : " + x + ", " +
                     y + "\n  return %0 : " + z + "\n}";
  return {name, text, double(m) * n * k, 4.0 * (m * k + k * n + m * n), 0};
}

static Case depthwise(const std::string &name, int64_t size, int64_t channels) {
  std::string x = tensor({1, size, size, channels}), w = tensor({channels, 1, 3, 3});
  std::string text = "func.func @kernel(%x: " + x + ", %w: " + w + " {dlc.weight}) -> " + x +
                     " {\n  %0 = dlc.conv %x, %w strides [1, 1] lo [1, 1] hi [1, 1] dilation [1, " +
                     "1] groups " + std::to_string(channels) + " channels_last : " + x + ", " + w +
                     "\n  return %0 : " + x + "\n}";
  double taps = 3.0 * size - 2;
  return {name, text, taps * taps * channels, 8.0 * size * size * channels, 0};
}

static std::vector<Case> cases() {
  return {product("gemm 1024x1024x1024", 1024, 1024, 1024, true, 88),
          product("gemm 128x768x3072", 128, 768, 3072, true, 88),
          product("gemm 128x3072x768", 128, 3072, 768, true, 0),
          product("gemm 128x768x768", 128, 768, 768, true, 0),
          convolution("conv3x3 56x56 64->64", 56, 64, 64, 3, 1, 88),
          convolution("conv3x3 28x28 128->128", 28, 128, 128, 3, 1, 88),
          convolution("conv3x3 14x14 256->256", 14, 256, 256, 3, 1, 88),
          convolution("conv3x3 7x7 512->512", 7, 512, 512, 3, 1, 82),
          convolution("conv1x1 14x14 1024->256", 14, 1024, 256, 1, 1, 88),
          convolution("conv1x1 56x56 64->256", 56, 64, 256, 1, 1, 0),
          convolution("conv1x1 7x7 512->2048", 7, 512, 2048, 1, 1, 0),
          convolution("conv3x3/2 56x56 128->128", 56, 128, 128, 3, 2, 0),
          convolution("conv7x7/2 224x224 3->64", 224, 3, 64, 7, 2, 0),
          product("gemm 1024x1024x1024 dynamic", 1024, 1024, 1024, false, 78),
          product("gemm 128x768x768 dynamic", 128, 768, 768, false, 0),
          product("gemv 1x4096x4096", 1, 4096, 4096, true, 0),
          product("gemv 1x768x3072", 1, 3072, 768, true, 0),
          product("gemv 1x768x768 dynamic", 1, 768, 768, false, 0),
          product("gemm 64x10x128", 64, 10, 128, true, 0),
          product("gemm 4x768x768", 4, 768, 768, true, 0),
          batched("scores 12x128x128x64", 12, 128, 128, 64, true),
          batched("context 12x128x64x128", 12, 128, 64, 128, false),
          batched("decode 12x1x512x64", 12, 1, 512, 64, true),
          batched("decode 12x1x64x512", 12, 1, 64, 512, false),
          transposedLeft("gradient 768x768x128", 768, 768, 128),
          transposedLeft("gradient 1024x1024x1024", 1024, 1024, 1024),
          depthwise("depthwise 56x56x128", 56, 128),
          depthwise("depthwise 14x14x512", 14, 512),
          convolution("conv3x3 64x64 32->3", 64, 32, 3, 3, 1, 0),
          convolution("conv1x1 64x64 64->1", 64, 64, 1, 1, 1, 0)};
}

// ---------------------------------------------------------------- yardsticks

/// A loop of multiply-adds in as many registers as hide their latency: what no kernel exceeds.
static const char *peakText(int64_t lanes) {
  static std::string text;
  std::string vector = "vector<" + std::to_string(lanes) + "xf32>";
  std::string types, inits, arguments, yields, body, results;
  const int count = 12;
  for (int i = 0; i < count; ++i) {
    std::string n = std::to_string(i), comma = i ? ", " : "";
    types += comma + vector;
    inits += comma + "%a" + n + " = %zero";
    body += "    %b" + n + " = vector.fma %a" + n + ", %scale, %shift : " + vector + "\n";
    yields += comma + "%b" + n;
  }
  text = "func.func @peak(%x: memref<1024xf32>, %begin: index, %end: index, %slot: index) {\n"
         "  %c0 = arith.constant 0 : index\n  %c1 = arith.constant 1 : index\n"
         "  %zero = vector.load %x[%c0] : memref<1024xf32>, " +
         vector +
         "\n"
         "  %scale = arith.constant dense<0.999> : " +
         vector +
         "\n"
         "  %shift = arith.constant dense<0.001> : " +
         vector +
         "\n"
         "  %r:" +
         std::to_string(count) + " = scf.for %i = %begin to %end step %c1 iter_args(" + inits +
         ") -> (" + types + ") {\n" + body + "    scf.yield " + yields + " : " + types + "\n  }\n";
  for (int i = 0; i < count; ++i) {
    std::string n = std::to_string(i);
    text += "  %o" + n + " = arith.constant " + std::to_string(i * lanes) + " : index\n" +
            "  vector.store %r#" + n + ", %x[%o" + n + "] : memref<1024xf32>, " + vector + "\n";
  }
  text += "  return\n}";
  return text.c_str();
}

namespace {
class Peak {
public:
  explicit Peak(KernelCompiler &compiler) : lanes(compiler.machine().lanes(32)) {
    auto module = parseSourceString<ModuleOp>(peakText(lanes), &compiler.context());
    llvm::cantFail(library.add(compiler.compile(*module)->bytes));
    function = llvm::cantFail(library.findKernel("peak"));
  }
  /// Multiply-adds a second, measured once, for about `seconds`: as long as a sample of the
  /// kernel, so that what else runs on the machine disturbs both alike.
  double sample(double seconds) {
    void *argument[] = {data};
    auto steps = static_cast<int64_t>(std::max(seconds, 1e-4) * 3e9 / 6);
    double start = now();
    function(argument, 0, steps, 0);
    return double(steps) * 12 * lanes / (now() - start);
  }

private:
  int64_t lanes;
  JitLibrary library;
  KernelFunction function;
  alignas(64) float data[1024] = {};
};

/// Buffers of a kernel, aligned as the arena's are.
struct Arguments {
  std::vector<std::unique_ptr<char, decltype(&std::free)>> owned;
  std::vector<void *> pointers;

  void *add(size_t bytes) {
    size_t rounded = (bytes + 127) / 64 * 64;
    owned.emplace_back(static_cast<char *>(std::aligned_alloc(64, rounded)), &std::free);
    pointers.push_back(owned.back().get());
    return pointers.back();
  }
};
} // namespace

// ---------------------------------------------------------------- measuring

static llvm::SmallVector<Literal> randomOperands(func::FuncOp kernel) {
  std::mt19937 random(7);
  std::uniform_real_distribution<float> distribution(-1, 1);
  llvm::SmallVector<Literal> operands;
  for (Type type : kernel.getArgumentTypes()) {
    Literal &literal = operands.emplace_back(cast<RankedTensorType>(type));
    for (int64_t i = 0; i < literal.size(); ++i)
      literal.as<float>()[i] = distribution(random);
  }
  return operands;
}

static int printStage(KernelCompiler &compiler, func::FuncOp kernel) {
  auto compiled = CompiledKernel::compile(compiler, kernel);
  if (failed(compiled))
    return 1;
  KernelStage which = stage == "loops"  ? KernelStage::Loops
                      : stage == "llvm" ? KernelStage::Llvm
                                        : KernelStage::Assembly;
  auto text = compiled->print(compiler, which);
  if (failed(text))
    return 1;
  llvm::outs() << *text;
  return 0;
}

/// Whether the kernel passed.
static bool measure(KernelCompiler &compiler, Peak &peak, const Case &item) {
  auto module = parseSourceString<ModuleOp>(item.text, &compiler.context());
  if (!module)
    return false;
  func::FuncOp kernel = *module->getOps<func::FuncOp>().begin();
  if (!stage.empty())
    return printStage(compiler, kernel) == 0;
  double before = now();
  auto compiled = CompiledKernel::compile(compiler, kernel);
  double compileTime = now() - before;
  if (failed(compiled))
    return false;
  auto operands = compiled->packed(randomOperands(kernel));
  if (failed(operands))
    return false;
  Arguments arguments;
  for (Literal &literal : *operands)
    std::memcpy(arguments.add(literal.bytes.size()), literal.bytes.data(), literal.bytes.size());
  for (Literal &literal : compiled->emptyResults())
    arguments.add(literal.bytes.size());
  arguments.add(compiled->plan().scratchBytes);
  std::memset(arguments.add(64), 0, 64);
  auto call = [&] { compiled->code()(arguments.pointers.data(), 0, compiled->plan().count, 0); };
  call();
  double start = now();
  call();
  int64_t times = std::max<int64_t>(1, static_cast<int64_t>(1e-3 / (now() - start)));
  double best = 1e9, bestPeak = 0;
  for (int i = 0; i < samples; ++i) {
    start = now();
    for (int64_t n = 0; n < times; ++n)
      call();
    best = std::min(best, (now() - start) / times);
    bestPeak = std::max(bestPeak, peak.sample(best * times));
  }
  double share = 100 * item.products / best / bestPeak;
  bool passed = share >= item.threshold;
  llvm::outs() << llvm::format("%-30s %9.1f us %7.1f GFLOP/s %5.1f %% of %.1f %7.1f GB/s  %s",
                               item.name.c_str(), best * 1e6, 2e-9 * item.products / best, share,
                               2e-9 * bestPeak, 1e-9 * item.bytes / best,
                               item.threshold == 0 ? "    "
                               : passed            ? "ok  "
                                                   : "LOW ")
               << llvm::format(" compile %5.1f ms, %zu bytes  ", compileTime * 1e3,
                               compiled->objectBytes().size());
  DictionaryAttr choices = compiled->plan().choices;
  for (const char *name : {"lanes", "row_parts", "column_parts", "tile_rows", "tile_vectors",
                           "row_tiles", "column_tiles"})
    if (choices)
      if (auto value = choices.getAs<IntegerAttr>(name))
        llvm::outs() << " " << name << " " << value.getInt();
  llvm::outs() << "\n";
  return passed;
}

int main(int argc, char **argv) {
  llvm::cl::ParseCommandLineOptions(argc, argv, "share of the peak that single kernels reach\n");
  Machine machine;
  std::string error;
  if (!Machine::resolve("", cpuName, machine, error)) {
    llvm::errs() << error << "\n";
    return 1;
  }
  KernelCompiler compiler(machine);
  Peak peak(compiler);
  bool passed = true;
  if (!input.empty()) {
    auto buffer = llvm::MemoryBuffer::getFile(input);
    if (!buffer) {
      llvm::errs() << input << ": " << buffer.getError().message() << "\n";
      return 1;
    }
    return measure(compiler, peak, {input, (*buffer)->getBuffer().str(), 0, 0, 0}) ? 0 : 1;
  }
  for (const Case &item : cases())
    if (llvm::StringRef(item.name).contains(only))
      passed &= measure(compiler, peak, item);
  return passed ? 0 : 1;
}
