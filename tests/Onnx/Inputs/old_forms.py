"""Models in old and rare forms of their operators, with inputs and the outputs that they must
give: old_forms.py FOLDER writes FOLDER/CASE/model.onnx and the data beside it, as ONNX lays out
its tests. ONNX Runtime computes the outputs, or NumPy where it no longer knows a form (opset
below 7)."""
import sys

import numpy as np

from cases import case, node, random, values, write

x = values(2, 3, 4)
case("add6_axis", 6, [node("Add", ["x0", "x1"], broadcast=1, axis=1)], [x, values(3)],
     expected=lambda a, b: [a + b[:, None]])
case("mul6_suffix", 6, [node("Mul", ["x0", "x1"], broadcast=1)], [x, values(3, 4)],
     expected=lambda a, b: [a * b])
case("clip6", 6, [node("Clip", ["x0"], min=-0.5, max=0.25)], [x],
     expected=lambda a: [np.clip(a, -0.5, 0.25)])
case("cast1", 5, [node("Cast", ["x0"], to="INT32")], [x * 5],
     expected=lambda a: [a.astype(np.int32)])
case("reshape1", 4, [node("Reshape", ["x0"], shape=[0, -1])], [x],
     expected=lambda a: [a.reshape(2, 12)])
case("pad1", 1, [node("Pad", ["x0"], paddings=[0, 1, 2, 0, 0, 1], value=2.0)], [x],
     expected=lambda a: [np.pad(a, [(0, 0), (1, 0), (2, 1)], constant_values=2)])
case("concat1_default_axis", 3, [node("Concat", ["x0", "x1"])], [x, x],
     expected=lambda a, b: [np.concatenate([a, b], 1)])
case("prelu6_channels", 6, [node("PRelu", ["x0", "x1"])], [x, values(3)],
     expected=lambda a, b: [np.where(a < 0, a * b[:, None], a)])
case("gemm6", 6, [node("Gemm", ["x0", "x1", "x2"], broadcast=1, transB=1, alpha=0.5, beta=2.0)],
     [values(2, 3), values(4, 3), values(4)], expected=lambda a, b, c: [a @ b.T / 2 + 2 * c])

case("slice1", 9, [node("Slice", ["x0"], starts=[1, -3], ends=[9, -1], axes=[0, 2])], [x])
case("slice_negative_steps", 13, [node("Slice", ["x0", "s", "e", "a", "t"])], [values(7, 6)],
     constants={"s": [-2, 9], "e": [-99, 0], "a": [0, 1], "t": [-2, -3]})
case("slice_empty", 13, [node("Slice", ["x0", "s", "e"])], [x], constants={"s": [1], "e": [1]})
for mode in ["constant", "reflect", "edge"]:
    case("pad2_" + mode, 10, [node("Pad", ["x0"], pads=[0, 1, 2, 1, 1, 3] if mode != "reflect" else
                                   [0, 1, 2, 1, 2, 3], mode=mode)], [x])
case("pad_negative", 13, [node("Pad", ["x0", "p"])], [x], constants={"p": [0, -1, 1, 1, 0, -2]})
case("pad_wrap", 19, [node("Pad", ["x0", "p"], mode="wrap")], [x],
     constants={"p": [1, 0, 2, 0, 2, 3]}, expected=lambda a: [
         np.pad(a, [(1, 0), (0, 2), (2, 3)], mode="wrap")])
case("squeeze11", 11, [node("Squeeze", ["x0"], axes=[0, -1])], [values(1, 3, 1)])
case("unsqueeze11", 11, [node("Unsqueeze", ["x0"], axes=[0, -1])], [x])
case("split11_even", 11, [node("Split", ["x0"], ["y0", "y1"], axis=2)], [x], outputs=2)
case("split2_sizes", 2, [node("Split", ["x0"], ["y0", "y1"], axis=2, split=[1, 3])], [x],
     outputs=2, expected=lambda a: [a[:, :, :1], a[:, :, 1:]])
case("split18_uneven", 18, [node("Split", ["x0"], ["y0", "y1", "y2"], axis=0, num_outputs=3)],
     [values(7, 2)], outputs=3)
for opset in (11, 13):
    for axis in (0, 1, -1):
        case(f"softmax{opset}_axis{axis}", opset, [node("Softmax", ["x0"], axis=axis)], [x])
case("logsoftmax11", 11, [node("LogSoftmax", ["x0"])], [x])
case("reduce_mean11", 11, [node("ReduceMean", ["x0"], axes=[0, -1], keepdims=0)], [x])
case("reduce_sum13_noop", 13, [node("ReduceSum", ["x0"], noop_with_empty_axes=1)], [x])
case("dropout7", 7, [node("Dropout", ["x0"], ratio=0.3)], [x])
case("clip11_only_max", 11, [node("Clip", ["x0", "", "m"])], [x],
     constants={"m": np.array(0.1, np.float32)})
case("gather_negative", 13, [node("Gather", ["x0", "x1"], axis=1)],
     [x, np.array([[-1, 0], [2, -3]], np.int64)])
case("gather_scalar", 13, [node("Gather", ["x0", "i"], axis=2)], [x],
     constants={"i": np.array(-2, np.int64)})
case("pow_integer_exponent", 13, [node("Pow", ["x0", "x1"])],
     [abs(x), np.array([2, 3, 0, 1], np.int64)])
case("shape15", 15, [node("Shape", ["x0"], start=-2, end=9)], [x])
case("depth_to_space_crd", 11, [node("DepthToSpace", ["x0"], blocksize=2, mode="CRD")],
     [values(1, 8, 2, 3)])
