/* Loads a model that was compiled to a shared object: dlc's runtime, found by pkg-config. */
#include "dlc.h"
#include <stdio.h>

int main(int argc, char **argv) {
  dlc_model *model;
  if (argc < 2 || dlc_model_load(argv[1], NULL, NULL, &model)) {
    fprintf(stderr, "%s\n", dlc_last_error());
    return 1;
  }
  printf("%s: %zu input, %zu output\n", dlc_model_name(model), dlc_model_input_count(model),
         dlc_model_output_count(model));
  dlc_model_free(model);
  return 0;
}
