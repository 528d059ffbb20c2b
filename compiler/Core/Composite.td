// Ops kept whole until kernels are formed: their gradient is better by hand, and each is one kernel.
#ifndef DLC_COMPOSITE
#define DLC_COMPOSITE

include "Core.td"

class Dlc_Composite<string mnemonic, list<Trait> traits = []>
    : Dlc_Op<mnemonic, traits # [Pure, DeclareOpInterfaceMethods<CompositeOpInterface>,
                                 DeclareOpInterfaceMethods<VjpOpInterface>]>;

// Works element by element, so it can be the epilogue of any kernel, in any layout.
class Dlc_PointwiseComposite<string mnemonic>
    : Dlc_Composite<mnemonic, [PointwiseOp, SameOperandsAndResultType, DeclareOpInterfaceMethods<LayoutOpInterface>]> {
  let extraClassDefinition = [{
    ::mlir::Value $cppClass::buildPermuted(::mlir::ImplicitLocOpBuilder &b, ::llvm::ArrayRef<int64_t> permutation) {
      return ::dlc::permutedPointwise(b, *this, permutation);
    }
  }];
}

// Works along `dims` of x, the same in any layout.
class Dlc_AxesComposite<string mnemonic>
    : Dlc_Composite<mnemonic, [SameOperandsAndResultType, DeclareOpInterfaceMethods<LayoutOpInterface>]> {
  let extraClassDefinition = [{
    ::mlir::Value $cppClass::buildPermuted(::mlir::ImplicitLocOpBuilder &b, ::llvm::ArrayRef<int64_t> permutation) {
      ::llvm::SmallVector<int64_t> dims;
      for (auto [i, dimension] : ::llvm::enumerate(permutation))
        if (::llvm::is_contained(getDims(), dimension))
          dims.push_back(i);
      return $cppClass::create(b, ::dlc::permuted(b, getX(), permutation), dims);
    }
  }];
}

def ReluOp : Dlc_PointwiseComposite<"relu"> {
  let summary = "x > 0 ? x : 0 with derivative 0 at 0; NaN stays";
  let arguments = (ins SignedTensor:$x);
  let results = (outs SignedTensor:$result);
  let assemblyFormat = "$x attr-dict `:` type($x)";
}

def GeluKindAttr : I32EnumAttr<"GeluKind", "form of gelu", [I32EnumAttrCase<"erf", 0>, I32EnumAttrCase<"tanh", 1>]> {
  let cppNamespace = "::dlc";
  let genSpecializedAttr = 0;
}
def Dlc_GeluKind : EnumAttr<Dlc_Dialect, GeluKindAttr, "gelu_kind"> { let assemblyFormat = "$value"; }

def GeluOp : Dlc_PointwiseComposite<"gelu"> {
  let summary = "x/2 (1 + erf(x/sqrt 2)), or its tanh form";
  let arguments = (ins Dlc_GeluKind:$kind, FloatTensor:$x);
  let results = (outs FloatTensor:$result);
  let assemblyFormat = "$kind $x attr-dict `:` type($x)";
}

def SoftmaxOp : Dlc_AxesComposite<"softmax"> {
  let summary = "exp(x - max) / sum exp(x - max) over `dims`";
  let arguments = (ins FloatTensor:$x, DenseI64ArrayAttr:$dims);
  let results = (outs FloatTensor:$result);
  let assemblyFormat = "$x `dims` $dims attr-dict `:` type($x)";
  let hasVerifier = 1;
}

def LogSoftmaxOp : Dlc_AxesComposite<"log_softmax"> {
  let summary = "x - max - log sum exp(x - max) over `dims`";
  let arguments = (ins FloatTensor:$x, DenseI64ArrayAttr:$dims);
  let results = (outs FloatTensor:$result);
  let assemblyFormat = "$x `dims` $dims attr-dict `:` type($x)";
  let hasVerifier = 1;
}

def LayerNormOp : Dlc_Composite<"layer_norm", [AllTypesMatch<["x", "result"]>, AttrSizedOperandSegments]> {
  let summary = "(x - mean) / sqrt(variance + epsilon) over `dims`, times scale, plus shift";
  let description = [{
    scale and shift (optional) have the shape of `dims` of x. With `rms` the mean is not subtracted. f16 and bf16 are
    computed in f32 throughout.
  }];
  let arguments = (ins FloatTensor:$x, Optional<FloatTensor>:$scale, Optional<FloatTensor>:$shift,
                       DenseI64ArrayAttr:$dims, F64Attr:$epsilon, UnitAttr:$rms);
  let results = (outs FloatTensor:$result);
  let assemblyFormat = [{
    $x (`scale` $scale^ `:` type($scale))? (`shift` $shift^ `:` type($shift))? `dims` $dims `epsilon` $epsilon
    (`rms` $rms^)? attr-dict `:` type($x)
  }];
  let hasVerifier = 1;
}

def LogSumExpOp : Dlc_Composite<"logsumexp", [InferTypeOpAdaptor]> {
  let summary = "log sum exp x over `dims`, which disappear; -inf where all terms are 0";
  let arguments = (ins FloatTensor:$x, DenseI64ArrayAttr:$dims);
  let results = (outs FloatTensor:$result);
  let assemblyFormat = "$x `dims` $dims attr-dict `:` type($x)";
}