case("depth_to_space1", 9, [node("DepthToSpace", ["x0"], blocksize=2)], [values(1, 8, 2, 3)])
for name, a, b in [("vector_matrix", (4,), (2, 4, 3)), ("matrix_vector", (2, 3, 4), (4,)),
                   ("vectors", (4,), (4,)), ("batch", (5, 1, 3, 4), (2, 4, 2)),
                   ("shared_left", (3, 4), (2, 4, 5)), ("shared_right", (2, 5, 3, 4), (4, 2))]:
    case("matmul_" + name, 13, [node("MatMul", ["x0", "x1"])], [values(*a), values(*b)])

image = values(1, 4, 9, 8)
batch = [abs(values(4)) + 0.5, values(4), values(4), abs(values(4)) + 0.1]
case("batchnorm7", 7, [node("BatchNormalization", ["x0", "x1", "x2", "x3", "x4"], epsilon=1e-3)],
     [image] + batch)
for pad in ["SAME_UPPER", "SAME_LOWER", "VALID"]:
    case("conv_" + pad, 11, [node("Conv", ["x0", "x1"], auto_pad=pad, strides=[2, 3])],
         [image, values(6, 4, 3, 4)])
    case("maxpool_" + pad, 8, [node("MaxPool", ["x0"], auto_pad=pad, kernel_shape=[3, 4],
                                    strides=[2, 3])], [image])
case("conv_groups_dilated", 11, [node("Conv", ["x0", "x1", "x2"], group=2, dilations=[2, 1],
                                      pads=[1, 0, 2, 3])],
     [image, values(6, 2, 3, 2), values(6)])
case("conv1d", 11, [node("Conv", ["x0", "x1"], strides=[2], pads=[1, 1])],
     [values(2, 3, 7), values(4, 3, 3)])
case("conv3d", 11, [node("Conv", ["x0", "x1"])], [values(1, 2, 4, 5, 3), values(3, 2, 2, 3, 1)])
case("maxpool_ceil_dilated", 12, [node("MaxPool", ["x0"], kernel_shape=[2, 3], strides=[2, 2],
                                       dilations=[2, 1], ceil_mode=1, pads=[1, 0, 0, 1])], [image])
case("averagepool_ceil", 10, [node("AveragePool", ["x0"], kernel_shape=[3, 3], strides=[2, 2],
                                   pads=[1, 1, 1, 1], ceil_mode=1)], [image])
case("averagepool_include_pad", 10, [node("AveragePool", ["x0"], kernel_shape=[3, 2],
                                          pads=[1, 0, 1, 1], count_include_pad=1)], [image])
for name, extra in [("groups", dict(group=2)), ("padding", dict(strides=[3, 2], pads=[1, 0, 2, 1],
                                                                output_padding=[2, 1])),
                    ("shape", dict(strides=[2, 2], output_shape=[20, 17])),
                    ("same", dict(strides=[2, 3], auto_pad="SAME_UPPER"))]:
    case("convtranspose_" + name, 11, [node("ConvTranspose", ["x0", "x1", "x2"], **extra)],
         [image, values(4, 3, 3, 4), values(3 * extra.get("group", 1))])

sequence, hidden = values(5, 3, 4), 6
for direction, count in [("forward", 1), ("reverse", 1), ("bidirectional", 2)]:
    weights = [values(count, 24, 4) / 2, values(count, 24, 6) / 2]
    full = [values(count, 48), np.array([5, 2, 4], np.int32), values(count, 3, 6),
            values(count, 3, 6), values(count, 18)]
    case("lstm_" + direction, 7, [node("LSTM", ["x0", "x1", "x2"], ["y0", "y1", "y2"],
                                       hidden_size=6, direction=direction)],
         [sequence] + weights, outputs=3)
    case("lstm_full_" + direction, 14,
         [node("LSTM", ["x%d" % i for i in range(8)], ["y0", "y1", "y2"], hidden_size=6,
               direction=direction, clip=1.5)], [sequence] + weights + full, outputs=3)
case("lstm_activations", 7, [node("LSTM", ["x0", "x1", "x2"], ["", "y0"], hidden_size=6,
                                  activations=["HardSigmoid", "Relu", "Softsign"],
                                  activation_alpha=[0.3], activation_beta=[0.4])],
     [sequence, values(1, 24, 4) / 2, values(1, 24, 6) / 2])

bytes_ = random.integers(0, 255, (1, 3, 6, 5)).astype(np.uint8)
filters = random.integers(-128, 127, (4, 3, 3, 2)).astype(np.int8)
scalar = lambda v, kind=np.float32: np.array(v, kind)
case("qlinearconv_channels", 10,
     [node("QLinearConv", ["x%d" % i for i in range(9)], pads=[1, 0, 1, 1])],
     [bytes_, scalar(0.02), scalar(120, np.uint8), filters,
      np.array([0.01, 0.02, 0.03, 0.015], np.float32), np.zeros(4, np.int8), scalar(0.5),
      scalar(100, np.uint8), random.integers(-900, 900, 4).astype(np.int32)])
case("quantize10", 10, [node("QuantizeLinear", ["x0", "x1", "x2"])],
     [values(50) * 100, scalar(0.5), scalar(3, np.int8)])
case("quantize13_axis", 13, [node("QuantizeLinear", ["x0", "x1", "x2"], axis=1)],
     [values(4, 3) * 9, np.array([0.1, 0.2, 0.05], np.float32), np.array([1, 0, 200], np.uint8)])
case("dequantize13_axis", 13, [node("DequantizeLinear", ["x0", "x1", "x2"], axis=-1)],
     [filters, np.array([0.1, 0.2], np.float32), np.array([1, -3], np.int8)])

write(sys.argv[1])
