"""Operators of real models in all their forms, by the conventions of cases.py: real_forms.py FOLDER
writes FOLDER/CASE/model.onnx and the data beside it."""
import sys

import numpy as np
from onnx import TensorProto, helper

from cases import case, node, random, values, write

scalar = lambda v, kind=np.float32: np.array(v, kind)
floats = lambda *v: np.array(v, np.float32)

# ---------------------------------------------------------------- Resize
image = values(1, 2, 5, 6)
modes = ["half_pixel", "pytorch_half_pixel", "align_corners", "asymmetric", "half_pixel_symmetric"]
for mode in ["nearest", "linear", "cubic"]:
    for coordinates in modes:
        for what, scales in (("up", floats(1, 1, 1.5, 2)), ("down", floats(1, 1, 0.6, 0.5))):
            case(f"resize_{mode}_{coordinates}_{what}", 19,
                 [node("Resize", ["x0", "", "s"], mode=mode,
                       coordinate_transformation_mode=coordinates)], [image],
                 constants={"s": scales})
for rounding in ["round_prefer_floor", "round_prefer_ceil", "floor", "ceil"]:
    case("resize_nearest_" + rounding, 13,
         [node("Resize", ["x0", "", "", "s"], mode="nearest", nearest_mode=rounding,
               coordinate_transformation_mode="asymmetric")], [image],
         constants={"s": [1, 2, 9, 4]})
for mode in ["nearest", "linear"]:
    case("resize_crop_" + mode, 13,
         [node("Resize", ["x0", "r", "", "s"], mode=mode, extrapolation_value=7.5,
               coordinate_transformation_mode="tf_crop_and_resize")], [image],
         constants={"s": [1, 2, 4, 5], "r": floats(0, 0, 0.2, -0.1, 1, 1, 0.9, 1.2)})
    case("resize10_" + mode, 10, [node("Resize", ["x0", "s"], mode=mode)], [image],
         constants={"s": floats(1, 1, 2, 0.5)})
    case("upsample9_" + mode, 9, [node("Upsample", ["x0", "s"], mode=mode)], [image],
         constants={"s": floats(1, 1, 2, 3)})
    case("upsample7_" + mode, 7, [node("Upsample", ["x0"], mode=mode, scales=[1.0, 1.0, 2.0, 2.5])],
         [image])
for mode in ["linear", "cubic"]:
    case("resize_antialias_" + mode, 18,
         [node("Resize", ["x0", "", "", "s"], mode=mode, antialias=1)], [values(1, 1, 12, 13)],
         constants={"s": [1, 1, 4, 5]})
case("resize_exclude_outside", 18, [node("Resize", ["x0", "", "s"], mode="cubic",
                                         exclude_outside=1, cubic_coeff_a=-0.5)], [image],
     constants={"s": floats(1, 1, 1.4, 0.8)})
for policy in ["not_larger", "not_smaller"]:
    case("resize_" + policy, 18, [node("Resize", ["x0", "", "", "s"], mode="linear", axes=[3, 2],
                                       keep_aspect_ratio_policy=policy)], [image],
         constants={"s": [9, 8]})
case("resize_1d", 13, [node("Resize", ["x0", "", "s"], mode="linear")], [values(1, 2, 7)],
     constants={"s": floats(1, 1, 2.5)})
case("resize_3d", 13, [node("Resize", ["x0", "", "s"], mode="linear")], [values(1, 2, 3, 4, 3)],
     constants={"s": floats(1, 1, 2, 1.5, 2)})
case("resize_halves", 13, [node("Resize", ["x0", "", "s"], mode="linear")],
     [values(1, 2, 4, 4, kind=np.float16)], constants={"s": floats(1, 1, 2, 2)})
case("resize_bytes", 13, [node("Resize", ["x0", "", "s"], mode="nearest")],
     [random.integers(0, 255, (1, 2, 4, 4)).astype(np.uint8)], constants={"s": floats(1, 1, 2, 3)})
