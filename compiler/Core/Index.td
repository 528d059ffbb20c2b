// Ops whose places come from data: gathers (maps with indices that are read), their inverses, slices at run time, sort.
#ifndef DLC_INDEX
#define DLC_INDEX

include "Core.td"
include "Reduction.td"

// ---------------------------------------------------------------- reading
def TakeAlongOp : Dlc_Movement<"take_along", [InferTypeOpAdaptor, DeclareOpInterfaceMethods<VjpOpInterface>]> {
  let summary = "result[.., i, ..] = x[.., indices[.., i, ..], ..] along `axis` (in range, checked)";
  let description = "x and indices have equal extents but along `axis`; the result has the shape of indices.";
  let arguments = (ins Tensor:$x, IndicesTensor:$indices, I64Attr:$axis);
  let results = (outs Tensor:$result);
  let assemblyFormat = "$x `,` $indices `axis` $axis attr-dict `:` type($x) `,` type($indices)";
}

def GatherNdOp : Dlc_Movement<"gather_nd", [InferTypeOpAdaptor, DeclareOpInterfaceMethods<VjpOpInterface>]> {
  let summary = "slices of x, chosen by the rows of `indices` (in range, checked)";
  let description = [{
    The last dimension of `indices`, of extent k, numbers the first k dimensions of x after the `batch` leading ones, which
    both share. Result shape: indices.shape[:-1] + x.shape[batch + k:].
  }];
  let arguments = (ins Tensor:$x, IndicesTensor:$indices, I64Attr:$batch);
  let results = (outs Tensor:$result);
  let assemblyFormat = "$x `,` $indices `batch` $batch attr-dict `:` type($x) `,` type($indices)";
}

def DynamicSliceOp : Dlc_Movement<"dynamic_slice", [InferTypeOpAdaptor, DeclareOpInterfaceMethods<VjpOpInterface>]> {
  let summary = "`sizes[i]` elements of dimension `dims[i]` from `starts[i]` on (in range, checked); others whole";
  let arguments = (ins Tensor:$x, IndicesTensor:$starts, DenseI64ArrayAttr:$dims, DenseI64ArrayAttr:$sizes);
  let results = (outs Tensor:$result);
  let assemblyFormat = "$x `,` $starts `dims` $dims `sizes` $sizes attr-dict `:` type($x) `,` type($starts)";
}

// ---------------------------------------------------------------- writing
def PutKindAttr : I32EnumAttr<"PutKind", "what an update does to an element", [
    I32EnumAttrCase<"set", 0>, I32EnumAttrCase<"add", 1>, I32EnumAttrCase<"mul", 2>, I32EnumAttrCase<"min", 3>,
    I32EnumAttrCase<"max", 4>]> {
  let cppNamespace = "::dlc";
  let genSpecializedAttr = 0;
}
def Dlc_PutKind : EnumAttr<Dlc_Dialect, PutKindAttr, "put_kind"> { let assemblyFormat = "$value"; }

// x with elements changed by updates, one after the other in row-major order of the updates; each result is rounded to the
// element type. The derivatives of `set` and `mul` hold where no element is updated twice.
class Dlc_Scatter<string mnemonic>
    : Dlc_Op<mnemonic, [Pure, ScalarCode, InferTypeOpAdaptor, DeclareOpInterfaceMethods<SequentialOpInterface>,
                        DeclareOpInterfaceMethods<ScatterOpInterface>, DeclareOpInterfaceMethods<VjpOpInterface>]> {
  let results = (outs Tensor:$result);
}

def PutOp : Dlc_Scatter<"put"> {
  let summary = "rows of x along `axis`, chosen by `indices` (in range, checked), changed by those of `updates`";
  let description = "updates has the shape of take(x, indices){axis}.";
  let arguments = (ins Dlc_PutKind:$kind, Tensor:$x, IndicesTensor:$indices, Tensor:$updates, I64Attr:$axis);
  let assemblyFormat = [{
    $kind $x `,` $indices `,` $updates `axis` $axis attr-dict `:` type($x) `,` type($indices) `,` type($updates)
  }];
}

def PutAlongOp : Dlc_Scatter<"put_along"> {
  let summary = "elements of x, chosen along `axis` by `indices` (in range, checked), changed by `updates`";
  let description = "indices and updates have the shape of x but along `axis`.";
  let arguments = (ins Dlc_PutKind:$kind, Tensor:$x, IndicesTensor:$indices, Tensor:$updates, I64Attr:$axis);
  let assemblyFormat = [{
    $kind $x `,` $indices `,` $updates `axis` $axis attr-dict `:` type($x) `,` type($indices) `,` type($updates)
  }];
}

def ScatterNdOp : Dlc_Scatter<"scatter_nd"> {
  let summary = "slices of x, chosen by the rows of `indices` (in range, checked), changed by those of `updates`";
  let description = "updates has the shape of gather_nd(x, indices){batch}.";
  let arguments = (ins Dlc_PutKind:$kind, Tensor:$x, IndicesTensor:$indices, Tensor:$updates, I64Attr:$batch);
  let assemblyFormat = [{
    $kind $x `,` $indices `,` $updates `batch` $batch attr-dict `:` type($x) `,` type($indices) `,` type($updates)
  }];
}

def DynamicUpdateSliceOp : Dlc_Scatter<"dynamic_update_slice"> {
  let summary = "x with `updates` in the place that begins at `starts[i]` of dimension `dims[i]` (in range, checked)";
  let arguments = (ins Tensor:$x, IndicesTensor:$starts, Tensor:$updates, DenseI64ArrayAttr:$dims);
  let assemblyFormat = [{
    $x `,` $starts `,` $updates `dims` $dims attr-dict `:` type($x) `,` type($starts) `,` type($updates)
  }];
}

// ---------------------------------------------------------------- order
def SortOp : Dlc_Op<"sort", [Pure, ScalarCode, InferTypeOpAdaptor, DeclareOpInterfaceMethods<SequentialOpInterface>,
                             DeclareOpInterfaceMethods<VjpOpInterface>]> {
  let summary = "operands along `dim` in the order of the first one's elements, of which the first `limit` are returned";
  let description = [{
    All operands have one shape; there is a result for each. Equal elements keep their order. NaN counts as larger than
    every number, -0 equals 0.
  }];
  let arguments = (ins Variadic<Tensor>:$operands, I64Attr:$dim, UnitAttr:$descending, OptionalAttr<I64Attr>:$limit);
  let results = (outs Variadic<Tensor>:$results);
  let assemblyFormat = [{
    $operands `dim` $dim (`descending` $descending^)? (`limit` $limit^)? attr-dict `:` type($operands)
  }];
}

def CumulativeOp : Dlc_Op<"cumulative", [Pure, ScalarCode, SameOperandsAndResultType,
                                         DeclareOpInterfaceMethods<SequentialOpInterface>,
                                         DeclareOpInterfaceMethods<VjpOpInterface>]> {
  let summary = "sum, product, maximum or minimum of the elements up to each one along `dim`";
  let description = [{
    `exclusive` leaves out the element itself, `reverse` goes from the last to the first. f16 and bf16 accumulate in f32.
  }];
  let arguments = (ins Dlc_ReduceKind:$kind, NumberTensor:$x, I64Attr:$dim, UnitAttr:$exclusive, UnitAttr:$reverse);
  let results = (outs NumberTensor:$result);
  let assemblyFormat = [{
    $kind $x `dim` $dim (`exclusive` $exclusive^)? (`reverse` $reverse^)? attr-dict `:` type($x)
  }];
  let hasVerifier = 1;
}

#endif
