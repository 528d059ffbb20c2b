// Asks for values of a kernel at points and gets registers: nothing inside a kernel is ever
// materialised, so that prologues, epilogues, broadcasts and movement cost no memory and no class
// of kernels has fusion rules of its own.
//
//   Scalar Body::pull(%y, (d0, 16 d1 + d2))     d2 a lane dimension: 16 elements of a row of %y
//
// takes the reference form of the op that defines %y, substitutes the point into the map of each
// read, pulls the operands there and applies the form's scalar body to the registers. It ends at
// kernel arguments (loads), constants, and values that were bound: accumulators, row scalars. No op
// is known by name; forms and traits are all it asks for.
//
// A point is one affine expression per dimension of the value. Dimensions of these expressions are
// loops of the emitted code, made by `dimension`, `loop` and `lanes`; symbols are indices read from
// data, made by `pull` itself. Each has a range, and expressions are simplified with the ranges
// (AffineRange.h): write points as they come. A point that depends on the current lane dimension
// gives a vector of that many lanes, any other a scalar; `vectorOf` broadcasts.
//
// How a class of kernels uses it (Rows/ does exactly this for everything without register tiles):
//
//   Body body(module, kernel, symbol, machine, checks);       the function, its arguments
//   body.loop({0, 128}, 1, {}, [&](AffineExpr i, ValueRange) {
//     Body::Lanes lanes(body, 16, 16);
//     AffineExpr j = ... + lanes.dimension();
//     body.bind(dot, {i, j}, accumulator);                     only inside the enclosing scope
//     body.store(0, {i, j}, body.pull(body.result(0), {i, j}));
//     return {}; });
//   body.finish();
#pragma once

#include "Core/Core.h"
#include "Cpu/Body/AffineRange.h"
#include "Cpu/Machine.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace dlc {

using Point = llvm::SmallVector<mlir::AffineExpr, 6>;
using Values = llvm::SmallVector<mlir::Value>;

/// Bounds of a loop. The numbers are always given, since ranges come from them; a value (of type
/// index, within the numbers) takes the place of a number that is known at run time only.
struct LoopBounds {
  int64_t lo = 0, hi = 0;
  mlir::Value from, to;
};

class Body {
public:
  /// Builds the public function `symbol` at the end of `module` (KernelCompiler.h says which form).
  /// `scratchBytes` per slot; `checks`: indices that come from data are compared with the extent.
  /// `kernel` must be in the module's context and outlive this object.
  Body(mlir::ModuleOp module, mlir::func::FuncOp kernel, llvm::StringRef symbol, const Machine &,
       int64_t scratchBytes = 0, bool checks = true);
  ~Body();
  /// Ends the function.
  void finish();

  /// Where code is put; move its insertion point only through `loop` and the scopes below.
  mlir::ImplicitLocOpBuilder b;
  const Machine &machine;
  mlir::func::FuncOp kernel;
  /// The part of [0, count) to run, and the slot, of type index.
  mlir::Value begin, end, slot;

  // ---------------------------------------------------------------- loops and dimensions

  /// for (x = lo; x < hi; x += step): `body` gets x as an expression and the carried values, and
  /// returns their next values. x is step * d + (lo mod step), so that what is known of the step
  /// takes part in simplification. No loop is built where x has one value. What is bound or
  /// pulled inside is forgotten at its end.
  using LoopBody = llvm::function_ref<Values(mlir::AffineExpr, mlir::ValueRange)>;
  Values loop(LoopBounds, int64_t step, mlir::ValueRange initial, LoopBody);
  /// Runs `then` where the condition (i1) holds.
  void when(mlir::Value condition, llvm::function_ref<void()> then);
  /// A dimension with lo <= d < hi whose value is computed by the caller.
  mlir::AffineExpr dimension(mlir::Value value, int64_t lo, int64_t hi);
  mlir::AffineExpr constant(int64_t v) { return mlir::getAffineConstantExpr(v, b.getContext()); }

  /// While it lives, points may use its dimension, 0 <= d < live: vectors of `count` lanes (a
  /// power of two) of which the first `live` exist. Others hold anything, and are neither read nor
  /// written in memory. Only the innermost Lanes may be used in points.
  class Lanes {
  public:
    Lanes(Body &, int64_t count, int64_t live);
    ~Lanes();
    mlir::AffineExpr dimension() const { return lane; }

  private:
    Body &body;
    mlir::AffineExpr lane;
  };
  int64_t lanes() const { return laneCount; }
  int64_t liveLanes() const { return liveCount; }

  /// What is bound or pulled while it lives is forgotten at its end. `loop` and Lanes open one.
  class Scope {
  public:
    explicit Scope(Body &);
    ~Scope();

  private:
    Body &body;
  };

  // ---------------------------------------------------------------- values

