// Conversions among f16, bf16, f32 and f64 give the bits that APFloat gives: every bit pattern of
// the 16-bit types, a sample of the others with the neighbours of every 16-bit value and of the
// points halfway between two.
#include "tests/Cpu/Math/ExpandMathLoop.h"
#include "llvm/ADT/APFloat.h"
#include "gtest/gtest.h"
#include <bit>
#include <random>

using namespace mlir;

namespace dlc::test {
namespace {

const llvm::fltSemantics &semanticsOf(const std::string &type) {
  if (type == "f16")
    return llvm::APFloat::IEEEhalf();
  if (type == "bf16")
    return llvm::APFloat::BFloat();
  return type == "f32" ? llvm::APFloat::IEEEsingle() : llvm::APFloat::IEEEdouble();
}

unsigned widthOf(const std::string &type) {
  return llvm::APFloat::getSizeInBits(semanticsOf(type));
}

llvm::APFloat valueOf(const std::string &type, uint64_t bits) {
  return llvm::APFloat(semanticsOf(type), llvm::APInt(widthOf(type), bits));
}

uint64_t convertBits(llvm::APFloat value, const std::string &to) {
  bool losesInfo;
  value.convert(semanticsOf(to), llvm::APFloat::rmNearestTiesToEven, &losesInfo);
  return value.bitcastToAPInt().getZExtValue();
}

/// Bit patterns of `type` to convert.
std::vector<uint64_t> patterns(const std::string &type) {
  std::vector<uint64_t> bits;
  if (widthOf(type) == 16) {
    for (uint64_t i = 0; i < 65536; ++i)
      bits.push_back(i);
    return bits;
  }
  for (const char *narrow : {"f16", "bf16"})
    for (uint64_t i = 0; i < 65536; ++i) {
      uint64_t exact = convertBits(valueOf(narrow, i), type);
      uint64_t next = convertBits(valueOf(narrow, i + 1 & 65535), type);
      for (uint64_t at : {exact, (exact + next) / 2})
        for (int64_t step : {-1, 0, 1})
          bits.push_back((at + step) & (~uint64_t(0) >> (64 - widthOf(type))));
    }
  std::mt19937_64 random(1);
  for (int i = 0; i < 100000; ++i)
    bits.push_back(random() >> (64 - widthOf(type)));
  while (bits.size() % 64)
    bits.push_back(0);
  return bits;
}

std::vector<char> pack(const std::vector<uint64_t> &bits, unsigned width) {
  std::vector<char> bytes(bits.size() * width / 8);
  for (size_t i = 0; i < bits.size(); ++i)
    memcpy(&bytes[i * width / 8], &bits[i], width / 8);
  return bytes;
}

class Conversion : public testing::TestWithParam<std::pair<const char *, const char *>> {};

TEST_P(Conversion, gives_the_bits_of_one_rounding) {
  const std::string from = GetParam().first, to = GetParam().second;
  std::vector<uint64_t> inputs = patterns(from);
  std::vector<char> memory = pack(inputs, widthOf(from)), result(inputs.size() * widthOf(to) / 8);
  for (const Level &level : runnableLevels()) {
    Loop loop(level, {from, to}, [&](ImplicitLocOpBuilder &b, ValueRange x) -> Value {
      Type element = widthOf(to) == 64 ? Type(b.getF64Type()) : b.getF32Type();
      if (to == "f16" || to == "bf16")
        element = to == "f16" ? Type(b.getF16Type()) : b.getBF16Type();
      Type type = element;
      if (auto vector = dyn_cast<VectorType>(x[0].getType()))
        type = VectorType::get(vector.getShape(), element);
      if (widthOf(to) > widthOf(from))
        return arith::ExtFOp::create(b, type, x[0]);
      return arith::TruncFOp::create(b, type, x[0]);
    });
    ASSERT_EQ(loop.undefinedSymbols(), "") << level.name;
    loop(memory.data(), nullptr, result.data(), inputs.size());
    for (size_t i = 0; i < inputs.size(); ++i) {
      uint64_t got = 0;
      memcpy(&got, &result[i * widthOf(to) / 8], widthOf(to) / 8);
      llvm::APFloat input = valueOf(from, inputs[i]);
      if (input.isNaN())
        ASSERT_TRUE(valueOf(to, got).isNaN()) << level.name << std::hex << " of " << inputs[i];
      else
        ASSERT_EQ(got, convertBits(input, to)) << level.name << std::hex << " of " << inputs[i];
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Math, Conversion,
                         testing::Values(std::pair("f16", "f32"), std::pair("f16", "f64"),
                                         std::pair("bf16", "f32"), std::pair("bf16", "f64"),
                                         std::pair("f32", "f16"), std::pair("f32", "bf16"),
                                         std::pair("f64", "f16"), std::pair("f64", "bf16"),
                                         std::pair("f32", "f64"), std::pair("f64", "f32")),
                         [](const auto &info) {
                           return std::string(info.param.first) + "_to_" + info.param.second;
                         });

} // namespace
} // namespace dlc::test
