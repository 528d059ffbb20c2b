#!/usr/bin/env python3
"""Runs `dlc verify` on every model of a folder of real models, at the tolerances of its index.

    verify-models.py DLC FOLDER [--least N] [--sanitize=address] [NAME ...]

FOLDER holds models_index.csv (columns name, flags, rtol, atol_scale) and models/NAME/model.onnx
with its test data beside it. Models with operators of the domain ai.onnx.ml are left out. Prints a
line for each model and the count; exit code 1 if fewer than N pass, or, without --least, if one
fails. With --sanitize the kernels check their memory accesses, 64 poisoned bytes after each buffer.
"""
import argparse
import csv
import subprocess
import time
from pathlib import Path


def verify(dlc, folder, row, flags):
    """None if the model passes, else the first line that says why not."""
    model = folder / "models" / row["name"] / "model.onnx"
    command = [dlc, "verify", model, "--rtol", row["rtol"], "--atol", "1e-6"]
    command += ["--atol-scale", row["atol_scale"], *flags]
    seconds = 1200 if flags else 120
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds)
    except subprocess.TimeoutExpired:
        return f"took more than {seconds} s"
    if done.returncode == 0:
        return None
    lines = (done.stderr + done.stdout).splitlines()
    said = [line for line in lines if "error" in line or "ERROR" in line or "FAIL" in line]
    return f"exit code {done.returncode}: {said[0] if said else 'no message'}"


def main():
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("dlc")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--least", type=int)
    parser.add_argument("--sanitize", choices=["address"])
    parser.add_argument("names", nargs="*")
    arguments = parser.parse_args()
    with open(arguments.folder / "models_index.csv", newline="") as index:
        rows = [row for row in csv.DictReader(index) if "ai.onnx.ml" not in row["flags"]]
    if arguments.names:
        rows = [row for row in rows if row["name"] in arguments.names]
    flags = [f"--sanitize={arguments.sanitize}"] if arguments.sanitize else []
    passed = 0
    for row in rows:
        start = time.time()
        reason = verify(arguments.dlc, arguments.folder, row, flags)
        passed += reason is None
        verdict = "pass" if reason is None else "FAIL"
        line = f"{row['name']:22} {verdict} {time.time() - start:6.1f} s  {reason or ''}"
        print(line[:240], flush=True)
    print(f"{passed} of {len(rows)} models pass")
    return passed < (arguments.least if arguments.least is not None else len(rows))


if __name__ == "__main__":
    raise SystemExit(main())
