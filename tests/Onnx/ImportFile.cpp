// Imports a model for tests. Prints the module, or runs it by the interpreter on the data of an
// ONNX test folder and compares:
//
//   onnx-import model.onnx [--dim N=8] [--shape x=1x512] [--shape-input s=1,2] [--batch N]
//               [--dtype f64] [--shape-inputs] [--quiet] [--print-places]
//               [--data test_data_set_0 [--rtol 1e-3] [--atol 1e-4]]
//   onnx-import --tests FOLDER [--rtol 1e-3] [--atol 1e-4]
//
// The latter runs every FOLDER/NAME/model.onnx on NAME/test_data_set_0, and prints the names that
// are not supported, those that fail, and the counts.
//
// Exits as `dlc` does: 0, the code of the first diagnostic, or 5 where values differ.
#include "ImportRun.h"
#include "Onnx/Reader.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <map>

using namespace dlc;

namespace {
llvm::cl::opt<std::string> path(llvm::cl::Positional, llvm::cl::Required);
llvm::cl::list<std::string> dims("dim"), shapes("shape"), shapeInputs("shape-input");
llvm::cl::opt<int64_t> batch("batch", llvm::cl::init(0));
llvm::cl::opt<std::string> dtype("dtype"), data("data");
llvm::cl::opt<double> rtol("rtol", llvm::cl::init(1e-3)), scaled("atol", llvm::cl::init(1e-4));
llvm::cl::opt<bool> quiet("quiet"), listShapeInputs("shape-inputs"), places("print-places"),
    tests("tests");
} // namespace

static std::vector<int64_t> numbers(llvm::StringRef text, char separator) {
  std::vector<int64_t> list;
  llvm::SmallVector<llvm::StringRef> parts;
  text.split(parts, separator, -1, /*KeepEmpty=*/false);
  for (llvm::StringRef part : parts)
    if (part.getAsInteger(10, list.emplace_back()))
      llvm::reportFatalUsageError("not a number: " + part);
  return list;
}

static onnx::ImportOptions readOptions() {
  onnx::ImportOptions options;
  options.dtype = dtype;
  if (batch)
    options.batch = batch;
  for (llvm::StringRef dim : dims)
    options.dimensions[dim.rsplit('=').first] = numbers(dim.rsplit('=').second, ',').at(0);
  for (llvm::StringRef shape : shapes)
    options.shapes[shape.rsplit('=').first] = numbers(shape.rsplit('=').second, 'x');
  for (llvm::StringRef values : shapeInputs) {
    std::vector<int64_t> list = numbers(values.rsplit('=').second, ',');
    options.shapeInputs[values.rsplit('=').first].assign(list.begin(), list.end());
  }
  return options;
}

static int report(const Diagnostics &diagnostics) {
  diagnostics.print(llvm::errs());
  return diagnostics.exitCode();
}

// Imports the model; runs it on `data` unless that is empty.
static int importFile(const std::string &file, const std::string &data) {
  Diagnostics diagnostics(file);
  std::unique_ptr<onnx::Model> model = onnx::readModel(file, diagnostics);
  if (!model)
    return report(diagnostics);
  if (listShapeInputs) {
    for (const std::string &name : onnx::shapeInputNames(*model))
      llvm::outs() << name << '\n';
    return 0;
  }
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  onnx::ImportOptions options = readOptions();
  std::vector<std::unique_ptr<onnx::TensorFile>> inputs;
  if (!data.empty())
    inputs = onnx::readInputs(*model, data, options, diagnostics, context);
  mlir::OwningOpRef<mlir::ModuleOp> module;
  if (!diagnostics.hasErrors())
    module = onnx::importModel(*model, options, diagnostics, context);
  int code = report(diagnostics);
  if (!module)
    return code;
  if (!data.empty())
    return onnx::runAndCompare(*module, *model, inputs, data, {rtol, scaled}) ? 0 : 5;
  if (!quiet)
    module->print(llvm::outs(), mlir::OpPrintingFlags().enableDebugInfo(places));
  return code;
}

static int importFolders(llvm::StringRef root) {
  std::vector<std::string> names;
  std::error_code error;
  for (llvm::sys::fs::directory_iterator entry(root, error), end; entry != end && !error;
       entry.increment(error))
    names.push_back(entry->path());
  llvm::sort(names);
  std::map<int, std::vector<llvm::StringRef>> outcomes;
  for (const std::string &name : names)
    outcomes[importFile(name + "/model.onnx", name + "/test_data_set_0")].push_back(
        llvm::sys::path::filename(name));
  size_t passed = outcomes[0].size(), unsupported = outcomes[4].size();
  for (const auto &[code, list] : outcomes)
    for (llvm::StringRef name : list)
      if (code)
        llvm::outs() << (code == 4 ? "unsupported " : "failed ") << name << '\n';
  llvm::outs() << "passed " << passed << ", unsupported " << unsupported << ", failed "
               << names.size() - passed - unsupported << '\n';
  return passed + unsupported == names.size() ? 0 : 1;
}

int main(int argc, char **argv) {
  llvm::cl::ParseCommandLineOptions(argc, argv);
  return tests ? importFolders(path) : importFile(path, data);
}
