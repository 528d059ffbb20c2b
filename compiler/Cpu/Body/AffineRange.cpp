// Normal forms by interval arithmetic.
#include "Cpu/Body/AffineRange.h"
#include "llvm/Support/MathExtras.h"
#include <numeric>

using namespace mlir;
using namespace dlc;

namespace {
int64_t floorDiv(int64_t a, int64_t b) { return llvm::divideFloorSigned(a, b); }
int64_t modulo(int64_t a, int64_t b) { return a - floorDiv(a, b) * b; }

// A total order that depends on structure alone, so that output never depends on addresses.
int compare(AffineExpr a, AffineExpr b) {
  if (a == b)
    return 0;
  if (a.getKind() != b.getKind())
    return a.getKind() < b.getKind() ? -1 : 1;
  auto order = [](int64_t x, int64_t y) { return x < y ? -1 : x > y ? 1 : 0; };
  if (auto x = dyn_cast<AffineDimExpr>(a))
    return order(x.getPosition(), cast<AffineDimExpr>(b).getPosition());
  if (auto x = dyn_cast<AffineSymbolExpr>(a))
    return order(x.getPosition(), cast<AffineSymbolExpr>(b).getPosition());
  if (auto x = dyn_cast<AffineConstantExpr>(a))
    return order(x.getValue(), cast<AffineConstantExpr>(b).getValue());
  auto x = cast<AffineBinaryOpExpr>(a), y = cast<AffineBinaryOpExpr>(b);
  if (int left = compare(x.getLHS(), y.getLHS()))
    return left;
  return compare(x.getRHS(), y.getRHS());
}

bool dependsOn(AffineExpr e, unsigned position) { return e.isFunctionOfDim(position); }

// Adds factor * form to `sum`.
void add(LinearForm &sum, const LinearForm &form, int64_t factor) {
  sum.constant += factor * form.constant;
  for (auto [atom, coefficient] : form.terms) {
    auto same = llvm::find_if(sum.terms, [&, atom = atom](auto &t) { return t.first == atom; });
    if (same == sum.terms.end())
      sum.terms.push_back({atom, factor * coefficient});
    else if (!(same->second += factor * coefficient))
      sum.terms.erase(same);
  }
  llvm::sort(sum.terms, [](auto &x, auto &y) { return compare(x.first, y.first) < 0; });
}

LinearForm atom(AffineExpr e) {
  LinearForm form;
  form.terms.push_back({e, 1});
  return form;
}

struct Normalizer {
  RangeOf ranges;
  MLIRContext *context;

  IntegerRange rangeOfAtom(AffineExpr e) const {
    if (e.getKind() == AffineExprKind::DimId || e.getKind() == AffineExprKind::SymbolId)
      return ranges(e);
    auto binary = cast<AffineBinaryOpExpr>(e);
    int64_t divisor = cast<AffineConstantExpr>(binary.getRHS()).getValue();
    if (e.getKind() == AffineExprKind::Mod)
      return {0, divisor - 1};
    IntegerRange of = range(form(binary.getLHS()));
    return {floorDiv(of.lo, divisor), floorDiv(of.hi, divisor)};
  }

  IntegerRange range(const LinearForm &f) const {
    IntegerRange sum{f.constant, f.constant};
    for (auto [a, c] : f.terms) {
      IntegerRange r = rangeOfAtom(a);
      sum.lo += c > 0 ? c * r.lo : c * r.hi;
      sum.hi += c > 0 ? c * r.hi : c * r.lo;
    }
    return sum;
  }

  /// x and c of x floordiv c or x mod c.
  std::pair<LinearForm, int64_t> operands(AffineExpr e) const {
    auto binary = cast<AffineBinaryOpExpr>(e);
    return {form(binary.getLHS()), cast<AffineConstantExpr>(binary.getRHS()).getValue()};
  }

  // f = divisor * quotient + rest, where the coefficients of `rest` are smaller than the divisor.
  // (A quotient and a rest of the same f are then written with the same rest, and can be joined.)
  static void split(const LinearForm &f, int64_t divisor, LinearForm &quotient, LinearForm &rest) {
    quotient.constant = floorDiv(f.constant, divisor);
    rest.constant = modulo(f.constant, divisor);
    for (auto [a, c] : f.terms) {
      if (c / divisor)
        quotient.terms.push_back({a, c / divisor});
      if (c % divisor)
        rest.terms.push_back({a, c % divisor});
    }
  }

  // A g > 1 that divides the divisor such that f = g * high + low with 0 <= low < g.
  bool splitLow(const LinearForm &f, int64_t divisor, int64_t &g, LinearForm &high,
                LinearForm &low) const {
    for (auto [a, c] : f.terms) {
      g = std::gcd(divisor, c);
      if (g <= 1 || g == divisor)
        continue;
      high = low = {};
      high.constant = floorDiv(f.constant, g);
      low.constant = modulo(f.constant, g);
      for (auto [b, k] : f.terms)
        (k % g ? low : high).terms.push_back({b, k % g ? k : k / g});
      IntegerRange r = range(low);
      if (r.lo >= 0 && r.hi < g && !high.terms.empty())
        return true;
    }
    return false;
  }

