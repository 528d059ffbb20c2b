"""Models that read and write by index, sort, and make values whose size depends on data:
index_forms.py FOLDER writes them. ONNX Runtime or NumPy computes the outputs."""
import sys

import numpy as np
from cases import case, node, random, values, write


def places(n, *shape, kind=np.int64):
    return random.integers(-n, n, shape).astype(kind)


x = values(3, 4, 5)
case("gather_int32_negative", 13, [node("Gather", ["x0", "x1"], axis=1)],
     [x, places(4, 2, 3, kind=np.int32)])
for axis in (0, 1, -1):
    shape = [2, 3, 4]
    shape[axis] = 7
    case(f"gather_elements_part_{axis}", 13, [node("GatherElements", ["x0", "x1"], axis=axis)],
         [x, places(3 if axis == 0 else 4 if axis == 1 else 5, *shape)])
    for reduction in ("none", "add", "mul", "min", "max"):
        # Without a reduction no place is written twice, for its result is not specified.
        once = np.broadcast_to(np.arange(2).reshape([-1 if d == axis % 3 else 1 for d in range(3)]),
                               [2 if d == axis % 3 else [2, 3, 4][d] for d in range(3)])
        index = once.copy() if reduction == "none" else places(3, *shape)
        case(f"scatter_elements_{reduction}_{axis}", 18,
             [node("ScatterElements", ["x0", "x1", "x2"], axis=axis, reduction=reduction)],
             [x, index, values(*index.shape)])
case("gather_nd_batch", 13, [node("GatherND", ["x0", "x1"], batch_dims=1)],
     [x, places(4, 3, 6, 1)])
for kind in (np.float64, np.float16, np.int32, np.uint8, np.bool_):
    case(f"gather_nd_{kind.__name__}", 13, [node("GatherND", ["x0", "x1"])],
         [(x * 9 + 40).astype(kind), np.stack([places(3, 6), places(4, 6)], -1)],
         expected=lambda a, i: [a[i[:, 0], i[:, 1]]])
for reduction in ("none", "add", "mul", "min", "max"):
    index = np.array([[0], [-1]]) if reduction == "none" else places(3, 6, 1)
    case(f"scatter_nd_{reduction}", 18,
         [node("ScatterND", ["x0", "x1", "x2"], reduction=reduction)],
         [x, index, values(len(index), 4, 5)])
case("scatter9", 9, [node("Scatter", ["x0", "x1", "x2"], axis=1)],
     [values(2, 4), np.array([[3, 0], [1, 2]]), values(2, 2)])
for batch in (0, 1):
    case(f"reverse_sequence_{batch}", 10,
         [node("ReverseSequence", ["x0", "x1"], batch_axis=batch, time_axis=1 - batch)],
         [x, random.integers(1, [5, 4][batch], x.shape[batch])])
case("one_hot_types", 11, [node("OneHot", ["x0", "d", "x1"], axis=1)],
     [np.array([[0, -1], [2, 9]], np.int32), np.array([5, -2], np.int64)], constants={"d": 3},
     expected=lambda i, v: [np.where(np.where(i < 0, i + 3, i)[:, None, :]
                                     == np.arange(3)[None, :, None], v[1], v[0])])

case("topk1", 1, [node("TopK", ["x0"], ["y0", "y1"], k=2, axis=1)], [x], outputs=2,
     expected=lambda a: [np.sort(a, 1)[:, ::-1][:, :2], np.argsort(-a, 1, kind="stable")[:, :2]])
case("topk10", 10, [node("TopK", ["x0", "k"], ["y0", "y1"], axis=0)], [x], outputs=2,
     constants={"k": [3]})
for kind in (np.float32, np.float64, np.int32, np.int64):
    case(f"topk_smallest_{kind.__name__}", 11,
         [node("TopK", ["x0", "k"], ["y0", "y1"], largest=0, axis=-1)],
         [random.permutation(200).reshape(4, 50).astype(kind)], outputs=2, constants={"k": [5]})
case("topk_equal", 11, [node("TopK", ["x0", "k"], ["y0", "y1"])],
     [random.integers(0, 3, (3, 40)).astype(np.float32)], outputs=2, constants={"k": [7]})
case("topk_all", 11, [node("TopK", ["x0", "k"], ["y0", "y1"])], [values(2, 300)], outputs=2,
     constants={"k": [300]})

for exclusive in (0, 1):
    for reverse in (0, 1):
        case(f"cumsum_{exclusive}{reverse}", 14,
             [node("CumSum", ["x0", "a"], exclusive=exclusive, reverse=reverse)],
             [random.integers(-9, 9, (3, 4, 5)).astype(np.float32)], constants={"a": [-2]})
case("cumsum_int64", 14, [node("CumSum", ["x0", "a"])], [places(9, 70)], constants={"a": [0]})

few = random.integers(0, 4, (6, 3)).astype(np.float32)
rows = few[[0, 2, 0, 1, 2, 2]]
four = [f"y{i}" for i in range(4)]
for in_order in (0, 1):
    case(f"unique_flat_{in_order}", 11, [node("Unique", ["x0"], four, sorted=in_order)], [few],
         outputs=4)
    for axis in (0, 1):
        case(f"unique_rows_{in_order}{axis}", 11,
             [node("Unique", ["x0"], four, sorted=in_order, axis=axis)],
             [rows if axis == 0 else rows.T.copy()], outputs=4)
