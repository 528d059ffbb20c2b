// Attacks through external data, as published against other readers (CVE-2022-25882,
// CVE-2024-27318, CVE-2026-27489, CVE-2026-34445, CVE-2026-34446, CVE-2026-34447), and the plain
// cases.
#include "Onnx/ExternalData.h"
#include "WireBytes.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace dlc;
using namespace dlc::onnx;
using namespace dlc::onnx::test;

static Bytes external(std::initializer_list<std::pair<llvm::StringRef, llvm::StringRef>> entries) {
  Bytes w = tensor("w", ElementType::Uint8, {4}).integer(field::tensor::dataLocation, 1);
  for (auto [key, value] : entries)
    w.message(field::tensor::externalData,
              Bytes().string(field::entry::key, key).string(field::entry::value, value));
  return modelWith(w);
}

// A folder "model" with w.bin ("0123456789") and sub/w.bin, and beside the folder secret.bin.
class ExternalData : public testing::Test {
protected:
  void SetUp() override {
    ASSERT_FALSE(llvm::sys::fs::createUniqueDirectory("external", root));
    folder = path("model");
    ASSERT_EQ(mkdir(folder.c_str(), 0700), 0);
    ASSERT_EQ(mkdir(path("model/sub").c_str(), 0700), 0);
    for (llvm::StringRef file : {"model/w.bin", "model/sub/w.bin", "secret.bin"}) {
      std::error_code error;
      llvm::raw_fd_ostream(path(file), error) << "0123456789";
      ASSERT_FALSE(error);
    }
  }
  void TearDown() override { llvm::sys::fs::remove_directories(root); }

  std::string path(llvm::StringRef name) { return (root + "/" + name).str(); }

  std::string valueOf(const Bytes &model) {
    Outcome outcome = read(model, folder);
    return outcome.model ? outcome.model->graph.initializers[0].bytes().bytes().str()
                         : outcome.text();
  }
  std::optional<Code> refusalOf(const Bytes &model) {
    Outcome outcome = read(model, folder);
    if (outcome.model || outcome.diagnostics.all().empty())
      return std::nullopt;
    return outcome.diagnostics.all()[0].code;
  }

  llvm::SmallString<128> root;
  std::string folder;
};

TEST_F(ExternalData, IsASliceOfItsFile) {
  EXPECT_EQ(valueOf(external({{"location", "w.bin"}, {"offset", "3"}, {"length", "4"}})), "3456");
  EXPECT_EQ(valueOf(external({{"location", "sub/w.bin"}})), "0123");
}

TEST_F(ExternalData, OfTwoTensorsMapsTheFileOnce) {
  Bytes graph = reluGraph();
  Bytes location =
      Bytes().string(field::entry::key, "location").string(field::entry::value, "w.bin");
  for (llvm::StringRef name : {"v", "w"})
    graph.message(field::graph::initializer, tensor(name, ElementType::Uint8, {4})
                                                 .integer(field::tensor::dataLocation, 1)
                                                 .message(field::tensor::externalData, location));
  Outcome outcome = read(model(graph), folder);
  ASSERT_NE(outcome.model, nullptr) << outcome.text();
  EXPECT_EQ(outcome.model->files.size(), 2u);
}

TEST_F(ExternalData, StaysBelowTheFolder) {
  for (llvm::StringRef location :
       {"../secret.bin", "sub/../../secret.bin", "sub/../w.bin", "/etc/passwd", "..", ".",
        "./w.bin", "sub//w.bin", "sub/", "C:w.bin", "C:\\w.bin", "..\\secret.bin",
        "file:///etc/passwd", "http://example.invalid/w.bin"})
    EXPECT_EQ(refusalOf(external({{"location", location}})), Code::ExternalLocationInvalid)
        << location.str();
  EXPECT_EQ(refusalOf(external({{"location", llvm::StringRef("w.bin\0x", 7)}})),
            Code::ExternalLocationInvalid);
}

TEST_F(ExternalData, NeedsALocation) {
  EXPECT_EQ(refusalOf(external({})), Code::ExternalLocationMissing);
  EXPECT_EQ(refusalOf(external({{"location", ""}})), Code::ExternalLocationMissing);
}

TEST_F(ExternalData, ThatIsMissingIsNamed) {
  EXPECT_EQ(refusalOf(external({{"location", "none.bin"}})), Code::ExternalNotFound);
  EXPECT_EQ(refusalOf(external({{"location", "none/w.bin"}})), Code::ExternalNotFound);
}

TEST_F(ExternalData, IsARegularFile) {
  ASSERT_EQ(mkfifo(path("model/pipe").c_str(), 0600), 0);
  EXPECT_EQ(refusalOf(external({{"location", "pipe"}})), Code::ExternalNotRegular);
  EXPECT_EQ(refusalOf(external({{"location", "sub"}})), Code::ExternalNotRegular);
}

