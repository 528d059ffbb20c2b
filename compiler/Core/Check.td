// The `check` dialect: what a test claims about values. `dlc-opt --run` evaluates it.
#ifndef DLC_CHECK
#define DLC_CHECK

include "Core.td"

def Check_Dialect : Dialect {
  let name = "check";
  let cppNamespace = "::dlc::check";
  let summary = "claims about the values of a program";
  let dependentDialects = ["::dlc::DlcDialect"];
}

class Check_Op<string mnemonic>
    : Op<Check_Dialect,
         mnemonic, [SameTypeOperands, DeclareOpInterfaceMethods<SequentialOpInterface>]> {
  let assemblyFormat = "$got `,` $want attr-dict `:` type($got)";
}

def ExpectCloseOp : Check_Op<"expect_close"> {
  let summary =
      "|got - want| <= atol + rtol |want| for every element; NaN meets NaN, infinity itself";
  let arguments = (ins FloatTensor:$got, FloatTensor:$want,
      DefaultValuedAttr<F64Attr, "1e-6">:$rtol, DefaultValuedAttr<F64Attr, "1e-8">:$atol);
}

def ExpectEqualOp : Check_Op<"expect_equal"> {
  let summary = "the same bits in every element; any NaN meets any other";
  let arguments = (ins Tensor:$got, Tensor:$want);
}

#endif
