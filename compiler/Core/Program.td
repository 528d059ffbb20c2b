// The program after kernels are formed: calls of kernels, first on tensors, then over planned buffers.
#ifndef DLC_PROGRAM
#define DLC_PROGRAM

include "Core.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/IR/BuiltinTypes.td"

// A kernel is a private `func.func` whose body is core ops between tensors, with the attributes
//   dlc.plan   a dictionary made by Target::plan (KernelPlan in Graph/Target.h)
//   dlc.alias  [[result, operand], ...]: the result may overwrite the operand; part of the kernel's identity
def CallOp : Dlc_Op<"call", [DeclareOpInterfaceMethods<SymbolUserOpInterface>, Pure]> {
  let summary = "the results of a kernel";
  let arguments = (ins FlatSymbolRefAttr:$kernel, Variadic<Tensor>:$operands, OptionalAttr<StrArrayAttr>:$nodes);
  let results = (outs Variadic<Tensor>:$results);
  let assemblyFormat = "$kernel `(` $operands `)` attr-dict `:` functional-type($operands, $results)";
}

def BufferSpaceAttr : I32EnumAttr<"BufferSpace", "where a buffer lies", [
    I32EnumAttrCase<"arena", 0>, I32EnumAttrCase<"weights", 1>, I32EnumAttrCase<"constants", 2>,
    I32EnumAttrCase<"state", 3>]> {
  let cppNamespace = "::dlc";
  let genSpecializedAttr = 0;
}
def Dlc_BufferSpace : EnumAttr<Dlc_Dialect, BufferSpaceAttr, "buffer_space"> { let assemblyFormat = "$value"; }

def BufferOp : Dlc_Op<"buffer", [Pure]> {
  let summary = "bytes at a fixed offset of the arena, the weights, the constants or the state";
  let arguments = (ins Dlc_BufferSpace:$space, I64Attr:$offset);
  let results = (outs AnyStaticShapeMemRef:$result);
  let assemblyFormat = "$space $offset attr-dict `:` type($result)";
}

def LaunchOp : Dlc_Op<"launch", [AttrSizedOperandSegments, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "runs a kernel: reads `inputs`, writes `outputs`; in the order of its operands and results";
  let arguments = (ins FlatSymbolRefAttr:$kernel, Variadic<AnyMemRef>:$inputs, Variadic<AnyMemRef>:$outputs);
  let assemblyFormat = "$kernel `ins` `(` ($inputs^ `:` type($inputs))? `)` `outs` `(` ($outputs^ `:` type($outputs))? `)` attr-dict";
}

#endif
