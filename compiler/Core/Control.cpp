// Control flow: what the types of regions, operands and results must be to each other.
#include "Core/Core.h"

using namespace mlir;
using namespace dlc;

// The implicit terminator of a region without results.
void ReturnOp::build(OpBuilder &, OperationState &) {}

// Whether `types`, which are called `what`, are just `expected`.
static LogicalResult verifyTypes(Operation *op, StringRef what, TypeRange types,
                                 ArrayRef<Type> expected) {
  if (types.size() != expected.size())
    return op->emitOpError("needs ") << expected.size() << " " << what << ", not " << types.size();
  for (auto [i, type, wanted] : llvm::enumerate(types, expected))
    if (type != wanted)
      return op->emitOpError("needs ")
             << what << " " << i << " of type " << wanted << ", not " << type;
  return success();
}

// A scalar bool decides.
static LogicalResult verifyCondition(Operation *op, Value condition) {
  if (tensorType(condition).getNumElements() != 1)
    return op->emitOpError("needs a condition of one element, not ") << condition.getType();
  return success();
}

static TypeRange returnedTypes(Region &region) {
  return region.front().getTerminator()->getOperandTypes();
}

LogicalResult IfOp::verify() {
  SmallVector<Type> types(getResultTypes());
  if (failed(verifyCondition(*this, getCondition())))
    return failure();
  for (Region *branch : {&getThen(), &getElse()})
    if (failed(verifyTypes(*this, "branch argument", branch->getArgumentTypes(), {})) ||
        failed(verifyTypes(*this, "branch result", returnedTypes(*branch), types)))
      return failure();
  return success();
}

// A sequence's row, or nothing where the type has no leading dimension of extent `length`.
static Type rowType(Type type, int64_t length) {
  auto tensor = cast<RankedTensorType>(type);
  if (tensor.getRank() == 0 || tensor.getDimSize(0) != length || tensor.getEncoding())
    return {};
  return RankedTensorType::get(tensor.getShape().drop_front(), tensor.getElementType());
}

// Appends the row of each type in `sequences`.
static LogicalResult appendRows(Operation *op, StringRef what, TypeRange sequences, int64_t length,
                                SmallVectorImpl<Type> &rows) {
  for (Type type : sequences) {
    Type row = rowType(type, length);
    if (!row)
      return op->emitOpError("needs ") << what << " with " << length << " rows, not " << type;
    rows.push_back(row);
  }
  return success();
}

LogicalResult ScanOp::verify() {
  int64_t length = getLength();
  size_t carried = getInitial().size();
  if (length < 0)
    return emitOpError("needs a length of 0 or more, not ") << length;
  if (getNumResults() < carried)
    return emitOpError("needs a result per carried value, ")
           << carried << ", not " << getNumResults();
  TypeRange results = getResultTypes();
  SmallVector<Type> state(getInitial().getTypes()), arguments = state, returned = state;
  if (failed(appendRows(*this, "sequences", getSequences().getTypes(), length, arguments)) ||
      failed(appendRows(*this, "stacked results", results.drop_front(carried), length, returned)) ||
      failed(verifyTypes(*this, "carried result", results.take_front(carried), state)) ||
      failed(verifyTypes(*this, "body argument", getBody().getArgumentTypes(), arguments)) ||
      failed(verifyTypes(*this, "body result", returnedTypes(getBody()), returned)))
    return failure();
  if (getReverseInputs().size() != getSequences().size())
    return emitOpError("needs a direction per sequence, ")
           << getSequences().size() << ", not " << getReverseInputs().size();
  if (getReverseOutputs().size() != getNumResults() - carried)
    return emitOpError("needs a direction per stacked result, ")
           << getNumResults() - carried << ", not " << getReverseOutputs().size();
  return success();
}

LogicalResult WhileOp::verify() {
  if (static_cast<int64_t>(getLimit()) < 0)
    return emitOpError("needs a limit of 0 or more, not ") << static_cast<int64_t>(getLimit());
  SmallVector<Type> state(getInitial().getTypes());
  SmallVector<Type> arguments{
      RankedTensorType::get({}, IntegerType::get(getContext(), 64, IntegerType::Signed))};
  SmallVector<Type> returned{RankedTensorType::get({}, IntegerType::get(getContext(), 1))};
  llvm::append_range(arguments, state);
  llvm::append_range(returned, state);
  if (failed(verifyCondition(*this, getCondition())) ||
      failed(verifyTypes(*this, "result", getResultTypes(), state)) ||
      failed(verifyTypes(*this, "body argument", getBody().getArgumentTypes(), arguments)) ||
      failed(verifyTypes(*this, "body result", returnedTypes(getBody()), returned)))
    return failure();
  return success();
}
