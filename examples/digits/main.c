/* Reads digits with the compiled network: links digits.o, which dlc compiled from digits.onnx, and
   nothing else.

     digits              the answer for one image of the test set, with its probabilities
     digits digits.bin   how many of the 450 test images are right */
#include "digits.h"
#include <stdio.h>
#include <stdlib.h>

enum { PIXELS = 64, CLASSES = 10, TRAINING_IMAGES = 1347 };

/* The first image of the test part of digits.bin: row by row, 0 white to 16 black. */
/* clang-format off */
static const unsigned char example[PIXELS] = {
     0,  0,  7, 16, 14,  3,  0,  0,
     0,  0,  9, 14, 11, 15,  0,  0,
     0,  0,  1,  5,  0, 15,  5,  0,
     0,  0,  0,  0,  0, 16,  5,  0,
     0,  0,  0,  0,  3, 16,  4,  0,
     0,  0,  0,  1, 12, 14,  1,  0,
     0,  0,  5, 12, 16, 16, 14,  1,
     0,  0,  8, 16, 14, 10, 13,  3,
};
/* clang-format on */

/* All the memory that the network works in: a constant of the header (+ 1, for it may be 0). */
static _Alignas(DIGITS_ALIGN) unsigned char arena[DIGITS_ARENA_BYTES + 1];

/* The digit of an image, or a negative error number. */
static int classify(const unsigned char *pixels, float *probabilities) {
  float image[PIXELS];
  for (int i = 0; i < PIXELS; ++i)
    image[i] = (float)pixels[i] / 16;
  int error = digits_run(image, probabilities, arena, NULL);
  if (error != DLC_OK) {
    fprintf(stderr, "digits_run: error %d\n", error);
    return -error;
  }
  int best = 0;
  for (int digit = 1; digit < CLASSES; ++digit)
    if (probabilities[digit] > probabilities[best])
      best = digit;
  return best;
}

static int show_example(void) {
  float probabilities[CLASSES];
  int digit = classify(example, probabilities);
  if (digit < 0)
    return -digit;
  for (int i = 0; i < PIXELS; ++i)
    printf("%c%c", " .:+*#@"[(example[i] + 2) / 3], i % 8 == 7 ? '\n' : ' ');
  printf("This is a %d. Probabilities:\n", digit);
  for (int i = 0; i < CLASSES; ++i)
    printf("  %d  %.6f\n", i, (double)probabilities[i]);
  return 0;
}

static int measure(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file || fseek(file, TRAINING_IMAGES * (PIXELS + 1L), SEEK_SET) != 0) {
    perror(path);
    if (file)
      fclose(file);
    return EXIT_FAILURE;
  }
  unsigned char row[PIXELS + 1]; /* the digit, then the pixels */
  float probabilities[CLASSES];
  int right = 0, count = 0, error = 0;
  while (!error && fread(row, sizeof row, 1, file) == 1) {
    int digit = classify(row + 1, probabilities);
    error = digit < 0 ? -digit : 0;
    right += digit == row[0];
    ++count;
  }
  fclose(file);
  if (!error)
    printf("%d of %d test images are right\n", right, count);
  return error;
}

int main(int count, char **arguments) {
  if (!digits_cpu_ok()) {
    fprintf(stderr, "this processor lacks an instruction that digits.o uses\n");
    return EXIT_FAILURE;
  }
  return count > 1 ? measure(arguments[1]) : show_example();
}
