// What can be said about a model without knowing what its operators do: that its tensors hold what
// their shapes ask for, that every value is defined once and before its use, that attributes have
// the form they claim, that functions end. All faults are reported, not only the first. The
// importer relies on every one of these checks.
#pragma once

#include "Onnx/Model.h"
#include "Onnx/ModelPlace.h"

namespace dlc::onnx {

/// The newest versions whose meaning is known.
constexpr int64_t newestIrVersion = 14;
constexpr int64_t newestOpset = 28; // of the default domain

/// All checks below, on the whole model; external data are attached and nodes ordered before.
void checkModel(Model &model, Diagnostics &diagnostics);

/// Versions of the format and of the operator sets.
void checkVersions(const Model &model, Diagnostics &diagnostics);

/// Type, shape, amount and values of the data of one tensor. False after an error.
bool checkTensor(const Tensor &tensor, const Place &place, Diagnostics &diagnostics);

/// Order, range and amount of the indices; the parts have passed checkTensor. Refuses a dense form
/// that is out of all proportion to what is stored.
void checkSparseTensor(const SparseTensor &tensor, const Place &place, Diagnostics &diagnostics);

/// Names, types and attributes of the graph, of its subgraphs and of the bodies of
/// functions.
void checkGraphs(const Model &model, Diagnostics &diagnostics);

/// That functions are unique, do not call themselves and stay small when they are inlined.
void checkFunctions(const Model &model, Diagnostics &diagnostics);

} // namespace dlc::onnx
