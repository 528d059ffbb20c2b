// The model that is linked and the one that is loaded give the same probabilities.
#include "batch.h"
#include "digits.h"
#include "dlc.h"
#include <cmath>
#include <cstdio>

static float image[64], one[10], two[10];
alignas(DIGITS_ALIGN) static unsigned char arena[DIGITS_ARENA_BYTES];

int main() {
  for (int i = 0; i < 64; ++i)
    image[i] = static_cast<float>(i % 17) / 16;
  if (digits_run(image, one, arena, dlc_parallel_default()) != DLC_OK)
    return 1;
  dlc_model *model = nullptr;
  void *memory = nullptr;
  const void *inputs[] = {image};
  void *outputs[] = {two};
  if (dlc_model_load(BATCH_FILE, "batch", nullptr, &model) || dlc_arena_create(model, &memory) ||
      dlc_model_run(model, inputs, 1, outputs, 1, nullptr, memory, nullptr)) {
    std::fprintf(stderr, "%s\n", dlc_last_error());
    return 1;
  }
  dlc_arena_free(memory);
  dlc_model_free(model);
  for (int i = 0; i < 10; ++i)
    if (!(std::fabs(one[i] - two[i]) < 1e-5f))
      return 1;
  std::printf("equal, arenas of %d and %d bytes\n", DIGITS_ARENA_BYTES, BATCH_ARENA_BYTES);
  return 0;
}
