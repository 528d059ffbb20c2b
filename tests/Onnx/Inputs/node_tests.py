"""Writes ONNX's own tests of single operators (onnx.backend.test, made by the onnx package) for the
operators that are listed: node_tests.py FOLDER OPERATOR... Left out are function bodies and casts
between small types, of which there are hundreds."""
import pathlib
import sys

import onnx
from onnx import numpy_helper
from onnx.backend.test.case.node import collect_testcases

folder, operators = pathlib.Path(sys.argv[1]), set(sys.argv[2:])
for test in collect_testcases(None):
    nodes = test.model.graph.node if test.model else []
    names = {node.op_type for node in nodes}
    if not names or not names <= operators or any(node.domain for node in nodes):
        continue
    if test.name.endswith("_expanded") or "cast_" in test.name or "castlike" in test.name:
        continue
    tensors = [(kind, i, value, info.name)
               for kind, list_, infos in (("input", test.data_sets[0][0], test.model.graph.input),
                                          ("output", test.data_sets[0][1], test.model.graph.output))
               for i, (value, info) in enumerate(zip(list_, infos))]
    if any(value is None or isinstance(value, (list, onnx.SequenceProto, onnx.OptionalProto))
           for _, _, value, _ in tensors):
        continue
    data = folder / test.name / "test_data_set_0"
    data.mkdir(parents=True)
    onnx.save(test.model, data.parent / "model.onnx")
    for kind, i, value, name in tensors:
        if not isinstance(value, onnx.TensorProto):
            value = numpy_helper.from_array(value, name)
        (data / f"{kind}_{i}.pb").write_bytes(value.SerializeToString())
