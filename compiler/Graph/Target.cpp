// The plan of a kernel as an attribute, and targets by name.
#include "Graph/Target.h"

using namespace mlir;
using namespace dlc;

DictionaryAttr KernelPlan::attribute(MLIRContext *context) const {
  Builder b(context);
  NamedAttrList fields;
  fields.append("class", b.getStringAttr(kernelClass));
  fields.append("count", b.getI64IntegerAttr(count));
  fields.append("work", b.getI64IntegerAttr(work));
  fields.append("bytes", b.getI64IntegerAttr(bytes));
  if (scratchBytes)
    fields.append("scratch_bytes", b.getI64IntegerAttr(scratchBytes));
  if (!packed.empty())
    fields.append("packed", b.getDenseI64ArrayAttr(packed));
  if (choices && !choices.empty())
    fields.append("choices", choices);
  return fields.getDictionary(context);
}

KernelPlan KernelPlan::from(func::FuncOp kernel) {
  KernelPlan plan;
  auto fields = kernel->getAttrOfType<DictionaryAttr>(planName);
  if (!fields)
    return plan;
  auto number = [&](StringRef name, int64_t otherwise) {
    auto value = fields.getAs<IntegerAttr>(name);
    return value ? value.getInt() : otherwise;
  };
  if (auto name = fields.getAs<StringAttr>("class"))
    plan.kernelClass = name.str();
  plan.count = number("count", 1);
  plan.work = number("work", 0);
  plan.bytes = number("bytes", 0);
  plan.scratchBytes = number("scratch_bytes", 0);
  if (auto packed = fields.getAs<DenseI64ArrayAttr>("packed"))
    llvm::append_range(plan.packed, packed.asArrayRef());
  plan.choices = fields.getAs<DictionaryAttr>("choices");
  return plan;
}

// ---------------------------------------------------------------- targets by name
using Creator = std::function<std::unique_ptr<Target>()>;
static std::map<std::string, Creator> &targets() {
  static std::map<std::string, Creator> map{{"reference", createReferenceTarget}};
  return map;
}

void dlc::registerTarget(StringRef name, Creator create) {
  targets()[name.str()] = std::move(create);
}

std::unique_ptr<Target> dlc::createTarget(StringRef name, std::string &known) {
  auto found = targets().find(name.str());
  if (found != targets().end())
    return found->second();
  for (const auto &[other, create] : targets())
    known += (known.empty() ? "" : ", ") + other;
  return nullptr;
}

// ---------------------------------------------------------------- the reference target
namespace {
class ReferenceTarget : public Target {
  bool accepts(func::FuncOp kernel) const override {
    int64_t anchors = 0;
    kernel.walk([&](Operation *op) {
      anchors += op->hasTrait<ContractionOp>() || op->hasTrait<WindowOp>();
    });
    return anchors <= 1;
  }
  KernelPlan plan(func::FuncOp kernel) const override {
    KernelPlan plan;
    plan.kernelClass = "reference";
    return plan;
  }
  Value buildPacked(ImplicitLocOpBuilder &, Value operand, const KernelPlan &,
                    unsigned) const override {
    return operand;
  }
  Value buildUnpacked(ImplicitLocOpBuilder &, Value packed, RankedTensorType, const KernelPlan &,
                      unsigned) const override {
    return packed;
  }
  FailureOr<KernelObject> compile(func::FuncOp kernel) const override {
    return kernel.emitError("the reference target makes no code");
  }
};
} // namespace

std::unique_ptr<Target> dlc::createReferenceTarget() { return std::make_unique<ReferenceTarget>(); }
