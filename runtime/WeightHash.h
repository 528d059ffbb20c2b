// XXH64 (seed 0), piece by piece: the hash of a weight file. The compiler streams weights and
// cannot hash them in one call; the runtime checks the mapped file. 64 bits find a wrong or damaged
// file, at the speed of memory; they do not protect against someone who forges one.
#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace dlc {

class WeightHash {
public:
  void update(const void *data, size_t length) {
    const unsigned char *p = static_cast<const unsigned char *>(data);
    total += length;
    if (filled) { // complete the stripe that an earlier piece began
      size_t missing = sizeof stripe - filled, n = length < missing ? length : missing;
      memcpy(stripe + filled, p, n);
      filled += n, p += n, length -= n;
      if (filled < sizeof stripe)
        return;
      mix(stripe);
      filled = 0;
    }
    for (; length >= sizeof stripe; p += sizeof stripe, length -= sizeof stripe)
      mix(p);
    if (length)
      memcpy(stripe, p, length);
    filled = length;
  }

  uint64_t finish() const {
    uint64_t h = prime5;
    if (total >= sizeof stripe) {
      h = rotate(lane[0], 1) + rotate(lane[1], 7) + rotate(lane[2], 12) + rotate(lane[3], 18);
      for (uint64_t v : lane)
        h = (h ^ round(0, v)) * prime1 + prime4;
    }
    h += total;
    const unsigned char *p = stripe, *end = stripe + filled;
    for (; end - p >= 8; p += 8)
      h = rotate(h ^ round(0, load<uint64_t>(p)), 27) * prime1 + prime4;
    if (end - p >= 4) {
      h = rotate(h ^ load<uint32_t>(p) * prime1, 23) * prime2 + prime3;
      p += 4;
    }
    for (; p != end; ++p)
      h = rotate(h ^ *p * prime5, 11) * prime1;
    h = (h ^ h >> 33) * prime2;
    h = (h ^ h >> 29) * prime3;
    return h ^ h >> 32;
  }

private:
  static constexpr uint64_t prime1 = 0x9E3779B185EBCA87, prime2 = 0xC2B2AE3D27D4EB4F,
                            prime3 = 0x165667B19E3779F9, prime4 = 0x85EBCA77C2B2AE63,
                            prime5 = 0x27D4EB2F165667C5;

  static uint64_t rotate(uint64_t x, int bits) { return x << bits | x >> (64 - bits); }
  static uint64_t round(uint64_t h, uint64_t v) { return rotate(h + v * prime2, 31) * prime1; }

  // An unsigned little-endian number, as 64 bits.
  template <class T> static uint64_t load(const unsigned char *p) {
    uint64_t value = 0;
    for (size_t i = 0; i < sizeof(T); ++i)
      value |= uint64_t(p[i]) << (8 * i);
    return value;
  }

  void mix(const unsigned char *p) {
    for (int i = 0; i < 4; ++i)
      lane[i] = round(lane[i], load<uint64_t>(p + 8 * i));
  }

  uint64_t lane[4] = {prime1 + prime2, prime2, 0, 0 - prime1};
  uint64_t total = 0;
  unsigned char stripe[32];
  size_t filled = 0;
};

} // namespace dlc
