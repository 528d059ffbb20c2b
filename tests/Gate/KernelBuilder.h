// Builds core ops between values of which it is known where their numbers lie and how exact they
// are, so that a random kernel has finite results far from overflow, and a difference between
// compiled and interpreted values is always a mistake of one of them.
//
// Of every value: the interval of its elements; whether compiled code computes the very same bits
// (only then may a branch depend on it: comparison, floor, arg_reduce); whether an f16 or bf16 may
// already be rounded to the other neighbour (then nothing that amplifies may follow); and a bound
// of the error, in roundings of the type. What an op does to them is found out by interpreting it
// at sampled points: no op is known by name, and a new elementwise op enters the gate by itself.
#pragma once

#include "Core/Core.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "tests/Gate/Random.h"

namespace dlc::gate {

using Shape = llvm::SmallVector<int64_t, 6>;

/// What is known of the elements of a value.
struct Knowledge {
  double lo = 0, hi = 0;
  /// The same bits in compiled code.
  bool exact = true;
  /// An f16 or bf16 that may be rounded to either side.
  bool flips = false;
  /// Largest difference between compiled and interpreted, in units of 2^-24 (f64: 2^-53).
  double error = 0;
  /// Depends on an index that is out of range on purpose: every element must be used.
  bool checked = false;

  double magnitude() const { return std::max(std::abs(lo), std::abs(hi)); }
};

class KernelBuilder {
public:
  KernelBuilder(mlir::MLIRContext &, Random &);

  mlir::ImplicitLocOpBuilder b;
  Random &random;
  /// The kernel so far; `finish` gives it its results.
  mlir::OwningOpRef<mlir::ModuleOp> module;
  mlir::func::FuncOp kernel;
  void finish(llvm::StringRef name, mlir::ValueRange results);

  const Knowledge &of(mlir::Value v) const { return knowledge.find(v)->second; }
  bool knows(mlir::Value v) const { return knowledge.contains(v); }
  mlir::Value note(mlir::Value v, Knowledge k) {
    knowledge[v] = k;
    return v;
  }
  /// Values of this type that were built so far.
  llvm::SmallVector<mlir::Value> known(mlir::RankedTensorType) const;

  /// A new argument with elements of [lo, hi]; its attribute `dlc.range` says so.
  mlir::Value argument(mlir::RankedTensorType, double lo, double hi);
  /// An argument of random, tame range for its type.
  mlir::Value argument(mlir::RankedTensorType);
  /// One number, or a small dense tensor, in [lo, hi].
  mlir::Value constant(mlir::RankedTensorType, double lo, double hi);

  /// A random elementwise op on `x` (and `y`, of the same type) that keeps numbers tame; null when
  /// none of a few tries does.
  mlir::Value unary(mlir::Value x);
  mlir::Value binary(mlir::Value x, mlir::Value y);
  /// x scaled by a constant into [-limit, limit]; x itself where it is.
  mlir::Value tamed(mlir::Value x, double limit);
  /// The op `op` (just built, one result) takes knowledge from its operands; false, and the op is
  /// erased, where its numbers would not be tame.
  bool admit(mlir::Operation *op);
  /// A bool from two values of a type: exact operands only, else null.
  mlir::Value compare(mlir::Value x, mlir::Value y);
  mlir::Value select(mlir::Value condition, mlir::Value x, mlir::Value y);
  /// Null where the numbers of x have no place in `element`.
  mlir::Value convert(mlir::Value x, mlir::Type element);
  /// Moved elements of `operands`: knowledge is joined, with `extra` (padding) if there is some.
  mlir::Value move(mlir::Value result, mlir::ValueRange operands,
                   std::optional<double> extra = std::nullopt);
  /// A reduction of `count` elements of `x` each; null where its numbers would not be tame.
  mlir::Value reduce(ReduceKind, mlir::Value x, llvm::ArrayRef<int64_t> dims);
  /// The result of a sum of `count` products.
  mlir::Value sumOfProducts(mlir::Value result, mlir::Value x, mlir::Value y, double count);

  mlir::RankedTensorType type(llvm::ArrayRef<int64_t> shape, mlir::Type element) const {
    return mlir::RankedTensorType::get(shape, element);
  }
  mlir::Type integer(unsigned bits, bool isSigned = true) const;
  /// f32 in half of all cases, and all others.
  mlir::Type randomElement();
  mlir::Type randomFloat();

private:
  mlir::Value pointwise(llvm::ArrayRef<mlir::Value> operands,
                        llvm::ArrayRef<mlir::OperationName> candidates);
  std::optional<Knowledge> sampled(mlir::Operation *op) const;

  llvm::DenseMap<mlir::Value, Knowledge> knowledge;
  llvm::SmallVector<mlir::Value> order;
  llvm::SmallVector<mlir::OperationName> unaries, binaries;
};

/// Whether an element type is f16 or bf16.
inline bool isHalf(mlir::Type element) { return element.isF16() || element.isBF16(); }

/// The interval that an element type can hold (floats: where numbers are tame).
std::pair<double, double> limitsOf(mlir::Type element);

} // namespace dlc::gate
