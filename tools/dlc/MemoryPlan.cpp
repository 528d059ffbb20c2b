// A buffer is used where it, a view or a row of it, or what a loop makes of it, is.
#include "MemoryPlan.h"
#include "Core/Core.h"
#include "Core/Literal.h"
#include "Diagnostics/Diagnostics.h"
#include "Table.h"
#include "llvm/Support/Format.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::tool;

namespace {
struct Rectangle {
  int64_t first = 0, last = 0, offset = 0, bytes = 0;
  bool scratch = false;
  std::string title;
};

class PlanReader {
public:
  explicit PlanReader(func::FuncOp run) {
    run.walk<WalkOrder::PreOrder>([&](Operation *op) {
      if (isa<LaunchOp, CopyOp>(op))
        ++steps;
      position[op] = steps;
    });
    run.walk([&](BufferOp buffer) {
      if (buffer.getSpace() == BufferSpace::arena)
        add(buffer);
    });
  }

  int64_t steps = 0;
  std::vector<Rectangle> rectangles;

private:
  void add(BufferOp buffer) {
    Rectangle rectangle;
    auto type = cast<MemRefType>(buffer.getType());
    rectangle.offset = buffer.getOffset();
    rectangle.bytes = type.getNumElements() * elementBytes(type.getElementType());
    rectangle.first = steps + 1;
    follow(buffer.getResult(), rectangle);
    if (rectangle.bytes && rectangle.last)
      rectangles.push_back(std::move(rectangle));
  }

  void use(Operation *op, Rectangle &rectangle) {
    rectangle.first = std::min(rectangle.first, position[op]);
    rectangle.last = std::max(rectangle.last, position[op]);
    // In a loop it is used as long as the loop runs.
    for (Operation *at = op->getParentOp(); at && isa<scf::ForOp, scf::WhileOp>(at);
         at = at->getParentOp())
      at->walk([&](Operation *inner) {
        rectangle.first = std::min(rectangle.first, std::max<int64_t>(position[inner], 1));
        rectangle.last = std::max(rectangle.last, position[inner]);
      });
  }

  void follow(Value value, Rectangle &rectangle) {
    for (OpOperand &operand : value.getUses()) {
      Operation *user = operand.getOwner();
      if (isa<ViewOp, RowOp>(user)) {
        follow(user->getResult(0), rectangle);
        continue;
      }
      use(user, rectangle);
      auto launch = dyn_cast<LaunchOp>(user);
      if (!launch)
        continue;
      rectangle.scratch |= launch.getScratch() == value;
      if (rectangle.title.empty() || llvm::is_contained(launch.getOutputs(), value))
        rectangle.title = launch.getKernel().str();
    }
  }

  DenseMap<Operation *, int64_t> position;
};
} // namespace

std::string dlc::tool::escapedXml(StringRef text) {
  std::string result;
  for (char c : shown(text))
    result += c == '<'   ? "&lt;"
              : c == '>' ? "&gt;"
              : c == '&' ? "&amp;"
              : c == '"' ? "&quot;"
                         : std::string(1, c);
  return result;
}

std::string dlc::tool::escapedDot(StringRef text) {
  std::string result;
  for (char c : shown(text))
    result += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
  return result;
}

void dlc::tool::drawMemoryPlan(func::FuncOp run, int64_t arenaBytes, llvm::raw_ostream &out) {
  PlanReader plan(run);
  constexpr double width = 1000, height = 500, left = 90, top = 40;
  double step = width / static_cast<double>(std::max<int64_t>(plan.steps, 1));
  double scale = height / static_cast<double>(std::max<int64_t>(arenaBytes, 1));
  out << llvm::format("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %g %g\" "
                      "font-family=\"sans-serif\" font-size=\"12\">\n",
                      left + width + 20, top + height + 50);
  out << "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n";
  out << llvm::format("<text x=\"%g\" y=\"20\" font-size=\"15\">", left) << "arena "
      << bytesText(arenaBytes) << ", " << plan.rectangles.size() << " buffers, " << plan.steps
      << " launches</text>\n";
  for (const Rectangle &box : plan.rectangles) {
    double x = left + static_cast<double>(box.first - 1) * step;
    double y = top + height - static_cast<double>(box.offset + box.bytes) * scale;
    out << llvm::format("<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" ", x, y,
                        static_cast<double>(box.last - box.first + 1) * step,
                        static_cast<double>(box.bytes) * scale)
        << "fill=\"" << (box.scratch ? "#f0b27a" : "#7fb3d5")
        << "\" stroke=\"#34495e\" stroke-width=\"0.5\"><title>" << escapedXml(box.title)
        << (box.scratch ? " (scratch)" : "") << ": " << box.bytes << " bytes at " << box.offset
        << ", launches " << box.first << " to " << box.last << "</title></rect>\n";
  }
  out << llvm::format("<path d=\"M%g %g V%g H%g\" fill=\"none\" stroke=\"black\"/>\n", left, top,
                      top + height, left + width);
  out << llvm::format("<path d=\"M%g %g H%g\" stroke=\"#c0392b\" stroke-dasharray=\"6 4\"/>\n",
                      left, top, left + width);
  out << llvm::format("<text x=\"%g\" y=\"%g\" text-anchor=\"end\">", left - 6, top + 4)
      << bytesText(arenaBytes) << "</text>\n"
      << llvm::format("<text x=\"%g\" y=\"%g\" text-anchor=\"end\">0</text>\n", left - 6,
                      top + height)
      << llvm::format("<text x=\"%g\" y=\"%g\" text-anchor=\"end\">launch %lld</text>\n",
                      left + width, top + height + 18, static_cast<long long>(plan.steps))
      << llvm::format("<rect x=\"%g\" y=\"%g\" width=\"12\" height=\"12\" fill=\"#7fb3d5\"/>"
                      "<text x=\"%g\" y=\"%g\">values</text>\n",
                      left, top + height + 26, left + 18, top + height + 37)
      << llvm::format("<rect x=\"%g\" y=\"%g\" width=\"12\" height=\"12\" fill=\"#f0b27a\"/>"
                      "<text x=\"%g\" y=\"%g\">scratch</text>\n</svg>\n",
                      left + 80, top + height + 26, left + 98, top + height + 37);
}
