// The command `dlc`: verbs, streams and exit codes.
#include "Usage.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/Signals.h"
#include <csignal>
#include <new>
#include <unistd.h>

using namespace dlc;

// Ends without leaving a temporary file behind.
[[noreturn]] static void endBy(Code code, const llvm::Twine &message) {
  llvm::sys::RunInterruptHandlers();
  llvm::errs() << "error[" << nameOf(code) << "]: " << message << "\n";
  _exit(exitCodeOf(code));
}

// A fault of ours ends with our exit code.
static void endByFault(const char *what) {
  endBy(Code::Internal, llvm::Twine("internal error: ") + what);
}

// Memory that cannot be had; neither LLVM nor our own code goes on without it.
static void endByExhaustion() { endBy(Code::OutOfMemory, "memory is exhausted"); }

static void catchFaults() {
  std::set_new_handler(endByExhaustion);
  llvm::install_bad_alloc_error_handler([](void *, const char *, bool) { endByExhaustion(); });
  llvm::install_fatal_error_handler([](void *, const char *reason, bool) { endByFault(reason); });
  for (int number : {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT})
    std::signal(number, [](int number) { endByFault(strsignal(number)); });
}

// CLI11 has exit codes of its own; wrong usage is 2 here.
static int explainUsage(const CLI::App &app, const CLI::ParseError &error) {
  if (error.get_exit_code() == 0) // --help
    return app.exit(error);
  print(llvm::errs(), tool::usageFault(app, error));
  return exitCodeOf(Code::OptionUnknown);
}

static int finish(const tool::Session &session) {
  session.diagnostics.print(llvm::errs());
  llvm::outs().flush();
  if (llvm::outs().has_error()) {
    llvm::errs() << "error: the standard output cannot be written\n";
    llvm::outs().clear_error();
    return exitCodeOf(Code::OutputNotWritten);
  }
  int code = session.diagnostics.exitCode();
  return code ? code : session.exitCode;
}

int main(int argc, char **argv) {
  catchFaults();
  CLI::App app("a compiler from neural networks to object files", "dlc");
  tool::Session session;
  app.require_subcommand(1);
  app.set_version_flag("--version", "dlc " DLC_VERSION);
  tool::addCompile(app, session);
  tool::addRun(app, session);
  tool::addVerify(app, session);
  tool::addBench(app, session);
  tool::addSummary(app, session);
  tool::addCheck(app, session);
  tool::addViz(app, session);
  tool::addVersion(app, session);
  tool::addExplain(app, session);
  tool::addDoctor(app, session);
  tool::addCompletion(app, session);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError &error) {
    return explainUsage(app, error);
  }
  return finish(session);
}
