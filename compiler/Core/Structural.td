// Constants, weights, and ops with a type rule of their own: compare, select, convert.
#ifndef DLC_STRUCTURAL
#define DLC_STRUCTURAL

include "Core.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/ControlFlowInterfaces.td"

def ConstantOp : Dlc_Op<"constant", [Pure, ConstantLike, AllTypesMatch<["value", "result"]>]> {
  let summary = "a tensor known at compile time, at most 4 KiB unless splat (larger ones are weights)";
  let arguments = (ins ElementsAttr:$value);
  let results = (outs Tensor:$result);
  let assemblyFormat = "attr-dict $value";
  let hasFolder = 1;
}

def WeightDataOp : Dlc_Op<"weight_data", [Symbol]> {
  let summary = "where the bytes of a weight lie: a file, an offset and a length";
  let description = [{
    `file` is an index into the module's attribute `dlc.files` (paths). The bytes are little-endian, row-major, in the
    memory form of `type`, or (storage `float16` and so on) as the file holds them. Weights are never MLIR attributes.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, TypeAttr:$type, I64Attr:$file, I64Attr:$offset, I64Attr:$length,
                       OptionalAttr<StrAttr>:$hash);
  let assemblyFormat = "$sym_name `:` $type `file` $file `offset` $offset `length` $length (`hash` $hash^)? attr-dict";
  let hasVerifier = 1;
}

def DerivedWeightOp : Dlc_Op<"derived_weight", [Symbol, SingleBlock, IsolatedFromAbove]> {
  let summary = "a weight computed at compile time from others: folded, transposed, packed";
  let description = "The region has no arguments, ends in `return`, and is evaluated, streamed, when the object is written.";
  let arguments = (ins SymbolNameAttr:$sym_name, TypeAttr:$type);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "$sym_name `:` $type attr-dict-with-keyword $body";
}

def WeightOp : Dlc_Op<"weight", [Pure, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "the tensor that a weight symbol names";
  let arguments = (ins FlatSymbolRefAttr:$weight);
  let results = (outs Tensor:$result);
  let assemblyFormat = "$weight attr-dict `:` type($result)";
}

def IotaOp : Dlc_ReferenceOp<"iota", [ExactOnStorage]> {
  let summary = "element i is its index along `dim`";
  let arguments = (ins I64Attr:$dim);
  let results = (outs NumberTensor:$result);
  let assemblyFormat = "`dim` $dim attr-dict `:` type($result)";
  let hasVerifier = 1;
}

def CompareKindAttr : I32EnumAttr<"CompareKind", "comparison", [
    I32EnumAttrCase<"eq", 0>, I32EnumAttrCase<"ne", 1>, I32EnumAttrCase<"lt", 2>, I32EnumAttrCase<"le", 3>,
    I32EnumAttrCase<"gt", 4>, I32EnumAttrCase<"ge", 5>]> {
  let cppNamespace = "::dlc";
  let genSpecializedAttr = 0;
}
def Dlc_CompareKind : EnumAttr<Dlc_Dialect, CompareKindAttr, "compare_kind"> { let assemblyFormat = "$value"; }

def CompareOp : Dlc_ReferenceOp<"compare", [PointwiseOp, ExactOnStorage, ZeroVjp, SameOperandsAndResultShape,
                                            AllTypesMatch<["x", "y"]>, InferTypeOpAdaptor,
                                            DeclareOpInterfaceMethods<LayoutOpInterface>]> {
  let summary = "elementwise comparison; floats compare ordered, except ne";
  let arguments = (ins Dlc_CompareKind:$kind, Tensor:$x, Tensor:$y);
  let results = (outs BoolTensor:$result);
  let assemblyFormat = "$kind $x `,` $y attr-dict `:` type($x)";
}

def SelectOp : Dlc_ReferenceOp<"select", [PointwiseOp, ExactOnStorage, SameOperandsAndResultShape,
                                          AllTypesMatch<["x", "y", "result"]>,
                                          DeclareOpInterfaceMethods<VjpOpInterface>,
                                          DeclareOpInterfaceMethods<LayoutOpInterface>]> {
  let summary = "condition ? x : y, elementwise";
  let arguments = (ins BoolTensor:$condition, Tensor:$x, Tensor:$y);
  let results = (outs Tensor:$result);
  let assemblyFormat = "operands attr-dict `:` type($condition) `,` type($result)";
}

def ConvertOp : Dlc_ReferenceOp<"convert", [PointwiseOp, SameOperandsAndResultShape,
                                            DeclareOpInterfaceMethods<VjpOpInterface>,
                                            DeclareOpInterfaceMethods<LayoutOpInterface>]> {
  let summary = "the same numbers in another element type (Scalar.h, `convert`)";
  let arguments = (ins Tensor:$x);
  let results = (outs Tensor:$result);
  let assemblyFormat = "$x attr-dict `:` type($x) `to` type($result)";
  let hasFolder = 1;
}

def BitcastOp : Dlc_ReferenceOp<"bitcast", [PointwiseOp, ExactOnStorage, ZeroVjp, SameOperandsAndResultShape,
                                            DeclareOpInterfaceMethods<LayoutOpInterface>]> {
  let summary = "the same bits as another element type of the same width; a NaN stays some NaN";
  let arguments = (ins Tensor:$x);
  let results = (outs Tensor:$result);
  let assemblyFormat = "$x attr-dict `:` type($x) `to` type($result)";
  let hasVerifier = 1;
  let hasFolder = 1;
}

def RngBitsOp : Dlc_ReferenceOp<"rng_bits", [ExpensiveOp, ZeroVjp]> {
  let summary = "random bits, a function of key and counter alone: Philox4x32-10";
  let description = [{
    Element i, in row-major order, is word i mod 4 of the block whose 128-bit counter is `counter` with i / 4 added to its
    lower 64 bits (modulo 2^64); words are little-endian. Who draws several tensors under one key gives each its own upper
    half of the counter.
  }];
  let arguments = (ins WordTensor:$key, WordTensor:$counter);
  let results = (outs WordTensor:$result);
  let assemblyFormat = "$key `,` $counter attr-dict `:` type($key) `,` type($counter) `to` type($result)";
  let hasVerifier = 1;
}

def ReturnOp : Dlc_Op<"return", [Pure, Terminator, ReturnLike]> {
  let summary = "ends a region of core ops";
  let arguments = (ins Variadic<AnyType>:$operands);
  let builders = [OpBuilder<(ins), [{}]>];
  let assemblyFormat = "($operands^ `:` type($operands))? attr-dict";
  let builders = [OpBuilder<(ins), [{}]>];
}

#endif
