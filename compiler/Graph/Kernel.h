// A kernel as a function: built from a set of ops, named by what it does, recognised when it occurs
// again.
#pragma once

#include "Core/Core.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace dlc {

/// Ops that are cloned into every kernel that reads them, rather than computed once: they have no
/// operands, or make many elements of few (broadcast), or are a view (reshape).
bool isConstantLike(mlir::Operation *);
bool isSpread(mlir::Operation *);
bool isView(mlir::Operation *);
inline bool isFree(mlir::Operation *op) { return isConstantLike(op) || isSpread(op) || isView(op); }
/// Ops that stay in the program between kernels: region ops, weights, extents, terminators.
bool staysInProgram(mlir::Operation *);

/// A function that computes what is read of `ops` outside of it, and where its operands and results
/// lie in the program.
struct KernelCandidate {
  mlir::OwningOpRef<mlir::func::FuncOp> function;
  llvm::SmallVector<mlir::Value> operands, results;
};

/// `ops`: in the order of the program, without free ops, which are cloned in as they are needed.
/// Composites are decomposed in the function.
KernelCandidate buildKernel(llvm::ArrayRef<mlir::Operation *> ops);

/// `conv3x3_add_relu`: the ops without the free ones, the first few.
std::string kernelStem(llvm::ArrayRef<mlir::Operation *> ops);

/// The names of the model's nodes in the ops' locations, each once.
mlir::ArrayAttr nodesOf(llvm::ArrayRef<mlir::Operation *> ops);

/// Pairs (result, operand) that may share a buffer: every op between them works element by element,
/// and so does the rest of the kernel, so that an element is read before its place is written.
llvm::SmallVector<std::pair<int64_t, int64_t>> aliasPairs(mlir::func::FuncOp kernel);

/// The kernels of a module: equal ones (text, attributes) get one symbol.
class KernelTable {
public:
  explicit KernelTable(mlir::ModuleOp module) : module(module), symbols(module) {}
  /// Moves `kernel` into the module, or drops it when its equal is there. Returns the symbol.
  mlir::FlatSymbolRefAttr insert(mlir::OwningOpRef<mlir::func::FuncOp> kernel,
                                 llvm::StringRef stem);

private:
  mlir::ModuleOp module;
  mlir::SymbolTable symbols;
  llvm::StringMap<mlir::FlatSymbolRefAttr> known;
};

} // namespace dlc
