// What every core op states besides its operands and results. Passes ask these interfaces and traits; none holds a list
// of ops.
#ifndef DLC_CORE_INTERFACES
#define DLC_CORE_INTERFACES

include "mlir/IR/OpBase.td"

def ReferenceOpInterface : OpInterface<"ReferenceOpInterface"> {
  let description = [{
    The meaning of an op whose result elements are functions of operand elements: loops, the maps that say what is
    read, a scalar body, and for reductions a combiner. The interpreter runs it; targets emit code from it by class.
  }];
  let cppNamespace = "::dlc";
  let methods = [
    InterfaceMethod<"Loops, reads and body (ReferenceForm.h).", "::dlc::ReferenceForm", "referenceForm">
  ];
}

def SequentialOpInterface : OpInterface<"SequentialOpInterface"> {
  let description = [{
    The meaning of an op that is no map from indices to elements (sort, scan along an axis, nonzero): a short loop over
    the operands' elements. REQUIRES: one operand a literal of each operand's type.
  }];
  let cppNamespace = "::dlc";
  let methods = [
    InterfaceMethod<"The results' elements, or an emitted error.", "::llvm::FailureOr<::llvm::SmallVector<::dlc::Literal>>",
                    "interpret", (ins "::llvm::ArrayRef<::dlc::Literal>":$operands)>
  ];
}

def ScatterOpInterface : OpInterface<"ScatterOpInterface"> {
  let description = [{
    An op that changes elements of its first operand, at places that the second gives, by the elements of the third
    (ScatterForm.h).
  }];
  let cppNamespace = "::dlc";
  let methods = [
    InterfaceMethod<"Which element each update meets, and how.", "::dlc::ScatterForm", "scatterForm">
  ];
}

def CompositeOpInterface : OpInterface<"CompositeOpInterface"> {
  let description = [{
    An op kept whole for the sake of its gradient or of its kernel (softmax, layer norm, gelu), and its definition in
    terms of other core ops.
  }];
  let cppNamespace = "::dlc";
  let methods = [
    InterfaceMethod<"Builds the definition before the op and returns what replaces its results.",
                    "::llvm::SmallVector<::mlir::Value>", "decompose",
                    (ins "::mlir::ImplicitLocOpBuilder &":$b)>
  ];
}

def VjpOpInterface : OpInterface<"VjpOpInterface"> {
  let description = [{
    The vector-Jacobian product (reference: training, section 2). A null value is a symbolic zero, in and out. Rules are
    written in core ops, so that they can be differentiated again.
  }];
  let cppNamespace = "::dlc";
  let methods = [
    InterfaceMethod<[{
      Appends one cotangent per operand to `gradients`: null where it is zero or not wanted. `cotangents` holds one value
      per result.
    }], "::llvm::LogicalResult", "buildVjp",
      (ins "::mlir::ImplicitLocOpBuilder &":$b, "::mlir::ValueRange":$cotangents,
           "const ::llvm::BitVector &":$wanted, "::llvm::SmallVectorImpl<::mlir::Value> &":$gradients)>,
    InterfaceMethod<"Marks the operands and results that the rule reads: they must be kept or computed again.",
      "void", "vjpReads", (ins "::llvm::BitVector &":$operands, "::llvm::BitVector &":$results),
      /*methodBody=*/"", /*defaultImplementation=*/[{ operands.set(); results.set(); }]>,
    InterfaceMethod<"Whether the op has a derivative with respect to the operand.", "bool", "isDifferentiable",
      (ins "unsigned":$operand), /*methodBody=*/"", /*defaultImplementation=*/[{ return true; }]>
  ];
}

def LayoutOpInterface : OpInterface<"LayoutOpInterface"> {
  let description = [{
    How an op looks when its result is permuted: the layout pass moves transposes through ops that say so.
  }];
  let cppNamespace = "::dlc";
  let methods = [
    InterfaceMethod<[{
      Builds this op so that its result is `transpose(result, permutation)`, from operands that it transposes itself as
      it needs, and returns the new result; null when it cannot.
    }], "::mlir::Value", "buildPermuted",
      (ins "::mlir::ImplicitLocOpBuilder &":$b, "::llvm::ArrayRef<int64_t>":$permutation)>
  ];
}

// Traits: properties that passes ask for.
class DlcTrait<string name> : NativeOpTrait<name> { let cppNamespace = "::dlc"; }
def PointwiseOp : DlcTrait<"PointwiseOp">;         // result element i depends on element i of each operand, and on nothing else
def MovementOp : DlcTrait<"MovementOp">;           // elements are copied or replaced by a constant, never computed
def ExactOnStorage : DlcTrait<"ExactOnStorage">;   // f16 and bf16 results need no rounding
def ContractionOp : DlcTrait<"ContractionOp">;     // sum of products of two operands: panels and register tiles
def WindowOp : DlcTrait<"WindowOp">;               // reduction over a window that slides over one operand
def ReductionOp : DlcTrait<"ReductionOp">;         // reduction over whole dimensions of the operand
def ExpensiveOp : DlcTrait<"ExpensiveOp">;         // many instructions an element: not worth computing twice
def ScalarCode : DlcTrait<"ScalarCode">;           // no vector form on CPUs: integer division, sort
def ZeroVjp : DlcTrait<"ZeroVjp">;                 // piecewise constant

#endif
