// The only list of passes. A pass's command name is its file's name.
#ifndef DLC_PASSES
#define DLC_PASSES

include "mlir/Pass/PassBase.td"

def Raise : Pass<"raise", "::mlir::ModuleOp"> {
  let summary = "recognise composites in the primitives that exporters write";
  let dependentDialects = ["::dlc::DlcDialect"];
}

def Fold : Pass<"fold", "::mlir::ModuleOp"> {
  let summary = "compute what is known, merge what is equal, drop what is dead";
  let dependentDialects = ["::dlc::DlcDialect"];
  let options = [
    Option<"exact", "exact", "bool", "false", "only what changes no bit of a result (--math=strict)">,
  ];
}

def Layout : Pass<"layout", "::mlir::ModuleOp"> {
  let summary = "put channels last in convolutions and windows, and cancel transposes";
  let dependentDialects = ["::dlc::DlcDialect"];
}

def ResolveExtents : Pass<"resolve-extents", "::mlir::ModuleOp"> {
  let summary = "find the extents of tensors whose size depends on data";
  let dependentDialects = ["::dlc::DlcDialect"];
}

def FormKernels : Pass<"form-kernels", "::mlir::ModuleOp"> {
  let summary = "cut the program into kernels and ask the target how each is run";
  let dependentDialects = ["::dlc::DlcDialect"];
  let options = [
    Option<"target", "target", "std::string", "\"reference\"", "the target that is asked (Graph/Target.h)">,
    Option<"fuse", "fuse", "bool", "true", "kernels of several ops; else each op is one">,
  ];
}

def PlanMemory : Pass<"plan-memory", "::mlir::ModuleOp"> {
  let summary = "give every value its place: from a program on tensors to one over buffers";
  let dependentDialects = ["::dlc::DlcDialect", "::mlir::scf::SCFDialect", "::mlir::memref::MemRefDialect",
                           "::mlir::arith::ArithDialect"];
  let options = [
    Option<"slots", "slots", "int64_t", "16", "slots that have scratch of their own (--max-threads)">,
    Option<"poison", "poison", "bool", "false", "leave 64 bytes after every buffer">,
  ];
}

#endif
