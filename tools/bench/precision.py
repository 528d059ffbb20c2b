#!/usr/bin/env python3
"""Holds `--dtype=f64` against f32 on the benchmark's models: same weights, same inputs.

    precision.py [NAME ...]     without names: all 15

The difference is by the largest value of an output. Exit code 1: one is above 2e-5, the bound that
the benchmark sets against ONNX Runtime too, or a model fails.
"""
import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

import contenders
import models

ROOT = Path(__file__).resolve().parent.parent.parent
TOLERANCE = 2e-5


def run(dlc, model, dtype, arrays, outputs, folder):
    """The outputs of one `dlc run`, with floating inputs of type `dtype`."""
    command = [dlc, "run", model, f"--dtype={dtype}"]
    for name, array in arrays.items():
        wide = dtype == "f64" and array.dtype == np.float32
        np.save(folder / f"{name}.npy", array.astype(np.float64) if wide else array)
        command += ["--input", f"{name}=@{folder / name}.npy"]
    for name in outputs:
        command += ["--output", f"{name}=@{folder / name}.out.npy"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"dlc run --dtype={dtype}: exit code {done.returncode}: {done.stderr}")
    return [np.load(folder / f"{name}.out.npy") for name in outputs]


def difference(dlc, model):
    inputs, outputs, rows = contenders.signature(model)
    arrays = contenders.make_inputs(inputs, rows)
    with tempfile.TemporaryDirectory() as folder:
        single, double = (
            run(dlc, model, dtype, arrays, outputs, Path(folder)) for dtype in ("f32", "f64")
        )
    if any(array.dtype != np.float64 for array in double):
        raise RuntimeError("an output of --dtype=f64 is not float64")
    return max(np.abs(a - b).max() / np.abs(b).max() for a, b in zip(single, double))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--models", type=Path, default=ROOT / "build/bench", help="folder of files")
    parser.add_argument("--dlc", type=Path, default=ROOT / "build/bin/dlc")
    arguments = parser.parse_args()
    arguments.models.mkdir(parents=True, exist_ok=True)
    failed = 0
    for name in arguments.names or models.MODELS:
        model = arguments.models / f"{name}.onnx"
        if not model.exists():
            models.write_model(name, arguments.models)
        try:
            worst = difference(arguments.dlc, model)
        except RuntimeError as error:
            print(f"{name:<20} {error}", flush=True)
            failed += 1
            continue
        failed += not worst <= TOLERANCE
        print(f"{name:<20} {worst:.1e} {'ok' if worst <= TOLERANCE else 'ABOVE 2e-5'}", flush=True)
    sys.exit(1 if failed else 0)


main()
