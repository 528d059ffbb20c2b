#ifndef DLC_ABI_H /* the same text in every generated header and in dlc.h */
#define DLC_ABI_H 1
typedef struct dlc_parallel { /* NULL instead of it: the calling thread does everything */
  void *context;
  void (*parallel_for)(void *context, /* any cut of [0, count); slot < NAME_MAX_THREADS */
                       void (*body)(void *argument, int64_t begin, int64_t end, int slot),
                       void *argument, int64_t count);
  void (*parallel_region)(void *context, /* NULL: not offered */
                          void (*body)(void *argument, int slot, int slots,
                                       void (*barrier)(void *context), void *context),
                          void *argument);
} dlc_parallel;
enum dlc_error { DLC_OK, DLC_ERROR_ARGUMENT, DLC_ERROR_ARENA, DLC_ERROR_INDEX, DLC_ERROR_BRANCH };
#endif