  LinearForm floorDivision(const LinearForm &f, int64_t divisor) const {
    if (divisor == 1)
      return f;
    LinearForm result, rest;
    split(f, divisor, result, rest);
    IntegerRange r = range(rest);
    if (floorDiv(r.lo, divisor) == floorDiv(r.hi, divisor)) {
      result.constant += floorDiv(r.lo, divisor);
      return result;
    }
    int64_t g;
    LinearForm high, low;
    if (splitLow(rest, divisor, g, high, low)) {
      add(result, floorDivision(high, divisor / g), 1);
      return result;
    }
    // (x + y floordiv a) floordiv b = (a x + y) floordiv ab
    for (auto [term, c] : rest.terms)
      if (c == 1 && term.getKind() == AffineExprKind::FloorDiv) {
        AffineExpr quotient = term;
        auto [inner, a] = operands(quotient);
        add(rest, atom(quotient), -1);
        LinearForm whole;
        add(whole, rest, a);
        add(whole, inner, 1);
        add(result, floorDivision(whole, a * divisor), 1);
        return result;
      }
    // (x mod ab) floordiv a = (x floordiv a) mod b
    if (rest.terms.size() == 1 && rest.constant == 0 && rest.terms[0].second == 1 &&
        rest.terms[0].first.getKind() == AffineExprKind::Mod) {
      auto [inner, a] = operands(rest.terms[0].first);
      if (a % divisor == 0) {
        add(result, remainder(floorDivision(inner, divisor), a / divisor), 1);
        return result;
      }
    }
    add(result, atom(expression(rest, context).floorDiv(divisor)), 1);
    return result;
  }

  LinearForm remainder(const LinearForm &f, int64_t divisor) const {
    if (divisor == 1)
      return {};
    LinearForm quotient, rest;
    split(f, divisor, quotient, rest);
    IntegerRange r = range(rest);
    if (floorDiv(r.lo, divisor) == floorDiv(r.hi, divisor)) {
      rest.constant -= floorDiv(r.lo, divisor) * divisor;
      return rest;
    }
    int64_t g;
    LinearForm high, low;
    if (splitLow(rest, divisor, g, high, low)) {
      add(low, remainder(high, divisor / g), g);
      return low;
    }
    if (rest.terms.size() == 1 && rest.constant == 0 && rest.terms[0].second == 1 &&
        rest.terms[0].first.getKind() == AffineExprKind::Mod) {
      auto [inner, a] = operands(rest.terms[0].first);
      if (a % divisor == 0)
        return remainder(inner, divisor);
    }
    return atom(expression(rest, context) % divisor);
  }

  // c q (x floordiv q) + c (x mod q) = c x
  bool joinOnce(LinearForm &f) const {
    for (auto [a, c] : f.terms) {
      if (a.getKind() != AffineExprKind::Mod)
        continue;
      auto [inner, divisor] = operands(a);
      LinearForm quotient = floorDivision(inner, divisor);
      if (quotient.terms.empty())
        continue;
      if (!contains(f, quotient, c * divisor))
        continue;
      LinearForm removed = quotient;
      int64_t factor = c;
      AffineExpr mod = a;
      removed.constant = 0;
      add(f, removed, -factor * divisor);
      add(f, atom(mod), -factor);
      LinearForm whole = inner;
      whole.constant -= quotient.constant * divisor;
      add(f, whole, factor);
      return true;
    }
    return false;
  }

  static bool contains(const LinearForm &f, const LinearForm &part, int64_t factor) {
    return llvm::all_of(part.terms,
                        [&](auto &t) { return f.coefficient(t.first) == factor * t.second; });
  }

  static int64_t nonlinearCount(const LinearForm &f) {
    return llvm::count_if(f.terms, [](auto &t) { return isa<AffineBinaryOpExpr>(t.first); });
  }

  // Without rests: x mod c = x - c (x floordiv c).
  LinearForm withoutRests(const LinearForm &f) const {
    LinearForm result;
    result.constant = f.constant;
    for (auto [a, c] : f.terms) {
      if (a.getKind() != AffineExprKind::Mod) {
        add(result, atom(a), c);
        continue;
      }
      auto [inner, divisor] = operands(a);
      LinearForm x = withoutRests(inner);
      add(result, x, c);
      add(result, floorDivision(x, divisor), -c * divisor);
    }
    return result;
  }