case("resize_long", 13, [node("Resize", ["x0", "", "", "s"], mode="linear")],
     [values(1, 1, 2, 700)], constants={"s": [1, 1, 3, 1400]})

# A cubic beyond the border reads border places with the weights of where it is.
for aligned in (0, 1):
    case(f"gridsample_cubic_border_{aligned}", 16,
         [node("GridSample", ["x0", "x1"], mode="bicubic", padding_mode="border",
               align_corners=aligned)], [image, values(1, 4, 3, 2)])
case("stft_rank_2", 17, [node("STFT", ["x0", "step", "x1"])], [values(2, 40), values(16)],
     constants={"step": np.array(4, np.int64)})

# ---------------------------------------------------------------- recurrences
sequence = values(5, 3, 4)
lengths = np.array([5, 2, 4], np.int32)
for op, gates in (("RNN", 1), ("GRU", 3)):
    for direction, count in (("forward", 1), ("reverse", 1), ("bidirectional", 2)):
        weights = [values(count, gates * 6, 4) / 2, values(count, gates * 6, 6) / 2]
        full = weights + [values(count, gates * 12), lengths, values(count, 3, 6)]
        names = [f"x{i}" for i in range(6)]
        common = dict(hidden_size=6, direction=direction)
        case(f"{op.lower()}_{direction}", 7, [node(op, names[:3], ["y0", "y1"], **common)],
             [sequence] + weights, outputs=2)
        case(f"{op.lower()}_full_{direction}", 14,
             [node(op, names, ["y0", "y1"], clip=1.5, **common)], [sequence] + full, outputs=2)
        if op == "GRU":
            case("gru_linear_" + direction, 14,
                 [node(op, names, ["y0", "y1"], linear_before_reset=1, **common)],
                 [sequence] + full, outputs=2)
case("gru_activations", 7, [node("GRU", ["x0", "x1", "x2"], ["", "y0"], hidden_size=6,
                                 activations=["HardSigmoid", "LeakyRelu"],
                                 activation_alpha=[0.3, 0.2], activation_beta=[0.4])],
     [sequence, values(1, 18, 4) / 2, values(1, 18, 6) / 2])

# ---------------------------------------------------------------- quantization
bytes_ = lambda *shape: random.integers(0, 255, shape).astype(np.uint8)
signed = lambda *shape: random.integers(-128, 127, shape).astype(np.int8)
case("convinteger", 10, [node("ConvInteger", ["x0", "x1", "x2"], pads=[1, 0, 1, 1])],
     [bytes_(1, 3, 6, 5), bytes_(4, 3, 3, 2), scalar(120, np.uint8)])
case("matmulinteger", 10, [node("MatMulInteger", ["x0", "x1", "x2", "x3"])],
     [bytes_(2, 4, 5), signed(2, 5, 3), scalar(7, np.uint8), scalar(-3, np.int8)])
case("matmulinteger_columns", 10, [node("MatMulInteger", ["x0", "x1", "x2", "x3"])],
     [bytes_(4, 5), signed(5, 3), scalar(7, np.uint8), np.array([1, -2, 3], np.int8)])
case("qlinearmatmul", 10, [node("QLinearMatMul", [f"x{i}" for i in range(8)])],
     [bytes_(4, 5), scalar(0.02), scalar(120, np.uint8), bytes_(5, 3), scalar(0.03),
      scalar(99, np.uint8), scalar(0.07), scalar(101, np.uint8)])
case("dynamicquantize", 11, [node("DynamicQuantizeLinear", ["x0"], ["y0", "y1", "y2"])],
     [values(7, 9) * 3 + 1], outputs=3)
case("quantize21_blocks", 21, [node("QuantizeLinear", ["x0", "x1", "x2"], axis=1, block_size=2)],
     [values(3, 6) * 9, abs(values(3, 3)) + 0.05, bytes_(3, 3)])
