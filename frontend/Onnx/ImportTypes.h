// Types of ONNX as types of core tensors, and the binding of symbolic dimensions: every value of
// the module has a static shape, so each dimension of an input is a number in the file, a number
// that the user gave, or, where it leads, 1.
#pragma once

#include "Onnx/Import.h"
#include "Onnx/Model.h"
#include "mlir/IR/BuiltinTypes.h"

namespace dlc::onnx {

/// Bytes beyond which no value is imported (64 GiB): real models stay far below, and sizes can be
/// multiplied without care.
constexpr int64_t largestValueBytes = int64_t(1) << 36;

/// Dimensions beyond which no value is imported: algorithms on shapes may be quadratic in them.
constexpr size_t largestRank = 64;

/// The element type of core tensors; null for what they do not hold yet (strings, complex, fp8,
/// int4 and less). `wanted` is `--dtype`: what float32 becomes.
mlir::Type elementTypeOf(ElementType, llvm::StringRef wanted, mlir::MLIRContext &);

/// The bytes of a tensor; none if they are more than largestValueBytes, if a dimension is negative
/// or if there are more than largestRank.
std::optional<int64_t> boundedBytes(llvm::ArrayRef<int64_t> shape, mlir::Type element);

/// "f32[2,3]": a type as diagnostics show it, with the names of ONNX for element types.
std::string shownType(mlir::Type);
std::string shownShape(llvm::ArrayRef<int64_t>);

/// The types of the inputs that are no initializers, in the model's order; dimensions that are
/// bound. None after an error.
struct BoundInput {
  const ValueInfo *info = nullptr;
  mlir::RankedTensorType type; // a small type: of its codes (SmallTypes.h)
  /// The values of a shape input: it becomes a constant.
  std::optional<std::vector<ShapeValue>> values;
};
std::optional<std::vector<BoundInput>> bindInputs(const Model &, const ImportOptions &,
                                                  Diagnostics &, mlir::MLIRContext &);

} // namespace dlc::onnx