TEST_F(ExternalData, RefusesOtherKeysThatMatter) {
  EXPECT_EQ(refusalOf(external({{"location", "w.bin"}, {"basepath", ".."}})), Code::ExternalKey);
  EXPECT_EQ(refusalOf(external({{"location", "w.bin"}, {"location", "sub/w.bin"}})),
            Code::ExternalKey);
  EXPECT_EQ(valueOf(external({{"location", "w.bin"}, {"__class__", "x"}, {"checksum", "y"}})),
            "0123");
}

TEST_F(ExternalData, TakesDecimalNumbersOnly) {
  for (llvm::StringRef number : {"-4", "+4", "0x10", " 4", "4 ", "", "abc", "1e3",
                                 "9223372036854775808", "99999999999999999999"})
    EXPECT_EQ(refusalOf(external({{"location", "w.bin"}, {"offset", number}})),
              Code::ExternalNumber)
        << number.str();
}

TEST_F(ExternalData, StaysInItsFile) {
  EXPECT_EQ(refusalOf(external({{"location", "w.bin"}, {"offset", "7"}})), Code::ExternalRange);
  EXPECT_EQ(refusalOf(external({{"location", "w.bin"}, {"offset", "9223372036854775807"}})),
            Code::ExternalRange);
}

TEST_F(ExternalData, HasTheLengthOfItsShape) {
  EXPECT_EQ(refusalOf(external({{"location", "w.bin"}, {"length", "3"}})), Code::TensorSize);
  EXPECT_EQ(refusalOf(external({{"location", "w.bin"}, {"length", "1152921504606846976"}})),
            Code::TensorSize);
}

TEST_F(ExternalData, CannotHoldStrings) {
  Bytes w = tensor("w", ElementType::String, {4}).integer(field::tensor::dataLocation, 1);
  EXPECT_EQ(refusalOf(modelWith(w)), Code::ExternalString);
}

TEST_F(ExternalData, ExcludesDataInTheModel) {
  Bytes w =
      tensor("w", ElementType::Uint8, {4})
          .integer(field::tensor::dataLocation, 1)
          .string(field::tensor::rawData, "abcd")
          .message(
              field::tensor::externalData,
              Bytes().string(field::entry::key, "location").string(field::entry::value, "w.bin"));
  EXPECT_EQ(refusalOf(modelWith(w)), Code::TensorTwoValues);
}

TEST_F(ExternalData, NeedsAFolder) {
  EXPECT_REFUSED(external({{"location", "w.bin"}}), Code::ExternalNoFolder);
}

// Both ways of opening, with links that lead out of the folder.
class OpenBelow : public ExternalData, public testing::WithParamInterface<bool> {
protected:
  std::optional<Code> faultOf(llvm::StringRef location) {
    int descriptor = open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
    OpenedFile file = openBelow(descriptor, location, GetParam());
    close(descriptor);
    if (file.descriptor >= 0)
      close(file.descriptor);
    return file.fault;
  }
};

TEST_P(OpenBelow, OpensPlainFiles) {
  EXPECT_EQ(faultOf("w.bin"), std::nullopt);
  EXPECT_EQ(faultOf("sub/w.bin"), std::nullopt);
}

TEST_P(OpenBelow, RefusesASymbolicLink) {
  ASSERT_EQ(symlink(path("secret.bin").c_str(), path("model/link.bin").c_str()), 0);
  EXPECT_EQ(faultOf("link.bin"), Code::ExternalLink);
}

TEST_P(OpenBelow, RefusesASymbolicLinkInTheFolder) {
  ASSERT_EQ(symlink("w.bin", path("model/link.bin").c_str()), 0);
  EXPECT_EQ(faultOf("link.bin"), Code::ExternalLink);
}

TEST_P(OpenBelow, RefusesALinkedFolder) {
  ASSERT_EQ(symlink(root.c_str(), path("model/linked").c_str()), 0);
  EXPECT_EQ(faultOf("linked/secret.bin"), Code::ExternalLink);
}

TEST_P(OpenBelow, RefusesAHardLink) {
  ASSERT_EQ(link(path("secret.bin").c_str(), path("model/hard.bin").c_str()), 0);
  EXPECT_EQ(faultOf("hard.bin"), Code::ExternalLink);
}

TEST_P(OpenBelow, RefusesPipesWithoutWaiting) {
  ASSERT_EQ(mkfifo(path("model/pipe").c_str(), 0600), 0);
  EXPECT_EQ(faultOf("pipe"), Code::ExternalNotRegular);
}

INSTANTIATE_TEST_SUITE_P(ByKernelAndByComponent, OpenBelow, testing::Bool());
