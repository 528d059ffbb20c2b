// Sums of products: dot, and the convolution with its two adjoints.
#ifndef DLC_CONTRACTION
#define DLC_CONTRACTION

include "Core.td"

class Dlc_Contraction<string mnemonic, list<Trait> traits = []>
    : Dlc_ReferenceOp<mnemonic, traits # [ContractionOp, InferTypeOpAdaptor, DeclareOpInterfaceMethods<VjpOpInterface>]>;

def DotOp : Dlc_Contraction<"dot"> {
  let summary = "sum of products over contracted dimensions; result: batch, free of lhs, free of rhs dimensions";
  let description = "f16 and bf16 accumulate in f32, the result is rounded once. Integers wrap.";
  let arguments = (ins NumberTensor:$lhs, NumberTensor:$rhs, DenseI64ArrayAttr:$lhs_batch, DenseI64ArrayAttr:$rhs_batch,
                       DenseI64ArrayAttr:$lhs_contract, DenseI64ArrayAttr:$rhs_contract);
  let results = (outs NumberTensor:$result);
  let assemblyFormat = [{
    $lhs `,` $rhs `batch` $lhs_batch `x` $rhs_batch `contract` $lhs_contract `x` $rhs_contract attr-dict
    `:` type($lhs) `,` type($rhs)
  }];
}

// x [N, C, S...] or, channels_last, [N, S..., C]; w [O, C / groups, K...]; result [N, O, T...] or [N, T..., O].
class Dlc_Convolution<string mnemonic, dag inputs> : Dlc_Contraction<mnemonic> {
  let arguments = !con(inputs, (ins DenseI64ArrayAttr:$strides, DenseI64ArrayAttr:$lo, DenseI64ArrayAttr:$hi,
                                    DenseI64ArrayAttr:$dilation, I64Attr:$groups, UnitAttr:$channels_last));
  let results = (outs NumberTensor:$result);
}

def ConvOp : Dlc_Convolution<"conv", (ins NumberTensor:$x, NumberTensor:$w)> {
  let summary = "convolution (correlation) over 1 to 3 spatial dimensions; outside x is 0";
  let assemblyFormat = [{
    $x `,` $w `strides` $strides `lo` $lo `hi` $hi `dilation` $dilation `groups` $groups
    (`channels_last` $channels_last^)? attr-dict `:` type($x) `,` type($w)
  }];
}

def ConvBwdDataOp : Dlc_Convolution<"conv_bwd_data", (ins NumberTensor:$g, NumberTensor:$w, DenseI64ArrayAttr:$spatial)> {
  let summary = "adjoint of conv in x: the transposed convolution; `spatial` is the extent of its result";
  let assemblyFormat = [{
    $g `,` $w `spatial` $spatial `strides` $strides `lo` $lo `hi` $hi `dilation` $dilation `groups` $groups
    (`channels_last` $channels_last^)? attr-dict `:` type($g) `,` type($w)
  }];
}

def ConvBwdFilterOp : Dlc_Convolution<"conv_bwd_filter", (ins NumberTensor:$x, NumberTensor:$g, DenseI64ArrayAttr:$window)> {
  let summary = "adjoint of conv in w; `window` is the filter's spatial extent";
  let assemblyFormat = [{
    $x `,` $g `window` $window `strides` $strides `lo` $lo `hi` $hi `dilation` $dilation `groups` $groups
    (`channels_last` $channels_last^)? attr-dict `:` type($x) `,` type($g)
  }];
}

#endif
