// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

/// One input. Returns whatever it is given; a crash, another exception than the `InputError` of the
/// library, a hang or memory without bound is a bug. The signature is that of libFuzzer.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace fuzz {

/// What the inputs of a target are made of.
struct Material {
  std::vector<std::string> seeds;  ///< valid inputs, small
  std::vector<std::string> words;  ///< pieces that mean something in the format
};

/// Every target has its own. All seeds must be accepted.
[[nodiscard]] Material material();

/// Counts inputs that were accepted, so that a target which refuses everything is noticed.
std::uint64_t& accepted();

/// Runs `call` and says whether it accepted the input. Only `InputError` is a refusal.
template <class InputError, class Call>
bool accepts(Call call) {
  try {
    call();
  } catch (const InputError&) {
    return false;
  }
  ++accepted();
  return true;
}

/// Stops the program if an accepted input leads to something that must not be.
void require(bool holds, const char* what);

/// A file for readers that want one; gone with the object.
class InputFile {
 public:
  explicit InputFile(const std::string& ending);
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;
  ~InputFile();

  void fill(std::string_view bytes) const;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// The bytes of an input as text.
[[nodiscard]] inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// The whole file; a target cannot do without it.
[[nodiscard]] std::string read_file(const std::filesystem::path& file);

}  // namespace fuzz
