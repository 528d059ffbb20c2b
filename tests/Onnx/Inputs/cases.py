"""Models of a few nodes with inputs and the outputs that they must give, for the generators of
tests: `case` adds one, `write` lays them out as ONNX does its tests. ONNX Runtime computes the
outputs, or NumPy where it does not know a form."""
import pathlib

import numpy as np
import onnx
import onnxruntime
from onnx import helper, numpy_helper

random = np.random.default_rng(5)
cases = {}


def values(*shape, kind=np.float32):
    return random.standard_normal(shape).astype(kind)


def node(op, inputs, outputs=("y0",), **attributes):
    return helper.make_node(op, list(inputs), list(outputs), **attributes)


def case(name, opset, nodes, inputs, outputs=1, expected=None, constants=None, functions=()):
    """`nodes` use inputs x0, x1, ...; results are y0, y1, ...; `constants` are initializers that
    are no inputs of the test."""
    assert name not in cases, name
    cases[name] = (opset, nodes, inputs, outputs, expected, constants or {}, functions)


def infer(model, inputs):
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    session = onnxruntime.InferenceSession(model.SerializeToString(), options,
                                           providers=["CPUExecutionProvider"])
    return session.run(None, {f"x{i}": value for i, value in enumerate(inputs)})


def model_of(name, opset, nodes, inputs, outputs, constants, functions):
    element = lambda v: helper.np_dtype_to_tensor_dtype(v.dtype)
    infos = [helper.make_tensor_value_info(f"x{i}", element(v), v.shape)
             for i, v in enumerate(inputs)]
    arrays = {key: v if hasattr(v, "dtype") else np.array(v, np.int64)
              for key, v in constants.items()}
    initializers = [numpy_helper.from_array(v, key) for key, v in arrays.items()]
    infos += [helper.make_tensor_value_info(t.name, t.data_type, t.dims) for t in initializers]
    graph = helper.make_graph(nodes, name, infos,
                              [helper.make_value_info(f"y{i}", onnx.TypeProto())
                               for i in range(outputs)], initializers)
    opsets = [helper.make_opsetid("", opset), helper.make_opsetid("com.microsoft", 1)]
    opsets += [helper.make_opsetid(domain, 1) for domain in {f.domain for f in functions}]
    return helper.make_model(graph, opset_imports=opsets, ir_version=10 if functions else 8,
                             functions=list(functions))


def write(folder):
    for name, (opset, nodes, inputs, outputs, expected, constants, functions) in cases.items():
        model = model_of(name, opset, nodes, inputs, outputs, constants, functions)
        results = expected(*inputs) if expected else infer(model, inputs)
        data = pathlib.Path(folder) / name / "test_data_set_0"
        data.mkdir(parents=True, exist_ok=True)
        onnx.save(model, data.parent / "model.onnx")
        for kind, tensors in (("input", inputs), ("output", results)):
            for i, tensor in enumerate(tensors):
                proto = numpy_helper.from_array(np.array(tensor, order="C"))
                (data / f"{kind}_{i}.pb").write_bytes(proto.SerializeToString())
