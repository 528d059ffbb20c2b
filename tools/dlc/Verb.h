// What the verbs of `dlc` share. A verb is a file with one function that adds a subcommand: its
// flags and a callback, which reports into the session and may set the exit code. Results go to
// stdout, everything else to stderr.
#pragma once

#include "Diagnostics/Diagnostics.h"
#include <CLI/CLI.hpp>

namespace dlc::tool {

/// One run of the command.
struct Session {
  Diagnostics diagnostics;
  /// Without an error in `diagnostics`; with one, its code decides.
  int exitCode = 0;
  bool verbose = false;

  /// An option's value that is wrong: usage, exit code 2.
  DiagnosticBuilder usage(const llvm::Twine &message) {
    return diagnostics.report(Code::OptionValue, message);
  }
};

void addCompile(CLI::App &, Session &);
void addRun(CLI::App &, Session &);
void addVerify(CLI::App &, Session &);
void addBench(CLI::App &, Session &);
void addVersion(CLI::App &, Session &);
void addExplain(CLI::App &, Session &);
void addSummary(CLI::App &, Session &);
void addCheck(CLI::App &, Session &);
void addViz(CLI::App &, Session &);
void addDoctor(CLI::App &, Session &);
void addCompletion(CLI::App &, Session &);

} // namespace dlc::tool
