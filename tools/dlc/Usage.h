// What a wrong command line is told. CLI11 finds the fault; its texts name types and braces, so
// they are taken apart and said again as every other diagnostic is: where, what was expected, what
// was found, and what to do.
#pragma once

#include "Verb.h"

namespace dlc::tool {

/// The fault of a command line that `app` could not parse. REQUIRES: `error` is no request for
/// help.
Diagnostic usageFault(const CLI::App &app, const CLI::ParseError &error);

} // namespace dlc::tool
