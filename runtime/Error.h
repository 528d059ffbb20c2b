// The text of the calling thread's last failure. One fixed buffer per thread, so that reporting an
// error cannot itself fail, also when memory has run out.
#pragma once

namespace dlc::runtime {

// Formats the text as printf does (cut at 1 KiB) and returns `error`, for `return fail(...)`.
[[gnu::format(printf, 2, 3)]] int fail(int error, const char *format, ...);

// Puts "prefix: " before the present text and returns `error`: an outer caller adds where it was.
int failWithin(int error, const char *prefix);

} // namespace dlc::runtime
