// The program after kernels are formed: calls of kernels, first on tensors, then over planned buffers.
//
// On tensors (FormKernels makes it; it prints, parses and is interpreted like any function):
//
//   module attributes {dlc.files = ["model.onnx"]} {
//     dlc.weight_data @w : tensor<3072x768xf32> file 0 offset 64 length 9437184
//     dlc.derived_weight @w_packed : tensor<96x768x32xf32> { ...; dlc.return ... }
//     func.func private @dot_add_relu_1f3c(%x: ..., %w: ..., %b: ...) -> ... attributes {dlc.kernel, dlc.plan = {...}}
//     func.func @main(%x: tensor<128x768xf32> {dlc.name = "x"}) -> (tensor<128x3072xf32> {dlc.name = "y"}) {
//       %w = dlc.weight @w_packed ...
//       %y = dlc.call @dot_add_relu_1f3c(%x, %w, %b) {nodes = ["MatMul_3", "Relu_4"]} : ...
//       return %y
//
//   @main holds dlc.call, dlc.weight, dlc.reshape (a view, it costs nothing), and dlc.if, dlc.scan, dlc.while whose regions
//   hold the same. A constant that is no splat is a derived weight, so kernels hold splats only.
//
// Over buffers (PlanMemory makes it; the entry function is lowered from it, operation by operation):
//
//   module attributes {dlc.arena_bytes = 4096 : i64, dlc.weight_bytes = 9449472 : i64,
//                      dlc.weights = [{symbol = @w_packed, offset = 0 : i64, bytes = 9437184 : i64}, ...]} {
//     func.func @run(%x: memref<128x768xf32> {dlc.name = "x"}, %y: memref<128x3072xf32> {dlc.name = "y", dlc.output}) {
//       %w = dlc.buffer weights 0 : memref<96x768x32xf32>
//       %a = dlc.buffer arena 0 : memref<128x3072xf32>
//       dlc.launch @dot_add_relu_1f3c ins(%x, %w, %b : ...) outs(%a : ...) scratch(%s : memref<8192xi8>) {nodes = [...]}
//       return
//
//   * Every memref is a pointer to its first element; elements are contiguous, row-major. No op allocates.
//   * Arguments of @run: the inputs, then the outputs (`dlc.output`); one that is bounded along dimension d (`dlc.bounded = d`)
//     is followed by its extent, memref<si64> (`dlc.output`, `dlc.extent`). They keep the attribute `dlc.name` of @main. The weights, the arena and `parallel` are not arguments here.
//   * Weights are written to the weight section in the order and at the offsets of `dlc.weights`, aligned to 64; gaps are 0.
//   * `dlc.gap_bytes = 64 : i64` on the module: so many bytes behind every buffer belong to none that lives at the same time,
//     nor do the last ones of every slot of scratch.
//   * An output shares an input's buffer in a launch only where the kernel's `dlc.alias` says so.
//   * Control flow: scf.if on `dlc.test`; scf.for from 0 to a constant by 1; scf.while with the operands (go: i1, step: index,
//     pointers...), whose first region is scf.condition alone. Loops carry memrefs: two buffers of a value that changes take
//     turns (scf.yield swaps them). Besides these the function holds arith.constant, addi, subi, cmpi, andi, select on index and i1.
//   * dlc.fail without results ends the run with DLC_ERROR_BRANCH.
#ifndef DLC_PROGRAM
#define DLC_PROGRAM

include "Core.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/IR/BuiltinTypes.td"

// A kernel is a private `func.func` whose body is core ops between tensors, with the attributes
//   dlc.kernel the mark
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
  let hasVerifier = 1;
}

def ViewOp : Dlc_Op<"view", [Pure]> {
  let summary = "the same bytes under another shape: the same pointer";
  let arguments = (ins AnyStaticShapeMemRef:$buffer);
  let results = (outs AnyStaticShapeMemRef:$result);
  let assemblyFormat = "$buffer attr-dict `:` type($buffer) `to` type($result)";
  let hasVerifier = 1;
}

def RowOp : Dlc_Op<"row", [Pure]> {
  let summary = "row `index` of a buffer, its leading dimension dropped: pointer + index * bytes of a row";
  let arguments = (ins AnyStaticShapeMemRef:$buffer, Index:$index);
  let results = (outs AnyStaticShapeMemRef:$result);
  let assemblyFormat = "$buffer `[` $index `]` attr-dict `:` type($buffer) `to` type($result)";
  let hasVerifier = 1;
}

def CopyOp : Dlc_Op<"copy", [MemoryEffects<[MemRead, MemWrite]>, AllTypesMatch<["from", "to"]>]> {
  let summary = "copies a buffer; the two do not overlap";
  let arguments = (ins AnyStaticShapeMemRef:$from, AnyStaticShapeMemRef:$to);
  let assemblyFormat = "$from `to` $to attr-dict `:` type($from)";
}

def TestOp : Dlc_Op<"test", [MemoryEffects<[MemRead]>]> {
  let summary = "whether the byte of a bool scalar is not 0";
  let arguments = (ins MemRefRankOf<[I1], [0]>:$buffer);
  let results = (outs I1:$result);
  let assemblyFormat = "$buffer attr-dict `:` type($buffer)";
}

def StoreIndexOp : Dlc_Op<"store_index", [MemoryEffects<[MemWrite]>]> {
  let summary = "writes a number of steps into an si64 scalar";
  let arguments = (ins Index:$value, MemRefRankOf<[SI<64>], [0]>:$buffer);
  let assemblyFormat = "$value `to` $buffer attr-dict `:` type($buffer)";
}

def LaunchOp : Dlc_Op<"launch", [AttrSizedOperandSegments, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "runs a kernel: reads `inputs`, writes `outputs`; in the order of its operands and results";
  let description = "`scratch` has the plan's scratchBytes for each slot, one after the other, each a multiple of 64.";
  let arguments = (ins FlatSymbolRefAttr:$kernel, Variadic<AnyStaticShapeMemRef>:$inputs,
                       Variadic<AnyStaticShapeMemRef>:$outputs, Optional<AnyStaticShapeMemRef>:$scratch,
                       OptionalAttr<StrArrayAttr>:$nodes);
  let assemblyFormat = [{
    $kernel `ins` `(` ($inputs^ `:` type($inputs))? `)` `outs` `(` ($outputs^ `:` type($outputs))? `)`
    (`scratch` `(` $scratch^ `:` type($scratch) `)`)? attr-dict
  }];
}

#endif
