// sort: each row's keys become integers whose order is that of the elements, with the place of the
// element in the low bits. So no two are equal, equal elements keep their order, and only these
// integers are moved; the operands are read once, at the places in order.
//
//   f32 key, 5th element  ->  i64  | 32 bits: order of the key | 32 bits: 5 |
//
// All of a row: merges of doubling width between two halves of scratch. Few of it: a heap of the
// best ones so far, the worst at its root.
#include "Cpu/Sequential/Sequential.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace dlc;

namespace {
struct Rows {
  int64_t rows, length, limit;
  unsigned keyBits;
  /// A heap is kept where the returned elements are a small part of the row.
  bool isHeap() const { return limit * 4 <= length; }
  int64_t packedBytes() const { return keyBits > 32 ? 16 : 8; }
  int64_t scratchBytes() const { return packedBytes() * (isHeap() ? limit : 2 * length); }
};

Rows rowsOf(SortOp op) {
  RankedTensorType type = tensorType(op.getOperand(0));
  int64_t length = type.getDimSize(op.getDim());
  unsigned bits = registerType(type.getElementType()).getIntOrFloatBitWidth();
  return {length ? type.getNumElements() / length : 0, length,
          tensorType(op.getResult(0)).getDimSize(op.getDim()), std::max(bits, 8u)};
}

class SortEmitter {
public:
  SortEmitter(Body &body, SortOp op)
      : body(body), op(op), b(body.b), rows(rowsOf(op)),
        packedType(b.getIntegerType(rows.packedBytes() * 8)) {}

  void emit() {
    if (rows.limit == 0)
      return;
    int64_t count = rows.scratchBytes() / rows.packedBytes();
    Body::Scratch scratch = body.scratch(0, count, packedType);
    buffer = scratch.buffer;
    body.loop({0, rows.rows, body.begin, body.end}, 1, {}, [&](AffineExpr row, ValueRange) {
      Value sorted = rows.isHeap() ? select(row, scratch.start) : merge(row, scratch.start);
      write(row, sorted);
      return Values();
    });
  }

private:
  // ---------------------------------------------------------------- small arithmetic
  Value add(Value x, Value y) { return arith::AddIOp::create(b, x, y); }
  Value number(int64_t v) { return body.index(v); }
  Value smaller(Value x, Value y) { return arith::MinUIOp::create(b, x, y); }
  Value less(Value x, Value y) { return arith::CmpIOp::create(b, arith::CmpIPredicate::ult, x, y); }
  Value choose(Value c, Value x, Value y) { return arith::SelectOp::create(b, c, x, y); }
  Value both(Value x, Value y) { return arith::AndIOp::create(b, x, y); }
  Value bits(unsigned width, const APInt &v) {
    return arith::ConstantOp::create(b, IntegerAttr::get(b.getIntegerType(width), v));
  }
  Value load(Value at) { return memref::LoadOp::create(b, buffer, at); }
  void store(Value v, Value at) { memref::StoreOp::create(b, v, buffer, at); }

  // ---------------------------------------------------------------- keys
  Point pointAt(AffineExpr row, AffineExpr i) {
    SmallVector<int64_t> others(tensorType(op.getOperand(0)).getShape());
    others.erase(others.begin() + op.getDim());
    Point point = pointOf(row, others, body);
    point.insert(point.begin() + op.getDim(), i);
    return point;
  }

  // An unsigned integer of keyBits in the order of the key; one a lane where the key is a vector.
  Value ordinal(Scalar key) {
    unsigned width = rows.keyBits;
    Type type = b.getIntegerType(width);
    if (auto vector = dyn_cast<VectorType>(key.value.getType()))
      type = VectorType::get(vector.getShape(), type);
    auto constant = [&](const APInt &v) {
      Value one = bits(width, v);
      return isa<VectorType>(type) ? splat(b, one, body.lanes()) : one;
    };
    Value ones = constant(APInt::getAllOnes(width));
    Value sign = constant(APInt::getSignMask(width)), order;
    if (key.isFloat()) {
      // Negative numbers: all bits turned; others: the sign. NaN is past all of them, -0 is 0.
      Scalar isZero = compare(CompareKind::eq, key, key.number(0));
      Value pattern =
          arith::BitcastOp::create(b, type, dlc::select(isZero, key.number(0), key).value);
      Value spread = arith::ShRSIOp::create(b, pattern, constant(APInt(width, width - 1)));
      order = arith::XOrIOp::create(b, pattern, arith::OrIOp::create(b, spread, sign));
      order = choose(compare(CompareKind::ne, key, key).value, ones, order);
    } else if (key.isBool()) {
      order = arith::ExtUIOp::create(b, type, key.value);
    } else {
      bool isUnsigned = isUnsignedElement(tensorType(op.getOperand(0)).getElementType());
      order = isUnsigned ? key.value : arith::XOrIOp::create(b, key.value, sign).getResult();
    }
    return op.getDescending() ? arith::XOrIOp::create(b, order, ones).getResult() : order;
  }

