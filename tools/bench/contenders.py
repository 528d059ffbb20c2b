"""dlc and ONNX Runtime behind one face: `Contender.time(count)` runs a model `count` times in C and
returns the nanoseconds of each run; inputs and outputs are arrays of NumPy that stay in place.

ONNX Runtime is called by its C interface, a table of functions whose order its ABI fixes; only the
numbers of the few that are needed stand here.
"""
import ctypes
import glob
import os
from pathlib import Path

import numpy as np
import onnxruntime

POINTER, INT, SIZE = ctypes.c_void_p, ctypes.c_int, ctypes.c_size_t
# ONNX's numbers of the element types that the benchmark's models use.
ELEMENT_TYPES = {"float32": 1, "uint8": 2, "int8": 3, "int32": 6, "int64": 7, "bool": 9}


def pointers(values):
    return (POINTER * max(1, len(values)))(*values)


def addresses(arrays):
    return pointers([array.ctypes.data for array in arrays])


class Contender:
    """Inputs and outputs: {name: array}, in the model's order."""

    def __init__(self, library, inputs, outputs):
        self.library, self.inputs, self.outputs = library, inputs, outputs

    def time(self, count):
        nanoseconds = (ctypes.c_int64 * count)()
        self.run(nanoseconds, count)
        return list(nanoseconds)


class Dlc(Contender):
    """An artifact of `dlc compile --emit=so`, run on a pool of `threads` threads."""

    def __init__(self, library, path, inputs, outputs, threads):
        super().__init__(library, inputs, outputs)
        self.model, self.arena, pool = POINTER(), POINTER(), POINTER()
        self.must(library.dlc_model_load(os.fsencode(path), None, None, ctypes.byref(self.model)))
        self.must(library.dlc_arena_create(self.model, ctypes.byref(self.arena)))
        self.parallel = None
        if threads > 1:
            self.must(library.dlc_pool_create(INT(threads), ctypes.byref(pool)))
            library.dlc_pool_parallel.restype = POINTER
            self.parallel = POINTER(library.dlc_pool_parallel(pool))
        self.pool = pool
        library.dlc_model_arena_bytes.restype = SIZE
        self.arena_bytes = library.dlc_model_arena_bytes(self.model)

    def must(self, error):
        if error:
            self.library.dlc_last_error.restype = ctypes.c_char_p
            raise RuntimeError(f"dlc: {self.library.dlc_last_error().decode()} ({error})")

    def run(self, nanoseconds, count):
        inputs, outputs = list(self.inputs.values()), list(self.outputs.values())
        extents = (ctypes.c_int64 * len(outputs))()
        self.must(
            self.library.dlc_bench_model(
                self.model, addresses(inputs), SIZE(len(inputs)), addresses(outputs),
                SIZE(len(outputs)), extents, self.arena, self.parallel, nanoseconds, INT(count),
            )
        )

    def close(self):
        self.library.dlc_arena_free(self.arena)
        self.library.dlc_model_free(self.model)
        self.library.dlc_pool_free(self.pool)


