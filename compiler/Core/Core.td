// The `dlc` dialect: what a tensor program is. Static shapes, strict types: no op broadcasts or promotes; frontends do.
#ifndef DLC_CORE
#define DLC_CORE

include "CoreInterfaces.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/EnumAttr.td"
include "mlir/IR/TensorEncoding.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def Dlc_Dialect : Dialect {
  let name = "dlc";
  let cppNamespace = "::dlc";
  let summary = "tensor programs with static shapes";
  let useDefaultAttributePrinterParser = 1;
  let hasConstantMaterializer = 1;
  // Bodies and decompositions are built from these.
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::func::FuncDialect", "::mlir::math::MathDialect",
                           "::mlir::vector::VectorDialect"];
}

// ---------------------------------------------------------------- types
// Dialect types carry signedness (si8, ui8); i1 is bool.
def Dlc_Float : AnyTypeOf<[F64, F32, F16, BF16], "float">;
def Dlc_Integer : AnyTypeOf<[SI<8>, SI<16>, SI<32>, SI<64>, UI<8>, UI<16>, UI<32>, UI<64>], "integer with a sign">;
def Dlc_Number : AnyTypeOf<[Dlc_Float, Dlc_Integer], "number">;
def Dlc_Element : AnyTypeOf<[Dlc_Float, Dlc_Integer, I1], "float, integer with a sign, or bool">;
def Dlc_Index : AnyTypeOf<[SI<32>, SI<64>], "si32 or si64">;

class StaticTensor<list<Type> elements> : StaticShapeTensorOf<elements>;
def Tensor : StaticTensor<[Dlc_Element]>;
def FloatTensor : StaticTensor<[Dlc_Float]>;
def NumberTensor : StaticTensor<[Dlc_Number]>;
def SignedTensor : StaticTensor<[AnyTypeOf<[Dlc_Float, SI<8>, SI<16>, SI<32>, SI<64>], "signed number">]>;
def IntegerTensor : StaticTensor<[Dlc_Integer]>;
def BitsTensor : StaticTensor<[AnyTypeOf<[Dlc_Integer, I1], "integer or bool">]>;
def BoolTensor : StaticTensor<[I1]>;
def ExtentTensor : StaticTensor<[SI<64>]>;
def PlaceTensor : StaticTensor<[SI<32>]>;
def WordTensor : StaticTensor<[UI<32>]>;
def IndicesTensor : StaticTensor<[Dlc_Index]>;

class Dlc_Attr<string name, string attrMnemonic, list<Trait> traits = []> : AttrDef<Dlc_Dialect, name, traits> { let mnemonic = attrMnemonic; }

def Dlc_BoundedAttr : Dlc_Attr<"Bounded", "bounded", [DeclareAttrInterfaceMethods<VerifiableTensorEncoding>]> {
  let summary = "encoding of a tensor of which only a leading part along one dimension is there";
  let description = [{
    `tensor<100x3xf32, #dlc.bounded<0>>` has room for 100 rows; how many are there is a scalar that travels with the
    value (op `extent`). Elements past the extent are unspecified.
  }];
  let parameters = (ins "int64_t":$dimension);
  let assemblyFormat = "`<` $dimension `>`";
}

// ---------------------------------------------------------------- base classes
class Dlc_Op<string mnemonic, list<Trait> traits = []> : Op<Dlc_Dialect, mnemonic, traits>;

// An op without effects that states its meaning as loops, reads and a body.
class Dlc_ReferenceOp<string mnemonic, list<Trait> traits = []>
    : Dlc_Op<mnemonic, traits # [Pure, DeclareOpInterfaceMethods<ReferenceOpInterface>]>;

// An elementwise op is one line: `scalar` computes one element from x (and y, z); `grad` is the list of cotangents, with g the
// cotangent of the result r and x, y the operands. An op without `grad` has the trait ZeroVjp.
class Dlc_Pointwise<string mnemonic, Type element, int arity, list<Trait> traits>
    : Dlc_ReferenceOp<mnemonic, traits # [PointwiseOp, SameOperandsAndResultType,
                                          DeclareOpInterfaceMethods<LayoutOpInterface>]> {
  string scalar = ?;
  string grad = "";
  let arguments = !if(!eq(arity, 1), (ins element:$x), (ins element:$x, element:$y));
  let results = (outs element:$result);
  let assemblyFormat = "operands attr-dict `:` type($result)";
  let extraClassDefinition = [{
    ::dlc::ReferenceForm $cppClass::referenceForm() {
      return ::dlc::pointwiseForm(*this, [](::llvm::ArrayRef<::dlc::Scalar> operands) -> ::dlc::Scalar {
        [[maybe_unused]] ::dlc::Scalar x = operands.front(), y = operands.back();
        return }] # scalar # [{;
      });
    }
    ::mlir::Value $cppClass::buildPermuted(::mlir::ImplicitLocOpBuilder &b, ::llvm::ArrayRef<int64_t> permutation) {
      return ::dlc::permutedPointwise(b, *this, permutation);
    }
  }] # !if(!eq(grad, ""), "", [{
    ::llvm::LogicalResult $cppClass::buildVjp(::mlir::ImplicitLocOpBuilder &b, ::mlir::ValueRange cotangents,
                                              const ::llvm::BitVector &wanted,
                                              ::llvm::SmallVectorImpl<::mlir::Value> &gradients) {
      [[maybe_unused]] ::dlc::TensorExpr g{b, cotangents[0]}, r{b, getResult()}, x{b, (*this)->getOperand(0)},
          y{b, (*this)->getOperands().back()};
      return ::dlc::appendWanted(wanted, gradients, }] # grad # [{);
    }
  }]);
}

class Dlc_Unary<string mnemonic, Type element, list<Trait> traits = []> : Dlc_Pointwise<mnemonic, element, 1, traits>;
class Dlc_Binary<string mnemonic, Type element, list<Trait> traits = []> : Dlc_Pointwise<mnemonic, element, 2, traits>;

// An op that moves elements.
class Dlc_Movement<string mnemonic, list<Trait> traits = []>
    : Dlc_ReferenceOp<mnemonic, traits # [MovementOp, ExactOnStorage]>;

#endif
