#!/usr/bin/env python3
"""Trains the network of this example with NumPy and writes digits.onnx; or measures a written one.

    train.py [--seed N] [--epochs N] [--out FILE]     15 seconds
    train.py --evaluate FILE                          accuracy on the test images, by ONNX Runtime

Two blocks of convolution (3x3, padding 1), batch normalisation, ReLU and 2x2 maximum pooling, then
a dense layer and softmax: image f32[N,1,8,8], pixels in [0, 1], to probabilities f32[N,10].
"""
import argparse
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
TRAIN_COUNT = 1347  # digits.bin holds the training images first, then the 450 of the test
EPSILON = 1e-5


def read_digits():
    """Images f32[N,1,8,8] and labels, of the training and of the test part. See LICENCE-DATA.md."""
    rows = np.fromfile(HERE / "digits.bin", np.uint8).reshape(-1, 65)
    labels = rows[:, 0].astype(np.int64)
    images = (rows[:, 1:].astype(np.float32) / 16).reshape(-1, 1, 8, 8)
    return images[:TRAIN_COUNT], labels[:TRAIN_COUNT], images[TRAIN_COUNT:], labels[TRAIN_COUNT:]


class Convolution:
    def __init__(self, random, name, channels_in, channels_out):
        deviation = np.sqrt(2 / (9 * channels_in))
        weight = random.standard_normal((channels_out, channels_in, 3, 3)) * deviation
        self.parameters = {f"{name}.weight": weight.astype(np.float32)}
        self.name = name

    def forward(self, x, training):
        weight = self.parameters[f"{self.name}.weight"]
        padded = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))
        windows = np.lib.stride_tricks.sliding_window_view(padded, (3, 3), axis=(2, 3))
        self.windows = windows  # [n, c, height, width, 3, 3]
        return np.einsum("nchwij,ocij->nohw", windows, weight, optimize=True)

    def backward(self, g):
        weight = self.parameters[f"{self.name}.weight"]
        gradient = np.einsum("nohw,nchwij->ocij", g, self.windows, optimize=True)
        self.gradients = {f"{self.name}.weight": gradient}
        padded = np.pad(g, ((0, 0), (0, 0), (1, 1), (1, 1)))
        windows = np.lib.stride_tricks.sliding_window_view(padded, (3, 3), axis=(2, 3))
        return np.einsum("nohwij,ocij->nchw", windows, weight[:, :, ::-1, ::-1], optimize=True)


class BatchNorm:
    def __init__(self, name, channels):
        ones, zeros = np.ones(channels, np.float32), np.zeros(channels, np.float32)
        self.parameters = {f"{name}.weight": ones.copy(), f"{name}.bias": zeros.copy()}
        self.mean, self.variance, self.name = zeros.copy(), ones.copy(), name

    def forward(self, x, training):
        if training:
            mean, variance = x.mean((0, 2, 3)), x.var((0, 2, 3))
            self.mean += 0.1 * (mean - self.mean)
            self.variance += 0.1 * (variance - self.variance)
        else:
            mean, variance = self.mean, self.variance
        self.inverse = 1 / np.sqrt(variance + EPSILON)[:, None, None]
        self.normal = (x - mean[:, None, None]) * self.inverse
        weight, bias = (self.parameters[f"{self.name}.{part}"] for part in ("weight", "bias"))
        return weight[:, None, None] * self.normal + bias[:, None, None]

    def backward(self, g):
        axes = (0, 2, 3)
        weight = self.parameters[f"{self.name}.weight"]
        self.gradients = {
            f"{self.name}.weight": (g * self.normal).sum(axes),
            f"{self.name}.bias": g.sum(axes),
        }
        g = g * weight[:, None, None]
        centred = g - g.mean(axes, keepdims=True)
        return self.inverse * (
            centred - self.normal * (g * self.normal).mean(axes, keepdims=True)
        )


class Relu:
    parameters = gradients = {}

    def forward(self, x, training):
        self.positive = x > 0
        return x * self.positive

    def backward(self, g):
        return g * self.positive