class OnnxRuntime(Contender):
    """A session at ONNX Runtime's own defaults, but for the number of threads."""

    GET_ERROR_MESSAGE, CREATE_ENV, CREATE_SESSION, RUN = 2, 3, 7, 9
    CREATE_SESSION_OPTIONS, SET_INTRA_OP_NUM_THREADS = 10, 24
    CREATE_TENSOR_WITH_DATA, CREATE_CPU_MEMORY_INFO = 49, 69
    RELEASE_SESSION, RELEASE_VALUE, RELEASE_SESSION_OPTIONS = 95, 96, 100

    table = environment = None

    def __init__(self, library, path, inputs, outputs, threads):
        super().__init__(library, inputs, outputs)
        if OnnxRuntime.table is None:
            OnnxRuntime.load()
        options, self.session, memory = POINTER(), POINTER(), POINTER()
        self.call(self.CREATE_SESSION_OPTIONS, ctypes.byref(options))
        self.call(self.SET_INTRA_OP_NUM_THREADS, options, INT(threads))
        model = ctypes.c_char_p(os.fsencode(path))
        self.call(self.CREATE_SESSION, self.environment, model, options, ctypes.byref(self.session))
        self.function(self.RELEASE_SESSION_OPTIONS, None)(options)
        self.call(self.CREATE_CPU_MEMORY_INFO, INT(1), INT(0), ctypes.byref(memory))
        self.input_values = [self.tensor(memory, array) for array in inputs.values()]
        self.output_values = [self.tensor(memory, array) for array in outputs.values()]

    @classmethod
    def load(cls):
        folder = Path(onnxruntime.__file__).parent / "capi"
        [path] = glob.glob(str(folder / "libonnxruntime.so.*"))
        shared = ctypes.CDLL(path)
        shared.OrtGetApiBase.restype = ctypes.POINTER(POINTER)
        get_api = ctypes.CFUNCTYPE(ctypes.POINTER(POINTER), ctypes.c_uint32)
        cls.table = get_api(shared.OrtGetApiBase()[0])(1)  # what was in version 1 is enough
        cls.environment = POINTER()
        cls.call(cls.CREATE_ENV, INT(3), b"peers", ctypes.byref(cls.environment))

    @classmethod
    def function(cls, number, result=POINTER):
        return ctypes.CFUNCTYPE(result)(cls.table[number])

    @classmethod
    def must(cls, status):
        if status:
            text = cls.function(cls.GET_ERROR_MESSAGE, ctypes.c_char_p)(POINTER(status))
            raise RuntimeError(f"ONNX Runtime: {text.decode()}")

    @classmethod
    def call(cls, number, *arguments):
        cls.must(cls.function(number)(*arguments))

    def tensor(self, memory, array):
        value = POINTER()
        self.call(
            self.CREATE_TENSOR_WITH_DATA, memory, POINTER(array.ctypes.data), SIZE(array.nbytes),
            (ctypes.c_int64 * max(1, array.ndim))(*array.shape), SIZE(array.ndim),
            INT(ELEMENT_TYPES[array.dtype.name]), ctypes.byref(value),
        )
        return value

    def run(self, nanoseconds, count):
        def names(values):
            return (ctypes.c_char_p * len(values))(*[name.encode() for name in values])

        self.library.dlc_bench_session.restype = POINTER
        self.must(
            self.library.dlc_bench_session(
                POINTER(self.table[self.RUN]), self.session, names(self.inputs),
                pointers([v.value for v in self.input_values]), SIZE(len(self.inputs)),
                names(self.outputs), SIZE(len(self.outputs)),
                pointers([v.value for v in self.output_values]), nanoseconds, INT(count),
            )
        )

    def close(self):
        for value in self.input_values + self.output_values:
            self.function(self.RELEASE_VALUE, None)(value)
        self.function(self.RELEASE_SESSION, None)(self.session)


def signature(path):
    """({name: (dtype, shape)}, the same of the outputs, {input: rows of the table it indexes})."""
    import onnx

    graph = onnx.load(path, load_external_data=False).graph
    weights = {tensor.name: tensor for tensor in graph.initializer}

    def describe(value):
        kind = value.type.tensor_type
        shape = [dimension.dim_value for dimension in kind.shape.dim]
        return onnx.helper.tensor_dtype_to_np_dtype(kind.elem_type), shape

    inputs = {v.name: describe(v) for v in graph.input if v.name not in weights}
    rows = {
        node.input[1]: weights[node.input[0]].dims[0]
        for node in graph.node
        if node.op_type == "Gather" and node.input[0] in weights and node.input[1] in inputs
    }
    return inputs, {v.name: describe(v) for v in graph.output}, rows


def make_inputs(inputs, rows):
    """Seeded values: floats are normal, indices are in range of their table, masks mostly 1."""
    random = np.random.default_rng(4)
    arrays = {}
    for name, (dtype, shape) in inputs.items():
        if np.issubdtype(dtype, np.floating):
            array = random.standard_normal(shape)
        elif name in rows:
            array = random.integers(0, rows[name], shape)
        else:
            array = random.random(shape) < 0.9
        arrays[name] = np.array(array, dtype, order="C")
    return arrays
