#!/usr/bin/env python3
"""Writes the models of the benchmark as ONNX files: opset 17, float32, static shapes.

    models.py FOLDER [NAME ...]     without names: all 15 (1.9 GB)
    models.py --list

The architectures and sizes are the real ones and the graphs are written as exporters write them
(GELU as Div, Erf, Add, Mul, Mul; ReLU6 as Clip; attention as MatMul, Div, Softmax, MatMul between
Reshape and Transpose). The weights are random, from a fixed seed, scaled so that values stay in
range: nothing is downloaded, and speed does not depend on the values.
"""
import argparse
import math
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

FLOAT, INT64 = TensorProto.FLOAT, TensorProto.INT64


class Graph:
    """A graph under construction. Methods take and return the names of values."""

    def __init__(self, name):
        self.name, self.random = name, np.random.default_rng(17)
        self.nodes, self.weights, self.inputs, self.outputs = [], [], [], []

    def input(self, name, shape, dtype=FLOAT):
        self.inputs.append(helper.make_tensor_value_info(name, dtype, shape))
        return name

    def output(self, name, value, shape):
        self.nodes.append(helper.make_node("Identity", [value], [name], name=f"identity_{name}"))
        self.outputs.append(helper.make_tensor_value_info(name, FLOAT, shape))

    def weight(self, array):
        name = f"weight_{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.asarray(array, order="C"), name))
        return name

    def scalar(self, value):
        return self.weight(np.asarray(value, np.float32).reshape(()))

    def integers(self, *values):
        return self.weight(np.array(values, np.int64))

    def normal(self, *shape, deviation, mean=0.0):
        values = self.random.standard_normal(shape, np.float32)
        return self.weight(mean + np.float32(deviation) * values)

    def constant(self, value, *shape):
        return self.weight(np.full(shape, value, np.float32))

    def __call__(self, operator, *inputs, results=1, **attributes):
        """Appends a node: graph("Add", a, b)."""
        label = f"{operator.lower()}_{len(self.nodes)}"
        names = [label] if results == 1 else [f"{label}_{i}" for i in range(results)]
        self.nodes.append(helper.make_node(operator, inputs, names, name=label, **attributes))
        return label if results == 1 else names

    def save(self, folder):
        graph = helper.make_graph(self.nodes, self.name, self.inputs, self.outputs, self.weights)
        opsets = [helper.make_opsetid("", 17)]
        model = helper.make_model(
            graph, producer_name="dlc-bench", opset_imports=opsets, ir_version=8
        )
        path = Path(folder) / f"{self.name}.onnx"
        onnx.save(model, path)
        return path


# Layers of convolutional networks: values are [batch, channels, height, width]. -----------------


