"""Models that no exporter writes, made from FOLDER/base.onnx: broken.py FOLDER."""
import os
import pathlib
import sys

import onnx
from onnx import AttributeProto, TensorProto, helper

folder = pathlib.Path(sys.argv[1])
base = (folder / "base.onnx").read_bytes()


def model(name):
    """Decorates a function that changes a copy of the base model, which is then written."""

    def write(change):
        proto = onnx.ModelProto.FromString(base)
        change(proto)
        (folder / f"{name}.onnx").write_bytes(proto.SerializeToString())
        return change

    return write


def external(name, **entries):
    """The initializer's data in a file: `entries` are its external_data."""
    proto = onnx.ModelProto.FromString(base)
    tensor = proto.graph.initializer[0]
    tensor.ClearField("float_data")
    tensor.ClearField("raw_data")
    tensor.data_location = TensorProto.EXTERNAL
    for key, value in entries.items():
        for each in value if isinstance(value, list) else [value]:
            tensor.external_data.add(key=key, value=each)
    (folder / f"{name}.onnx").write_bytes(proto.SerializeToString())


(folder / "truncated.onnx").write_bytes(base[: len(base) // 2])
(folder / "empty.onnx").write_bytes(b"")
(folder / "text.onnx").write_bytes(b"this is no model")
(folder / "length.onnx").write_bytes(base + b"\x3a\xff\xff\xff\xff\xff\xff\xff\xff\x7f")
(folder / "graph-twice.onnx").write_bytes(base + b"\x3a\x00")


@model("no-graph")
def _(proto):
    proto.ClearField("graph")


@model("no-opset")
def _(proto):
    del proto.opset_import[:]


@model("opset-new")
def _(proto):
    proto.opset_import[0].version = 9999


@model("opset-zero")
def _(proto):
    proto.opset_import[0].version = 0


@model("opset-twice")
def _(proto):
    proto.opset_import.add(domain="ai.onnx", version=13)


@model("ir-new")
def _(proto):
    proto.ir_version = 99


@model("no-outputs")
def _(proto):
    del proto.graph.output[:]


@model("no-operator")
def _(proto):
    proto.graph.node[0].op_type = ""


@model("initializer-twice")
def _(proto):
    proto.graph.initializer.append(proto.graph.initializer[0])


@model("initializer-unnamed")
def _(proto):
    proto.graph.initializer[0].name = ""


@model("data-short")
def _(proto):
    proto.graph.initializer[0].dims[0] = 4


@model("data-missing")
def _(proto):
    proto.graph.initializer[0].ClearField("float_data")


@model("data-twice")
def _(proto):
    proto.graph.initializer[0].raw_data = b"123456789012"


@model("data-field")
def _(proto):
    proto.graph.initializer[0].data_type = TensorProto.INT64


@model("data-bool")
def _(proto):
    bad = helper.make_tensor("w", TensorProto.BOOL, [1], b"\7", raw=True)
    proto.graph.initializer[0].CopyFrom(bad)


@model("type-unknown")
def _(proto):
    proto.graph.initializer[0].data_type = 99


@model("dimension-negative")
def _(proto):
    proto.graph.initializer[0].dims[0] = -3


@model("dimension-overflow")
def _(proto):
    proto.graph.initializer[0].dims[:] = [2**62 + 1, 4]


@model("attribute-twice")
def _(proto):
    node = proto.graph.node[0]
    node.op_type = "LeakyRelu"
    del node.input[1]
    node.attribute.extend(helper.make_attribute("alpha", slope) for slope in (0.1, 0.2))


@model("reference")
def _(proto):
    node = proto.graph.node[0]
    node.op_type = "LeakyRelu"
    del node.input[1]
    node.attribute.add(name="alpha", ref_attr_name="slope", type=AttributeProto.FLOAT)


@model("sparse")
def _(proto):
    values = helper.make_tensor("v", TensorProto.FLOAT, [1], [1.0])
    indices = helper.make_tensor("i", TensorProto.INT64, [1], [-3])
    proto.graph.sparse_initializer.append(helper.make_sparse_tensor(values, indices, [4]))


def field(number, payload):
    """A field of bytes, as protobuf encodes it: its Python library writes no deep messages."""
    length, out = len(payload), b""
    while length > 127:
        out, length = out + bytes([length & 127 | 128]), length >> 7
    return bytes([number << 3 | 2]) + out + bytes([length]) + payload


def value(name, kind, shape):
    return helper.make_tensor_value_info(name, kind, shape).SerializeToString()


def nested_ifs(depth):
    """A graph without inputs: an If, in whose first branch is an If, and so on."""
    output = field(12, value("o", TensorProto.FLOAT, [2, 3]))
    identity = helper.make_node("Identity", ["x"], ["o"]).SerializeToString()
    leaf = graph = field(1, identity) + output
    is_graph = b"\xa0\x01\x05"  # the attribute's type, field 20
    for _ in range(depth):
        branches = field(5, field(1, b"then_branch") + field(6, graph) + is_graph)
        branches += field(5, field(1, b"else_branch") + field(6, leaf) + is_graph)
        graph = field(1, field(1, b"c") + field(2, b"o") + field(4, b"If") + branches) + output
    return graph


main = nested_ifs(80) + field(11, value("x", TensorProto.FLOAT, [2, 3]))
main += field(11, value("c", TensorProto.BOOL, []))
opset = helper.make_opsetid("", 17).SerializeToString()
(folder / "nested.onnx").write_bytes(b"\x08\x08" + field(8, opset) + field(7, main))


@model("inlining-bomb")
def _(proto):
    proto.ir_version = 9
    proto.opset_import.add(domain="own", version=1)
    opsets = list(proto.opset_import)
    for level in range(30):
        domain, called = ("own", f"F{level + 1}") if level < 29 else ("", "Relu")
        nodes = [helper.make_node(called, [x], [y], domain=domain) for x, y in ("at", "tb")]
        function = helper.make_function("own", f"F{level}", ["a"], ["b"], nodes, opsets)
        proto.functions.append(function)
    proto.graph.node[0].CopyFrom(helper.make_node("F0", ["x"], ["y"], domain="own"))


(folder / "w.bin").write_bytes(b"123456789012")
os.symlink("w.bin", folder / "link.bin")
os.link(folder / "w.bin", folder / "hard.bin")
(folder / "alone.bin").write_bytes(b"123456789012")
external("external-missing", location="none.bin")
external("external-outside", location="../w.bin")
external("external-nested", location="sub/../../w.bin")
external("external-absolute", location="/etc/passwd")
external("external-link", location="link.bin")
external("external-hard-link", location="hard.bin")
external("external-short", location="alone.bin", offset="4")
external("external-number", location="alone.bin", offset="0x4")
external("external-twice", location=["alone.bin", "w.bin"])
external("external-length", location="alone.bin", length="8")
external("external-no-location", offset="0")
