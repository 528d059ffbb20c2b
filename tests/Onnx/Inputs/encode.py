"""Writes models that tests show as text: encode.py FOLDER encodes FOLDER/*.onnxtxt (the textual
form of the onnx package) as FOLDER/*.onnx. A line `#large NAME TYPE SHAPE [typed|splat]` adds an
initializer of random numbers, as raw data, as numbers one by one, or all equal."""
import pathlib
import sys

import numpy
import onnx
import onnx.parser
from onnx import helper, numpy_helper


def large(name, kind, shape, form="raw"):
    shape = [int(extent) for extent in shape.split("x")]
    generator = numpy.random.default_rng(1)
    values = (generator.standard_normal(shape) * 10).astype(kind)
    if form == "splat":
        values[:] = 3
    if form == "typed":
        element = helper.np_dtype_to_tensor_dtype(values.dtype)
        return helper.make_tensor(name, element, shape, values.flatten().tolist())
    return numpy_helper.from_array(values, name)


for source in pathlib.Path(sys.argv[1]).glob("*.onnxtxt"):
    lines = source.read_text().splitlines()
    text = "\n".join(line for line in lines if not line.startswith("#"))
    model = onnx.parser.parse_model(text)
    for line in lines:
        if line.startswith("#large "):
            model.graph.initializer.append(large(*line.split()[1:]))
    onnx.save(model, source.with_suffix(".onnx"))
