// Names of machines and what they resolve to.
#include "Cpu/Machine.h"
#include "gmock/gmock.h"

using namespace dlc;
using testing::HasSubstr;

TEST(Machine, KnowsTheLevelsOfX86) {
  Machine v1 = Machine::named("x86-64"), v3 = Machine::named("x86-64-v3"),
          v4 = Machine::named("x86-64-v4");
  EXPECT_EQ(v1.vectorBits, 128);
  EXPECT_FALSE(v1.hasFma || v1.hasRound || v1.hasHalfConversion);
  EXPECT_EQ(v3.vectorBits, 256);
  EXPECT_TRUE(v3.hasFma && v3.hasRound && v3.hasHalfConversion);
  EXPECT_EQ(v3.vectorRegisters, 16);
  EXPECT_EQ(v4.vectorBits, 512);
  EXPECT_EQ(v4.vectorRegisters, 32);
  EXPECT_EQ(v4.lanes(32), 16);
}

TEST(Machine, SharesPanelsBetweenLevels) {
  EXPECT_EQ(Machine::named("x86-64").panelColumns(32), 32);
  EXPECT_EQ(Machine::named("x86-64-v4").panelColumns(32), 32);
}

TEST(Machine, HasABaselineForOtherArchitectures) {
  Machine machine;
  std::string error;
  ASSERT_TRUE(Machine::resolve("aarch64-linux-gnu", "", machine, error)) << error;
  EXPECT_EQ(machine.cpu, "generic");
  EXPECT_EQ(machine.vectorRegisters, 32);
  EXPECT_TRUE(machine.hasFma && machine.hasRound && machine.hasHalfConversion);
  ASSERT_TRUE(Machine::resolve("riscv64-linux-gnu", "", machine, error)) << error;
  EXPECT_THAT(machine.features, HasSubstr("+d"));
  EXPECT_TRUE(machine.hasFma);
  EXPECT_FALSE(machine.hasRound);
  ASSERT_TRUE(Machine::resolve("wasm32", "", machine, error)) << error;
  EXPECT_THAT(machine.features, HasSubstr("+simd128"));
  EXPECT_FALSE(machine.hasFma);
  EXPECT_FALSE(Machine::resolve("riscv64", "native", machine, error));
  EXPECT_THAT(error, HasSubstr("cpu 'native' is of another architecture"));
}

TEST(Machine, NamesWhatItDoesNotKnow) {
  Machine machine;
  std::string error;
  EXPECT_FALSE(Machine::resolve("", "pentium-of-tomorrow", machine, error));
  EXPECT_THAT(error, HasSubstr("unknown cpu 'pentium-of-tomorrow'"));
  EXPECT_FALSE(Machine::resolve("hexagon-linux", "x", machine, error));
  EXPECT_THAT(error, HasSubstr("not supported yet: target"));
}

TEST(Machine, ResolvesNativeToAnExactDescription) {
  Machine machine = Machine::native();
  EXPECT_THAT(machine.description(), HasSubstr(machine.cpu));
  EXPECT_EQ(machine.description(), Machine::native().description());
  EXPECT_EQ(machine.description().find("native"), std::string::npos);
}