  Value packed(AffineExpr row, AffineExpr i) {
    unsigned width = packedType.getWidth();
    Value order = ordinal(body.pull(op.getOperand(0), pointAt(row, i)));
    order = arith::ExtUIOp::create(b, packedType, order);
    order = arith::ShLIOp::create(b, order, bits(width, APInt(width, placeBits)));
    Value place = arith::IndexCastUIOp::create(b, b.getI64Type(), body.index(i));
    if (width > 64)
      place = arith::ExtUIOp::create(b, packedType, place);
    return arith::OrIOp::create(b, order, place);
  }

  // ---------------------------------------------------------------- all of a row
  Value merge(AffineExpr row, Value start) {
    int64_t n = rows.length;
    body.loop({0, n, {}, {}}, 1, {}, [&](AffineExpr i, ValueRange) {
      store(packed(row, i), add(start, body.index(i)));
      return Values();
    });
    Values last =
        body.loop({0, llvm::Log2_64_Ceil(n), {}, {}}, 1, {start, add(start, number(n)), number(1)},
                  [&](AffineExpr, ValueRange carried) {
                    Value step = add(carried[2], carried[2]);
                    mergePass(carried[0], carried[1], carried[2], step);
                    return Values{carried[1], carried[0], step};
                  });
    return last[0];
  }

  // Runs of `width` at `from` become runs of `step`, twice as long, at `to`.
  void mergePass(Value from, Value to, Value width, Value step) {
    int64_t n = rows.length;
    Value all = number(n);
    Value blocks =
        arith::DivUIOp::create(b, add(all, arith::SubIOp::create(b, step, number(1))), step);
    body.loop({0, n, {}, blocks}, 1, {}, [&](AffineExpr block, ValueRange) {
      Value lo = arith::MulIOp::create(b, body.index(block), step);
      Value middle = smaller(add(lo, width), all), hi = smaller(add(lo, step), all);
      body.loop({0, n, lo, hi}, 1, {lo, middle}, [&](AffineExpr out, ValueRange heads) {
        Value i = heads[0], j = heads[1];
        Value x = load(add(from, smaller(i, number(n - 1))));
        Value y = load(add(from, smaller(j, number(n - 1))));
        Value atEnd = arith::CmpIOp::create(b, arith::CmpIPredicate::uge, j, hi);
        Value first = arith::OrIOp::create(b, atEnd, both(less(i, middle), less(x, y)));
        store(choose(first, x, y), add(to, body.index(out)));
        return Values{choose(first, add(i, number(1)), i), choose(first, j, add(j, number(1)))};
      });
      return Values();
    });
  }

  // ---------------------------------------------------------------- few of a row
  // Puts `v` in the place of the root of a heap of `size` elements, the largest at its root.
  void siftDown(Value start, Value size, Value v) {
    int64_t levels = llvm::Log2_64(rows.limit);
    Values place = body.loop({0, levels, {}, {}}, 1, number(0), [&](AffineExpr, ValueRange at) {
      Value left = add(add(at[0], at[0]), number(1)), right = add(left, number(1));
      Value hasLeft = less(left, size), hasRight = less(right, size);
      Value x = load(add(start, choose(hasLeft, left, number(0))));
      Value y = load(add(start, choose(hasRight, right, number(0))));
      Value isRight = both(hasRight, less(x, y));
      Value child = choose(isRight, right, left), largest = choose(isRight, y, x);
      Value moves = both(hasLeft, less(v, largest));
      store(choose(moves, largest, v), add(start, at[0]));
      return Values{choose(moves, child, at[0])};
    });
    store(v, add(start, place[0]));
  }

  // Puts each element of the row within the bounds into the heap, if it is better than the root.
  void offerAll(AffineExpr row, Value start, LoopBounds bounds) {
    body.loop(bounds, 1, {}, [&](AffineExpr i, ValueRange) {
      Value v = packed(row, i);
      body.when(less(v, load(start)), [&] { siftDown(start, number(rows.limit), v); });
      return Values();
    });
  }

