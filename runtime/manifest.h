/* The contract between a compiled artifact, which compiler/Emit writes, and the runtime that loads
 * it. An artifact of the model NAME exports these symbols, and no other:
 *
 *   const char NAME_description[];    JSON text, NUL-terminated, shorter than
 *                                     DLC_DESCRIPTION_BYTES_MAX
 *   int NAME_cpu_ok(void);            0: this CPU lacks an instruction that the object uses
 *   int NAME_run(inputs..., outputs..., [const void *weights,]
 *                void *arena, const dlc_parallel *parallel);
 *   int NAME_call(void *const *arguments, const dlc_parallel *parallel);
 *
 * NAME_run is what a C program calls; every bounded output is followed by an int64_t * that
 * receives its extent. NAME_call is the same entry for a caller that learns the signature at run
 * time: `arguments` holds the parameters of NAME_run in their order, all but the last:
 *
 *   inputs | outputs, each bounded one followed by its int64_t *extent | [weights] | arena
 *
 * so that NAME_call(a, p) is NAME_run(a[0], a[1], ..., p). Both return DLC_OK or another dlc_error.
 * NAME_call may assume what NAME_run may assume, and nothing more.
 *
 * The description is one JSON object. Keys not listed here are allowed and ignored, in any order;
 * where a key occurs twice, the first counts. Integers are written without fraction or exponent.
 *
 *   key          value
 *   schema       DLC_DESCRIPTION_SCHEMA
 *   abi          DLC_ABI_VERSION; another number is refused
 *   name         NAME, a C identifier: the prefix of the symbols
 *   generator    text, who wrote it, for example "dlc 0.1.0"                          (optional)
 *   target       {"triple": text, "cpu": text, "features": text, "sanitize": "address"}; sanitize
 *                only where the object needs AddressSanitizer's runtime
 *   model        {"file": text without folder, "hash": text}: where it came from      (optional)
 *   entries      {"run": symbol, "call": symbol, "cpu_ok": symbol}
 *   inputs       [tensor...] in the order of the parameters
 *   outputs      [tensor...] in the order of the parameters
 *   arena        {"bytes": integer, "align": power of two}
 *   stack_bytes  integer: the most that an entry takes
 *   max_threads  integer from 1: slots that the arena has scratch for
 *   weights      {"storage": "embed" | "file" | "none", "bytes": integer, "align": power of two,
 *                 "file": text, "xxh64": 16 hexadecimal digits}; file and xxh64 only with "file"
 *   state        null in an artifact for inference; an object in one for training
 *
 *   tensor       {"name": text, "dtype": a name of DLC_DTYPES, "shape": [integer from 0...],
 *                 "bounded": axis, "alias": input}
 *
 * There are at most DLC_TENSORS_MAX inputs, and as many outputs; a shape has at most DLC_RANK_MAX
 * dimensions. `bounded` stands only on an output whose size depends on data: the axis (0 .. rank-1)
 * along which only the first *extent elements are valid. The array always has room for the whole
 * shape, and its strides are those of the whole shape. `alias` stands only on an output that may be
 * the same memory as the input of this number.
 *
 * The weight file holds `bytes` bytes and nothing else. Its name is relative to the artifact's
 * folder and does not leave it. `xxh64` is the XXH64 hash (seed 0) of the whole file; WeightHash.h
 * computes it piece by piece, llvm::xxHash64 over a mapped file gives the same number.
 */
#pragma once

#define DLC_DESCRIPTION_SCHEMA "dlc.model/1"
#define DLC_ABI_VERSION 1
#define DLC_DESCRIPTION_BYTES_MAX (16 << 20)
#define DLC_RANK_MAX 8
#define DLC_TENSORS_MAX 16384
#define DLC_ALIGN_DEFAULT 64
#define DLC_MAX_THREADS_DEFAULT 16

/* X(enumerator, name in descriptions, bits of one element): the element types of an artifact. */
#define DLC_DTYPES(X)                                                                              \
  X(F64, "f64", 64)                                                                                \
  X(F32, "f32", 32)                                                                                \
  X(F16, "f16", 16)                                                                                \
  X(BF16, "bf16", 16)                                                                              \
  X(F8E4M3FN, "f8e4m3fn", 8)                                                                       \
  X(F8E4M3FNUZ, "f8e4m3fnuz", 8)                                                                   \
  X(F8E5M2, "f8e5m2", 8)                                                                           \
  X(F8E5M2FNUZ, "f8e5m2fnuz", 8)                                                                   \
  X(F8E8M0, "f8e8m0", 8)                                                                           \
  X(F4E2M1, "f4e2m1", 4)                                                                           \
  X(I64, "i64", 64)                                                                                \
  X(I32, "i32", 32)                                                                                \
  X(I16, "i16", 16)                                                                                \
  X(I8, "i8", 8)                                                                                   \
  X(U64, "u64", 64)                                                                                \
  X(U32, "u32", 32)                                                                                \
  X(U16, "u16", 16)                                                                                \
  X(U8, "u8", 8)                                                                                   \
  X(BOOL, "bool", 8)                                                                               \
  X(I4, "i4", 4)                                                                                   \
  X(U4, "u4", 4)                                                                                   \
  X(I2, "i2", 2)                                                                                   \
  X(U2, "u2", 2)
