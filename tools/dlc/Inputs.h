// Data for the inputs of a model: given by name or position, or random. Symbolic dimensions and
// shape inputs take their values from what is given.
#pragma once

#include "Executable.h"
#include "InputText.h"

namespace dlc::tool {

class Inputs {
public:
  /// `given`: data by name, or by position among the inputs of the model where the name is empty.
  explicit Inputs(Session &session, llvm::ArrayRef<NamedTensor> given = {})
      : session(session), given(given.vec()) {}

  /// `--input`; a diagnostic where it cannot be read.
  void addText(llvm::StringRef text);

  /// Reads the model, names what was given by position, and binds shapes. False after a
  /// diagnostic, also an earlier one.
  bool read(Build &, onnx::ImportOptions &);
  /// The model compiled for what was given, and the arrays in its order. What is missing is
  /// random, with a seed, or an error. `convert`: floats may be of another width than the model's.
  /// Null after a diagnostic.
  std::unique_ptr<Executable> prepare(Build &, onnx::ImportOptions &, std::optional<uint64_t> seed,
                                      bool convert, std::vector<Tensor> &arrays);

private:
  bool bind(const Build &, onnx::ImportOptions &);
  bool collect(const Executable &, std::optional<uint64_t> seed, bool convert,
               std::vector<Tensor> &arrays);
  /// Whether each name is given once, and is one of `names`.
  bool checkNames(llvm::ArrayRef<std::string> names);
  bool checked(const dlc_tensor &wanted, Tensor &tensor, bool convert);
  Session &session;
  std::vector<NamedTensor> given;
  bool namesAreChecked = false;
};

/// Names of the inputs of an ONNX model that have no initializer.
std::vector<std::string> inputNames(const onnx::Model &);

/// Values that depend on seed, position and index alone: floats in [-1, 1), integers 0 or 1.
Tensor randomTensor(const dlc_tensor &, uint64_t seed);

/// The same numbers in another float type.
Tensor convertedFloats(const Tensor &, int dtype);

} // namespace dlc::tool
