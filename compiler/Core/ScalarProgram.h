// A scalar body as a list of instructions over numbered cells, so that the interpreter evaluates it
// millions of times without walking IR. It knows the scalar ops of arith and math that Scalar.h
// builds, and no core op.
#pragma once

#include "Core/Cell.h"
#include "Core/ReferenceForm.h"
#include "mlir/IR/Block.h"

namespace dlc {

class ScalarProgram {
public:
  /// Translates the ops between the block's arguments and `results`. Fails with an error at an op
  /// it does not know. With `wide`, f32 arithmetic is carried out in double: accumulators of
  /// reductions lose nothing before the end.
  static mlir::FailureOr<ScalarProgram> build(mlir::Block &, llvm::ArrayRef<mlir::Value> results,
                                              bool wide);

  unsigned argumentCount() const { return arguments; }
  /// `cells` has room for cellCount(); its first argumentCount() cells are the arguments.
  void run(Cell *cells) const;
  unsigned cellCount() const { return constants.size(); }
  /// Cells before the first run: the constants in place.
  llvm::ArrayRef<Cell> initialCells() const { return constants; }
  llvm::ArrayRef<unsigned> results() const { return resultCells; }

private:
  struct Instruction {
    void (*evaluate)(const Instruction &, Cell *);
    unsigned to = 0, a = 0, b = 0, c = 0;
    unsigned width = 64; // bits of an integer operand or result
    int kind = 0;        // predicate, or width of the result
    bool isSingle = false;
    double (*function)(double) = nullptr;
  };
  friend struct ScalarProgramBuilder;

  unsigned arguments = 0;
  llvm::SmallVector<Cell> constants;
  llvm::SmallVector<unsigned> resultCells;
  std::vector<Instruction> instructions;
};

} // namespace dlc
