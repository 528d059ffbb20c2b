// Elementwise ops: one line each. scalar: Scalar.h's algebra on one element; grad: TensorExpr.h's algebra on tensors.
#ifndef DLC_ELEMENTWISE
#define DLC_ELEMENTWISE

include "Core.td"

defvar Vjp = DeclareOpInterfaceMethods<VjpOpInterface>;
defvar Exact = ExactOnStorage;
defvar Slow = ExpensiveOp;

// ---------------------------------------------------------------- unary
def NegOp      : Dlc_Unary<"neg", SignedTensor, [Vjp, Exact]>     { let scalar = "-x"; let grad = "{-g}"; }
def AbsOp      : Dlc_Unary<"abs", NumberTensor, [Vjp, Exact]>     { let scalar = "abs(x)"; let grad = "{g * sign(x)}"; }
def SignOp     : Dlc_Unary<"sign", NumberTensor, [ZeroVjp, Exact]> { let scalar = "sign(x)"; }
def FloorOp    : Dlc_Unary<"floor", FloatTensor, [ZeroVjp, Exact]> { let scalar = "math(x, MathFunction::Floor)"; }
def CeilOp     : Dlc_Unary<"ceil", FloatTensor, [ZeroVjp, Exact]>  { let scalar = "math(x, MathFunction::Ceil)"; }
def RoundEvenOp: Dlc_Unary<"round_even", FloatTensor, [ZeroVjp, Exact]> { let scalar = "math(x, MathFunction::RoundEven)"; }
def NotOp      : Dlc_Unary<"not", BitsTensor, [ZeroVjp]>          { let scalar = "~x"; }
def SqrtOp     : Dlc_Unary<"sqrt", FloatTensor, [Vjp]>            { let scalar = "math(x, MathFunction::Sqrt)"; let grad = "{g / (r + r)}"; }
def RsqrtOp    : Dlc_Unary<"rsqrt", FloatTensor, [Vjp]>           { let scalar = "x.number(1) / math(x, MathFunction::Sqrt)"; let grad = "{g * g.number(-0.5) * r * r * r}"; }
def ExpOp      : Dlc_Unary<"exp", FloatTensor, [Vjp, Slow]>       { let scalar = "math(x, MathFunction::Exp)"; let grad = "{g * r}"; }
def Expm1Op    : Dlc_Unary<"expm1", FloatTensor, [Vjp, Slow]>     { let scalar = "math(x, MathFunction::Expm1)"; let grad = "{g * (r + g.number(1))}"; }
def LogOp      : Dlc_Unary<"log", FloatTensor, [Vjp, Slow]>       { let scalar = "math(x, MathFunction::Log)"; let grad = "{g / x}"; }
def Log1pOp    : Dlc_Unary<"log1p", FloatTensor, [Vjp, Slow]>     { let scalar = "math(x, MathFunction::Log1p)"; let grad = "{g / (x + g.number(1))}"; }
def SinOp      : Dlc_Unary<"sin", FloatTensor, [Vjp, Slow]>       { let scalar = "math(x, MathFunction::Sin)"; let grad = "{g * cos(x)}"; }
def CosOp      : Dlc_Unary<"cos", FloatTensor, [Vjp, Slow]>       { let scalar = "math(x, MathFunction::Cos)"; let grad = "{-(g * sin(x))}"; }
def TanOp      : Dlc_Unary<"tan", FloatTensor, [Vjp, Slow]>       { let scalar = "math(x, MathFunction::Tan)"; let grad = "{g + g * r * r}"; }
def AsinOp     : Dlc_Unary<"asin", FloatTensor, [Vjp, Slow]>      { let scalar = "math(x, MathFunction::Asin)"; let grad = "{g * rsqrt(g.number(1) - x * x)}"; }
def AcosOp     : Dlc_Unary<"acos", FloatTensor, [Vjp, Slow]>      { let scalar = "math(x, MathFunction::Acos)"; let grad = "{-(g * rsqrt(g.number(1) - x * x))}"; }
def AtanOp     : Dlc_Unary<"atan", FloatTensor, [Vjp, Slow]>      { let scalar = "math(x, MathFunction::Atan)"; let grad = "{g / (g.number(1) + x * x)}"; }
def SinhOp     : Dlc_Unary<"sinh", FloatTensor, [Vjp, Slow]>      { let scalar = "math(x, MathFunction::Sinh)"; let grad = "{g * cosh(x)}"; }
def CoshOp     : Dlc_Unary<"cosh", FloatTensor, [Vjp, Slow]>      { let scalar = "math(x, MathFunction::Cosh)"; let grad = "{g * sinh(x)}"; }
def TanhOp     : Dlc_Unary<"tanh", FloatTensor, [Vjp, Slow]>      { let scalar = "math(x, MathFunction::Tanh)"; let grad = "{g - g * r * r}"; }
def AsinhOp    : Dlc_Unary<"asinh", FloatTensor, [Vjp, Slow]>     { let scalar = "math(x, MathFunction::Asinh)"; let grad = "{g * rsqrt(x * x + g.number(1))}"; }
def AcoshOp    : Dlc_Unary<"acosh", FloatTensor, [Vjp, Slow]>     { let scalar = "math(x, MathFunction::Acosh)"; let grad = "{g * rsqrt(x * x - g.number(1))}"; }
def AtanhOp    : Dlc_Unary<"atanh", FloatTensor, [Vjp, Slow]>     { let scalar = "math(x, MathFunction::Atanh)"; let grad = "{g / (g.number(1) - x * x)}"; }
def LogisticOp : Dlc_Unary<"logistic", FloatTensor, [Vjp, Slow]>  { let scalar = "logistic(x)"; let grad = "{g * r * (g.number(1) - r)}"; }
def ErfOp      : Dlc_Unary<"erf", FloatTensor, [Vjp, Slow]>       { let scalar = "math(x, MathFunction::Erf)"; let grad = "{g * g.number(2 / std::sqrt(M_PI)) * exp(-(x * x))}"; }

