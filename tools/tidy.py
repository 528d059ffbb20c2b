#!/usr/bin/env python3
"""The style test: rules of this project that no compiler checks, each message with its fix.

    tools/tidy.py [--root FOLDER] [--no-format]

A rule is a function that takes a file and yields (line, message). Where a rule must not hold for a
file, `tools/tidy.exceptions` says so with a reason; a line there that is not needed any more is an
error too, so that the list only shrinks. Exit code 1 when anything was found.
"""
import argparse
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

LINES_MAX = 400
COLUMNS_MAX = 100
CPP = {".cpp", ".h", ".c", ".cc", ".hpp"}
SOURCES = CPP | {".td", ".py"}
BINARY = {".onnx", ".bin", ".npz", ".npy", ".pb", ".png", ".safetensors"}
CLANG_FORMAT = "clang-format-22"


@dataclass
class File:
    path: str  # relative to the root, with forward slashes
    text: str
    lines: list = field(default_factory=list)

    def __post_init__(self):
        self.lines = self.text.split("\n")

    @property
    def suffix(self):
        return Path(self.path).suffix

    @property
    def stem(self):
        return Path(self.path).name.split(".")[0]


def each_match(file, pattern, message):
    for number, line in enumerate(file.lines, 1):
        if found := re.search(pattern, line):
            yield number, message.format(found.group(0).strip())


# Rules of one file. ---------------------------------------------------------------------------


def rule_whitespace(file):
    yield from each_match(file, r"\t", "a tab; indent with spaces")
    yield from each_match(file, r"[ \r]+$", "white space at the end of the line; delete it")
    if file.text and not file.text.endswith("\n"):
        yield len(file.lines), "no newline at the end of the file; add it"


def rule_columns(file):
    if file.suffix not in CPP | {".py"}:
        return
    for number, line in enumerate(file.lines, 1):
        if len(line) > COLUMNS_MAX:
            yield number, f"{len(line)} columns; break the line at {COLUMNS_MAX}"


def rule_path(file):
    absolute = r"(?<![\w.$}])/(?:work|home|root|tmp|opt|mnt)/[\w.-]*"
    yield from each_match(
        file, absolute, "the absolute path {}; write it relative to the repository, or use %t"
    )
    host = r"\b(?:[\w-]+\.)*(?:pypi\.org|pythonhosted\.org|debian\.org|npmjs\.(?:org|com))\b"
    yield from each_match(
        file, host, "the registry host {}; name the package and let apt or pip find it"
    )


def rule_marker(file):
    # The brackets keep this file from finding itself.
    note = "TO" + "DO(when CONDITION): ..."
    yield from each_match(
        file, r"\b(?:FI[X]ME|X[X]X)\b", "{} must not reach main; repair it, or write " + note
    )
    yield from each_match(
        file, r"\bT[O]DO\b(?!\(when [^)]+\):)", "{} names no condition; write " + note
    )


def rule_create(file):
    if file.suffix in CPP:
        yield from each_match(
            file, r"(?:\.|->)create<", "{}Op>(...) is deprecated; write Op::create(builder, ...)"
        )


BANNED = r"Utils?|Utilities|Helpers?|Managers?|Common|Misc"


def banned_word(name):
    words = re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+", name)
    return next((w for w in words if re.fullmatch(BANNED, w.capitalize())), None)


def rule_name(file):
    if bad := banned_word(file.stem):
        yield 1, f"'{bad}' says nothing; name the file after the one thing that it does"
    if file.suffix not in SOURCES - {".td"}:
        return
    declaration = r"\s*(?:class|struct|namespace|enum(?: class)?|def)\s+(\w+)(?=\s*[:({]|$)"
    for number, line in enumerate(file.lines, 1):
        found = re.match(declaration, line)
        if found and banned_word(found.group(1)):
            yield number, f"'{found.group(1)}' is a name that says nothing; say what the thing is"


def rule_header(file):
    if file.suffix not in {".h", ".hpp"}:
        return
    if not any(line == "#pragma once" for line in file.lines):
        yield 1, "a header without a guard; begin its code with #pragma once"


def rule_pass(file):
    if file.suffix in CPP:
        yield from each_match(
            file, r"\bPassWrapper<", "a pass outside the list; declare it in compiler/Passes.td"
        )


DIRECTIVES = ["NEXT", "SAME", "NOT", "DAG", "LABEL", "EMPTY"]
KEYWORDS = ["RUN", "REQUIRES", "UNSUPPORTED", "XFAIL", "DEFINE", "REDEFINE", "COM"]