def SoftmaxXentOp : Dlc_Composite<"softmax_xent", [InferTypeOpAdaptor]> {
  let summary = "cross-entropy between softmax(logits) along `dim` and targets; `dim` disappears";
  let description = [{
    Targets are either integers (sparse): the index of the right class for each result; where it lies outside of [0, n) the
    loss and its gradient are 0. Or (dense) they are weights of the type of the logits: -sum(t log softmax(x)).
  }];
  let arguments = (ins FloatTensor:$logits, Tensor:$targets, I64Attr:$dim);
  let results = (outs FloatTensor:$result);
  let assemblyFormat = "$logits `,` $targets `dim` $dim attr-dict `:` type($logits) `,` type($targets)";
  let extraClassDeclaration = [{
    bool isSparse();
  }];
}

def SigmoidXentOp : Dlc_PointwiseComposite<"sigmoid_xent"> {
  let summary = "cross-entropy between logistic(logits) and targets in [0, 1]: max(x, 0) - x t + log(1 + exp(-|x|))";
  let arguments = (ins FloatTensor:$logits, FloatTensor:$targets);
  let results = (outs FloatTensor:$result);
  let assemblyFormat = "operands attr-dict `:` type($result)";
}

def BatchNormTrainOp : Dlc_Composite<"batch_norm_train", [AllTypesMatch<["x", "result"]>,
                                                          AllTypesMatch<["mean", "new_mean"]>,
                                                          AllTypesMatch<["variance", "new_variance"]>]> {
  let summary = "normalises by the statistics of the batch and moves the running ones towards them";
  let description = [{
    Statistics are taken over all dimensions but `dim`; scale, shift, mean and variance have one element for each index of
    it. new = momentum old + (1 - momentum) of the batch. The batch's variance is that of the population; with
    `unbiased_running_var` the running one moves towards n / (n - 1) times that.
  }];
  let arguments = (ins FloatTensor:$x, FloatTensor:$scale, FloatTensor:$shift, FloatTensor:$mean, FloatTensor:$variance,
                       I64Attr:$dim, F64Attr:$epsilon, F64Attr:$momentum, UnitAttr:$unbiased_running_var);
  let results = (outs FloatTensor:$result, FloatTensor:$new_mean, FloatTensor:$new_variance);
  let assemblyFormat = [{
    $x `,` $scale `,` $shift `,` $mean `,` $variance `dim` $dim `epsilon` $epsilon `momentum` $momentum
    (`unbiased_running_var` $unbiased_running_var^)? attr-dict
    `:` type($x) `,` type($scale) `,` type($shift) `,` type($mean) `,` type($variance)
  }];
  let hasVerifier = 1;
}

def DropoutOp : Dlc_Composite<"dropout", [AllTypesMatch<["x", "result"]>]> {
  let summary = "each element is 0 with probability `rate`, else x / (1 - rate); and which ones stayed";
  let description = [{
    The mask is a function of key and counter (rng_bits), so that the derivative computes it again and nothing is kept.
  }];
  let arguments = (ins FloatTensor:$x, WordTensor:$key, WordTensor:$counter, F64Attr:$rate);
  let results = (outs FloatTensor:$result, BoolTensor:$mask);
  let assemblyFormat = [{
    $x `,` $key `,` $counter `rate` $rate attr-dict `:` type($x) `,` type($key) `,` type($counter) `->` type($mask)
  }];
  let hasVerifier = 1;
}

def AttentionOp : Dlc_Composite<"attention", [InferTypeOpAdaptor]> {
  let summary = "softmax(cap(scale query key^T) + mask) value, computed in blocks of rows of the query";
  let description = [{
    query [B, H, S, D], key [B, K, T, D], value [B, K, T, E], H a multiple of K: heads h K / H share a key. With `softcap` c,
    cap(x) = c tanh(x / c). mask [1|B, 1|H, 1|S, 1|T]: bool (false hides a key) or of the type of the query (added). With
    `causal` o, row i sees the keys j <= i + o. A row that sees no key is 0. f16 and bf16 are computed in f32 throughout.
  }];
  let arguments = (ins FloatTensor:$query, FloatTensor:$key, FloatTensor:$value, Optional<Tensor>:$mask, F64Attr:$scale,
                       OptionalAttr<F64Attr>:$softcap, OptionalAttr<I64Attr>:$causal);
  let results = (outs FloatTensor:$result);
  let assemblyFormat = [{
    $query `,` $key `,` $value (`mask` $mask^ `:` type($mask))? `scale` $scale (`softcap` $softcap^)? (`causal` $causal^)?
    attr-dict `:` type($query) `,` type($key) `,` type($value)
  }];
}

def StopGradientOp : Dlc_Composite<"stop_gradient", [AllTypesMatch<["x", "result"]>]> {
  let summary = "x, of which nothing is differentiated";
  let arguments = (ins Tensor:$x);
  let results = (outs Tensor:$result);
  let assemblyFormat = "$x attr-dict `:` type($x)";
}

def BarrierOp : Dlc_Composite<"barrier", [InferTypeOpAdaptor]> {
  let summary = "the operands, which are different values to every rewrite until kernels are formed";
  let arguments = (ins Variadic<Tensor>:$operands);
  let results = (outs Variadic<Tensor>:$results);
  let assemblyFormat = "$operands attr-dict `:` type($operands)";
}

#endif
