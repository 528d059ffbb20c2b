"""same_graph.py A.onnx B.onnx: equal up to names, order of nodes and values of float weights?"""
import sys

import onnx


def signature(path):
    graph = onnx.load(path).graph
    weights = {}
    for tensor in graph.initializer:
        shape = (tensor.data_type, tuple(tensor.dims))
        integers = tensor.data_type == onnx.TensorProto.INT64
        weights[tensor.name] = shape, integers and str(onnx.numpy_helper.to_array(tensor))
    values = {value.name: (value.name, str(value.type)) for value in graph.input}
    nodes = []
    for node in graph.node:
        attributes = sorted(
            (a.name, str(onnx.helper.get_attribute_value(a))) for a in node.attribute
        )
        inputs = tuple(weights.get(name) or values[name] for name in node.input)
        nodes.append(hash((node.op_type, inputs, tuple(attributes))))
        for index, name in enumerate(node.output):
            values[name] = nodes[-1], index
    results = [(value.name, str(value.type), values[value.name]) for value in graph.output]
    return len(nodes), sorted(nodes), results


left, right = (signature(path) for path in sys.argv[1:])
if left != right:
    sys.exit(f"the graphs differ: {left[0]} and {right[0]} nodes, "
             f"{len(set(left[1]) ^ set(right[1]))} of them only in one")
print(f"equal, {left[0]} nodes")