def distance(left, right):
    """Letters to insert, delete, replace or swap with the next one to make right of left."""
    rows = [list(range(len(right) + 1))]
    for i, a in enumerate(left, 1):
        row = [i]
        for j, b in enumerate(right, 1):
            best = min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                best = min(best, rows[i - 2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


def rule_check(file):
    """FileCheck and lit pass over a directive they do not know: a misspelt one tests nothing."""
    if file.suffix not in {".mlir", ".test"}:
        return
    prefixes = {"CHECK"}
    for names in re.findall(r"--?check-prefix(?:es)?[= ]([\w,-]+)", file.text):
        prefixes |= set(names.split(","))
    known = prefixes | set(KEYWORDS) | {f"{p}-{d}" for p in prefixes for d in DIRECTIVES}
    counted = {f"{p}-COUNT" for p in prefixes}
    for number, line in enumerate(file.lines, 1):
        found = re.match(r"\s*(?://+|#+|;+)\s*([A-Za-z][\w-]*)(\{LITERAL\})?(\s*)(:?)", line)
        if not found:
            continue
        word, _, space, colon = found.groups()
        plain = re.sub(r"-COUNT-\d+$", "-COUNT", word)
        if word in known or plain in counted:
            if colon and space:
                yield number, f"a space before the colon; write {word}:"
            elif not colon and word not in KEYWORDS and re.match(r".*-", word):
                yield number, f"{word} without a colon tests nothing; write {word}:"
            continue
        if not colon:
            continue
        shape = word.upper().replace("_", "-")
        near = min(known | counted, key=lambda k: (distance(shape, k), k))
        allowed = 1 if len(near) < 5 else 2
        spelt = word.isupper() or shape in known
        if spelt and distance(shape, near) <= allowed:
            yield number, f"{word}: is no directive and tests nothing; did you mean {near}:?"
        elif any(word.startswith(p + "-") for p in prefixes):
            yield number, f"{word}: is no directive; use {', '.join(DIRECTIVES)} or COUNT-<n>"


# Rules of the whole tree: they yield (path, line, message). ------------------------------------


def plain_stem(name):
    return re.sub(r"[^a-z0-9]", "", name.split(".")[0].lower())


def tree_mirror(files):
    """tests/Graph/layout-cancels.mlir belongs to compiler/Graph/Layout.cpp: the folder is the same
    below tests/, and the test's name begins with its source's; a folder may mirror a file."""
    stems = {}  # folder, lower case -> plain names of its sources and folders
    for path in files:
        folder, name = os.path.split(path)
        if path.startswith("tests/") or name == "CMakeLists.txt":
            continue
        while folder:
            stems.setdefault(folder.lower(), set()).add(plain_stem(name))
            folder, name = os.path.split(folder)
    for path in files:
        folder, name = os.path.split(path)
        parts = folder.split("/")[1:]
        if not path.startswith("tests/") or not parts or "Inputs" in parts:
            continue
        if Path(name).suffix not in {".mlir", ".test", ".cpp", ".c", ".py"}:
            continue
        here = "/".join(parts).lower()
        sources = set()
        for room in ("compiler/", "frontend/", "tools/", ""):
            sources |= stems.get(room + here, set())
            above, last = os.path.split(room + here)
            if plain_stem(last) in stems.get(above, set()) and room + here not in stems:
                sources.add("")  # the folder mirrors one source file: any name fits
        if not any(plain_stem(name).startswith(stem) for stem in sources):
            yield path, 1, (
                f"no source belongs to this test; its name must begin with that of a file in "
                f"compiler|frontend|tools/{'/'.join(parts)} or {'/'.join(parts)}"
            )


def tree_passes(files):
    text = files["compiler/Passes.td"].text if "compiler/Passes.td" in files else ""
    stems = {plain_stem(Path(p).name) for p in files if p.endswith(".cpp")}
    for number, line in enumerate(text.split("\n"), 1):
        if found := re.search(r"\bPass<\"([\w-]+)\"", line):
            name = found.group(1).removeprefix("dlc-")
            if plain_stem(name) not in stems:
                file_name = "".join(word.capitalize() for word in name.split("-"))
                yield "compiler/Passes.td", number, (
                    f"pass {name} has no file of its name; call the file {file_name}.cpp"
                )


def format_findings(root, files):
    sources = [path for path in files if Path(path).suffix in CPP]
    if not sources:
        return
    if not shutil.which(CLANG_FORMAT):
        yield ".clang-format", 1, f"{CLANG_FORMAT} is not installed; run tools/setup"
        return
    command = [CLANG_FORMAT, "--dry-run", "--ferror-limit=1", "-Werror", *sources]
    output = subprocess.run(command, cwd=root, capture_output=True, text=True).stderr
    for path, line in re.findall(r"^(\S+?):(\d+):\d+: error: code should be", output, re.M):
        yield path, int(line), f"not formatted; run {CLANG_FORMAT} -i {path}"


def length_findings(files, exceptions):
    for path, file in files.items():
        if file.suffix not in SOURCES:
            continue
        count = file.text.count("\n")
        limit = LINES_MAX
        if entry := exceptions.get(("length", path)):
            entry.used = count > LINES_MAX
            limit = max(limit, entry.limit)
        if count > limit:
            yield path, count, (
                f"{count} lines, {limit} allowed; split the file by noun or verb"
                + (" (an exception may not grow)" if limit > LINES_MAX else "")
            )


# Exceptions and the report. ---------------------------------------------------------------------


@dataclass
class Permission:
    line: int
    limit: int
    used: bool = False


EXCEPTIONS = "tools/tidy.exceptions"


def read_exceptions(root, report):
    """Lines of `RULE PATH [LINES] : REASON`; a path that ends in / stands for a folder."""
    result = {}
    path = root / EXCEPTIONS
    for number, line in enumerate(path.read_text().split("\n") if path.exists() else [], 1):
        if not line.strip() or line.startswith("#"):
            continue
        found = re.fullmatch(r"(\w+) (\S+)(?: (\d+))? : (\S.{9,})", line)
        if not found:
            report(EXCEPTIONS, number, "an exception is 'RULE PATH [LINES] : a reason'")
            continue
        rule, where, limit, _ = found.groups()
        result[rule, where] = Permission(number, int(limit or 0))
    return result


def list_files(root):
    command = ["git", "ls-files", "-co", "--exclude-standard", "-z"]
    if (root / ".git").exists():
        output = subprocess.run(command, cwd=root, capture_output=True, check=True).stdout
        names = sorted(set(output.decode().split("\0")) - {""})
    else:
        names = sorted(p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file())
    for name in names:
        path = root / name
        if path.suffix in BINARY or not path.is_file() or path.is_symlink():
            continue
        yield name, File(name, path.read_text(encoding="utf-8", errors="replace"))


def excepted(exceptions, rule, path):
    folders = [str(p) + "/" for p in Path(path).parents]
    for where in [path, *folders]:
        if entry := exceptions.get((rule, where)):
            entry.used = True
            return True
    return False


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parent.parent)
    parser.add_argument("--no-format", action="store_true", help="leave clang-format out")
    arguments = parser.parse_args()
    root, findings = arguments.root, []

    def report(path, line, message):
        findings.append((path, line, message))

    files = dict(list_files(root))
    exceptions = read_exceptions(root, report)
    # tests/tidy plants every sin on purpose; what is planted is written to other folders and read
    # there with --root.
    read = {p: f for p, f in files.items() if not p.startswith("tests/tidy/") and p != "LICENSE"}

    rules = {n[5:]: f for n, f in globals().items() if n.startswith("rule_")}
    trees = {n[5:]: f for n, f in globals().items() if n.startswith("tree_")}
    for name, rule in rules.items():
        for path, file in read.items():
            for line, message in rule(file):
                if not excepted(exceptions, name, path):
                    report(path, line, f"{message} [{name}]")
    for name, rule in trees.items():
        for path, line, message in rule(files):
            if not excepted(exceptions, name, path):
                report(path, line, f"{message} [{name}]")
    for path, line, message in length_findings(read, exceptions):
        report(path, line, f"{message} [length]")
    if not arguments.no_format:
        for path, line, message in format_findings(root, files):
            if not excepted(exceptions, "format", path):
                report(path, line, f"{message} [format]")
    for (rule, where), entry in exceptions.items():
        if not entry.used:
            report(EXCEPTIONS, entry.line, f"'{rule} {where}' is not needed any more; delete it")

    for path, line, message in sorted(findings):
        print(f"{path}:{line}: {message}")
    if findings:
        print(
            f"tidy: {len(findings)} findings. Where a rule must not hold for a file, "
            f"{EXCEPTIONS} takes a line 'RULE PATH : reason'."
        )
        sys.exit(1)
    print(f"tidy: {len(files)} files, nothing found")


main()
