// atan: t = |x| or 1/|x|, t + t^3 P(t^2) on [0, 1], pi/2 minus that for the inverse. asin: t + t^3
// P(t^2) up to 1/2; above, pi/2 - 2 asin(sqrt((1 - |x|) / 2)). acos from the same pieces, so that
// it loses nothing near 1.
#include "Cpu/Math/Coefficients.h"
#include "Cpu/Math/Functions.h"

namespace dlc::vectormath {

namespace c = coefficients;

static const double *halfPi(Expression x) { return x.isF32() ? c::halfPiF32 : c::halfPi; }

Expression atan(Expression x) {
  Expression a = absolute(x);
  Expression inverted = less(1, a);
  Expression t = select(inverted, a.constant(1) / a, a);
  Expression z = t * t;
  Expression p = x.isF32() ? polynomial(z, c::atanTailF32) : polynomial(z, c::atanTailF64);
  Expression cubic = t * z * p;
  Expression direct = t + cubic;
  Expression complement = ((t.constant(halfPi(x)[1]) - cubic) - t) + halfPi(x)[0];
  return copySign(select(inverted, complement, direct), x);
}

/// Of a = |x|: `root` r and `cubic` such that asin(r) = r + cubic, with r = a where a <= 1/2,
/// sqrt((1 - a)/2) above.
struct ReducedArcSine {
  Expression small, root, cubic;
};

static ReducedArcSine reduceArcSine(Expression a) {
  Expression small = less(a, 0.5);
  Expression z = select(small, a * a, (a.constant(1) - a) * 0.5);
  Expression root = select(small, a, squareRoot(z));
  Expression p = a.isF32() ? polynomial(z, c::asinTailF32) : polynomial(z, c::asinTailF64);
  return {small, root, root * z * p};
}

Expression asin(Expression x) {
  ReducedArcSine r = reduceArcSine(absolute(x));
  Expression twice = r.root + r.cubic;
  // pi/2 - 2 (root + cubic)
  Expression complement = (r.root.constant(halfPi(x)[1]) - r.cubic * 2 - r.root * 2) + halfPi(x)[0];
  return copySign(select(r.small, twice, complement), x);
}

Expression acos(Expression x) {
  ReducedArcSine r = reduceArcSine(absolute(x));
  Expression negative = less(x, 0);
  // |x| < 1/2: pi/2 - asin(x). Above: 2 asin(root), or pi minus that for negative x.
  Expression sum = r.root + r.cubic;
  Expression signedCubic = copySign(r.cubic, x);
  Expression middle =
      ((r.root.constant(halfPi(x)[1]) - signedCubic) - copySign(r.root, x)) + halfPi(x)[0];
  Expression above = sum * 2;
  Expression below = (r.root.constant(halfPi(x)[1]) - sum + halfPi(x)[0]) * 2;
  return select(r.small, middle, select(negative, below, above));
}

} // namespace dlc::vectormath
