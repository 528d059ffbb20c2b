#include "tests/Gate/Inspection.h"
#include "Cpu/Lower/ObjectFile.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/MC/MCAsmInfo.h"
#include "llvm/MC/MCContext.h"
#include "llvm/MC/MCDisassembler/MCDisassembler.h"
#include "llvm/MC/MCInst.h"
#include "llvm/MC/MCInstPrinter.h"
#include "llvm/MC/MCInstrAnalysis.h"
#include "llvm/MC/MCInstrInfo.h"
#include "llvm/MC/MCRegisterInfo.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/MCTargetOptions.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Object/ObjectFile.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace dlc;
using namespace dlc::gate;

namespace {
struct CodeLine {
  uint64_t address = 0, target = 0;
  bool isBranch = false;
  std::string text, name;
  SmallVector<std::string, 4> operands;

  StringRef destination() const { return operands.empty() ? "" : StringRef(operands.back()); }
};
using Code = std::vector<CodeLine>;
} // namespace

// ---------------------------------------------------------------- reading

// `vaddps (%rax,%rcx), %zmm0, %zmm1` as a name and operands.
static void split(CodeLine &instruction) {
  auto [name, rest] = StringRef(instruction.text).trim().split('\t');
  if (rest.empty())
    std::tie(name, rest) = StringRef(instruction.text).trim().split(' ');
  instruction.name = name.trim().str();
  int depth = 0;
  std::string operand;
  auto end = [&] {
    if (StringRef trimmed = StringRef(operand).trim(); !trimmed.empty())
      instruction.operands.push_back(trimmed.str());
    operand.clear();
  };
  for (char c : rest) {
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    if (c == ',' && depth == 0)
      end();
    else
      operand += c;
  }
  end();
}

static std::vector<Code> disassemble(ArrayRef<char> bytes, const Machine &machine,
                                     std::string &error) {
  InitializeAllDisassemblers();
  Triple triple(machine.triple);
  const Target *target = TargetRegistry::lookupTarget(triple, error);
  std::vector<Code> sections;
  if (!target)
    return sections;
  std::unique_ptr<MCRegisterInfo> registers(target->createMCRegInfo(triple));
  MCTargetOptions options;
  std::unique_ptr<MCAsmInfo> assembly(target->createMCAsmInfo(*registers, triple, options));
  std::unique_ptr<MCSubtargetInfo> subtarget(
      target->createMCSubtargetInfo(triple, machine.cpu, machine.features));
  std::unique_ptr<MCInstrInfo> instructions(target->createMCInstrInfo());
  MCContext context(triple, assembly.get(), registers.get(), subtarget.get());
  std::unique_ptr<MCDisassembler> disassembler(target->createMCDisassembler(*subtarget, context));
  std::unique_ptr<MCInstPrinter> printer(
      target->createMCInstPrinter(triple, 0, *assembly, *instructions, *registers));
  std::unique_ptr<MCInstrAnalysis> analysis(target->createMCInstrAnalysis(instructions.get()));
  StringRef buffer(bytes.data(), bytes.size());
  auto file = cantFail(object::ObjectFile::createObjectFile(MemoryBufferRef(buffer, "kernel")));
  for (const object::SectionRef &section : file->sections()) {
    if (!section.isText() || section.getSize() == 0)
      continue;
    StringRef contents = cantFail(section.getContents());
    ArrayRef<uint8_t> code(reinterpret_cast<const uint8_t *>(contents.data()), contents.size());
    Code &list = sections.emplace_back();
    for (uint64_t at = 0, size = 1; at < code.size(); at += size) {
      MCInst inst;
      if (disassembler->getInstruction(inst, size, code.slice(at), at, nulls()) !=
          MCDisassembler::Success) {
        size = std::max<uint64_t>(size, 1);
        continue; // padding between functions
      }
      CodeLine &instruction = list.emplace_back();
      instruction.address = at;
      instruction.isBranch =
          analysis->isBranch(inst) && analysis->evaluateBranch(inst, at, size, instruction.target);
      raw_string_ostream stream(instruction.text);
      printer->printInst(&inst, at, "", *subtarget, stream);
      split(instruction);
    }
  }
  return sections;
}

// ---------------------------------------------------------------- kinds of instructions