  // Whether one of `lanes` keys from `first` on comes before that of the heap's root.
  Value isAnyBetter(AffineExpr row, AffineExpr first, int64_t lanes, Value start) {
    unsigned width = packedType.getWidth();
    Value root = arith::ShRUIOp::create(b, load(start), bits(width, APInt(width, placeBits)));
    Type key = b.getIntegerType(rows.keyBits);
    if (rows.keyBits < width)
      root = arith::TruncIOp::create(b, key, root);
    Body::Lanes vector(body, lanes, lanes);
    Value order = ordinal(
        body.vectorOf(body.pull(op.getOperand(0), pointAt(row, first + vector.dimension()))));
    Value better = less(order, splat(b, root, lanes));
    return vector::ReductionOp::create(b, vector::CombiningKind::OR, better);
  }

  Value select(AffineExpr row, Value start) {
    int64_t k = rows.limit;
    unsigned width = packedType.getWidth();
    Value none = bits(width, APInt::getAllOnes(width));
    body.loop({0, k, {}, {}}, 1, {}, [&](AffineExpr i, ValueRange) {
      store(none, add(start, body.index(i)));
      return Values();
    });
    // The first ones fill the heap. Of the rest few are better than its root: vectors of keys are
    // compared with it, and only where one is are they looked at one by one. A later element equal
    // to the root is not better.
    Type element = tensorType(op.getOperand(0)).getElementType();
    int64_t lanes = body.machine.lanes(rows.keyBits);
    bool isVector = int64_t(op.getDim()) + 1 == tensorType(op.getOperand(0)).getRank() &&
                    !element.isInteger(1) && lanes > 1;
    int64_t whole = isVector ? k + (rows.length - k) / lanes * lanes : k;
    offerAll(row, start, {0, k, {}, {}});
    body.loop({0, (whole - k) / lanes, {}, {}}, 1, {}, [&](AffineExpr block, ValueRange) {
      AffineExpr first = block * lanes + k;
      Value from = body.index(first), to = add(from, number(lanes));
      body.when(isAnyBetter(row, first, lanes, start),
                [&] { offerAll(row, start, {k, whole, from, to}); });
      return Values();
    });
    offerAll(row, start, {whole, rows.length, {}, {}});
    // The largest goes to the end, and the heap is one shorter.
    body.loop({1, k, {}, {}}, 1, {}, [&](AffineExpr taken, ValueRange) {
      Value size = body.index(k - taken), end = add(start, size);
      Value v = load(end);
      store(load(start), end);
      siftDown(start, size, v);
      return Values();
    });
    return start;
  }

  // ---------------------------------------------------------------- results
  void write(AffineExpr row, Value sorted) {
    int64_t limit = rows.limit, length = rows.length;
    body.loop({0, limit, {}, {}}, 1, {}, [&](AffineExpr i, ValueRange) {
      Value v = load(add(sorted, body.index(i)));
      Value low = arith::TruncIOp::create(b, b.getIntegerType(placeBits), v);
      Value place = arith::IndexCastUIOp::create(b, b.getIndexType(), low);
      AffineExpr from = body.dimension(place, 0, length);
      for (auto [operand, result] : llvm::zip_equal(op.getOperands(), op.getResults()))
        for (Value target : buffersOf(body, result)) {
          Type element = tensorType(result).getElementType();
          Scalar value = body.pull(operand, pointAt(row, from));
          body.store(target,
                     rowMajor(pointAt(row, i), tensorType(result).getShape(), b.getContext()),
                     body.toMemory(value, element));
        }
      return Values();
    });
  }

  static constexpr unsigned placeBits = 32;
  Body &body;
  SortOp op;
  ImplicitLocOpBuilder &b;
  Rows rows;
  IntegerType packedType;
  Value buffer;
};
} // namespace

SequentialPlan dlc::planSort(SortOp op) {
  Rows rows = rowsOf(op);
  SequentialPlan plan;
  plan.count = rows.rows;
  plan.scratchBytes = rows.limit ? rows.scratchBytes() : 0;
  int64_t each = rows.isHeap() ? 4 : 4 * llvm::Log2_64_Ceil(std::max<int64_t>(rows.length, 2));
  plan.work = rows.rows * rows.length * each;
  return plan;
}

void dlc::emitSort(Body &body, SortOp op) { SortEmitter(body, op).emit(); }