  /// The value at the point: registers (registerType of the element), f16 and bf16 rounded.
  Scalar pull(mlir::Value, llvm::ArrayRef<mlir::AffineExpr>);
  /// From now on, and until the scope ends, `pull` of this value at this very point is `scalar`.
  void bind(mlir::Value, llvm::ArrayRef<mlir::AffineExpr>, Scalar);
  /// Results of a reduction that share loops: computed together and bound. All ops have the same
  /// reduced extents, none depends on another, and all points, or none, depend on the lanes.
  struct Reduction {
    mlir::Operation *op;
    Point point;
  };
  void reduce(llvm::ArrayRef<Reduction>);

  /// An index read from data, checked against the extent, as an expression in [0, extent).
  mlir::AffineExpr dataIndex(Scalar, int64_t extent);

  /// A value that several sweeps need: while `keep` is on, `pull` of it also writes it to scratch;
  /// after `kept`, and until the scope ends, `pull` reads it from there. `outer` holds the value's
  /// index where it is the same for the whole sweep, and null where the sweep runs over the
  /// dimension.
  struct Keep {
    mlir::Value value;
    Point outer;
    /// In the slot's scratch, of which `keep` takes one element of the register type per element
    /// of the sweep, times `lanes` where the outer index depends on the lanes (1: it does not).
    int64_t scratchBytes;
    int64_t lanes = 1;
  };
  void keep(llvm::ArrayRef<Keep>);
  void kept();

  /// What the kernel returns.
  mlir::Value result(unsigned i) const;
  /// Writes one element, or the live lanes, of a result. Rounding is done by `pull`.
  void store(unsigned result, llvm::ArrayRef<mlir::AffineExpr>, Scalar);

  // ---------------------------------------------------------------- registers

  /// The scalar or vector broadcast to the current lanes.
  Scalar vectorOf(Scalar);
  /// An expression as a value of type index. REQUIRES: it does not depend on the lanes.
  mlir::Value index(mlir::AffineExpr);
  mlir::Value index(int64_t v);
  /// An expression as an integer of `bits`: a scalar or, where it depends on the lanes, a vector.
  Scalar indexScalar(mlir::AffineExpr, unsigned bits = 64);
  /// The lanes that exist: null when all do.
  mlir::Value liveMask();
  bool dependsOnLanes(mlir::AffineExpr) const;
  bool dependsOnLanes(llvm::ArrayRef<mlir::AffineExpr>) const;
  mlir::AffineExpr simplify(mlir::AffineExpr) const;
  mlir::AffineExpr simplifyConstraint(mlir::AffineExpr) const;
  IntegerRange range(mlir::AffineExpr) const;

  // ---------------------------------------------------------------- memory

  /// The buffers of the function: operands, then results; 1-D memrefs of the memory type (bool i8,
  /// integers signless).
  mlir::Value operandBuffer(unsigned i) const;
  mlir::Value resultBuffer(unsigned i) const;
  /// A view of this slot's scratch at `bytes`: `count` elements of a memory type, the first of
  /// which is element `start` of the buffer.
  struct Scratch {
    mlir::Value buffer, start;
    int64_t count;
  };
  Scratch scratch(int64_t bytes, int64_t count, mlir::Type memoryType);
  /// Elements of a buffer at row-major `position` (+ offset, an index value or null): one element,
  /// or the current lanes by the fastest way that the position allows: contiguous, reversed,
  /// strided by 2, gathered. In memory type; `toRegisters` and `toMemory` convert.
  mlir::Value load(mlir::Value buffer, mlir::AffineExpr position, mlir::Value offset = {});
  void store(mlir::Value buffer, mlir::AffineExpr position, mlir::Value, mlir::Value offset = {});
  /// Until the scope ends, loads of `buffer` at this very position come from `copy` instead.
  void redirect(mlir::Value buffer, mlir::AffineExpr position, Scratch copy,
                mlir::AffineExpr copyPosition);
  /// Until the scope ends, where the lanes are `stride` apart in `buffer`, elements base ..
  /// base + extent of each lane's row are in `copy`, [extent][lanes]; loads and stores go there.
  void redirectRows(mlir::Value buffer, mlir::AffineExpr base, int64_t stride, int64_t extent,
                    Scratch copy);
  Scalar toRegisters(mlir::Value, mlir::Type element);
  mlir::Value toMemory(Scalar, mlir::Type element);

  /// What only this folder's files look into.
  struct State;

private:
  friend class Lanes;
  friend class Scope;
  void forgetScope();
  std::unique_ptr<State> state;
  int64_t laneCount = 1, liveCount = 1;
};

/// A scalar in all lanes; a vector as it is.
mlir::Value splat(mlir::ImplicitLocOpBuilder &, mlir::Value, int64_t lanes);
/// The type of an element in memory: bool i8, integers signless, floats as they are.
mlir::Type memoryType(mlir::Type element);
/// Row-major position of a point in a tensor.
mlir::AffineExpr rowMajor(llvm::ArrayRef<mlir::AffineExpr>, llvm::ArrayRef<int64_t> shape,
                          mlir::MLIRContext *);

} // namespace dlc
