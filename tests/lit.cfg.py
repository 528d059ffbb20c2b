"""How lit runs the tests: one shell line a RUN, tools by name, FileCheck strict.

Names a test may use:
  dlc, dlc-opt, dlc-*      the programs of build/bin (those that are built)
  FileCheck, not, count    LLVM's, with FILECHECK_OPTS below
  %tidy                    the style test
  %cc                      the C compiler of the build
  %sanitized               before a program: it gets AddressSanitizer's runtime, which kernels
                           made with --sanitize=address call; REQUIRES: kernel-sanitizer
  %python                  the Python of build/venv (numpy, onnx, onnxruntime)
  %runtime                 the runtime's library and what a program links with it
  %source, %build          the repository and the build folder
  %limits                  of tools/conformance: a sanitizer wants time and much address space
  %shared                  the folder of shared test data; such a test says REQUIRES: shared
"""
import os
import platform
import shutil
import subprocess
import sys

import lit.formats

config.name = "dlc"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".mlir", ".test"]
config.excludes = ["Inputs", "CMakeLists.txt"]
config.test_source_root = os.path.join(config.source_dir, "tests")
config.test_exec_root = os.path.join(config.build_dir, "tests")

# A variable captured in one function is not seen in the next; a failure says the line, not the
# whole input.
config.environment["FILECHECK_OPTS"] = "-enable-var-scope -dump-input=fail"
config.environment["PATH"] = os.pathsep.join(
    [os.path.join(config.build_dir, "bin"), config.llvm_tools_dir, os.environ["PATH"]]
)
for variable in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "DLC_CACHE_DIR"):
    if variable in os.environ:
        config.environment[variable] = os.environ[variable]

python = os.path.join(config.source_dir, "build", "venv", "bin", "python")
if os.path.exists(python):
    config.available_features.add("venv")
else:
    python = sys.executable
config.substitutions += [
    ("%tidy", f"{sys.executable} {config.source_dir}/tools/tidy.py"),
    ("%python", python),
    ("%cc", config.c_compiler),
    ("%source", config.source_dir),
    ("%build", config.build_dir),
]
if config.shared_dir:
    config.available_features.add("shared")
    config.substitutions.append(("%shared", config.shared_dir))
if shutil.which("valgrind"):
    config.available_features.add("valgrind")
package_tools = all(shutil.which(tool) for tool in ("cmake", "ninja", "pkg-config"))
if package_tools and config.sanitize != "ON":
    config.available_features.add("package")
if shutil.which("node"):
    config.available_features.add("node")
try:
    for descriptor in os.openpty():
        os.close(descriptor)
    config.available_features.add("terminal")
except OSError:
    pass  # a container without /dev/pts
if shutil.which("dot"):
    config.available_features.add("graphviz")
if shutil.which("qemu-x86_64"):
    config.available_features.add("qemu")
if shutil.which("qemu-aarch64") and shutil.which("aarch64-linux-gnu-gcc"):
    config.available_features.add("aarch64")
sanitizes = config.sanitize == "ON"
runtime = f"{config.build_dir}/lib/libdlcrt.a -lpthread -ldl"
if sanitizes:
    config.available_features.add("sanitize")
    runtime += " -fsanitize=address,undefined"
config.substitutions.append(("%runtime", runtime))
limits = "--memory 0 --timeout 600" if sanitizes else "--memory 8 --timeout 120"
config.substitutions.append(("%limits", limits))


def links_address_sanitizer():
    """Whether the C compiler has AddressSanitizer's runtime."""
    command = [config.c_compiler, "-fsanitize=address", "-x", "c", "-", "-o", os.devnull]
    program = b"int main(void) { return 0; }"
    return subprocess.run(command, input=program, capture_output=True).returncode == 0


if links_address_sanitizer():
    config.available_features.add("address-sanitizer")


def address_sanitizer_library():
    """AddressSanitizer's runtime as a library to load before a program; "" if there is none."""
    command = [config.c_compiler, f"-print-file-name=libclang_rt.asan-{platform.machine()}.so"]
    path = subprocess.run(command, capture_output=True, text=True).stdout.strip()
    return path if os.path.isabs(path) and os.path.exists(path) else ""


# A build with sanitizers is slower and maps terabytes of address space for their shadow.
attack_limits = "--seconds 100 --megabytes 0" if sanitizes else ""
config.substitutions.append(("%attack_limits", attack_limits))
if sanitizes:  # the programs of the build have the runtime already
    config.available_features.add("kernel-sanitizer")
    config.substitutions.append(("%sanitized", "env"))
elif address_sanitizer_library():
    config.available_features.add("kernel-sanitizer")
    # A program that was not built for it does not say where its leaks are.
    preload = f"env LD_PRELOAD={address_sanitizer_library()} ASAN_OPTIONS=detect_leaks=0"
    config.substitutions.append(("%sanitized", preload))
