"""Models of operators that work element by element, of reductions and of the like, in forms that
ONNX's own tests leave out: element types, axes, empty tensors. element_forms.py FOLDER writes
FOLDER/CASE/model.onnx and the data beside it; NumPy says what comes out."""
import sys

import ml_dtypes
import numpy as np
import cases
from cases import node, values, write


def case(name, opset, nodes, inputs, expected, constants=None):
    with np.errstate(all="ignore"):
        results = [np.asarray(value) for value in expected(*inputs)]
    cases.case(name, opset, nodes, inputs, len(results), lambda *_: results, constants)


x = values(2, 3, 5)
whole = np.arange(-12, 12, dtype=np.int32).reshape(2, 3, 4)
floats = {"f64": np.float64, "f32": np.float32, "f16": np.float16, "bf16": ml_dtypes.bfloat16}
integers = [np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint16, np.uint32, np.uint64]


def wide(a):
    return a if a.dtype == np.float64 else a.astype(np.float32)


def softplus(a):
    return np.log1p(np.exp(-np.abs(a))) + np.maximum(a, 0)


# Activations: rounded once, whatever the type.
activations = {
    "Elu": lambda a: np.where(a < 0, np.expm1(a), a),
    "Softplus": softplus,
    "Mish": lambda a: a * np.tanh(softplus(a)),
    "Softsign": lambda a: a / (1 + np.abs(a)),
    "ThresholdedRelu": lambda a: np.where(a > 1, a, 0),
    "Celu": lambda a: np.maximum(a, 0) + np.minimum(np.expm1(a), 0),
    "Selu": lambda a: 1.05070102214813232421875 *
    np.where(a < 0, 1.67326319217681884765625 * np.expm1(a), a),
}
for name, function in activations.items():
    for label, kind in floats.items():
        case(f"{name}_{label}", 18, [node(name, ["x0"])], [values(3, 7).astype(kind)],
             lambda a, f=function: [f(wide(a)).astype(a.dtype)])
case("softplus_large", 13, [node("Softplus", ["x0"])], [np.float32([-200, -20, 0, 20, 200])],
     lambda a: [np.float32([0, 2.0611537e-9, 0.6931472, 20, 200])])
case("shrink_integer", 9, [node("Shrink", ["x0"], lambd=1.5, bias=0.5)], [whole],
     lambda a: [np.where(a < -1.5, a + 0.5, np.where(a > 1.5, a - 0.5, 0)).astype(np.int32)])
case("hardmax_ties", 13, [node("Hardmax", ["x0"], axis=0)], [np.float32([[1, 2], [1, 3], [0, 3]])],
     lambda a: [np.float32([[1, 0], [0, 1], [0, 0]])])
case("hardmax_flat", 11, [node("Hardmax", ["x0"])], [np.float32([[[1, 5], [5, 2]]])],
     lambda a: [np.float32([[[0, 1], [0, 0]]])])

# Integers and bits.
for kind in integers:
    a = np.arange(1, 25).astype(kind).reshape(2, 3, 4)
    b = np.array([3, 5, 7, 2]).astype(kind)
    name = np.dtype(kind).name
    case(f"mod_{name}", 13, [node("Mod", ["x0", "x1"])], [a, b], lambda a, b: [np.mod(a, b)])
    for op, function in (("And", np.bitwise_and), ("Or", np.bitwise_or), ("Xor", np.bitwise_xor)):
        case(f"bitwise_{op}_{name}", 18, [node("Bitwise" + op, ["x0", "x1"])], [a, b],
             lambda a, b, f=function: [f(a, b)])
    for op, function in (("ReduceL1", lambda a: np.abs(a).sum(1)),
                         ("ReduceSumSquare", lambda a: (a * a).sum(1))):
        case(f"{op}_{name}", 11, [node(op, ["x0"], axes=[1], keepdims=0)], [a],
             lambda a, f=function: [f(a).astype(a.dtype)])
    case(f"argmin_{name}", 13, [node("ArgMin", ["x0"], axis=-1, keepdims=0)], [a[:, :, ::-1]],
         lambda a: [np.argmin(a, -1)])
case("mod_signs", 13, [node("Mod", ["x0", "x1"])], [np.int32([-7, 7, -7, 7, -6]),
                                                   np.int32([3, -3, -3, 3, 3])],
     lambda a, b: [np.mod(a, b)])
case("fmod_integers", 13, [node("Mod", ["x0", "x1"], fmod=1)], [np.int32([-7, 7, -7]),
                                                               np.int32([3, -3, -3])],
     lambda a, b: [np.fmod(a, b)])
case("shift_far", 11, [node("BitShift", ["x0", "x1"], direction="LEFT")],
     [np.uint32([1, 1, 3]), np.uint32([31, 32, 99])], lambda a, b: [np.uint32([1 << 31, 0, 0])])

# NaN and infinity.
odd = np.float32([np.nan, np.inf, -np.inf, 0, -0.0, 1])
case("isinf_none", 10, [node("IsInf", ["x0"], detect_negative=0, detect_positive=0)], [odd],
     lambda a: [np.zeros(6, bool)])
case("isnan_f64", 13, [node("IsNaN", ["x0"])], [odd.astype(np.float64)], lambda a: [np.isnan(a)])
case("argmax_nan", 13, [node("ArgMax", ["x0"], axis=0, keepdims=0)],
     [np.float32([1, np.nan, 7])], lambda a: [np.int64(1)])