static bool isMemory(StringRef operand) { return operand.contains('('); }
static bool isVectorRegister(StringRef operand) {
  return operand.starts_with("%xmm") || operand.starts_with("%ymm") || operand.starts_with("%zmm");
}
// rax, eax, ax and al are one register; empty for anything but a general register.
static std::string generalRegister(StringRef operand) {
  if (!operand.consume_front("%") || operand.contains("mm") || operand.starts_with("k") ||
      operand.starts_with("rip"))
    return "";
  if (operand.size() > 1 && operand[0] == 'r' && isDigit(operand[1]))
    return operand.take_while([](char c) { return c == 'r' || isDigit(c); }).str();
  for (StringRef name : {"ax", "bx", "cx", "dx", "si", "di", "bp", "sp"})
    if (operand.contains(name) ||
        (name[1] == 'x' && operand.size() == 2 && operand[0] == name[0] &&
         (operand[1] == 'l' || operand[1] == 'h')) ||
        (name[1] != 'x' && operand == (name + "l").str()))
      return name.str();
  return "";
}

static bool startsWithAny(StringRef name, std::initializer_list<StringRef> prefixes) {
  return any_of(prefixes, [&](StringRef p) { return name.starts_with(p); });
}

static bool isScalarFloat(StringRef name) {
  name.consume_front("v");
  if (startsWithAny(name, {"mov", "p", "broadcast", "insert", "extract", "comp"}))
    return false;
  return name.ends_with("ss") || name.ends_with("sd") || name.ends_with("sh") ||
         startsWithAny(name, {"cvtsi2", "cvtss2", "cvtsd2", "cvttss2", "cvttsd2", "cvtusi2"});
}

static bool isVectorArithmetic(const CodeLine &i) {
  if (none_of(i.operands, [](StringRef o) { return isVectorRegister(o); }))
    return false;
  StringRef name(i.name);
  name.consume_front("v");
  return !startsWithAny(
      name, {"mov",       "broadcast", "pbroadcast", "shuf",    "pshuf",    "perm",     "unpck",
             "punpck",    "insert",    "extract",    "pinsr",   "pextr",    "alignr",   "palignr",
             "align",     "gather",    "pgather",    "scatter", "pscatter", "compress", "expand",
             "pcompress", "pexpand",   "zero",       "pmov",    "pack"});
}

static bool isGeneralArithmetic(const CodeLine &i) {
  // Adding a constant is what counters do.
  if (startsWithAny(i.name, {"add", "sub"}) && !i.operands.empty() &&
      StringRef(i.operands.front()).starts_with("$"))
    return false;
  return startsWithAny(i.name, {"add", "sub", "imul", "mul", "and", "or", "xor", "not", "neg", "sh",
                                "sar", "sal", "div", "idiv", "ro", "set", "cmov", "adc", "sbb"}) &&
         !generalRegister(i.destination()).empty() &&
         none_of(i.operands, [](StringRef o) { return isVectorRegister(o); });
}

// ---------------------------------------------------------------- addresses and elements

// General registers by their short name, vector registers by number.
static std::string registerName(StringRef operand) {
  if (isVectorRegister(operand))
    return "v" + operand.drop_front(4).take_while(isDigit).str();
  return generalRegister(operand);
}

// The registers in the parentheses of a memory operand.
static SmallVector<std::string> addressOf(StringRef operand) {
  SmallVector<std::string> result;
  SmallVector<StringRef> parts;
  operand.split('(').second.take_until([](char c) { return c == ')'; }).split(parts, ',');
  for (StringRef part : parts)
    if (std::string name = registerName(part.trim()); !name.empty())
      result.push_back(name);
  return result;
}

static bool isStackSlot(StringRef operand) {
  return operand.contains("%rsp") || operand.contains("%rbp");
}

namespace {
/// What the result of an instruction is for.
struct Purpose {
  bool address = false, element = false;
};
} // namespace

