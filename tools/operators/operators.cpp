// Prints docs/operators.md: the operators that the importer knows, out of its registry, so that the
// table cannot say other than the code. A test compares the file with what this prints:
//
//   build/bin/dlc-operators > docs/operators.md
#include "Onnx/Registry.h"
#include "llvm/Support/raw_ostream.h"

using namespace dlc::onnx;

static constexpr llvm::StringLiteral head =
    R"(<!-- Written by build/bin/dlc-operators; change the registry, not this file. -->
# Operators

The operators of ONNX that `dlc` imports. *From* is the version of the operator set from which on
the operator is known; every later version is taken in its own form, up to the newest released one.
A form that is not supported is refused with a diagnostic that names the node, never computed
differently.

Element types: f64, f32, f16, bf16, all integers of 8 to 64 bits, bool. 8-bit and 4-bit floats and
integers of 4 and 2 bits are converted and moved. Strings, complex numbers and maps are refused.

)";

int main() {
  llvm::raw_ostream &out = llvm::outs();
  std::vector<Registry::Entry> entries = Registry::get().entries();
  out << head << entries.size() << " operators:\n\n";
  out << "| operator | domain | from | notes |\n| --- | --- | --- | --- |\n";
  for (const Registry::Entry &entry : entries)
    out << "| " << entry.name << " | " << entry.domain << " | " << entry.since << " | "
        << entry.note << " |\n";
  return 0;
}
