// The signature of a program over buffers, and what a tensor looks like in memory.
#include "Graph/BufferProgram.h"
#include "Passes.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace dlc;

MemRefType dlc::bufferType(Type tensor) {
  auto type = cast<RankedTensorType>(tensor);
  return MemRefType::get(type.getShape(), type.getElementType());
}

int64_t dlc::alignedBytes(MemRefType type) {
  Type element = type.getElementType();
  int64_t bytes = element.isSignlessInteger(8) ? 1 : elementBytes(element);
  return llvm::alignTo(type.getNumElements() * bytes, 64);
}

func::FuncOp dlc::createRunFunction(func::FuncOp main) {
  OpBuilder b(main);
  SmallVector<Type> types;
  for (Type type : main.getArgumentTypes())
    types.push_back(bufferType(type));
  for (Type type : main.getResultTypes())
    types.push_back(bufferType(type));
  auto run = func::FuncOp::create(b, main.getLoc(), "run", b.getFunctionType(types, {}));
  for (unsigned i = 0; i < main.getNumArguments(); ++i)
    if (DictionaryAttr attributes = main.getArgAttrDict(i))
      run.setArgAttrs(i, attributes);
  for (unsigned i = 0; i < main.getNumResults(); ++i) {
    NamedAttrList attributes(main.getResultAttrDict(i));
    attributes.set("dlc.output", b.getUnitAttr());
    run.setArgAttrs(main.getNumArguments() + i, attributes.getDictionary(b.getContext()));
  }
  run.addEntryBlock();
  return run;
}
