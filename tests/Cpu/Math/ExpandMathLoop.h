// Compiles a loop over one op for a level of x86 and loads it into the process: what the accuracy
// of the vector math is measured with.
#pragma once
#include "Cpu/Math/Target.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace dlc::test {

struct Level {
  const char *name;
  const char *cpu;
  MathTarget target;
  int vectorBytes; ///< 0: scalar code
};

/// The levels that this machine can run.
std::vector<Level> runnableLevels();

/// Builds the op under test on operands of the loop's types.
using BuildOp = std::function<mlir::Value(mlir::ImplicitLocOpBuilder &, mlir::ValueRange)>;

/// What the loop reads (one or two arrays of the same type) and writes, e.g. "f32".
struct Signature {
  std::string input, output;
  int operands = 1;
};

/// A compiled loop; `count` must be a multiple of 64.
class Loop {
public:
  /// Throws std::runtime_error when the op cannot be compiled.
  Loop(const Level &level, const Signature &signature, BuildOp build);
  ~Loop();
  Loop(Loop &&);

  void operator()(const void *x, const void *y, void *result, int64_t count) const {
    function(x, y, result, count);
  }
  /// The undefined symbols of the object, memcpy, memset and memmove apart.
  const std::string &undefinedSymbols() const { return undefined; }
  int lanes() const { return laneCount; }

private:
  struct Session;
  std::unique_ptr<Session> session;
  void (*function)(const void *, const void *, void *, int64_t) = nullptr;
  std::string undefined;
  int laneCount = 1;
};

} // namespace dlc::test
