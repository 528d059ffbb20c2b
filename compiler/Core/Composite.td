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

#endif