class MaxPool:
    parameters = gradients = {}

    def forward(self, x, training):
        n, c, height, width = x.shape
        windows = x.reshape(n, c, height // 2, 2, width // 2, 2)
        largest = windows.max((3, 5), keepdims=True)
        self.chosen = windows == largest
        self.chosen = self.chosen / self.chosen.sum((3, 5), keepdims=True)
        self.shape = x.shape
        return largest[:, :, :, 0, :, 0]

    def backward(self, g):
        return (self.chosen * g[:, :, :, None, :, None]).reshape(self.shape).astype(np.float32)


class Dense:
    def __init__(self, random, name, width_in, width_out):
        weight = random.standard_normal((width_out, width_in)) * np.sqrt(1 / width_in)
        self.parameters = {
            f"{name}.weight": weight.astype(np.float32),
            f"{name}.bias": np.zeros(width_out, np.float32),
        }
        self.name = name

    def forward(self, x, training):
        self.shape, self.x = x.shape, x.reshape(len(x), -1)
        weight, bias = (self.parameters[f"{self.name}.{part}"] for part in ("weight", "bias"))
        return self.x @ weight.T + bias

    def backward(self, g):
        weight = self.parameters[f"{self.name}.weight"]
        self.gradients = {f"{self.name}.weight": g.T @ self.x, f"{self.name}.bias": g.sum(0)}
        return (g @ weight).reshape(self.shape)


def network(random):
    return [
        Convolution(random, "conv1", 1, 16), BatchNorm("norm1", 16), Relu(), MaxPool(),
        Convolution(random, "conv2", 16, 32), BatchNorm("norm2", 32), Relu(), MaxPool(),
        Dense(random, "dense", 128, 10),
    ]


def forward(layers, x, training=False):
    for layer in layers:
        x = layer.forward(x, training)
    return x


def softmax(x):
    e = np.exp(x - x.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def shifted(images, random):
    """Each image moved by -1, 0 or 1 pixel along a random axis: cheap data of other hands."""
    result = images.copy()
    for i, (axis, step) in enumerate(random.integers([0, -1], [2, 2], (len(images), 2))):
        result[i] = np.roll(images[i], step, 1 + axis)
        edge = [slice(None), slice(None), slice(None)]
        edge[1 + axis] = 0 if step == 1 else -1
        if step:
            result[i][tuple(edge)] = 0
    return result


def train(seed, epochs):
    """Adam (rate 2e-3, falling to 0 along a cosine) on cross-entropy, batches of 32."""
    images, labels, test_images, test_labels = read_digits()
    random = np.random.default_rng(seed)
    layers = network(random)
    moments, step, steps = {}, 0, epochs * -(-len(images) // 32)
    for epoch in range(epochs):
        order = random.permutation(len(images))
        moved = shifted(images, random)
        for begin in range(0, len(images), 32):
            batch = order[begin : begin + 32]
            probabilities = softmax(forward(layers, moved[batch], training=True))
            g = (probabilities - np.eye(10)[labels[batch]]).astype(np.float32) / len(batch)
            for layer in reversed(layers):
                g = layer.backward(g)
            step += 1
            rate = 1e-3 * (1 + np.cos(np.pi * step / steps))
            for layer in layers:
                for name, gradient in layer.gradients.items():
                    m, v = moments.get(name, (0, 0))
                    m, v = 0.9 * m + 0.1 * gradient, 0.999 * v + 0.001 * gradient**2
                    moments[name] = m, v
                    move = m / (1 - 0.9**step) / (np.sqrt(v / (1 - 0.999**step)) + 1e-8)
                    layer.parameters[name] -= (rate * move).astype(np.float32)
        right = (forward(layers, test_images).argmax(1) == test_labels).mean()
        print(f"epoch {epoch + 1:2}  test accuracy {right:.4f}")
    return layers


def export(layers, path):
    """The trained layers as ONNX, opset 17, with attributes as PyTorch's exporter writes them."""
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    nodes, tensors, value = [], [], "image"
    square = {"kernel_shape": [3, 3], "strides": [1, 1], "pads": [1] * 4, "dilations": [1, 1]}

    def add(operator, inputs=(), **attributes):
        nonlocal value
        result = f"{operator.lower()}_{len(nodes)}"
        nodes.append(
            helper.make_node(operator, [value, *inputs], [result], name=f"/{result}", **attributes)
        )
        value = result

    for layer in layers:
        names = list(layer.parameters)
        tensors += [numpy_helper.from_array(layer.parameters[n], n) for n in names]
        match layer:
            case Convolution():
                add("Conv", names, group=1, **square)
            case BatchNorm():
                statistics = [f"{layer.name}.running_mean", f"{layer.name}.running_var"]
                for array, name in zip((layer.mean, layer.variance), statistics):
                    tensors.append(numpy_helper.from_array(array.astype(np.float32), name))
                add("BatchNormalization", names + statistics, epsilon=EPSILON, momentum=0.9)
            case Relu():
                add("Relu")
            case MaxPool():
                add("MaxPool", kernel_shape=[2, 2], strides=[2, 2], pads=[0] * 4)
            case Dense():
                add("Flatten", axis=1)
                add("Gemm", names, alpha=1.0, beta=1.0, transB=1)
    add("Softmax", axis=-1)
    nodes[-1].output[0] = "probabilities"

    def tensor(name, shape):
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)

    inputs, outputs = [tensor("image", [1, 1, 8, 8])], [tensor("probabilities", [1, 10])]
    graph = helper.make_graph(nodes, "digits", inputs, outputs, tensors)
    opset = [helper.make_opsetid("", 17)]
    model = helper.make_model(graph, producer_name="dlc", opset_imports=opset, ir_version=8)
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, path)
    print(f"{path}: {Path(path).stat().st_size} bytes")


def evaluate(path):
    import onnxruntime

    _, _, images, labels = read_digits()
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    answers = [session.run(None, {"image": image[None]})[0].argmax() for image in images]
    right = int((np.array(answers) == labels).sum())
    print(f"{right} of {len(labels)} test images are right ({right / len(labels):.2%})")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=30)
    parser.add_argument("--out", default=str(HERE / "digits.onnx"))
    parser.add_argument("--evaluate", metavar="FILE")
    arguments = parser.parse_args()
    if arguments.evaluate:
        evaluate(arguments.evaluate)
    else:
        export(train(arguments.seed, arguments.epochs), arguments.out)


main()
