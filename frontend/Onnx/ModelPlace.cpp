#include "Onnx/ModelPlace.h"

namespace dlc::onnx {

std::string Place::text() const {
  std::string result;
  auto add = [&](llvm::StringRef link, const llvm::Twine &part) {
    result += (result.empty() ? part : link + part).str();
  };
  bool inAttribute = outer && outer->attribute;
  for (const Place *place = this; place; place = place->outer) {
    if (place->tensor && (!inAttribute || !place->tensor->name.empty()))
      add("", (inAttribute ? "tensor " : "initializer ") + quoted(place->tensor->name));
    if (place->attribute)
      add(" in ", "attribute " + quoted(place->attribute->name));
    if (place->node)
      add(" of ", placeOf(*place->node));
    if (place->function)
      add(" in ", "function " + quoted(place->function->name));
    if (place->graph && place->outer) {
      add(" in ", "subgraph " + quoted(place->graph->name));
      break;
    }
    // The outer nodes of a nested graph are left out: the innermost node names the place well
    // enough.
  }
  return result.empty() ? "graph" : result;
}

namespace {

// One walk for tensors and sparse tensors, of const and mutable models.
template <typename OnTensor, typename OnSparse> struct Walk {
  OnTensor onTensor;
  OnSparse onSparse;

  template <typename SparseType> void sparse(SparseType &tensor, const Place &place) {
    onSparse(tensor, place);
    onTensor(tensor.values, place.in(tensor.values));
    onTensor(tensor.indices, place.in(tensor.indices));
  }

  template <typename AttributeList> void attributes(AttributeList &list, const Place &place) {
    for (auto &attribute : list) {
      Place here = place.in(attribute);
      for (auto &tensor : attribute.tensors)
        onTensor(tensor, here.in(tensor));
      for (auto &tensor : attribute.sparseTensors)
        sparse(tensor, here);
      for (auto &graph : attribute.graphs)
        walkGraph(graph, here.in(graph));
    }
  }

  template <typename NodeList> void nodes(NodeList &list, const Place &place) {
    for (auto &node : list)
      attributes(node.attributes, place.in(node));
  }

  template <typename GraphType> void walkGraph(GraphType &graph, const Place &place) {
    for (auto &tensor : graph.initializers)
      onTensor(tensor, place.in(tensor));
    for (auto &tensor : graph.sparseInitializers)
      sparse(tensor, place);
    nodes(graph.nodes, place);
  }

  template <typename ModelType> void model(ModelType &model) {
    walkGraph(model.graph, Place{.graph = &model.graph});
    for (auto &function : model.functions) {
      Place place{.function = &function};
      nodes(function.nodes, place);
      attributes(function.defaults, place);
    }
  }
};

template <typename OnTensor, typename OnSparse>
Walk(OnTensor, OnSparse) -> Walk<OnTensor, OnSparse>;

} // namespace

void forEachTensor(Model &model, llvm::function_ref<void(Tensor &, const Place &)> each) {
  Walk walk{each, [](SparseTensor &, const Place &) {}};
  walk.model(model);
}

void forEachSparseTensor(const Model &model,
                         llvm::function_ref<void(const SparseTensor &, const Place &)> each) {
  Walk walk{[](const Tensor &, const Place &) {}, each};
  walk.model(model);
}

} // namespace dlc::onnx
