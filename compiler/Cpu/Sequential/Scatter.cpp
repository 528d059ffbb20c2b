// Writing by index (ScatterForm.h): x is copied, then the updates are applied one after the other.
//
//   put add x [V, C], i [T], u [T, C]:    result = x;  for t { for vector of c: result[i[t], c] +=
//   } put_along add x [B, N], i, u [B, K]:  for b (a part) { result[b] = x[b]; for k: ... }
//
// A dimension of x that is a loop alone keeps updates apart, so its values are the kernel's parts;
// the last loop is vectorised where the index does not change along it.
#include "Cpu/Sequential/Sequential.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace dlc;

namespace {
// How the loops are run.
struct Choice {
  /// The dimension of x whose values are parts (-1: none).
  int part = -1;
  bool isVector = false;
};

Choice chooseLoops(const ScatterForm &form, ArrayRef<int64_t> shape) {
  Choice choice;
  int last = static_cast<int>(form.extents.size()) - 1;
  choice.isVector = last >= 0 && form.target.back().loop == last &&
                    !llvm::is_contained(form.indexLoops, static_cast<unsigned>(last));
  for (auto [d, target] : llvm::enumerate(form.target))
    if (choice.part < 0 && target.symbol < 0 && shape[d] > 1 &&
        !(choice.isVector && target.loop == last))
      choice.part = d;
  return choice;
}

class ScatterEmitter {
public:
  ScatterEmitter(Body &body, ScatterOpInterface op)
      : body(body), x(op->getOperand(0)), indices(op->getOperand(1)), updates(op->getOperand(2)),
        form(op.scatterForm()), type(tensorType(x)), choice(chooseLoops(form, type.getShape())),
        result(buffersOf(body, op->getResult(0))[0]) {}

  void emit() {
    loops.assign(form.extents.size(), body.constant(0));
    if (choice.part < 0) {
      emitPart(body.constant(0));
      return;
    }
    body.loop({0, type.getDimSize(choice.part), body.begin, body.end}, 1, {},
              [&](AffineExpr i, ValueRange) {
                emitPart(i);
                return Values();
              });
  }

private:
  void emitPart(AffineExpr i) {
    copy(i);
    if (choice.part >= 0)
      loops[form.target[choice.part].loop] = i;
    nest(0);
  }

  // The elements of x that belong to the part.
  void copy(AffineExpr i) {
    ArrayRef<int64_t> shape = type.getShape();
    size_t part = std::max(choice.part, 0);
    ArrayRef<int64_t> outer = shape.take_front(choice.part < 0 ? 0 : part);
    ArrayRef<int64_t> inner = shape.drop_front(choice.part < 0 ? 0 : part + 1);
    int64_t count = ShapedType::getNumElements(inner);
    body.loop({0, ShapedType::getNumElements(outer), {}, {}}, 1, {}, [&](AffineExpr o, ValueRange) {
      Point before = pointOf(o, outer, body);
      if (choice.part >= 0)
        before.push_back(i);
      forVectors(body, count, type.getElementType(), [&](AffineExpr flat) {
        Point point = before;
        llvm::append_range(point, pointOf(flat, inner, body));
        copyElements(point);
      });
      return Values();
    });
  }

  void copyElements(ArrayRef<AffineExpr> point) {
    AffineExpr position = rowMajor(point, type.getShape(), body.b.getContext());
    auto argument = dyn_cast<BlockArgument>(x);
    body.store(result, position,
               argument ? body.load(body.operandBuffer(argument.getArgNumber()), position)
                        : body.toMemory(body.pull(x, point), type.getElementType()));
  }

  // The loops from `depth` on, of which the part's is open.
  void nest(size_t depth) {
    size_t end = form.extents.size() - (choice.isVector ? 1 : 0);
    if (depth == end)
      return update();
    if (choice.part >= 0 && form.target[choice.part].loop == static_cast<int>(depth))
      return nest(depth + 1);
    body.loop({0, form.extents[depth], {}, {}}, 1, {}, [&](AffineExpr i, ValueRange) {
      loops[depth] = i;
      nest(depth + 1);
      return Values();
    });
  }

  // The checked indices of the open loops, and where they lead.
  void update() {
    ArrayRef<int64_t> shape = type.getShape();
    bool isList = tensorType(indices).getRank() > static_cast<int64_t>(form.indexLoops.size());
    SmallVector<AffineExpr> places(shape.size());
    for (auto [d, target] : llvm::enumerate(form.target)) {
      places[d] = body.constant(0);
      if (target.symbol < 0)
        continue;
      Point point;
      for (unsigned loop : form.indexLoops)
        point.push_back(loops[loop]);
      if (isList)
        point.push_back(body.constant(target.symbol));
      places[d] = body.dataIndex(body.pull(indices, point), form.bound(d, shape));
    }
    if (type.getNumElements() == 0) // every index is an error, and there is nothing to write
      return;
    if (!choice.isVector)
      return write(places);
    forVectors(body, form.extents.back(), type.getElementType(), [&](AffineExpr j) {
      loops.back() = j;
      write(places);
    });
  }

  void write(ArrayRef<AffineExpr> places) {
    Point point;
    for (auto [place, target] : llvm::zip_equal(places, form.target))
      point.push_back(target.loop < 0 ? place : place + loops[target.loop]);
    Type element = type.getElementType();
    AffineExpr position = rowMajor(point, type.getShape(), body.b.getContext());
    Scalar value = body.pull(updates, loops);
    if (form.kind != PutKind::set) {
      Scalar old = body.toRegisters(body.load(result, position), element);
      if (isa<VectorType>(old.value.getType()))
        value = body.vectorOf(value);
      value = putElement(form.kind, old, value);
    }
    body.store(result, position, body.toMemory(value, element));
  }

  Body &body;
  Value x, indices, updates;
  ScatterForm form;
  RankedTensorType type;
  Choice choice;
  Value result;
  Point loops;
};
} // namespace

SequentialPlan dlc::planScatter(ScatterOpInterface op) {
  ScatterForm form = op.scatterForm();
  ArrayRef<int64_t> shape = tensorType(op->getOperand(0)).getShape();
  Choice choice = chooseLoops(form, shape);
  SequentialPlan plan;
  plan.count = choice.part < 0 ? 1 : shape[choice.part];
  plan.work = ShapedType::getNumElements(shape) + ShapedType::getNumElements(form.extents) * 4;
  return plan;
}

void dlc::emitScatter(Body &body, ScatterOpInterface op) { ScatterEmitter(body, op).emit(); }
