// Element types that core ops do not know: 8-bit and 4-bit floats, integers of 4 and 2 bits. ONNX
// only converts and moves them, so the importer holds them as *codes*, one in a byte: the integers
// as si8 or ui8, the floats as the ui8 of their bits. Which values are codes is kept beside the
// names of a scope; an operator that does not ask for codes refuses them. In files and at the
// boundary of a program elements of less than 8 bits are packed, the first in the lowest bits.
#pragma once

#include "Core/Core.h"
#include "Onnx/Model.h"

namespace dlc::onnx {

bool isSmall(ElementType);
/// The core type of the codes: si8 for signed integers, else ui8.
mlir::Type codeType(ElementType, mlir::MLIRContext &);

/// The type of the bytes that hold the elements of `codes`.
mlir::RankedTensorType packedType(ElementType, mlir::RankedTensorType codes);
/// Codes in `shape` from ui8 bytes, and bytes from codes.
TensorExpr unpacked(TensorExpr bytes, llvm::ArrayRef<int64_t> shape, ElementType);
TensorExpr packed(TensorExpr codes, ElementType);
/// What an argument of the program carries for it: `dlc.dtype` and `dlc.shape`.
llvm::SmallVector<mlir::NamedAttribute> smallTypeAttributes(mlir::Builder &, ElementType,
                                                            llvm::ArrayRef<int64_t> shape);

/// The numbers that codes stand for, in another element type.
TensorExpr decoded(TensorExpr codes, ElementType, mlir::Type to);
/// Codes of numbers: floats are rounded to the nearest, ties to even, and saturate or not;
/// integers keep their lowest bits. `roundMode` (up, down, nearest) is that of Float8E8M0.
TensorExpr encoded(TensorExpr x, ElementType, bool saturate, llvm::StringRef roundMode);

} // namespace dlc::onnx
