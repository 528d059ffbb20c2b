"""Compiles and runs each case of a folder with `dlc verify`: verify_cases.py DLC FOLDER. Prints
those that fail, then the count; exit code 1 if one fails."""
import concurrent.futures
import pathlib
import subprocess
import sys

dlc, folder = sys.argv[1:3]


def verify(case):
    command = [dlc, "verify", case / "model.onnx", "--rtol", "1e-3", "--atol", "1e-5"]
    return case.name, subprocess.run(command, capture_output=True, text=True, timeout=300)


with concurrent.futures.ThreadPoolExecutor(2) as pool:
    done = list(pool.map(verify, sorted(pathlib.Path(folder).iterdir())))
for name, process in done:
    if process.returncode:
        print(f"failed {name}: exit code {process.returncode}\n{process.stderr}{process.stdout}")
passed = sum(process.returncode == 0 for _, process in done)
print(f"passed {passed} of {len(done)}")
sys.exit(passed != len(done))