case("log_sum_exp_infinite", 18, [node("ReduceLogSumExp", ["x0", "a"], keepdims=0)],
     [np.float32([[-np.inf, -np.inf], [np.inf, 1], [1000, 1000]])],
     lambda a: [np.float32([-np.inf, np.inf, 1000 + np.log(2)])], constants={"a": [1]})

# Reductions: nothing to reduce, nothing to do, everything at once.
case("l2_no_axes", 18, [node("ReduceL2", ["x0"], noop_with_empty_axes=1)], [x],
     lambda a: [np.abs(a)])
case("log_sum_empty", 18, [node("ReduceLogSum", ["x0", "a"])], [values(2, 0, 3)],
     lambda a: [np.full((2, 1, 3), -np.inf, np.float32)], constants={"a": [1]})
case("mean_f16_large", 18, [node("ReduceMean", ["x0"], keepdims=0)],
     [np.full((300, 4), 600, np.float16)], lambda a: [np.float16(600)])
case("l2_scalar", 13, [node("ReduceL2", ["x0"])], [np.float32(-3)], lambda a: [np.float32(3)])
case("argmax_last", 13, [node("ArgMax", ["x0"], axis=1, select_last_index=1)],
     [np.float32([[2, 1, 2], [0, 0, 0]])], lambda a: [np.int64([[2], [2]])])
case("mean_variadic", 13, [node("Mean", ["x0", "x1", "x2"])], [x, values(3, 1), values(5)],
     lambda a, b, c: [(a + b + c) / 3])

# Shapes.
case("tile_some", 13, [node("Tile", ["x0", "r"])], [whole], lambda a: [np.tile(a, [1, 3, 2])],
     constants={"r": [1, 3, 2]})
case("tile_nothing", 13, [node("Tile", ["x0", "r"])], [whole], lambda a: [a[:, :0]],
     constants={"r": [1, 0, 1]})
case("tile1", 1, [node("Tile", ["x0", "n", "axis"])], [values(2, 3)],
     lambda a: [np.tile(a, [1, 4])], constants={"n": np.int64(4), "axis": np.int64(1)})
case("space_to_depth", 13, [node("SpaceToDepth", ["x0"], blocksize=2)], [values(2, 3, 4, 6)],
     lambda a: [a.reshape(2, 3, 2, 2, 3, 2).transpose(0, 3, 5, 1, 2, 4).reshape(2, 12, 2, 3)])
case("trilu_bool", 14, [node("Trilu", ["x0", "x1"], upper=0)],
     [np.ones((3, 4), bool), np.int64(-1)],
     lambda a, k: [np.tril(a, -1)])
case("eye_wide", 9, [node("EyeLike", ["x0"], k=-9, dtype=11)], [values(3, 5)],
     lambda a: [np.zeros((3, 5))])
case("center_crop_and_pad", 18, [node("CenterCropPad", ["x0", "s"], axes=[-1, 0])], [whole],
     lambda a: [np.pad(a, [(1, 2), (0, 0), (0, 0)])[:, :, 1:2]], constants={"s": [1, 5]})
case("lp_pool_3", 18, [node("LpPool", ["x0"], kernel_shape=[2, 2], p=3)], [values(1, 2, 3, 3)],
     lambda a: [sum(np.abs(a[:, :, i:i + 2, j:j + 2]) ** 3 for i in (0, 1) for j in (0, 1))
                ** np.float32(1 / 3)])
case("global_lp_pool", 2, [node("GlobalLpPool", ["x0"])], [values(2, 3, 4, 4)],
     lambda a: [np.sqrt((a * a).sum((2, 3), keepdims=True))])
case("range_float", 11, [node("Range", ["s", "l", "d"], ["r"]), node("Add", ["r", "x0"])],
     [np.float32(0)], lambda a: [np.arange(1, -1, -0.25, np.float32)],
     constants={"s": np.float32(1), "l": np.float32(-1), "d": np.float32(-0.25)})

# Small types: every float of 8 bits there and back, and integers that are packed unevenly.
for label, code in (("float8_e4m3fn", 17), ("float8_e4m3fnuz", 18), ("float8_e5m2", 19),
                    ("float8_e5m2fnuz", 20)):
    kind = getattr(ml_dtypes, label)
    every = np.arange(256, dtype=np.uint8).view(kind)
    case(f"{label}_values", 19, [node("Cast", ["x0"], to=1)], [every],
         lambda a: [a.astype(np.float32)])
    near = np.concatenate([every[np.isfinite(every.astype(np.float32))].astype(np.float32) * f
                           for f in (1, 1.03, 1.0625, 0.97)])
    case(f"{label}_rounds", 19, [node("Cast", ["x0"], to=code)], [near],
         lambda a, k=kind: [np.clip(a, float(ml_dtypes.finfo(k).min),
                                    float(ml_dtypes.finfo(k).max)).astype(k)])
    case(f"{label}_moves", 19, [node("Transpose", ["x0"], ["t"]), node("Reshape", ["t", "s"])],
         [every[:6].reshape(2, 3)], lambda a: [a.T.reshape(6)], constants={"s": [6]})
case("int4_odd", 21, [node("Cast", ["x0"], to=22)], [np.float32([-8, 7, -1, 3, 0])],
     lambda a: [a.astype(ml_dtypes.int4)])
case("uint4_shapes", 21, [node("Transpose", ["x0"], ["t"]), node("Cast", ["t"], to=3)],
     [np.arange(15).reshape(3, 5).astype(ml_dtypes.uint4)], lambda a: [a.T.astype(np.int8)])
case("int2_scalar", 25, [node("Cast", ["x0"], to=6)], [np.array(-2).astype(ml_dtypes.int2)],
     lambda a: [np.int32(-2)])

write(sys.argv[1])