case("dequantize21_blocks", 21, [node("DequantizeLinear", ["x0", "x1"], axis=0, block_size=3)],
     [signed(6, 4), abs(values(2, 4)) + 0.05])
case("quantize21_wide", 21, [node("QuantizeLinear", ["x0", "x1", "x2"])],
     [values(50) * 900, scalar(0.05), scalar(-70, np.int16)])

# ---------------------------------------------------------------- com.microsoft
ms = dict(domain="com.microsoft")
x4, x3 = values(1, 4, 6, 5), values(2, 5, 8)
for activation, numbers in (("Relu", []), ("Sigmoid", []), ("LeakyRelu", [0.3]),
                            ("Clip", [-0.5, 0.5]), ("HardSigmoid", [0.3, 0.4]), ("Tanh", [])):
    case("fusedconv_" + activation, 11,
         [node("FusedConv", ["x0", "x1", "x2"], activation=activation, pads=[1, 1, 1, 1],
               **({"activation_params": numbers} if numbers else {}), **ms)],
         [x4, values(3, 4, 3, 3), values(3)])
case("fusedconv_sum", 11, [node("FusedConv", ["x0", "x1", "x2", "x3"], activation="Relu", **ms)],
     [x4, values(3, 4, 1, 1), values(3), values(1, 3, 6, 5)])
case("fusedmatmul", 11, [node("FusedMatMul", ["x0", "x1"], transA=1, transB=1, alpha=0.5, **ms)],
     [values(2, 5, 3), values(2, 4, 5)])
case("fusedgemm", 11, [node("FusedGemm", ["x0", "x1", "x2"], activation="LeakyRelu",
                            activation_alpha=0.2, transB=1, **ms)],
     [values(3, 4), values(5, 4), values(5)])
for op, inputs in (("Gelu", 1), ("BiasGelu", 2), ("FastGelu", 2), ("QuickGelu", 1)):
    case(op.lower() + "_ms", 11, [node(op, ["x0", "x1"][:inputs], **ms)],
         [x3, values(8)][:inputs])
case("skiplayernorm", 11, [node("SkipLayerNormalization", [f"x{i}" for i in range(5)],
                                ["y0", "", "", "y1"], epsilon=1e-5, **ms)],
     [x3, values(2, 5, 8), values(8), values(8), values(8)], outputs=2)
case("skipsimplifiedlayernorm", 11, [node("SkipSimplifiedLayerNormalization", ["x0", "x1", "x2"],
                                          epsilon=1e-5, **ms)], [x3, values(2, 5, 8), values(8)])
case("simplifiedlayernorm", 11, [node("SimplifiedLayerNormalization", ["x0", "x1"], axis=-1)],
     [x3, values(8)])
ids = lambda n, *shape: random.integers(0, n, shape).astype(np.int32)
mask = np.array([[1, 1, 1, 0, 0], [1, 1, 1, 1, 1]], np.int32)
case("embedlayernorm", 11, [node("EmbedLayerNormalization", [f"x{i}" for i in range(8)],
                                 ["y0", "y1"], **ms)],
     [ids(9, 2, 5), ids(2, 2, 5), values(9, 8), values(6, 8), values(2, 8), values(8), values(8),
      mask], outputs=2)
for name, extra in (("plain", []), ("lengths", [np.array([3, 5], np.int32)]), ("mask", [mask])):
    case("attention_ms_" + name, 11,
         [node("Attention", ["x0", "x1", "x2", "x3"][:3 + len(extra)], num_heads=2, **ms)],
         [x3, values(8, 24) / 3, values(24)] + extra)
case("attention_ms_causal", 11,
     [node("Attention", ["x0", "x1", "x2"], num_heads=2, unidirectional=1, **ms)],
     [x3, values(8, 24) / 3, values(24)])
case("multiheadattention", 11,
     [node("MultiHeadAttention", ["x0", "x1", "x2", "x3"], num_heads=2, **ms)],
     [x3, values(2, 7, 8), values(2, 7, 8), values(24)])
