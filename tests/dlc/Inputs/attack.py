"""Compiles hostile files, runs what compiles, and compares the outcome with a table's verdicts.

    attack.py FOLDER WORK [--seconds N] [--megabytes N]

FOLDER holds attack_cases.csv (columns file, verdict) and attack/, whose make_links.sh copies it to
WORK/attack with what a repository cannot carry: links, and files outside that must not be read.
    refuse          loading or compiling fails
    refuse_or_fail  it may compile; then a run fails
    may_accept      either
    accept          it compiles and runs
Failing is a diagnostic and its exit code: 1, 3, 4 or 6 of compile, 1 or 3 to 6 of run. A signal, an
internal error, more time or more memory is wrong, whatever the verdict.
"""
import argparse
import csv
import pathlib
import resource
import subprocess


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("work", type=pathlib.Path)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--megabytes", type=int, default=2048)
    options = parser.parse_args()
    subprocess.run(["sh", options.folder / "attack/make_links.sh", options.work], check=True)

    def limit():
        # Time is that of the processor: a busy machine makes no file hostile. It ends by a signal.
        resource.setrlimit(resource.RLIMIT_CPU, (options.seconds,) * 2)
        if options.megabytes:
            resource.setrlimit(resource.RLIMIT_AS, (options.megabytes << 20,) * 2)

    def run(*command):
        try:
            done = subprocess.run(command, capture_output=True, preexec_fn=limit,
                                  timeout=20 * options.seconds)
        except subprocess.TimeoutExpired:
            return "timeout", ""
        said = done.stderr.decode(errors="backslashreplace")
        if done.returncode and "error[E" not in said:
            said = "no diagnostic"
        return done.returncode, said

    count = wrong = 0
    for case in csv.DictReader(open(options.folder / "attack_cases.csv")):
        count += 1
        path = options.work / "attack" / case["file"]
        output = options.work / "x.o"
        code, said = run("dlc", "compile", path, "-o", output)
        good = code in (0, 1, 3, 4, 6) and said != "no diagnostic"
        good &= output.exists() == (code == 0)
        verdict, ran = case["verdict"], None
        if code == 0:
            output.unlink(missing_ok=True)
            ran, said = run("dlc", "run", path, "--random", "1", "--threads", "1")
            good &= ran in (0, 1, 3, 4, 5, 6) and said != "no diagnostic"
        if verdict == "refuse":
            good &= code != 0
        elif verdict == "refuse_or_fail":
            good &= code != 0 or ran != 0
        elif verdict == "accept":
            good &= ran == 0
        if not good:
            wrong += 1
            print(case["file"], verdict, "compile", code, "run", ran, said[:300])
    print(f"{count} files, {wrong} wrong")


main()
