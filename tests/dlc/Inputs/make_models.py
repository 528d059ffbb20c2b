"""Small ONNX models for the tests of the command: make_models.py FOLDER

good.onnx      Conv and Round, its weights in initializers w and b
bad.onnx       Conv between two nodes of an operator that there is not
weights.npz, weights.safetensors   other values for w
deep.onnx      a chain of 40 nodes, with test data whose output is that of another chain
"""
import json
import struct
import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

place = Path(sys.argv[1])
random = np.random.default_rng(1)
w = random.standard_normal((2, 3, 3, 3)).astype(np.float32)
b = np.array([0.5, -0.5], np.float32)


def save(name, nodes, inputs, outputs, initializers):
    graph = helper.make_graph(nodes, "g", inputs, outputs, initializers)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.save(model, place / name)


def value(name, *shape):
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)


def write_test_data(folder, inputs, outputs):
    folder.mkdir(exist_ok=True)
    for kind, arrays in (("input", inputs), ("output", outputs)):
        for i, array in enumerate(arrays):
            data = numpy_helper.from_array(array).SerializeToString()
            (folder / f"{kind}_{i}.pb").write_bytes(data)


def safetensors(arrays):
    header, data = {}, b""
    for name, array in arrays.items():
        place = [len(data), len(data) + array.nbytes]
        header[name] = {"dtype": "F32", "shape": list(array.shape), "data_offsets": place}
        data += array.tobytes()
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + data


weights = [numpy_helper.from_array(w, "w"), numpy_helper.from_array(b, "b")]
conv = helper.make_node("Conv", ["x", "w", "b"], ["c"], "conv", pads=[1, 1, 1, 1])
save("good.onnx", [conv, helper.make_node("Round", ["c"], ["y"], "round")],
     [value("x", 1, 3, 4, 4)], [value("y", 1, 2, 4, 4)], weights)
save("bad.onnx", [helper.make_node("Frobnicate", ["a"], ["x"], "first"), conv,
                  helper.make_node("Frobnicate", ["c"], ["y"], "second")],
     [value("a", 1, 3, 4, 4)], [value("y", 1, 2, 4, 4)], weights)

# Zeros and a bias: the result is the bias, rounded.
np.savez(place / "weights.npz", w=np.zeros_like(w), b=np.array([3.25, -7], np.float32))
np.savez_compressed(place / "packed.npz", w=np.zeros_like(w))
np.savez(place / "shape.npz", w=np.zeros((2, 3, 3, 1), np.float32))
np.savez(place / "name.npz", v=np.zeros_like(w))
zeros = {"w": np.zeros_like(w), "b": np.array([3.25, -7], np.float32)}
(place / "weights.safetensors").write_bytes(safetensors(zeros))
(place / "short.safetensors").write_bytes(safetensors(zeros)[:-4])

chain = [helper.make_node("Tanh" if i % 2 else "Exp", [f"v{i}"], [f"v{i + 1}"], f"node{i}")
         for i in range(40)]
save("deep.onnx", chain, [value("v0", 4, 5)], [value("v40", 4, 5)], [])
x = random.standard_normal((4, 5)).astype(np.float32)
y = x
for i in range(40):
    y = np.tanh(y) if i % 2 else np.exp(y)
write_test_data(place / "test_data_set_0", [x], [y])
write_test_data(place / "wrong", [x], [y + 1])

# A scale by column that is folded into the weights of the product, which rounds otherwise.
m, s = (random.standard_normal(shape).astype(np.float32) for shape in ((64, 64), (64,)))
save("scaled.onnx", [helper.make_node("MatMul", ["x", "m"], ["p"], "product"),
                     helper.make_node("Mul", ["p", "s"], ["q"], "scale"),
                     helper.make_node("Neg", ["q"], ["y"], "negative")],
     [value("x", "N", 64)], [value("y", "N", 64)],
     [numpy_helper.from_array(m, "m"), numpy_helper.from_array(s, "s")])
x = random.standard_normal((8, 64)).astype(np.float32)
write_test_data(place / "scaled", [x], [-(x @ m * s)])
write_test_data(place / "shifted", [x], [1 - (x @ m * s)])

# Sixty times the same, so that it takes a while.
(place / "many").mkdir()
for i in range(60):
    (place / "many" / f"test_data_set_{i}").symlink_to(place / "test_data_set_0")
