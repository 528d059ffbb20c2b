// With y = put(x, u):
//   set   dx = g, but 0 where it was set;  du = g there
//   add   dx = g;                          du = g there
//   mul   dx = put{mul}(g, u);             du = g x there
//   max   an element and the updates that equal the result share its cotangent equally
#include "Core/ScatterVjp.h"

using namespace mlir;
using namespace dlc;

static std::pair<Value, Value> buildShares(const ScatterVjp &rule, TensorExpr g) {
  TensorExpr x{g.builder, rule.x}, u{g.builder, rule.updates}, y{g.builder, rule.result};
  Type element = x.type().getElementType();
  TensorExpr keeps = compare(CompareKind::eq, x, y);
  TensorExpr wins = compare(CompareKind::eq, u, u.with(rule.gather(y)));
  TensorExpr count =
      g.with(rule.put(PutKind::add, convert(keeps, element), convert(wins, element)));
  // An element that equals nobody (NaN) has no share to give.
  TensorExpr share =
      g / select(compare(CompareKind::eq, count, count.number(0)), count.number(1), count);
  return {select(keeps, share, share.number(0)),
          select(wins, u.with(rule.gather(share)), u.number(0))};
}

std::pair<Value, Value> ScatterVjp::build(Value cotangent) const {
  TensorExpr g{b, cotangent}, u{b, updates};
  switch (kind) {
  case PutKind::set:
    return {put(PutKind::set, g, u.number(0)), gather(g)};
  case PutKind::add:
    return {g, gather(g)};
  case PutKind::mul:
    return {put(PutKind::mul, g, u), u.with(gather(g)) * u.with(gather(x))};
  case PutKind::min:
  case PutKind::max:
    return buildShares(*this, g);
  }
  llvm_unreachable("all kinds are handled");
}

LogicalResult dlc::appendScatterVjp(const ScatterVjp &rule, Value g, const llvm::BitVector &wanted,
                                    SmallVectorImpl<Value> &gradients) {
  std::pair<Value, Value> both;
  if (g)
    both = rule.build(g);
  gradients.append(
      {wanted.test(0) ? both.first : Value(), Value(), wanted.test(2) ? both.second : Value()});
  return success();
}
