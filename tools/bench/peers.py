#!/usr/bin/env python3
"""Measures dlc against ONNX Runtime on the benchmark's models, in one process.

    peers.py [--rounds 10] [--threads 1,2] [--json FILE] [NAME ...]     without names: all 15

Each model is compiled by `dlc compile` and loaded. For each number of threads, rounds alternate:
dlc and ONNX Runtime take turns, and who is first changes from round to round. A turn waits until
the other's threads have stopped spinning (ONNX Runtime's do so after 35 ms), makes one run that is
not counted, then runs for about 30 ms or once; its figure is the median of its runs.

`ratio` is the median over the rounds of dlc's time by ONNX Runtime's in the same round, so it is
below 1 where dlc is faster; `spread` is the smallest and the largest of them; `difference` that of
the outputs, by the largest value. Exit code 1: outputs differ by more than 2e-5, or a model does
not compile.
"""
import argparse
import ctypes
import json
import math
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

import contenders
import models

ROOT = Path(__file__).resolve().parent.parent.parent
TOLERANCE = 2e-5
TURN_NANOSECONDS, RUNS_MAX, REST_SECONDS = 30e6, 500, 0.1


def compile_model(dlc, model, result):
    """Seconds and peak memory in MB of one `dlc compile`."""
    start = time.monotonic()
    command = [dlc, "compile", model, "--emit=so", "-o", result]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = process.stderr.read().decode(errors="replace")
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        lines = errors.strip().split("\n")
        raise RuntimeError(f"dlc compile: exit code {process.returncode}: {lines[-1]}")
    return time.monotonic() - start, usage.ru_maxrss / 1024


def difference(got, want):
    """The largest difference by the largest value, over all outputs."""
    worst = 0.0
    for name, expected in want.items():
        if not np.isfinite(got[name]).all():
            return math.inf
        largest = np.abs(expected).max(initial=0) or 1.0
        worst = max(worst, np.abs(got[name] - expected).max(initial=0) / largest)
    return float(worst)


def turn(contender):
    """The median nanoseconds of a run, after the other's threads went to sleep."""
    time.sleep(REST_SECONDS)
    [first] = contender.time(1)
    count = max(1, min(RUNS_MAX, int(TURN_NANOSECONDS / first)))
    return statistics.median(contender.time(count))


def compare(dlc, other, rounds):
    pairs = []
    for number in range(rounds):
        order = (dlc, other) if number % 2 == 0 else (other, dlc)
        times = {id(contender): turn(contender) for contender in order}
        pairs.append((times[id(dlc)], times[id(other)]))
    ratios = [mine / theirs for mine, theirs in pairs]
    return {
        "dlc_ms": statistics.median(mine for mine, _ in pairs) / 1e6,
        "dlc_min_ms": min(mine for mine, _ in pairs) / 1e6,
        "onnxruntime_ms": statistics.median(theirs for _, theirs in pairs) / 1e6,
        "onnxruntime_min_ms": min(theirs for _, theirs in pairs) / 1e6,
        "ratio": statistics.median(ratios),
        "spread": [min(ratios), max(ratios)],
    }


def measure(name, compiled, arguments, library):
    """Yields one result a number of threads; `compiled` is what compile_model returned."""
    model, result = (arguments.models / f"{name}.{kind}" for kind in ("onnx", "so"))
    seconds, megabytes = compiled
    inputs, outputs, rows = contenders.signature(model)
    arrays = contenders.make_inputs(inputs, rows)
    for threads in arguments.threads:
        # A turn that wrote nothing must not look like the other's answer.
        mine, theirs = (
            {o: np.full(shape, 77, dtype) for o, (dtype, shape) in outputs.items()}
            for _ in range(2)
        )
        dlc = contenders.Dlc(library, result, arrays, mine, threads)
        other = contenders.OnnxRuntime(library, model, arrays, theirs, threads)
        dlc.time(2)
        other.time(2)
        yield {
            "model": name,
            "threads": threads,
            **compare(dlc, other, arguments.rounds),
            "difference": difference(mine, theirs),
            "compile_s": seconds,
            "compile_mb": megabytes,
            "arena_bytes": dlc.arena_bytes,
        }
        dlc.close()
        other.close()
    if not arguments.keep:
        result.unlink()


