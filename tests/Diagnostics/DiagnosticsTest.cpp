#include "Diagnostics/Diagnostics.h"
#include <gtest/gtest.h>

using namespace dlc;

static std::string printed(const Diagnostics &diagnostics) {
  std::string text;
  llvm::raw_string_ostream out(text);
  diagnostics.print(out);
  return text;
}

TEST(Diagnostics, SaysTheUsualRepairOfACodeOnceBelowItsLastDiagnostic) {
  Diagnostics diagnostics;
  diagnostics.report(Code::TensorUnnamed).at("graph");
  diagnostics.report(Code::AttributeDuplicate).at("node 'x'").repair("keep the first");
  diagnostics.report(Code::TensorUnnamed).at("subgraph");
  EXPECT_EQ(printed(diagnostics), "error[E0224]: graph: an initializer has no name\n"
                                  "error[E0213]: node 'x': an attribute is given twice\n"
                                  "  repair: keep the first\n"
                                  "error[E0224]: subgraph: an initializer has no name\n"
                                  "  repair: name every initializer\n");
}

TEST(Diagnostics, KeepsNotesBeyondTheLimit) {
  Diagnostics diagnostics;
  for (size_t i = 0; i < Diagnostics::limit + 5; ++i)
    diagnostics.report(Code::Cycle).at(std::to_string(i));
  Diagnostic note;
  note.severity = Severity::Note;
  note.message = "in all 105";
  diagnostics.add(note);
  EXPECT_NE(printed(diagnostics).find("in all 105"), std::string::npos);
}

TEST(Diagnostics, PrintsCodeFilePlaceExpectedAndFound) {
  Diagnostics diagnostics("m.onnx");
  diagnostics.report(Code::ShapeMismatch)
      .at("node 'x' (Conv, opset 11)")
      .expected("8")
      .found("9")
      .repair("export again");
  EXPECT_EQ(printed(diagnostics), "error[E0203]: m.onnx: node 'x' (Conv, opset 11): shapes do not "
                                  "match: expected 8, found 9\n  repair: export again\n");
}

TEST(Diagnostics, KeepsEqualOnesOnce) {
  Diagnostics diagnostics;
  for (int i = 0; i < 3; ++i)
    diagnostics.report(Code::NoGraph);
  EXPECT_EQ(diagnostics.all().size(), 1u);
}

TEST(Diagnostics, CountsBeyondTheLimit) {
  Diagnostics diagnostics;
  for (int i = 0; i < 105; ++i)
    diagnostics.report(Code::ValueUndefined, "value " + llvm::Twine(i));
  EXPECT_EQ(diagnostics.all().size(), Diagnostics::limit);
  EXPECT_EQ(diagnostics.suppressedCount(), 5u);
  EXPECT_NE(printed(diagnostics).find("5 more"), std::string::npos);
}

TEST(Diagnostics, UnsupportedAloneExitsWithFour) {
  Diagnostics diagnostics;
  diagnostics.report(Code::OperatorUnsupported);
  EXPECT_EQ(diagnostics.exitCode(), 4);
}

TEST(Diagnostics, FaultOfTheModelOutranksUnsupported) {
  Diagnostics diagnostics;
  diagnostics.report(Code::OperatorUnsupported);
  diagnostics.report(Code::Cycle);
  EXPECT_EQ(diagnostics.exitCode(), 1);
}

TEST(Diagnostics, FileErrorsExitWithThree) {
  Diagnostics diagnostics;
  diagnostics.report(Code::ExternalNotFound);
  EXPECT_EQ(diagnostics.exitCode(), 3);
}

TEST(Diagnostics, WarningsDoNotFail) {
  Diagnostics diagnostics;
  diagnostics.warn(Code::DimensionUnbound);
  EXPECT_FALSE(diagnostics.hasErrors());
  EXPECT_EQ(diagnostics.exitCode(), 0);
}

TEST(Diagnostics, AppendKeepsTheOtherFile) {
  Diagnostics all("a"), part("b");
  part.report(Code::NoGraph);
  all.append(part);
  EXPECT_EQ(printed(all),
            "error[E0110]: b: the file holds no graph\n"
            "  repair: give the .onnx file of a model, not a tensor or another file\n");
}

TEST(Diagnostics, EscapesControlCharactersAndInvalidUtf8) {
  EXPECT_EQ(shown("a\n\x1b[31m\xff \xc2\x9b \xc3\xa9"), "a\\n\\x1b[31m\\xff \\xc2\\x9b \xc3\xa9");
}

TEST(Diagnostics, ShortensLongNames) { EXPECT_LT(shown(std::string(1000000, 'x')).size(), 300u); }

TEST(Codes, AreUniqueAndExplained) {
  for (Code code : allCodes()) {
    EXPECT_FALSE(titleOf(code).empty());
    EXPECT_FALSE(explanationOf(code).empty());
    EXPECT_EQ(parseCode(nameOf(code)), code);
  }
  EXPECT_EQ(parseCode("E9999"), std::nullopt);
  EXPECT_EQ(parseCode("Dense"), std::nullopt);
}
