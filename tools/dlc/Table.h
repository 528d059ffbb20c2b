// A table of text with a frame, as terminals show it.
#pragma once

#include "llvm/Support/raw_ostream.h"
#include <string>
#include <vector>

namespace dlc::tool {

class Table {
public:
  struct Column {
    std::string title;
    bool right = false; // numbers stand right
  };
  explicit Table(std::vector<Column> columns) : columns(std::move(columns)) {}
  /// REQUIRES: one cell for each column.
  void add(std::vector<std::string> cells) { rows.push_back(std::move(cells)); }
  void print(llvm::raw_ostream &) const;

private:
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;
};

/// 1234567 as "1,234,567".
std::string grouped(int64_t);
/// "5.91 KB"
std::string bytesText(int64_t);

} // namespace dlc::tool