quantized = [bytes_(3, 4), scalar(0.02), scalar(120, np.uint8)]
result = [scalar(0.03), scalar(100, np.uint8)]
for op in ("QLinearAdd", "QLinearMul"):
    case(op.lower(), 11, [node(op, [f"x{i}" for i in range(8)], **ms)],
         quantized + [bytes_(4), scalar(0.01), scalar(90, np.uint8)] + result)
case("qlinearsigmoid", 11, [node("QLinearSigmoid", [f"x{i}" for i in range(5)], **ms)],
     quantized + [scalar(1 / 256), scalar(0, np.uint8)])
case("qlinearsoftmax", 13,
     [node("QLinearSoftmax", [f"x{i}" for i in range(5)], axis=-1, opset=13, **ms)],
     quantized + [scalar(1 / 256), scalar(0, np.uint8)])
for name, last in (("", [scalar(0.01), scalar(101, np.uint8)]), ("_real", [])):
    case("qgemm" + name, 13,
         [node("QGemm", [f"x{i}" for i in range(7 + len(last))], transB=1, **ms)],
         quantized + [signed(5, 4), abs(values(5)) / 9, np.zeros(5, np.int8),
                      random.integers(-99, 99, 5).astype(np.int32)] + last)
case("qlinearleakyrelu", 11,
     [node("QLinearLeakyRelu", [f"x{i}" for i in range(5)], alpha=0.2, **ms)], quantized + result)
case("qlinearconcat", 11, [node("QLinearConcat", [f"x{i}" for i in range(8)], axis=1, **ms)],
     result + quantized + [bytes_(3, 2), scalar(0.05), scalar(9, np.uint8)])
case("qlinearglobalaverage", 11,
     [node("QLinearGlobalAveragePool", [f"x{i}" for i in range(5)], channels_last=0, **ms)],
     [bytes_(1, 3, 5, 4), scalar(0.02), scalar(120, np.uint8)] + result)
case("matmulintegertofloat", 11,
     [node("MatMulIntegerToFloat", [f"x{i}" for i in range(6)], **ms)],
     [bytes_(3, 4), signed(4, 5), scalar(0.02), scalar(0.03), scalar(120, np.uint8),
      scalar(3, np.int8)])

for name, inputs in (("plain", []), ("zeros", [bytes_(6, 1)])):
    case("matmulnbits_" + name, 11,
         [node("MatMulNBits", ["x0", "x1", "x2", "x3"][:3 + len(inputs)], K=32, N=6, bits=4,
               block_size=16, **ms)],
         [values(3, 32), bytes_(6, 2, 8), abs(values(6, 2)) / 9] + inputs)

# ---------------------------------------------------------------- dropped experiments
case("affine", 1, [node("Affine", ["x0"], alpha=2.0, beta=0.5)], [x3],
     expected=lambda a: [2 * a + np.float32(0.5)])
case("imagescaler", 7, [node("ImageScaler", ["x0"], scale=0.5, bias=[1.0, 2.0, 3.0, 4.0])], [x4],
     expected=lambda a: [a / 2 + np.arange(1, 5, dtype=np.float32)[:, None, None]])
case("crop", 7, [node("Crop", ["x0"], border=[1, 2, 2, 1])], [x4],
     expected=lambda a: [a[:, :, 2:-1, 1:-2]])
case("crop_scale", 7, [node("Crop", ["x0"], border=[1, 2, 0, 0], scale=[3, 2])], [x4],
     expected=lambda a: [a[:, :, 2:5, 1:3]])

# ---------------------------------------------------------------- windows
case("maxpool_indices", 12, [node("MaxPool", ["x0"], ["y0", "y1"], kernel_shape=[3, 2],
                                  strides=[2, 1], pads=[1, 1, 0, 0], dilations=[1, 2])],
     [values(2, 3, 7, 6)], outputs=2)