// Walks the loop backward, twice, so that what is needed by its next round is known: registers in
// memory operands are wanted as addresses, those that are stored as elements, and so is all that
// they are made of.
static std::vector<Purpose> purposesOf(ArrayRef<CodeLine> loop) {
  std::vector<Purpose> purposes(loop.size());
  StringSet<> addresses, elements;
  for (int round = 0; round < 2; ++round)
    for (size_t n = loop.size(); n-- > 0;) {
      const CodeLine &i = loop[n];
      if (i.operands.empty() || i.isBranch)
        continue;
      std::string to = registerName(i.destination());
      bool compares = startsWithAny(i.name, {"cmp", "test", "ucomi", "vucomi", "comi"});
      Purpose purpose;
      if (isMemory(i.destination()) && !compares)
        purpose.element = !isStackSlot(i.destination());
      else if (!compares)
        purpose = {addresses.contains(to), elements.contains(to)};
      purposes[n] = purpose;
      // What is overwritten was not wanted before; with two operands it is read as well.
      bool isMove = startsWithAny(i.name, {"mov", "vmov", "lea", "vbroadcast", "vpbroadcast"});
      if (!to.empty() && !compares && (isMove || i.operands.size() > 2)) {
        addresses.erase(to);
        elements.erase(to);
      }
      for (StringRef operand : i.operands) {
        if (isMemory(operand)) {
          for (const std::string &name : addressOf(operand))
            addresses.insert(name);
          continue;
        }
        std::string name = registerName(operand);
        if (name.empty() || (operand.data() == i.operands.back().data()))
          continue;
        if (purpose.address)
          addresses.insert(name);
        if (purpose.element)
          elements.insert(name);
      }
    }
  return purposes;
}

// Marks arithmetic in general registers on loaded elements whose results are no addresses: sums
// that are stored after the loop.
static void markLoaded(ArrayRef<CodeLine> loop, std::vector<Purpose> &purposes) {
  StringSet<> loaded;
  for (auto [n, i] : enumerate(loop)) {
    std::string to = generalRegister(i.destination());
    if (to.empty() || startsWithAny(i.name, {"cmp", "test", "lea", "set"}))
      continue;
    bool reads = any_of(ArrayRef(i.operands).drop_back(), [&](StringRef o) {
      return isMemory(o) ? !isStackSlot(o) : loaded.contains(generalRegister(o));
    });
    if (isGeneralArithmetic(i)) {
      if ((reads || loaded.contains(to)) && !purposes[n].address) {
        purposes[n].element = true;
        loaded.insert(to);
      }
    } else if (startsWithAny(i.name, {"mov"})) {
      reads ? (void)loaded.insert(to) : (void)loaded.erase(to);
    }
  }
}

// ---------------------------------------------------------------- loops

static void countLoop(ArrayRef<CodeLine> loop, Inspection &inspection) {
  std::vector<Purpose> purposes = purposesOf(loop);
  markLoaded(loop, purposes);
  ++inspection.loops;
  for (auto [i, purpose] : zip_equal(loop, purposes)) {
    bool isAddress = purpose.address && !purpose.element;
    if (isScalarFloat(i.name) || (isGeneralArithmetic(i) && purpose.element && !purpose.address)) {
      ++inspection.scalar;
      inspection.scalarText.push_back(StringRef(i.text).trim().str());
    } else if (isVectorArithmetic(i) && !isAddress) {
      ++inspection.vector;
    }
  }
}

Inspection dlc::gate::inspect(ArrayRef<char> object, const Machine &machine) {
  Inspection inspection;
  inspection.undefined = forbiddenSymbols(object);
  for (const Code &code : disassemble(object, machine, inspection.error)) {
    std::vector<std::pair<uint64_t, uint64_t>> spans;
    for (const CodeLine &i : code)
      if (i.isBranch && i.target <= i.address)
        spans.push_back({i.target, i.address});
    for (auto [from, to] : spans) {
      bool isInnermost = none_of(spans, [&, from = from, to = to](auto &other) {
        return other != std::pair(from, to) && other.first >= from && other.second <= to;
      });
      if (!isInnermost)
        continue;
      auto first =
          lower_bound(code, from, [](const CodeLine &i, uint64_t a) { return i.address < a; });
      auto last = std::upper_bound(code.begin(), code.end(), to,
                                   [](uint64_t a, const CodeLine &i) { return a < i.address; });
      countLoop(ArrayRef(&*first, static_cast<size_t>(last - first)), inspection);
    }
  }
  return inspection;
}
