"""Compares what commands say with a table, whole: messages.py TABLE [--update]

A table is a text of cases with an empty line after each; a line with # says what a case is:

    # No such file.
    $ dlc compile missing.onnx
    exit 3
    error[E0101]: missing.onnx: the file cannot be opened: found No such file or directory

A case runs in the current folder. Its exit code and the whole of its standard error must be as
they stand there, but for {{regular expressions}}; its standard output must be empty, and it may
leave no file behind. --update writes what was found into the table, where it differs.
"""
import os
import re
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor


def run(command):
    done = subprocess.run(shlex.split(command), capture_output=True, timeout=120,
                          stdin=subprocess.DEVNULL)
    lines = done.stderr.decode(errors="backslashreplace").splitlines()
    if done.stdout:
        lines.append("standard output: " + repr(done.stdout[:200]))
    return [f"exit {done.returncode}", *lines]


def fits(outcome, expected):
    def pattern(line):
        parts = re.split(r"{{(.*?)}}", line)
        return "".join(part if i % 2 else re.escape(part) for i, part in enumerate(parts))

    return len(outcome) == len(expected) and all(
        re.fullmatch(pattern(want), line) for line, want in zip(outcome, expected))


def main():
    path, update = sys.argv[1], "--update" in sys.argv[2:]
    cases, rewritten, wrong = [], [], 0
    for text in open(path).read().split("\n\n"):
        lines = [line for line in text.splitlines() if line]
        heads = [i for i, line in enumerate(lines) if line.startswith("$ ")]
        if heads:
            cases.append((lines[: heads[0] + 1], lines[heads[0] + 1:]))
    before = set(os.listdir("."))
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda case: run(case[0][-1][2:]), cases))
    for (head, expected), outcome in zip(cases, found):
        good = fits(outcome, expected)
        rewritten.append("\n".join(head + (expected if good else outcome)))
        if not good:
            wrong += 1
            print(head[-1])
            print("".join(f"  expected: {line}\n" for line in expected), end="")
            print("".join(f"  found:    {line}\n" for line in outcome), end="")
    for name in sorted(set(os.listdir(".")) - before):
        wrong += 1
        print(f"left behind: {name}")
    if update:
        open(path, "w").write("\n\n".join(rewritten) + "\n")
    print(f"{len(cases)} cases, {wrong} wrong")
    return wrong > 0 and not update


if __name__ == "__main__":
    raise SystemExit(main())
