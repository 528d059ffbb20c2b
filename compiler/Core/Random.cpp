// rng_bits: Philox4x32-10 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1,
// 2, 3", 2011). A round takes the counter c and the key k to
//
//   c' = (hi(m1 c2) ^ c1 ^ k0, lo(m1 c2), hi(m0 c0) ^ c3 ^ k1, lo(m0 c0)),  k' = k + w
//
// Every element computes its whole block, four times what is needed: elements stay independent of
// each other, so that the op has a reference form and is vectorised like any other.
#include "Core/Core.h"

using namespace mlir;
using namespace dlc;

static constexpr int64_t roundCount = 10;
static constexpr uint32_t multiplier[2] = {0xD2511F53, 0xCD9E8D57};
// The fractional parts of the golden ratio and of sqrt(3): the keys' steps.
static constexpr uint32_t weyl[2] = {0x9E3779B9, 0xBB67AE85};

LogicalResult RngBitsOp::verify() {
  auto isList = [](Value v, int64_t length) {
    return tensorType(v).getRank() == 1 && tensorType(v).getDimSize(0) == length;
  };
  if (!isList(getKey(), 2))
    return emitOpError("needs a key of 2 words, not ") << getKey().getType();
  if (!isList(getCounter(), 4))
    return emitOpError("needs a counter of 4 words, not ") << getCounter().getType();
  return success();
}

namespace {
struct Words {
  Scalar high, low;
};
} // namespace

// The words of a ui64.
static Words wordsOf(Scalar wide, Type word) {
  return {convert(shiftRight(wide, wide.integer(32)), word), convert(wide, word)};
}

static Words product(Scalar x, uint32_t factor, Type word, Type wide) {
  Scalar extended = convert(x, wide);
  return wordsOf(extended * extended.integer(factor), word);
}

// The words of a block of four.
static std::array<Scalar, 4> philox(std::array<Scalar, 4> c, std::array<Scalar, 2> k, Type word,
                                    Type wide) {
  for (int64_t round = 0; round < roundCount; ++round) {
    Words p0 = product(c[0], multiplier[0], word, wide);
    Words p1 = product(c[2], multiplier[1], word, wide);
    c = {p1.high ^ c[1] ^ k[0], p1.low, p0.high ^ c[3] ^ k[1], p0.low};
    k = {k[0] + k[0].integer(weyl[0]), k[1] + k[1].integer(weyl[1])};
  }
  return c;
}

ReferenceForm RngBitsOp::referenceForm() {
  auto type = tensorType(getResult());
  int64_t rank = type.getRank();
  ReferenceForm form;
  form.extents = llvm::to_vector(type.getShape());
  form.parallel = rank;
  form.usesIndices = true;
  auto readWord = [&](unsigned operand, int64_t i) {
    Read read;
    read.operand = operand;
    read.map = AffineMap::get(rank, 0, getAffineConstantExpr(i, getContext()));
    form.reads.push_back(read);
  };
  for (int64_t i = 0; i < 2; ++i)
    readWord(0, i);
  for (int64_t i = 0; i < 4; ++i)
    readWord(1, i);
  form.body = [shape = llvm::to_vector(type.getShape()), word = type.getElementType()](
                  ImplicitLocOpBuilder &b, ArrayRef<Scalar> reads, ArrayRef<Scalar> indices) {
    Type wide = b.getIntegerType(64, /*isSigned=*/false);
    Scalar element = convert(reads[0], wide).integer(0);
    for (auto [index, extent] : llvm::zip_equal(indices, shape))
      element = element * element.integer(extent) + convert({&b, index.value, true}, wide);
    Scalar start =
        shiftLeft(convert(reads[3], wide), element.integer(32)) | convert(reads[2], wide);
    Words block = wordsOf(start + shiftRight(element, element.integer(2)), word);
    auto words =
        philox({block.low, block.high, reads[4], reads[5]}, {reads[0], reads[1]}, word, wide);
    Scalar place = convert(element, word) & block.low.integer(3), result = words[3];
    for (int64_t i = 2; i >= 0; --i)
      result = select(compare(CompareKind::eq, place, place.integer(i)), words[i], result);
    return Scalars{result};
  };
  return form;
}