def convolution(g, x, channels, width, size, stride=1, groups=1, bias=False):
    fan_in = channels // groups * size * size
    parameters = [g.normal(width, channels // groups, size, size, deviation=math.sqrt(2 / fan_in))]
    if bias:
        parameters.append(g.normal(width, deviation=0.01))
    return g(
        "Conv", x, *parameters, kernel_shape=[size] * 2, strides=[stride] * 2,
        pads=[size // 2] * 4, group=groups,
    )


def batch_norm(g, x, width):
    variance = g.random.random(width, np.float32)
    scale, shift = g.normal(width, deviation=0.1, mean=1), g.normal(width, deviation=0.1)
    statistics = g.normal(width, deviation=0.1), g.weight(1 + np.float32(0.1) * variance)
    return g("BatchNormalization", x, scale, shift, *statistics, epsilon=1e-5)


def relu(g, x):
    return g("Relu", x)


def relu6(g, x):
    return g("Clip", x, g.scalar(0), g.scalar(6))


def block(g, x, channels, width, size, stride=1, groups=1, activation=relu):
    """Convolution, batch normalisation, activation (None: linear)."""
    x = batch_norm(g, convolution(g, x, channels, width, size, stride, groups), width)
    return activation(g, x) if activation else x


def pooled_classifier(g, x, batch, channels, classes):
    x = g("Flatten", g("GlobalAveragePool", x))
    weight, bias = g.normal(classes, channels, deviation=0.02), g.constant(0, classes)
    g.output("output", g("Gemm", x, weight, bias, transB=1), [batch, classes])


def resnet(name, batch, depths, bottleneck, size=224, classes=1000):
    """ResNet v1.5 (the stride is in the 3x3); images of 32 pixels get the CIFAR stem."""
    g = Graph(name)
    x, channels = g.input("input", [batch, 3, size, size]), 64
    if size == 32:
        x = block(g, x, 3, 64, 3)
    else:
        x = block(g, x, 3, 64, 7, stride=2)
        x = g("MaxPool", x, kernel_shape=[3, 3], strides=[2, 2], pads=[1] * 4)
    for stage, depth in enumerate(depths):
        inner = 64 * 2**stage
        width = 4 * inner if bottleneck else inner
        for unit in range(depth):
            stride = 2 if stage > 0 and unit == 0 else 1
            if bottleneck:
                y = block(g, x, channels, inner, 1)
                y = block(g, y, inner, inner, 3, stride)
                y = block(g, y, inner, width, 1, activation=None)
            else:
                y = block(g, x, channels, inner, 3, stride)
                y = block(g, y, inner, inner, 3, activation=None)
            if channels != width or stride != 1:
                x = block(g, x, channels, width, 1, stride, activation=None)
            x, channels = relu(g, g("Add", y, x)), width
    pooled_classifier(g, x, batch, channels, classes)
    return g


def mobilenet_v2(name, batch):
    g = Graph(name)
    x = block(g, g.input("input", [batch, 3, 224, 224]), 3, 32, 3, 2, activation=relu6)
    channels = 32
    stages = [  # expansion, width, units, stride of the first
        (1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1),
        (6, 160, 3, 2), (6, 320, 1, 1),
    ]
    for expansion, width, units, first_stride in stages:
        for unit in range(units):
            stride = first_stride if unit == 0 else 1
            inner, y = channels * expansion, x
            if expansion > 1:
                y = block(g, y, channels, inner, 1, activation=relu6)
            y = block(g, y, inner, inner, 3, stride, groups=inner, activation=relu6)
            y = block(g, y, inner, width, 1, activation=None)
            x = g("Add", x, y) if stride == 1 and channels == width else y
            channels = width
    x = block(g, x, channels, 1280, 1, activation=relu6)
    pooled_classifier(g, x, batch, 1280, 1000)
    return g


def unet(name, size=256):
    g, widths, skips = Graph(name), [32, 64, 128, 256], []
    x, channels = g.input("input", [1, 3, size, size]), 3
    for width in widths:
        x = block(g, block(g, x, channels, width, 3), width, width, 3)
        skips.append(x)
        x, channels = g("MaxPool", x, kernel_shape=[2, 2], strides=[2, 2]), width
    x, channels = block(g, block(g, x, 256, 512, 3), 512, 512, 3), 512
    for width in reversed(widths):
        weight = g.normal(channels, width, 2, 2, deviation=math.sqrt(1 / channels))
        bias = g.normal(width, deviation=0.01)
        x = g("ConvTranspose", x, weight, bias, kernel_shape=[2, 2], strides=[2, 2])
        x = block(g, g("Concat", skips.pop(), x, axis=1), 2 * width, width, 3)
        x, channels = block(g, x, width, width, 3), width
    x = convolution(g, x, channels, 1, 1, bias=True)
    g.output("output", g("Sigmoid", x), [1, 1, size, size])
    return g


# Layers of transformers: values are [batch, tokens, width]. --------------------------------------


def dense(g, x, width_in, width_out, deviation=0.02):
    product = g("MatMul", x, g.normal(width_in, width_out, deviation=deviation))
    return g("Add", product, g.normal(width_out, deviation=0.01))


def layer_norm(g, x, width):
    scale, shift = g.normal(width, deviation=0.05, mean=1), g.normal(width, deviation=0.05)
    return g("LayerNormalization", x, scale, shift, axis=-1, epsilon=1e-5)


def gelu(g, x):
    error = g("Erf", g("Div", x, g.scalar(math.sqrt(2))))
    return g("Mul", g("Mul", x, g("Add", error, g.scalar(1))), g.scalar(0.5))


def split_heads(g, x, shape, order=(0, 2, 1, 3)):
    return g("Transpose", g("Reshape", x, g.integers(*shape)), perm=order)


def merge_heads(g, x, shape):
    return g("Reshape", g("Transpose", x, perm=[0, 2, 1, 3]), g.integers(*shape))


def scores(g, query, key, depth, mask=None):
    """Softmax of the scaled products; key is [batch, heads, depth, tokens]."""
    x = g("Div", g("MatMul", query, key), g.scalar(math.sqrt(depth)))
    return g("Softmax", g("Add", x, mask) if mask else x, axis=-1)


def attention(g, x, batch, tokens, width, heads, mask=None):
    depth = width // heads
    query, key, value = (dense(g, x, width, width) for _ in range(3))
    shape = batch, tokens, heads, depth
    query, value = split_heads(g, query, shape), split_heads(g, value, shape)
    key = split_heads(g, key, shape, order=(0, 2, 3, 1))
    x = g("MatMul", scores(g, query, key, depth, mask), value)
    return dense(g, merge_heads(g, x, (batch, tokens, width)), width, width)


def feed_forward(g, x, width):
    return dense(g, gelu(g, dense(g, x, width, 4 * width)), 4 * width, width)


def bert(name, batch, tokens, width, layers, heads, words=30522):
    """Normalisation after the sum; the mask is made of the 0/1 input as exporters write it."""
    g = Graph(name)
    names = "input_ids", "token_type_ids", "attention_mask"
    ids, kinds, keep = (g.input(n, [batch, tokens], INT64) for n in names)
    word = g("Gather", g.normal(words, width, deviation=0.02), ids)
    kind = g("Gather", g.normal(2, width, deviation=0.02), kinds)
    place = g.normal(1, tokens, width, deviation=0.02)
    x = layer_norm(g, g("Add", g("Add", word, kind), place), width)
    keep = g("Cast", g("Unsqueeze", keep, g.integers(1, 2)), to=FLOAT)
    mask = g("Mul", g("Sub", g.scalar(1), keep), g.scalar(-10000))
    for _ in range(layers):
        y = attention(g, x, batch, tokens, width, heads, mask)
        x = layer_norm(g, g("Add", x, y), width)
        x = layer_norm(g, g("Add", x, feed_forward(g, x, width)), width)
    g.output("output", x, [batch, tokens, width])
    return g


def tied_head(g, x, table, batch, tokens, width, words):
    """The logits: the embedding's table is the last layer's weight too."""
    logits = g("MatMul", layer_norm(g, x, width), g("Transpose", table, perm=[1, 0]))
    g.output("output", logits, [batch, tokens, words])


def gpt2(name, batch, tokens, width=768, layers=12, heads=12, words=50257):
    g = Graph(name)
    ids = g.input("input_ids", [batch, tokens], INT64)
    table = g.normal(words, width, deviation=0.02)
    x = g("Add", g("Gather", table, ids), g.normal(1, tokens, width, deviation=0.02))
    later = np.triu(np.full((tokens, tokens), -1e9, np.float32), 1)
    mask = g.weight(later.reshape(1, 1, tokens, tokens))
    for _ in range(layers):
        y = layer_norm(g, x, width)
        x = g("Add", x, attention(g, y, batch, tokens, width, heads, mask))
        x = g("Add", x, feed_forward(g, layer_norm(g, x, width), width))
    tied_head(g, x, table, batch, tokens, width, words)
    return g


def gpt2_decode(name, batch, past, width=768, layers=12, heads=12, words=50257):
    """One token with the keys and values of those before it: bound by reading the weights."""
    g, depth = Graph(name), width // heads
    ids, table = g.input("input_ids", [batch, 1], INT64), g.normal(words, width, deviation=0.02)
    x, present = g("Add", g("Gather", table, ids), g.normal(1, 1, width, deviation=0.02)), []
    for layer in range(layers):
        before = [
            g.input(f"past_{kind}_{layer}", [batch, heads, past, depth])
            for kind in ("key", "value")
        ]
        y = layer_norm(g, x, width)
        projected = [dense(g, y, width, width) for _ in range(3)]
        query, key, value = (split_heads(g, p, (batch, 1, heads, depth)) for p in projected)
        key, value = (g("Concat", old, new, axis=2) for old, new in zip(before, (key, value)))
        present += [(f"present_key_{layer}", key), (f"present_value_{layer}", value)]
        weights = scores(g, query, g("Transpose", key, perm=[0, 1, 3, 2]), depth)
        y = merge_heads(g, g("MatMul", weights, value), (batch, 1, width))
        x = g("Add", x, dense(g, y, width, width))
        x = g("Add", x, feed_forward(g, layer_norm(g, x, width), width))
    tied_head(g, x, table, batch, 1, width, words)
    for result, value in present:
        g.output(result, value, [batch, heads, past + 1, depth])
    return g


def vit_b16(name, batch, width=768, layers=12, heads=12):
    g, patches = Graph(name), 14 * 14
    filters = g.normal(width, 3, 16, 16, deviation=0.02), g.normal(width, deviation=0.01)
    image = g.input("input", [batch, 3, 224, 224])
    x = g("Conv", image, *filters, kernel_shape=[16, 16], strides=[16, 16])
    x = g("Transpose", g("Reshape", x, g.integers(batch, width, patches)), perm=[0, 2, 1])
    token = g("Expand", g.normal(1, 1, width, deviation=0.02), g.integers(batch, 1, width))
    place = g.normal(1, patches + 1, width, deviation=0.02)
    x = g("Add", g("Concat", token, x, axis=1), place)
    for _ in range(layers):
        y = layer_norm(g, x, width)
        x = g("Add", x, attention(g, y, batch, patches + 1, width, heads))
        x = g("Add", x, feed_forward(g, layer_norm(g, x, width), width))
    first = g.weight(np.asarray(0, np.int64))
    x = g("Gather", layer_norm(g, x, width), first, axis=1)
    g.output("output", dense(g, x, width, 1000), [batch, 1000])
    return g


# Others. ----------------------------------------------------------------------------------------


def lstm(name, batch=1, steps=64, width=512, layers=2):
    g = Graph(name)
    x, deviation = g.input("input", [steps, batch, width]), 1 / math.sqrt(width)
    for _ in range(layers):
        weights = [g.normal(1, 4 * width, width, deviation=deviation) for _ in range(2)]
        bias = g.normal(1, 8 * width, deviation=0.01)
        states, _, _ = g("LSTM", x, *weights, bias, results=3, hidden_size=width)
        x = g("Squeeze", states, g.integers(1))
    g.output("output", dense(g, x, width, width, deviation), [steps, batch, width])
    return g


def mlp(name, batch):
    g = Graph(name)
    x = g.input("input", [batch, 784])
    hidden = g.normal(784, 128, deviation=math.sqrt(2 / 784)), g.constant(0, 128)
    x = relu(g, g("Gemm", x, *hidden))
    last = g.normal(128, 10, deviation=math.sqrt(2 / 128)), g.constant(0, 10)
    g.output("output", g("Softmax", g("Gemm", x, *last), axis=-1), [batch, 10])
    return g


RESNET50, RESNET18 = (3, 4, 6, 3), (2, 2, 2, 2)
MODELS = {
    "resnet50": lambda name: resnet(name, 1, RESNET50, bottleneck=True),
    "resnet50_b8": lambda name: resnet(name, 8, RESNET50, bottleneck=True),
    "resnet18": lambda name: resnet(name, 1, RESNET18, bottleneck=False),
    "resnet18_cifar_b32": lambda name: resnet(name, 32, RESNET18, False, size=32, classes=10),
    "mobilenet_v2": lambda name: mobilenet_v2(name, 1),
    "mobilenet_v2_b8": lambda name: mobilenet_v2(name, 8),
    "bert_base": lambda name: bert(name, 1, 128, width=768, layers=12, heads=12),
    "bert_mini_b8": lambda name: bert(name, 8, 128, width=256, layers=4, heads=4),
    "gpt2": lambda name: gpt2(name, 1, 128),
    "gpt2_decode": lambda name: gpt2_decode(name, 1, past=127),
    "vit_b16": lambda name: vit_b16(name, 1),
    "lstm": lstm,
    "unet": unet,
    "mlp": lambda name: mlp(name, 1),
    "mlp_b64": lambda name: mlp(name, 64),
}


def write_model(name, folder):
    """Writes FOLDER/NAME.onnx and returns its path."""
    return MODELS[name](name).save(folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--list", action="store_true", help="print the names")
    arguments = parser.parse_args()
    if arguments.list:
        print("\n".join(MODELS))
        return
    if not arguments.folder:
        parser.error("which folder?")
    if unknown := [name for name in arguments.names if name not in MODELS]:
        parser.error(f"unknown: {' '.join(unknown)}; known: {' '.join(MODELS)}")
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for name in arguments.names or MODELS:
        path = write_model(name, arguments.folder)
        print(f"{path}  {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