  // The digits of an index after the divisor's multiples were taken out of each one on its own:
  // without rests the same quotients stand in several of them and cancel. What does not becomes a
  // rest again.
  //
  //   225 ((64 d + l) floordiv 225) + 15 ((4 d + (4 d + l) floordiv 15) mod 15) + (4 d + l) mod 15
  //   = 64 d + l
  bool joinAll(LinearForm &f) const {
    int64_t count = nonlinearCount(f);
    if (count < 2 ||
        llvm::none_of(f.terms, [](auto &t) { return t.first.getKind() == AffineExprKind::Mod; }))
      return false;
    LinearForm joined = withoutRests(f);
    for (auto [a, c] : f.terms) {
      if (a.getKind() != AffineExprKind::Mod)
        continue;
      auto [inner, divisor] = operands(a);
      LinearForm x = withoutRests(inner), quotient = floorDivision(x, divisor);
      if (!nonlinearCount(quotient) || !contains(joined, quotient, -c * divisor))
        continue;
      add(joined, quotient, c * divisor);
      add(joined, x, -c);
      add(joined, atom(a), c);
    }
    if (nonlinearCount(joined) >= count)
      return false;
    f = joined;
    return true;
  }

  LinearForm form(AffineExpr e) const {
    switch (e.getKind()) {
    case AffineExprKind::Constant: {
      LinearForm f;
      f.constant = cast<AffineConstantExpr>(e).getValue();
      return f;
    }
    case AffineExprKind::DimId:
    case AffineExprKind::SymbolId: {
      IntegerRange r = ranges(e);
      if (!r.isConstant())
        return atom(e);
      LinearForm f;
      f.constant = r.lo;
      return f;
    }
    default:
      break;
    }
    auto binary = cast<AffineBinaryOpExpr>(e);
    LinearForm left = form(binary.getLHS()), right = form(binary.getRHS());
    LinearForm result;
    switch (e.getKind()) {
    case AffineExprKind::Add:
      add(result, left, 1);
      add(result, right, 1);
      break;
    case AffineExprKind::Mul:
      if (!right.terms.empty())
        std::swap(left, right);
      assert(right.terms.empty() && "expected an affine expression");
      if (right.constant)
        add(result, left, right.constant);
      break;
    case AffineExprKind::FloorDiv:
      return floorDivision(left, right.constant);
    case AffineExprKind::Mod:
      return remainder(left, right.constant);
    default: { // ceildiv: -((-x) floordiv c)
      LinearForm negative;
      add(negative, left, -1);
      add(result, floorDivision(negative, right.constant), -1);
    }
    }
    while (joinOnce(result) || joinAll(result))
      ;
    return result;
  }
};
} // namespace

int64_t LinearForm::coefficient(AffineExpr atom) const {
  for (auto [a, c] : terms)
    if (a == atom)
      return c;
  return 0;
}

bool LinearForm::isNonlinearIn(unsigned position) const {
  return llvm::any_of(terms, [&](auto &t) {
    return t.first.getKind() != AffineExprKind::DimId && dependsOn(t.first, position);
  });
}

LinearForm dlc::linearForm(AffineExpr e, RangeOf ranges) {
  return Normalizer{ranges, e.getContext()}.form(e);
}

AffineExpr dlc::expression(const LinearForm &form, MLIRContext *context) {
  AffineExpr sum = getAffineConstantExpr(form.constant, context);
  for (auto [atom, coefficient] : form.terms)
    sum = atom * coefficient + sum;
  return sum;
}

AffineExpr dlc::simplified(AffineExpr e, RangeOf ranges) {
  return expression(linearForm(e, ranges), e.getContext());
}

AffineExpr dlc::simplifiedConstraint(AffineExpr e, RangeOf ranges) {
  MLIRContext *context = e.getContext();
  LinearForm form = linearForm(e, ranges);
  auto quotient = llvm::find_if(form.terms, [](auto &t) {
    return t.first.getKind() == AffineExprKind::FloorDiv && std::abs(t.second) == 1;
  });
  if (quotient == form.terms.end())
    return expression(form, context);
  auto binary = cast<AffineBinaryOpExpr>(quotient->first);
  int64_t sign = quotient->second;
  int64_t divisor = cast<AffineConstantExpr>(binary.getRHS()).getValue();
  form.terms.erase(quotient);
  AffineExpr rest = expression(form, context) * divisor;
  rest = sign > 0 ? rest + binary.getLHS() : rest + (divisor - 1) - binary.getLHS();
  return simplifiedConstraint(rest, ranges);
}

IntegerRange dlc::rangeOf(const LinearForm &form, RangeOf ranges) {
  MLIRContext *context = form.terms.empty() ? nullptr : form.terms[0].first.getContext();
  return Normalizer{ranges, context}.range(form);
}

IntegerRange dlc::rangeOf(AffineExpr e, RangeOf ranges) {
  return rangeOf(linearForm(e, ranges), ranges);
}