case("maxpool_column_major", 12, [node("MaxPool", ["x0"], ["y0", "y1"], kernel_shape=[3, 2],
                                       storage_order=1)], [values(2, 3, 7, 6)], outputs=2)

# ---------------------------------------------------------------- results over operands
# One kernel whose first result lies where an operand does that the second reads.
case("result_over_an_operand_of_another", 13,
     [node("Concat", ["x0", "x1"], ["a"], axis=0), node("Concat", ["x1", "x0"], ["b"], axis=0),
      node("Neg", ["a"], ["p"]), node("Mul", ["p", "b"], ["q"]),
      node("Concat", ["p", "q", "a"], axis=1)], [values(3, 5), values(2, 5)])

# ---------------------------------------------------------------- loops, sequences, functions
tensor = lambda name, shape=None, kind=TensorProto.FLOAT: helper.make_tensor_value_info(name, kind,
                                                                                         shape)
integer = lambda name: tensor(name, [], TensorProto.INT64)
flag = lambda name: tensor(name, [], TensorProto.BOOL)


def graph(nodes, inputs, outputs):
    return helper.make_graph(nodes, "body", inputs, outputs)


step = graph([node("Identity", ["go"], ["on"]), node("Cast", ["i"], ["f"], to=TensorProto.FLOAT),
              node("Add", ["h", "x1"], ["s"]), node("Mul", ["s", "f"], ["n"]),
              node("Identity", ["n"], ["row"])],
             [integer("i"), flag("go"), tensor("h", [3])],
             [flag("on"), tensor("n", [3]), tensor("row", [3])])
for name, count in (("some", 4), ("none", 0)):
    case("loop_counted_" + name, 13, [node("Loop", ["m", "", "x0"], ["y0", "y1"], body=step)],
         [values(3), values(3)], outputs=2, constants={"m": np.array(count, np.int64)})
until = graph([node("Add", ["h", "h"], ["n"]), node("ReduceSum", ["n"], ["t"], keepdims=0),
               node("Less", ["t", "x1"], ["on"])],
              [integer("i"), flag("go"), tensor("h", [3])], [flag("on"), tensor("n", [3])])
case("loop_while", 13, [node("Loop", ["", "c", "x0"], ["y0"], body=until)],
     [abs(values(3)), scalar(100.0)], constants={"c": np.array(True)})
case("loop_while_condition", 13, [node("Loop", ["m", "x2", "x0"], ["y0"], body=until)],
     [abs(values(3)), scalar(100.0), np.array(False)], constants={"m": np.array(9, np.int64)})
grows = graph([node("Identity", ["go"], ["on"]), node("Concat", ["h", "x1"], ["n"], axis=0)],
              [integer("i"), flag("go"), tensor("h", [None])], [flag("on"), tensor("n", [None])])
case("loop_growing", 13, [node("Loop", ["m", "", "x0"], ["y0"], body=grows)],
     [values(3), values(2)], constants={"m": np.array(3, np.int64)})
bags = graph([node("Identity", ["go"], ["on"]), node("Gather", ["b", "i"], ["from"]),
              node("Gather", ["e", "i"], ["to"]), node("Unsqueeze", ["from", "o"], ["f"]),
              node("Unsqueeze", ["to", "o"], ["t"]), node("Slice", ["x0", "f", "t", "o"], ["s"]),
              node("ReduceSum", ["s"], ["row"], keepdims=0)],
             [integer("i"), flag("go")], [flag("on"), tensor("row", [])])
case("loop_slices_of_known_steps", 13, [node("Loop", ["m", ""], ["y0"], body=bags)], [values(9)],
     constants={"m": np.array(3, np.int64), "b": [0, 2, 7], "e": [2, 7, 9], "o": [0]})
