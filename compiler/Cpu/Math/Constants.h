// The constants of a function, each created once, at the head of its entry block. Expansions of
// math are made of polynomials with the same coefficients again and again; one op per value keeps
// the IR small and makes every constant available in every loop without hoisting.
#pragma once
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/ADT/DenseMap.h"

namespace dlc {

class ConstantPool {
public:
  /// Takes over the arith.constant ops with which the entry block of `function` begins.
  explicit ConstantPool(mlir::FunctionOpInterface function);

  /// The value of `attribute`, whose type is the value's type.
  mlir::Value get(mlir::TypedAttr attribute);

  /// The number as a scalar of `type`, or as a vector with it in every lane; rounded to the element
  /// type.
  mlir::Value getFloat(mlir::Type type, double number);
  mlir::Value getInteger(mlir::Type type, int64_t number);

private:
  mlir::Value getSplat(mlir::Type type, mlir::TypedAttr element);

  mlir::Block *entry;
  llvm::DenseMap<mlir::Attribute, mlir::Value> known;
};

} // namespace dlc