// ---------------------------------------------------------------- binary
def AddOp : Dlc_Binary<"add", NumberTensor, [Vjp, Commutative]>   { let scalar = "x + y"; let grad = "{g, g}"; }
def SubOp : Dlc_Binary<"sub", NumberTensor, [Vjp]>                { let scalar = "x - y"; let grad = "{g, -g}"; }
def MulOp : Dlc_Binary<"mul", NumberTensor, [Vjp, Commutative]>   { let scalar = "x * y"; let grad = "{g * y, g * x}"; }
def DivOp : Dlc_Binary<"div", NumberTensor, [Vjp]>                { let scalar = "x / y"; let grad = "{g / y, -(g * r / y)}"; }
def RemOp : Dlc_Binary<"rem", NumberTensor, [Vjp]>                { let scalar = "remainder(x, y)"; let grad = "{g, -(g * trunc(x / y))}"; }
def PowOp : Dlc_Binary<"pow", NumberTensor, [Vjp, Slow]>          { let scalar = "power(x, y)"; let grad = "powerCotangents(g, r, x, y)"; }
def MaxOp : Dlc_Binary<"max", NumberTensor, [Vjp, Commutative, Exact]> { let scalar = "max(x, y)"; let grad = "extremumCotangents(g, x, y, CompareKind::gt)"; }
def MinOp : Dlc_Binary<"min", NumberTensor, [Vjp, Commutative, Exact]> { let scalar = "min(x, y)"; let grad = "extremumCotangents(g, x, y, CompareKind::lt)"; }
def AndOp : Dlc_Binary<"and", BitsTensor, [ZeroVjp, Commutative]> { let scalar = "x & y"; }
def OrOp  : Dlc_Binary<"or", BitsTensor, [ZeroVjp, Commutative]>  { let scalar = "x | y"; }
def XorOp : Dlc_Binary<"xor", BitsTensor, [ZeroVjp, Commutative]> { let scalar = "x ^ y"; }
def ShlOp : Dlc_Binary<"shl", IntegerTensor, [ZeroVjp]>           { let scalar = "shiftLeft(x, y)"; }
def ShrOp : Dlc_Binary<"shr", IntegerTensor, [ZeroVjp]>           { let scalar = "shiftRight(x, y)"; }

#endif
