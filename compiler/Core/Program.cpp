// Calls of kernels: the symbol must name a function that takes and gives just these values; and
// planned buffers: their places and views.
#include "Core/Core.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

using namespace mlir;
using namespace dlc;

// The kernel that a call names; an error where there is none.
static FailureOr<FunctionOpInterface> kernelOf(Operation *op, FlatSymbolRefAttr symbol,
                                               SymbolTableCollection &symbols) {
  auto kernel = symbols.lookupNearestSymbolFrom<FunctionOpInterface>(op, symbol);
  if (!kernel)
    return op->emitOpError("no kernel is called ") << symbol;
  return kernel;
}

static LogicalResult verifyTypes(Operation *op, StringRef what, TypeRange found,
                                 ArrayRef<Type> declared) {
  if (found.size() != declared.size())
    return op->emitOpError("needs ") << declared.size() << " " << what << "s, not " << found.size();
  for (auto [i, type, wanted] : llvm::enumerate(found, declared))
    if (type != wanted)
      return op->emitOpError("needs ")
             << what << " " << i << " of type " << wanted << ", not " << type;
  return success();
}

LogicalResult CallOp::verifySymbolUses(SymbolTableCollection &symbols) {
  FailureOr<FunctionOpInterface> kernel = kernelOf(*this, getKernelAttr(), symbols);
  if (failed(kernel) ||
      failed(verifyTypes(*this, "operand", (*this)->getOperandTypes(), kernel->getArgumentTypes())))
    return failure();
  return verifyTypes(*this, "result", (*this)->getResultTypes(), kernel->getResultTypes());
}

// A memref holds a tensor when it has room for just its elements; what the elements look like in
// memory is the target's matter.
static LogicalResult verifyBuffers(Operation *op, StringRef what, ValueRange buffers,
                                   ArrayRef<Type> tensors) {
  if (buffers.size() != tensors.size())
    return op->emitOpError("needs ")
           << tensors.size() << " " << what << "s, not " << buffers.size();
  for (auto [i, buffer, type] : llvm::enumerate(buffers, tensors)) {
    auto memory = dyn_cast<MemRefType>(buffer.getType());
    auto tensor = dyn_cast<RankedTensorType>(type);
    if (memory && tensor && memory.hasStaticShape() &&
        memory.getNumElements() != tensor.getNumElements())
      return op->emitOpError("needs ")
             << what << " " << i << " with room for " << tensor << ", not " << memory;
  }
  return success();
}

LogicalResult LaunchOp::verifySymbolUses(SymbolTableCollection &symbols) {
  FailureOr<FunctionOpInterface> kernel = kernelOf(*this, getKernelAttr(), symbols);
  if (failed(kernel))
    return failure();
  // A kernel that is lowered already takes what its code needs.
  if (!llvm::all_of(kernel->getArgumentTypes(), llvm::IsaPred<RankedTensorType>))
    return success();
  if (failed(verifyBuffers(*this, "input", getInputs(), kernel->getArgumentTypes())))
    return failure();
  return verifyBuffers(*this, "output", getOutputs(), kernel->getResultTypes());
}

// ---------------------------------------------------------------- buffers
LogicalResult BufferOp::verify() {
  auto offset = static_cast<int64_t>(getOffset());
  if (offset < 0 || offset % 64 != 0)
    return emitOpError("needs an offset that is a multiple of 64, not ") << offset;
  return success();
}

LogicalResult ViewOp::verify() {
  auto from = cast<MemRefType>(getBuffer().getType()), to = cast<MemRefType>(getType());
  if (from.getElementType() != to.getElementType() || from.getNumElements() != to.getNumElements())
    return emitOpError("needs as many elements of the same type, not ") << from << " and " << to;
  return success();
}

LogicalResult RowOp::verify() {
  auto from = cast<MemRefType>(getBuffer().getType()), to = cast<MemRefType>(getType());
  if (from.getRank() == 0 || from.getElementType() != to.getElementType() ||
      from.getShape().drop_front() != to.getShape())
    return emitOpError("needs a row of ") << from << ", not " << to;
  return success();
}
