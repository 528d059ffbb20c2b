// Ops that move elements: their reference form is one affine map (pad and concat: guarded maps).
#ifndef DLC_MOVEMENT
#define DLC_MOVEMENT

include "Core.td"
include "mlir/IR/BuiltinAttributeInterfaces.td"

defvar MovementInterfaces = [DeclareOpInterfaceMethods<VjpOpInterface>];
defvar Permutes = DeclareOpInterfaceMethods<LayoutOpInterface>;

def BroadcastOp : Dlc_Movement<"broadcast", MovementInterfaces # [Permutes]> {
  let summary = "dimension i of x becomes dimension dims[i] of the result; extents are equal or 1 -> n";
  let arguments = (ins Tensor:$x, DenseI64ArrayAttr:$dims);
  let results = (outs Tensor:$result);
  let assemblyFormat = "$x `dims` $dims attr-dict `:` type($x) `to` type($result)";
  let hasVerifier = 1;
  let hasFolder = 1;
}

def ReshapeOp : Dlc_Movement<"reshape", MovementInterfaces> {
  let summary = "the same elements in row-major order under another shape";
  let arguments = (ins Tensor:$x);
  let results = (outs Tensor:$result);
  let assemblyFormat = "$x attr-dict `:` type($x) `to` type($result)";
  let hasVerifier = 1;
  let hasFolder = 1;
}

def TransposeOp : Dlc_Movement<"transpose", MovementInterfaces # [Permutes, InferTypeOpAdaptor]> {
  let summary = "dimension i of the result is dimension perm[i] of x";
  let arguments = (ins Tensor:$x, DenseI64ArrayAttr:$perm);
  let results = (outs Tensor:$result);
  let assemblyFormat = "$x `perm` $perm attr-dict `:` type($x)";
  let hasFolder = 1;
}

def ReverseOp : Dlc_Movement<"reverse", MovementInterfaces # [SameOperandsAndResultType, Permutes]> {
  let summary = "order reversed along dims";
  let arguments = (ins Tensor:$x, DenseI64ArrayAttr:$dims);
  let results = (outs Tensor:$result);
  let assemblyFormat = "$x `dims` $dims attr-dict `:` type($x)";
  let hasVerifier = 1;
}

def SliceOp : Dlc_Movement<"slice", MovementInterfaces # [InferTypeOpAdaptor, Permutes]> {
  let summary = "elements lo, lo + stride, ... below hi of each dimension";
  let arguments = (ins Tensor:$x, DenseI64ArrayAttr:$lo, DenseI64ArrayAttr:$hi, DenseI64ArrayAttr:$stride);
  let results = (outs Tensor:$result);
  let assemblyFormat = "$x `lo` $lo `hi` $hi `stride` $stride attr-dict `:` type($x)";
  let hasFolder = 1;
}

def PadOp : Dlc_Movement<"pad", MovementInterfaces # [InferTypeOpAdaptor, Permutes]> {
  let summary = "lo elements of `value` before, hi after, interior between; negative lo and hi crop";
  let arguments = (ins Tensor:$x, DenseI64ArrayAttr:$lo, DenseI64ArrayAttr:$hi, DenseI64ArrayAttr:$interior,
                       TypedAttrInterface:$value);
  let results = (outs Tensor:$result);
  let assemblyFormat = "$x `lo` $lo `hi` $hi `interior` $interior `value` $value attr-dict `:` type($x)";
  let hasFolder = 1;
}

def ConcatOp : Dlc_Movement<"concat", MovementInterfaces # [InferTypeOpAdaptor, Permutes]> {
  let summary = "operands one after the other along `dim`";
  let arguments = (ins Variadic<Tensor>:$operands, I64Attr:$dim);
  let results = (outs Tensor:$result);
  let assemblyFormat = "$operands `dim` $dim attr-dict `:` type($operands)";
  let hasFolder = 1;
}

def TakeOp : Dlc_Movement<"take", MovementInterfaces # [InferTypeOpAdaptor]> {
  let summary = "rows of x along `axis`, chosen by `indices` (in range, checked)";
  let description = "Result shape: x.shape[:axis] + indices.shape + x.shape[axis+1:].";
  let arguments = (ins Tensor:$x, IndicesTensor:$indices, I64Attr:$axis);
  let results = (outs Tensor:$result);
  let assemblyFormat = "$x `,` $indices `axis` $axis attr-dict `:` type($x) `,` type($indices)";
}

#endif
