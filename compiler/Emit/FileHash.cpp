// A model has hundreds of megabytes, of which LLVM's SHA-256 takes 150 a second: more time than the
// whole compile. Processors with instructions for it take 1.5 GB a second; others have LLVM's.
//
// One instruction makes two of the 64 rounds. The state lies in two vectors as it wants them: words
// a b e f and c d g h of the standard (FIPS 180-4), highest first. w[t], four words a vector, is
//
//   w[t] = s1(w[t - 2]) + w[t - 7] + s0(w[t - 15]) + w[t - 16]
//
// of which sha256msg1 makes the last two terms and sha256msg2 the first.
#include "Emit/FileHash.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SHA256.h"
#include "llvm/TargetParser/Host.h"
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>

namespace {
constexpr size_t blockBytes = 64;

/// The first 32 bits of the fractions of the cube roots of the first 64 primes.
alignas(16) constexpr uint32_t constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

/// The state as the instructions want it.
struct State {
  __m128i abef = _mm_set_epi32(0x6a09e667, int(0xbb67ae85), 0x510e527f, int(0x9b05688c));
  __m128i cdgh = _mm_set_epi32(0x3c6ef372, int(0xa54ff53a), 0x1f83d9ab, 0x5be0cd19);
};

__attribute__((target("sha,sse4.1"))) void addBlocks(State &state, const uint8_t *bytes,
                                                     size_t blocks) {
  const __m128i bigEndian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  __m128i abef = state.abef, cdgh = state.cdgh;
  for (; blocks > 0; --blocks, bytes += blockBytes) {
    __m128i abefBefore = abef, cdghBefore = cdgh, w[4];
    for (int i = 0; i < 4; ++i)
      w[i] = _mm_shuffle_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i *>(bytes) + i),
                              bigEndian);
#pragma clang loop unroll(full)
    for (int i = 0; i < 16; ++i) {
      __m128i now = w[i % 4];
      __m128i sum =
          _mm_add_epi32(now, _mm_load_si128(reinterpret_cast<const __m128i *>(constants) + i));
      cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);
      abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sum, 0x0e));
      // The words four vectors on take the place of these.
      __m128i last = w[(i + 3) % 4], middle = w[(i + 2) % 4];
      __m128i next = _mm_add_epi32(_mm_sha256msg1_epu32(now, w[(i + 1) % 4]),
                                   _mm_alignr_epi8(last, middle, 4));
      w[i % 4] = _mm_sha256msg2_epu32(next, last);
    }
    abef = _mm_add_epi32(abef, abefBefore);
    cdgh = _mm_add_epi32(cdgh, cdghBefore);
  }
  state = {abef, cdgh};
}

// What is left of the bytes, a bit, zeros, and the number of bits: one or two blocks.
std::array<uint8_t, 32> sha256ByInstructions(llvm::ArrayRef<uint8_t> bytes) {
  State state;
  size_t whole = bytes.size() / blockBytes, rest = bytes.size() % blockBytes;
  addBlocks(state, bytes.data(), whole);
  uint8_t last[2 * blockBytes] = {};
  if (rest)
    std::memcpy(last, bytes.data() + whole * blockBytes, rest);
  last[rest] = 0x80;
  size_t blocks = rest + 9 <= blockBytes ? 1 : 2;
  llvm::support::endian::write64be(last + blocks * blockBytes - 8, bytes.size() * 8);
  addBlocks(state, last, blocks);
  alignas(16) uint32_t abef[4], cdgh[4];
  _mm_store_si128(reinterpret_cast<__m128i *>(abef), state.abef);
  _mm_store_si128(reinterpret_cast<__m128i *>(cdgh), state.cdgh);
  std::array<uint8_t, 32> result;
  const uint32_t words[] = {abef[3], abef[2], cdgh[3], cdgh[2], abef[1], abef[0], cdgh[1], cdgh[0]};
  for (size_t i = 0; i < 8; ++i)
    llvm::support::endian::write32be(&result[4 * i], words[i]);
  return result;
}
} // namespace
#endif

std::array<uint8_t, 32> dlc::sha256(llvm::ArrayRef<uint8_t> bytes) {
#if defined(__x86_64__)
  static const bool hasInstructions = llvm::sys::getHostCPUFeatures().lookup("sha");
  if (hasInstructions)
    return sha256ByInstructions(bytes);
#endif
  return llvm::SHA256::hash(bytes);
}

std::string dlc::hashOfFile(llvm::StringRef path) {
  auto file = llvm::MemoryBuffer::getFile(path, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!file)
    return "";
  return llvm::toHex(sha256(llvm::arrayRefFromStringRef((*file)->getBuffer())), /*LowerCase=*/true);
}
