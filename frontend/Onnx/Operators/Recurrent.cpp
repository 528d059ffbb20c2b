// The cells of RNN, GRU and LSTM: x' and h' stand for the products X W' + b and h R' + b.
//
//   RNN    h <- f(x' + h')
//   GRU    z = f(x'_z + h'_z)       r = f(x'_r + h'_r)          h <- (1 - z) c + z h
//          c = g(x'_c + (r h) R_c' + b), with linear_before_reset g(x'_c + r (h R_c' + b))
//   LSTM   i = f(x'_i + h'_i + p_i c)       f = f(x'_f + h'_f + p_f c)
//          c <- f c + i g(x'_c + h'_c)      o = f(x'_o + h'_o + p_o c)      h <- o h(c)
#include "Onnx/Formula.h"
#include "Onnx/Operators/Recurrence.h"
#include "Onnx/Registry.h"

using namespace mlir;

namespace dlc::onnx {

// h R', where R holds the rows of some gates.
static TensorExpr fromState(TensorExpr h, TensorExpr r) {
  return h.with(DotOp::create(h.builder, h, r, Shape{}, Shape{}, Shape{1}, Shape{1}));
}

static Values rnn(NodeReader &node) {
  static constexpr StringRef activations[] = {"Tanh"};
  Recurrence recurrence = readRecurrence(node, {1, 1, activations}, /*hasCell=*/false);
  auto cell = [&](const Direction &direction, TensorExpr z, ArrayRef<TensorExpr> state) -> Values {
    return {direction.activations[0](clipped(recurrence, z + fromState(state[0], direction.r)))};
  };
  return runRecurrence(node, recurrence, /*foldsBias=*/true, cell);
}

static Values gru(NodeReader &node) {
  static constexpr StringRef activations[] = {"Sigmoid", "Tanh"};
  Recurrence recurrence = readRecurrence(node, {3, 1, activations}, /*hasCell=*/false);
  int64_t hidden = recurrence.hidden;
  bool linear = node.opset >= 3 && node.flag("linear_before_reset", false);
  auto cell = [&](const Direction &direction, TensorExpr x, ArrayRef<TensorExpr> state) -> Values {
    TensorExpr h = state[0];
    auto rows = [&](int64_t index, int64_t count) {
      return node.slice(direction.r, 0, index * hidden, (index + count) * hidden);
    };
    // With linear_before_reset all gates come from one product.
    TensorExpr product = fromState(h, linear ? direction.r : rows(0, 2));
    if (linear && direction.biasR)
      product.value = product + broadcast(*direction.biasR, product.type().getShape(), {1});
    auto gate = [&](int64_t index) {
      return direction.activations[0](clipped(
          recurrence, gatesOf(node, x, index, hidden) + gatesOf(node, product, index, hidden)));
    };
    TensorExpr z = gate(0), r = gate(1);
    TensorExpr c = linear ? r * gatesOf(node, product, 2, hidden) : fromState(r * h, rows(2, 1));
    c.value = direction.activations[1](clipped(recurrence, gatesOf(node, x, 2, hidden) + c));
    return {(z.number(1) - z) * c + z * h};
  };
  return runRecurrence(node, recurrence, /*foldsBias=*/!linear, cell);
}

static Values lstm(NodeReader &node) {
  static constexpr StringRef activations[] = {"Sigmoid", "Tanh", "Tanh"};
  Recurrence recurrence = readRecurrence(node, {4, 2, activations}, /*hasCell=*/true);
  bool inputForget = node.flag("input_forget", false);
  auto cell = [&](const Direction &direction, TensorExpr x, ArrayRef<TensorExpr> state) -> Values {
    ArrayRef<RecurrentActivation> activate = direction.activations;
    TensorExpr h = state[0], c = state[1];
    TensorExpr gates = x + fromState(h, direction.r);
    auto preactivation = [&](int64_t index, std::optional<TensorExpr> cell, int64_t peephole) {
      TensorExpr v = gatesOf(node, gates, index, recurrence.hidden);
      if (direction.peepholes && cell) {
        TensorExpr p = gatesOf(node, *direction.peepholes, peephole, recurrence.hidden);
        v.value = v + *cell * broadcast(p, v.type().getShape(), {1});
      }
      return clipped(recurrence, v);
    };
    TensorExpr i = activate[0](preactivation(0, c, 0));
    TensorExpr f = inputForget ? i.number(1) - i : activate[0](preactivation(2, c, 2));
    TensorExpr g = activate[1](preactivation(3, std::nullopt, 0));
    TensorExpr next = f * c + i * g;
    TensorExpr o = activate[0](preactivation(1, next, 1));
    return {o * activate[2](next), next};
  };
  return runRecurrence(node, recurrence, /*foldsBias=*/true, cell);
}

void addRecurrences(Registry &r) {
  r.add("GRU", 1, gru);
  r.add("LSTM", 1, lstm);
  r.add("RNN", 1, rnn);
}

} // namespace dlc::onnx
