#include "Core/Combine.h"

using namespace mlir;
using namespace dlc;

TypedAttr dlc::registerAttribute(TypedAttr attribute) {
  Type type = registerType(attribute.getType());
  if (auto number = dyn_cast<FloatAttr>(attribute))
    return FloatAttr::get(type, number.getValueAsDouble());
  return IntegerAttr::get(type, cast<IntegerAttr>(attribute).getValue());
}

TypedAttr dlc::neutralValue(ReduceKind kind, Type element) {
  switch (kind) {
  case ReduceKind::sum:
  case ReduceKind::any:
    return registerAttribute(elementAttribute(element, 0));
  case ReduceKind::prod:
  case ReduceKind::all:
    return registerAttribute(elementAttribute(element, 1));
  case ReduceKind::max:
    return registerAttribute(lowestAttribute(element));
  case ReduceKind::min:
    return registerAttribute(highestAttribute(element));
  }
  llvm_unreachable("all kinds are handled");
}

Combine dlc::combineOf(ReduceKind kind, Type element) {
  bool isUnsigned = isUnsignedElement(element);
  return [=](ImplicitLocOpBuilder &b, ArrayRef<Scalar> accumulators,
             ArrayRef<Scalar> values) -> Scalars {
    Scalar a{&b, accumulators[0].value, isUnsigned}, x{&b, values[0].value, isUnsigned};
    switch (kind) {
    case ReduceKind::sum:
      return {a + x};
    case ReduceKind::prod:
      return {a * x};
    case ReduceKind::max:
      return {max(a, x)};
    case ReduceKind::min:
      return {min(a, x)};
    case ReduceKind::all:
      return {a & x};
    case ReduceKind::any:
      return {a | x};
    }
    llvm_unreachable("all kinds are handled");
  };
}

Combine dlc::combineWithPlace(ReduceKind kind, Type element, bool last) {
  bool isUnsigned = isUnsignedElement(element);
  CompareKind wins = kind == ReduceKind::max ? CompareKind::gt : CompareKind::lt;
  return [=](ImplicitLocOpBuilder &b, ArrayRef<Scalar> accumulators,
             ArrayRef<Scalar> values) -> Scalars {
    Scalar a{&b, accumulators[0].value, isUnsigned}, x{&b, values[0].value, isUnsigned};
    Scalar place{&b, accumulators[1].value}, candidate{&b, values[1].value};
    Scalar better = compare(wins, x, a), equal = compare(CompareKind::eq, x, a);
    if (a.isFloat()) {
      Scalar isNan = compare(CompareKind::ne, x, x), wasNan = compare(CompareKind::ne, a, a);
      better = better | (isNan & ~wasNan);
      equal = equal | (isNan & wasNan);
    }
    Scalar preferred = compare(last ? CompareKind::gt : CompareKind::lt, candidate, place);
    Scalar takes = better | (equal & preferred);
    // Of equals either value will do: so it does not depend on the place, which may be unused.
    return {select(better, x, a), select(takes, candidate, place)};
  };
}