case("unique_int64", 11, [node("Unique", ["x0"], four)], [places(5, 40)], outputs=4)
case("compress_axis", 11, [node("Compress", ["x0", "x1"], axis=1)],
     [x, np.array([True, False, True])])
case("compress_flat", 11, [node("Compress", ["x0", "x1"])], [x, random.random(40) < 0.5])

# Values whose size depends on data, in other operators.
mask = random.random((3, 4)) < 0.4
case("mask_select", 13, [node("NonZero", ["x0"], ["i"]), node("Transpose", ["i"], ["t"]),
                         node("GatherND", ["x1", "t"])], [mask, x])
case("flow_gather", 13,
     [node("Compress", ["x0", "x1"], ["c"]), node("Add", ["c", "one"], ["d"]),
      node("Gather", ["x2", "d"], axis=1)],
     [np.array([0, 1, 2, 0]), np.array([True, False, True, True]), x], constants={"one": [1]})
case("flow_gather_of", 13,
     [node("Compress", ["x0", "x1"], ["c"], axis=0), node("Gather", ["c", "i"], axis=0)],
     [x, np.array([True, False, True])], constants={"i": [-1, 0, 1]})
case("flow_gather_across", 13,
     [node("Compress", ["x0", "x1"], ["c"], axis=0), node("Gather", ["c", "i"], axis=1)],
     [x, np.array([True, False, True])], constants={"i": [[-1, 0], [1, 3]]})
case("flow_concat", 13,
     [node("Compress", ["x0", "x1"], ["c"], axis=0), node("Compress", ["x0", "x2"], ["d"], axis=0),
      node("Concat", ["c", "x0", "d"], axis=0)],
     [x, np.array([True, False, True]), np.array([False, True, False])])
case("flow_concat_across", 13,
     [node("Compress", ["x0", "x1"], ["c"], axis=0), node("Neg", ["c"], ["d"]),
      node("Concat", ["c", "d"], axis=2)], [x, np.array([True, False, True])])
for i, (start, end, step) in enumerate([(0, 2, 1), (1, 99, 1), (-2, 99, 1), (0, -1, 1), (-3, -1, 1),
                                        (0, 99, 2), (-9, 9, 3), (3, 1, 1)]):
    case(f"flow_slice_{i}", 13,
         [node("Compress", ["x0", "x1"], ["c"], axis=0),
          node("Slice", ["c", "s", "e", "a", "t"])],
         [values(6, 2), np.array([True, True, False, True, False, True])],
         constants={"s": [start], "e": [end], "a": [0], "t": [step]})
case("flow_slice_across", 13,
     [node("Compress", ["x0", "x1"], ["c"], axis=0), node("Slice", ["c", "s", "e", "a"])],
     [x, np.array([True, False, True])], constants={"s": [1, -2], "e": [3, 9], "a": [1, 2]})
case("flow_arithmetic", 13,
     [node("Compress", ["x0", "x1"], ["c"], axis=0), node("Mul", ["c", "x2"], ["d"]),
      node("Unsqueeze", ["d", "a"], ["e"]), node("Squeeze", ["e", "a"], ["f"]),
      node("Reshape", ["f", "r"])],
     [x, np.array([True, False, True]), values(4, 1)], constants={"a": [1], "r": [-1, 20]})

boxes = np.sort(random.random((2, 12, 2, 2)), 2).reshape(2, 12, 4).astype(np.float32)
boxes = boxes[:, :, [0, 1, 2, 3]]
scores = random.permutation(2 * 3 * 12).reshape(2, 3, 12).astype(np.float32) / 72
limits = {"m": [4], "i": np.array([0.3], np.float32), "s": np.array([0.2], np.float32)}
for name, inputs in (("", ["m", "i", "s"]), ("_no_score", ["m", "i"]), ("_one", ["m"])):
    case("suppression" + name, 11, [node("NonMaxSuppression", ["x0", "x1"] + inputs)],
         [boxes, scores], constants={key: limits[key] for key in inputs})
case("suppression_center", 11,
     [node("NonMaxSuppression", ["x0", "x1", "m", "i", "s"], center_point_box=1)],
     [boxes, scores], constants=limits)
case("max_pool_places", 12, [node("MaxPool", ["x0"], ["y0", "y1"], kernel_shape=[3, 2],
                                  strides=[2, 1], pads=[1, 0, 1, 1])], [values(2, 3, 7, 6)],
     outputs=2)
case("max_unpool", 11, [node("MaxPool", ["x0"], ["p", "i"], kernel_shape=[2, 2], strides=[2, 2]),
                        node("MaxUnpool", ["p", "i"], kernel_shape=[2, 2], strides=[2, 2])],
     [values(2, 3, 6, 4)])
case("col2im", 18, [node("Col2Im", ["x0", "s", "b"], strides=[2, 1], pads=[1, 0, 1, 2],
                         dilations=[1, 2])],
     [values(2, 12, 8)], constants={"s": [7, 4], "b": [2, 3]})
case("slice_in_step", 13, [node("Add", ["x1", "two"], ["e"]),
                           node("Slice", ["x0", "x1", "e", "a"])],
     [x, np.array([1])], constants={"two": [2], "a": [2]})

write(sys.argv[1])
