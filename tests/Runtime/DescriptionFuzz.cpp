// libFuzzer: any text is read as a description or refused, within its bounds.
//
//   description-fuzz -max_len=4096 CORPUS_FOLDER
#include "runtime/Description.h"

#include <string>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  std::string text(reinterpret_cast<const char *>(data), size);
  dlc::runtime::Description description;
  description.read(text.c_str());
  return 0;
}