# ---------------------------------------------------------------- sizes that depend on data
found = [node("Greater", ["x0", "z"], ["m"]), node("NonZero", ["m"], ["n"]),
         node("Transpose", ["n"], ["t"]), node("GatherND", ["x0", "t"], ["g"])]
zero = dict(z=scalar(0.0))
case("bounded_reductions", 13,
     found + [node(op, ["g"], [f"y{i}"], keepdims=i % 2)
              for i, op in enumerate(["ReduceMean", "ReduceSum", "ReduceMax", "ReduceMin"])]
     + [node("ReduceMax", ["n"], ["y4"], axes=[0])],
     [values(4, 5)], outputs=5, constants=zero)
case("bounded_shape", 13,
     found + [node("Shape", ["n"], ["s"]), node("Gather", ["s", "i"], ["y0"]),
              node("Gather", ["s", "j"], ["y1"]), node("Split", ["n"], ["y2", "y3"], axis=0)],
     [values(4, 5)], outputs=4,
     constants=dict(zero, i=np.array(1, np.int64), j=np.array(0, np.int64)))
case("bounded_spread", 13,
     found + [node("Unsqueeze", ["g", "k1"], ["u"]), node("Neg", ["u"], ["v"]),
              node("Mul", ["u", "pair"], ["w"]), node("Add", ["v", "w"], ["y0"]),
              node("Mod", ["n", "three"], ["y1"])],
     [values(4, 5)], outputs=2,
     constants=dict(zero, k1=[1], pair=floats(2, 3), three=np.array(3, np.int64)))
case("bounded_slice", 13,
     found + [node("Shape", ["g"], ["s"]), node("Sub", ["s", "k"], ["f"]),
              node("Slice", ["x1", "k", "s"], ["y0"]), node("Slice", ["x1", "f", "s"], ["y1"]),
              node("Slice", ["g", "k", "f"], ["y2"])],
     [values(4, 5), values(20)], outputs=3, constants=dict(zero, k=[2]))
case("bounded_shapes_from_extents", 13,
     found + [node("Shape", ["g"], ["s"]), node("ConstantOfShape", ["s"], ["y0"]),
              node("Concat", ["s", "k"], ["e"], axis=0), node("Unsqueeze", ["g", "k1"], ["u"]),
              node("Expand", ["u", "e"], ["y1"]), node("Concat", ["k", "s"], ["r"], axis=0),
              node("Transpose", ["y1"], ["v"]), node("Reshape", ["v", "r"], ["y2"]),
              node("Flatten", ["v"], ["y3"], axis=1)],
     [values(4, 5)], outputs=4, constants=dict(zero, k=[2], k1=[1]))
edges = np.sort(random.random((1, 20, 2, 2)), 2).astype(np.float32).reshape(1, 20, 4)
case("bounded_suppression", 13,
     found + [node("Reshape", ["x0", "flat"], ["f"]), node("Greater", ["f", "z"], ["fm"]),
              node("NonZero", ["fm"], ["fn"]), node("Squeeze", ["fn", "k0"], ["i"]),
              node("Gather", ["x1", "i"], ["b"], axis=1), node("Unsqueeze", ["g", "k01"], ["sc"]),
              node("NonMaxSuppression", ["b", "sc", "most", "iou"], ["y0"])],
     [values(4, 5), edges],
     constants=dict(zero, flat=[-1], k0=[0], k01=[0, 1], most=[5], iou=floats(0.3)))
case("bounded_topk", 13,
     found + [node("Shape", ["g"], ["s"]), node("Min", ["s", "k"], ["c"]),
              node("TopK", ["g", "c"], ["y0", "y1"]), node("NonZero", ["g"], ["y2"]),
              node("Gather", ["g", "y1"], ["y3"])],
     [values(4, 5)], outputs=4, constants=dict(zero, k=[3]))
