// Reductions over whole dimensions, and over windows.
#ifndef DLC_REDUCTION
#define DLC_REDUCTION

include "Core.td"

def ReduceKindAttr : I32EnumAttr<"ReduceKind", "reduction", [
    I32EnumAttrCase<"sum", 0>, I32EnumAttrCase<"prod", 1>, I32EnumAttrCase<"max", 2>, I32EnumAttrCase<"min", 3>,
    I32EnumAttrCase<"all", 4, "and">, I32EnumAttrCase<"any", 5, "or">]> {
  let cppNamespace = "::dlc";
  let genSpecializedAttr = 0;
}
def Dlc_ReduceKind : EnumAttr<Dlc_Dialect, ReduceKindAttr, "reduce_kind"> { let assemblyFormat = "$value"; }

def ReduceOp : Dlc_ReferenceOp<"reduce", [ReductionOp, InferTypeOpAdaptor, DeclareOpInterfaceMethods<VjpOpInterface>,
                                          DeclareOpInterfaceMethods<LayoutOpInterface>]> {
  let summary = "sum, product, maximum, minimum, and, or over `dims`, which disappear; f16 and bf16 accumulate in f32";
  let arguments = (ins Dlc_ReduceKind:$kind, Tensor:$x, DenseI64ArrayAttr:$dims);
  let results = (outs Tensor:$result);
  let assemblyFormat = "$kind $x `dims` $dims attr-dict `:` type($x)";
}

def ArgReduceOp : Dlc_ReferenceOp<"arg_reduce", [ReductionOp, ZeroVjp, InferTypeOpAdaptor]> {
  let summary = "index of the maximum or minimum along `dim` (kind max or min); the first, or with `last` the last; NaN wins";
  let arguments = (ins Dlc_ReduceKind:$kind, NumberTensor:$x, I64Attr:$dim, UnitAttr:$last);
  let results = (outs ExtentTensor:$result);
  let assemblyFormat = "$kind $x `dim` $dim (`last` $last^)? attr-dict `:` type($x)";
}

// Windows slide over the dimensions `dims` of x. Result extent: (n + lo + hi - ((window-1) dilation + 1)) / strides + 1.
class Dlc_Window<string mnemonic, list<Trait> traits = []>
    : Dlc_ReferenceOp<mnemonic, traits # [WindowOp, InferTypeOpAdaptor, DeclareOpInterfaceMethods<LayoutOpInterface>]> {
  let arguments = (ins Tensor:$x, DenseI64ArrayAttr:$dims, DenseI64ArrayAttr:$window, DenseI64ArrayAttr:$strides,
                       DenseI64ArrayAttr:$lo, DenseI64ArrayAttr:$hi, DenseI64ArrayAttr:$dilation);
  let assemblyFormat = [{
    $x `dims` $dims `window` $window `strides` $strides `lo` $lo `hi` $hi `dilation` $dilation attr-dict `:` type($x)
  }];
}

def WindowSumOp : Dlc_Window<"window_sum", [DeclareOpInterfaceMethods<VjpOpInterface>]> {
  let summary = "sum over a sliding window; outside the operand is 0";
  let results = (outs NumberTensor:$result);
}

def WindowMaxOp : Dlc_Window<"window_max", [ExactOnStorage, DeclareOpInterfaceMethods<VjpOpInterface>]> {
  let summary = "maximum over a sliding window and its place in the window (row-major, the first of equals); outside is the smallest number";
  let results = (outs NumberTensor:$result, PlaceTensor:$place);
}

// The adjoints: each element of the result, of extents `extents` along `dims`, sums what the windows over it give.
class Dlc_WindowAdjoint<string mnemonic>
    : Dlc_ReferenceOp<mnemonic, [WindowOp, InferTypeOpAdaptor, DeclareOpInterfaceMethods<VjpOpInterface>]> {
  let results = (outs NumberTensor:$result);
}

def WindowSumAdjOp : Dlc_WindowAdjoint<"window_sum_adj"> {
  let summary = "the adjoint of window_sum: the sum of the windows over each element";
  let arguments = (ins NumberTensor:$g, DenseI64ArrayAttr:$dims, DenseI64ArrayAttr:$extents, DenseI64ArrayAttr:$window,
                       DenseI64ArrayAttr:$strides, DenseI64ArrayAttr:$lo, DenseI64ArrayAttr:$hi,
                       DenseI64ArrayAttr:$dilation);
  let assemblyFormat = [{
    $g `dims` $dims `extents` $extents `window` $window `strides` $strides `lo` $lo `hi` $hi `dilation` $dilation
    attr-dict `:` type($g)
  }];
}

def WindowMaxGradOp : Dlc_WindowAdjoint<"window_max_grad"> {
  let summary = "the adjoint of window_max: the sum of those windows over each element whose place it is";
  let arguments = (ins NumberTensor:$g, PlaceTensor:$place, DenseI64ArrayAttr:$dims, DenseI64ArrayAttr:$extents,
                       DenseI64ArrayAttr:$window, DenseI64ArrayAttr:$strides, DenseI64ArrayAttr:$lo,
                       DenseI64ArrayAttr:$hi, DenseI64ArrayAttr:$dilation);
  let assemblyFormat = [{
    $g `,` $place `dims` $dims `extents` $extents `window` $window `strides` $strides `lo` $lo `hi` $hi
    `dilation` $dilation attr-dict `:` type($g) `,` type($place)
  }];
}

#endif
