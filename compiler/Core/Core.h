// The `dlc` dialect: ops, attributes, interfaces and traits. One include for whoever reads or
// builds tensor programs.
#pragma once

#include "Core/Literal.h"
#include "Core/ReferenceForm.h"
#include "Core/Scalar.h"
#include "Core/ScatterForm.h"
#include "Core/TensorExpr.h"
#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/IR/TensorEncoding.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/BitVector.h"

namespace dlc {
template <typename Op> struct PointwiseOp : mlir::OpTrait::TraitBase<Op, PointwiseOp> {};
template <typename Op> struct MovementOp : mlir::OpTrait::TraitBase<Op, MovementOp> {};
template <typename Op> struct ExactOnStorage : mlir::OpTrait::TraitBase<Op, ExactOnStorage> {};
template <typename Op> struct ContractionOp : mlir::OpTrait::TraitBase<Op, ContractionOp> {};
template <typename Op> struct WindowOp : mlir::OpTrait::TraitBase<Op, WindowOp> {};
template <typename Op> struct ReductionOp : mlir::OpTrait::TraitBase<Op, ReductionOp> {};
template <typename Op> struct ExpensiveOp : mlir::OpTrait::TraitBase<Op, ExpensiveOp> {};
template <typename Op> struct ScalarCode : mlir::OpTrait::TraitBase<Op, ScalarCode> {};
template <typename Op> struct ZeroVjp : mlir::OpTrait::TraitBase<Op, ZeroVjp> {};
} // namespace dlc

#include "Core/CoreDialect.h.inc"
#include "Core/CoreInterfaces.h.inc"
#define GET_ATTRDEF_CLASSES
#include "Core/CoreAttributes.h.inc"
#define GET_OP_CLASSES
#include "Core/CoreOps.h.inc"

namespace dlc {

inline mlir::RankedTensorType tensorType(mlir::Value v) {
  return mlir::cast<mlir::RankedTensorType>(v.getType());
}

/// A constant op of the literal's elements, or of one number everywhere.
mlir::Value buildConstant(mlir::ImplicitLocOpBuilder &, const Literal &);
mlir::Value buildSplat(mlir::ImplicitLocOpBuilder &, mlir::RankedTensorType, double);

/// The attribute of a dialect element type that holds `value` (an integer attribute for integers
/// and bool).
mlir::TypedAttr elementAttribute(mlir::Type element, double value);
/// The smallest (largest) number of an element type: minus infinity for floats.
mlir::TypedAttr lowestAttribute(mlir::Type element);
mlir::TypedAttr highestAttribute(mlir::Type element);

/// LayoutOpInterface of elementwise ops: the same op on permuted operands.
mlir::Value permutedPointwise(mlir::ImplicitLocOpBuilder &, mlir::Operation *,
                              llvm::ArrayRef<int64_t> permutation);
/// `x` permuted; nothing is built for the identity.
mlir::Value permuted(mlir::ImplicitLocOpBuilder &, mlir::Value x,
                     llvm::ArrayRef<int64_t> permutation);

} // namespace dlc
