// Control flow, and values whose size depends on data.
#ifndef DLC_CONTROL
#define DLC_CONTROL

include "Core.td"
include "mlir/Interfaces/ControlFlowInterfaces.td"

def IfOp : Dlc_Op<"if", [SingleBlockImplicitTerminator<"::dlc::ReturnOp">, RecursiveMemoryEffects]> {
  let summary = "the results of one of two regions";
  let description = [{
    A branch that cannot be typed for the bound shapes holds `dlc.fail` and returns nothing that is used: running it
    returns DLC_ERROR_BRANCH.
  }];
  let arguments = (ins BoolTensor:$condition);
  let results = (outs Variadic<Tensor>:$results);
  let regions = (region SizedRegion<1>:$then, SizedRegion<1>:$else);
  let assemblyFormat = "$condition attr-dict `:` type($condition) (`->` type($results)^)? `then` $then `else` $else";
  let hasVerifier = 1;
}

def FailOp : Dlc_Op<"fail"> {
  let summary = "ends the run with DLC_ERROR_BRANCH; results are placeholders of the type that the other branch has";
  let arguments = (ins StrAttr:$reason);
  let results = (outs Variadic<Tensor>:$results);
  let assemblyFormat = "$reason attr-dict (`:` type($results)^)?";
}

def ScanOp : Dlc_Op<"scan", [SingleBlockImplicitTerminator<"::dlc::ReturnOp">, AttrSizedOperandSegments,
                             RecursiveMemoryEffects]> {
  let summary = "a loop of `length` steps over carried values, rows of sequences and constants from outside";
  let description = [{
    Region arguments: carried values, then one row per sequence (the sequence without its leading dimension, of extent
    `length`). It returns the new carried values, then one row per stacked result. Results: final carried values, stacked
    rows [length, ...]. Step t reads row t, with `reverse_inputs[i]` row length-1-t, and writes row t likewise by
    `reverse_outputs`. Values from outside may be used directly.
  }];
  let arguments = (ins Variadic<Tensor>:$initial, Variadic<Tensor>:$sequences, I64Attr:$length,
                       DenseBoolArrayAttr:$reverse_inputs, DenseBoolArrayAttr:$reverse_outputs);
  let results = (outs Variadic<Tensor>:$results);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    `(` ($initial^ `:` type($initial))? `)` `over` `(` ($sequences^ `:` type($sequences))? `)` `length` $length
    `reverse` $reverse_inputs $reverse_outputs attr-dict `->` type($results) $body
  }];
  let hasVerifier = 1;
}

def WhileOp : Dlc_Op<"while", [SingleBlockImplicitTerminator<"::dlc::ReturnOp">, RecursiveMemoryEffects]> {
  let summary = "a loop over carried values while the body's first result holds, at most `limit` steps";
  let description = [{
    Region arguments: the step (si64 scalar), then the carried values. It returns a bool scalar (go on), then the carried
    values. The first test is `condition`.
  }];
  let arguments = (ins BoolTensor:$condition, Variadic<Tensor>:$initial, I64Attr:$limit);
  let results = (outs Variadic<Tensor>:$results);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $condition `(` ($initial^ `:` type($initial))? `)` `limit` $limit attr-dict `:` type($condition) `->` type($results) $body
  }];
  let hasVerifier = 1;
}

def NonZeroOp : Dlc_Op<"nonzero", [Pure, ScalarCode, ZeroVjp, InferTypeOpAdaptor,
                                   DeclareOpInterfaceMethods<SequentialOpInterface>]> {
  let summary = "the indices of the elements that are not zero, [rank, n] with n at most the size, and their number";
  let arguments = (ins Tensor:$x);
  let results = (outs Tensor:$indices, ExtentTensor:$extent);
  let assemblyFormat = "$x attr-dict `:` type($x)";
}

def BoundedOp : Dlc_Op<"bounded", [Pure]> {
  let summary = "says that only the first `extent` elements along the dimension of the result type's encoding are there";
  let arguments = (ins Tensor:$x, ExtentTensor:$extent);
  let results = (outs Tensor:$result);
  let assemblyFormat = "$x `,` $extent attr-dict `:` type($x) `,` type($extent) `to` type($result)";
  let hasVerifier = 1;
}

def ExtentOp : Dlc_Op<"extent", [Pure]> {
  let summary = "the number of elements that are there along the bounded dimension";
  let arguments = (ins Tensor:$x);
  let results = (outs ExtentTensor:$result);
  let assemblyFormat = "$x attr-dict `:` type($x) `to` type($result)";
  let hasVerifier = 1;
}

def UnboundedOp : Dlc_Op<"unbounded", [Pure]> {
  let summary = "a bounded value as a tensor of its full size; elements past the extent are unspecified";
  let arguments = (ins Tensor:$x);
  let results = (outs Tensor:$result);
  let assemblyFormat = "$x attr-dict `:` type($x) `to` type($result)";
  let hasVerifier = 1;
}

#endif