HEADER = (
    "model               threads       dlc  onnxruntime  ratio       spread  "
    "difference  compile      peak"
)


def row(r):
    low, high = r["spread"]
    return (
        f"{r['model']:<20}{r['threads']:>6} {r['dlc_ms']:>9.3f}    {r['onnxruntime_ms']:>9.3f}  "
        f"{r['ratio']:>5.2f}  {low:>5.2f}..{high:<5.2f} {r['difference']:>10.1e}  "
        f"{r['compile_s']:>5.1f} s  {r['compile_mb']:>5.0f} MB"
    )


def summary(results, threads):
    ratios = [r["ratio"] for r in results if r["threads"] in threads]
    mean = math.exp(statistics.fmean(map(math.log, ratios)))
    worst = max((r for r in results if r["threads"] in threads), key=lambda r: r["ratio"])
    label = " and ".join(map(str, threads)) + (" thread" if threads == [1] else " threads")
    return f"{label}: geometric mean {mean:.3f}, worst {worst['ratio']:.2f} ({worst['model']})"


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--threads", default="1,2", help="for example 1,2")
    parser.add_argument("--models", type=Path, default=ROOT / "build/bench", help="folder of files")
    parser.add_argument("--dlc", type=Path, default=ROOT / "build/bin/dlc")
    parser.add_argument("--library", type=Path, default=ROOT / "build/lib/libdlcbench.so")
    parser.add_argument("--json", type=Path, help="write the results here too")
    parser.add_argument("--keep", action="store_true", help="keep the compiled models")
    arguments = parser.parse_args()
    if unknown := [name for name in arguments.names if name not in models.MODELS]:
        parser.error(f"unknown: {' '.join(unknown)}; known: {' '.join(models.MODELS)}")
    arguments.threads = [int(text) for text in arguments.threads.split(",")]
    return arguments


def main():
    arguments = parse_arguments()
    library = ctypes.CDLL(str(arguments.library))
    results, failures, compiled = [], [], {}
    names = arguments.names or list(models.MODELS)
    arguments.models.mkdir(parents=True, exist_ok=True)
    for name in names:
        if not (arguments.models / f"{name}.onnx").exists():
            # In a process of its own: a child's peak memory begins at what its parent holds, so
            # this one stays small until all is compiled.
            script = Path(models.__file__)
            command = [sys.executable, script, arguments.models, name]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    for name in names:
        model, result = (arguments.models / f"{name}.{kind}" for kind in ("onnx", "so"))
        try:
            compiled[name] = compile_model(arguments.dlc, model, result)
        except RuntimeError as error:
            failures.append(f"{name}: {error}")
    print("times in ms; ratio: dlc by ONNX Runtime, below 1 is faster")
    print(HEADER, flush=True)
    for name in compiled:
        try:
            for result in measure(name, compiled[name], arguments, library):
                results.append(result)
                print(row(result), flush=True)
                if not result["difference"] <= TOLERANCE:
                    failures.append(f"{name}: outputs differ by {result['difference']:.1e}")
        except RuntimeError as error:
            failures.append(f"{name}: {error}")
            print(f"{name:<20}{error}", flush=True)
    if results:
        for count in arguments.threads:
            print(summary(results, [count]))
        if len(arguments.threads) > 1:
            print(summary(results, arguments.threads))
    if arguments.json:
        arguments.json.write_text(json.dumps({"schema": "dlc.peers/1", "results": results}) + "\n")
    for failure in failures:
        print(f"failed: {failure}", file=sys.stderr)
    sys.exit(1 if failures else 0)


main()