sequence_type = lambda name: helper.make_tensor_sequence_value_info(name, TensorProto.FLOAT, None)
collects = graph([node("Identity", ["go"], ["on"]),
                  node("Cast", ["i"], ["f"], to=TensorProto.FLOAT),
                  node("Mul", ["x0", "f"], ["e"]), node("SequenceInsert", ["h", "e"], ["n"])],
                 [integer("i"), flag("go"), sequence_type("h")], [flag("on"), sequence_type("n")])
case("loop_collects", 13,
     [node("SequenceEmpty", [], ["s"]), node("Loop", ["m", "", "s"], ["t"], body=collects),
      node("ConcatFromSequence", ["t"], ["y0"], axis=0, new_axis=1)], [values(3)],
     constants={"m": np.array(4, np.int64)})
case("sequence_edits", 13,
     [node("SequenceConstruct", ["x0", "x1"], ["s"]),
      node("SequenceInsert", ["s", "x2", "p"], ["t"]),
      node("SequenceErase", ["t", "q"], ["u"]), node("SequenceLength", ["u"], ["y0"]),
      node("SequenceAt", ["u", "p"], ["y1"]), node("SequenceAt", ["t", "x3"], ["y2"])],
     [values(3), values(3), values(3), np.array(-2, np.int64)], outputs=3,
     constants={"p": np.array(0, np.int64), "q": np.array(-1, np.int64)})
case("split_to_sequence", 13,
     [node("SplitToSequence", ["x0", "n"], ["s"], axis=1), node("SequenceAt", ["s", "p"], ["y0"]),
      node("ConcatFromSequence", ["s"], ["y1"], axis=1)], [values(2, 7)], outputs=2,
     constants={"n": np.array(3, np.int64), "p": np.array(-1, np.int64)})
branch = lambda op: graph([node(op, ["x0"], ["a"]), node("SequenceConstruct", ["a", "x0"], ["s"])],
                          [], [sequence_type("s")])
case("if_sequences", 13,
     [node("If", ["x1"], ["s"], then_branch=branch("Neg"), else_branch=branch("Exp")),
      node("SequenceAt", ["s", "p"], ["y0"])], [values(3), np.array(True)],
     constants={"p": np.array(0, np.int64)})
some = graph([node("Slice", ["x0", "two", "five"], ["a"])], [], [tensor("a", None)])
none = graph([node("Slice", ["x0", "two", "two"], ["b"])], [], [tensor("b", None)])
for name, condition in (("larger", True), ("smaller", False)):
    case("if_of_sizes_" + name, 13, [node("If", ["x1"], ["s"], then_branch=some, else_branch=none),
                                     node("Neg", ["s"], ["y0"])],
         [values(9), np.array(condition)], constants=dict(two=[2], five=[5]))
inner = helper.make_function("own", "Shift", ["v"], ["w"],
                             [helper.make_node("Constant", [], ["c"], value_float=2.0),
                              helper.make_node("Add", ["v", "c"], ["w"])],
                             [helper.make_opsetid("", 13)])
outer = helper.make_function("own", "Twice", ["v"], ["w"],
                             [helper.make_node("Shift", ["v"], ["t"], domain="own"),
                              helper.make_node("Shift", ["t"], ["w"], domain="own")],
                             [helper.make_opsetid("", 13), helper.make_opsetid("own", 1)])
case("functions_nested", 17, [node("Twice", ["x0"], domain="own")], [values(3)],
     functions=(inner, outer))
scan_body = graph([node("Add", ["h", "r"], ["n"]), node("Mul", ["n", "r"], ["o"])],
                  [tensor("h", [2]), tensor("r", [2])], [tensor("n", [2]), tensor("o", [2])])
case("scan8", 8, [node("Scan", ["", "x0", "x1"], ["y0", "y1"], num_scan_inputs=1, body=scan_body)],
     [values(3, 2), values(3, 5, 2)], outputs=2)
case("range_floats", 11, [node("Range", ["a", "b", "c"])], [],
     constants={"a": scalar(1.0), "b": scalar(-2.0), "c": scalar(-0.7)})

write(sys.argv[1])
