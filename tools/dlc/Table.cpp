// Widths count characters, not bytes: names of a model are UTF-8.
#include "Table.h"
#include "llvm/Support/Format.h"

using namespace dlc::tool;

static constexpr size_t widthMax = 48;

static size_t widthOf(const std::string &text) {
  size_t width = 0;
  for (unsigned char c : text)
    width += (c & 0xc0) != 0x80;
  return width;
}

// The middle of long names is left out.
static std::string shortened(const std::string &text) {
  if (widthOf(text) <= widthMax || text.size() != widthOf(text))
    return text;
  size_t half = (widthMax - 3) / 2;
  return text.substr(0, half) + "..." + text.substr(text.size() - half);
}

static void printPadded(llvm::raw_ostream &out, const std::string &text, size_t width, bool right) {
  size_t space = width - widthOf(text);
  out << (right ? std::string(space, ' ') : "") << text << (right ? "" : std::string(space, ' '));
}

void Table::print(llvm::raw_ostream &out) const {
  std::vector<size_t> widths;
  for (const Column &column : columns)
    widths.push_back(widthOf(column.title));
  for (const auto &row : rows)
    for (size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], widthOf(shortened(row[i])));
  auto rule = [&](const char *left, const char *line, const char *cross, const char *right) {
    for (size_t i = 0; i < widths.size(); ++i) {
      out << (i ? cross : left);
      for (size_t n = 0; n < widths[i] + 2; ++n)
        out << line;
    }
    out << right << "\n";
  };
  auto line = [&](const char *bar, auto cell) {
    for (size_t i = 0; i < widths.size(); ++i) {
      out << bar << ' ';
      printPadded(out, cell(i), widths[i], columns[i].right);
      out << ' ';
    }
    out << bar << "\n";
  };
  rule("┏", "━", "┳", "┓");
  line("┃", [&](size_t i) { return columns[i].title; });
  rule("┡", "━", "╇", "┩");
  for (const auto &row : rows)
    line("│", [&](size_t i) { return shortened(row[i]); });
  rule("└", "─", "┴", "┘");
}

std::string dlc::tool::grouped(int64_t number) {
  std::string text = std::to_string(number);
  size_t first = number < 0 ? 1 : 0;
  for (size_t at = text.size(); at > first + 3;)
    text.insert(at -= 3, ",");
  return text;
}

std::string dlc::tool::bytesText(int64_t bytes) {
  static const char *const units[] = {"B", "KB", "MB", "GB", "TB"};
  double value = static_cast<double>(bytes);
  size_t unit = 0;
  for (; value >= 1024 && unit + 1 < std::size(units); ++unit)
    value /= 1024;
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format(unit ? "%.2f " : "%.0f ", value) << units[unit];
  return text;
}
