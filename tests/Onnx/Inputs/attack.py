"""Imports every file of the attack folder and compares the outcome with the table's verdict."""
import csv
import pathlib
import resource
import subprocess
import sys

shared = pathlib.Path(sys.argv[1])


def limit():
    resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))


count = wrong = 0
for case in csv.DictReader(open(shared / "attack_cases.csv")):
    count += 1
    path = shared / "attack" / case["file"]
    try:
        code = subprocess.run(["onnx-import", "--quiet", path], capture_output=True, timeout=20,
                              preexec_fn=limit).returncode
    except subprocess.TimeoutExpired:
        code = "timeout"
    verdict = case["verdict"]
    good = code in (0, 1, 3, 4)
    if verdict == "refuse":
        good = code in (1, 3, 4)
    if verdict == "accept":
        good = code == 0
    if not good:
        wrong += 1
        print(case["file"], verdict, code)
print(f"{count} files, {wrong} wrong")
