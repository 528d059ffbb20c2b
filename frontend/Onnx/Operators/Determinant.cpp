// Det: Gaussian elimination with the largest pivot of each column, one step a column, unrolled. Of
// what is left of a batch of matrices [B, m, m] a step takes
//
//   p = the row of the largest |a[., 0]|,  d = d * a[p, 0] * (p = 0 ? 1 : -1)
//   row p gives way to row 0;  a[i, j] = a[i, j] - a[i, 0] / a[p, 0] * a[p, j]    i, j > 0
//
// A pivot of 0 makes the determinant 0, and nothing is divided by it.
#include "Onnx/Formula.h"
#include "Onnx/Registry.h"

using namespace mlir;

namespace dlc::onnx {

/// Larger matrices would be a program of thousands of ops.
static constexpr int64_t sizeMax = 64;

static Values determinant(NodeReader &node) {
  TensorExpr x = node.input(0);
  node.checkFloat(x);
  node.checkRank(x, 2, INT64_MAX);
  Shape batch(x.type().getShape().drop_back(2));
  int64_t size = x.type().getShape().back();
  if (x.type().getDimSize(batch.size()) != size)
    node.refuse(Code::ShapeMismatch, "a determinant is that of a square matrix", "",
                shownType(x.type()));
  if (size > sizeMax)
    node.unsupported("Det of a matrix of more than " + llvm::Twine(sizeMax) + " rows");
  mlir::Type element = x.type().getElementType(), wide = registerType(element);
  int64_t count = ShapedType::getNumElements(batch);
  TensorExpr a = convert(node.reshape(x, {count, size, size}), wide);
  TensorExpr product = node.splat(count, wide, 1);
  for (int64_t m = size; m > 0; --m) {
    Shape shape{count, m, m}, rows{count, m};
    TensorExpr column = node.reshape(node.slice(a, 2, 0, 1), rows);
    TensorExpr place = node.tensor(
        node.build<ArgReduceOp>(ReduceKind::max, abs(column), /*dim=*/1, /*last=*/false));
    TensorExpr row = broadcast(place, rows, 0);
    TensorExpr isPivot =
        compare(CompareKind::eq, row.with(IotaOp::create(node.builder, row.type(), 1)), row);
    TensorExpr chosen = broadcast(isPivot, shape, {0, 1});
    TensorExpr pivotRow = reduceSum(select(chosen, a, a.number(0)), 1); // [B, m]
    TensorExpr pivot = node.reshape(node.slice(pivotRow, 1, 0, 1), count);
    TensorExpr isFirst = compare(CompareKind::eq, place, place.number(0));
    product.value = product * select(isFirst, pivot, -pivot);
    if (m == 1)
      break;
    TensorExpr first = broadcast(node.reshape(node.slice(a, 1, 0, 1), rows), shape, {0, 2});
    TensorExpr swapped = select(chosen, first, a);
    TensorExpr rest = node.slice(node.slice(swapped, 1, 1, m), 2, 1, m);
    TensorExpr factors =
        node.reshape(node.slice(node.slice(swapped, 1, 1, m), 2, 0, 1), {count, m - 1});
    TensorExpr zero = pivot.number(0), one = pivot.number(1);
    TensorExpr divisor = select(compare(CompareKind::eq, pivot, zero), one, pivot);
    factors.value = factors / broadcast(divisor, {count, m - 1}, 0);
    TensorExpr tail = node.slice(pivotRow, 1, 1, m);
    Shape smaller{count, m - 1, m - 1};
    a.value = rest - broadcast(factors, smaller, {0, 1}) * broadcast(tail, smaller, {0, 2});
  }
  return {convert(node.reshape(product, batch), element)};
}

void addDeterminant(Registry &r) { r.add("Det", 11, determinant); }

} // namespace dlc::onnx
