// SPDX-License-Identifier: Apache-2.0
// A target with the faults the driver must notice, so that its silence about others means
// something.
#include <csignal>
#include <cstdlib>
#include <stdexcept>

#include "fuzz_target.hpp"

namespace {

class Refusal : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

void fail(char how) {
  static std::vector<std::string> hoard;
  switch (how) {
    case 'C':
      static_cast<void>(std::raise(SIGKILL));
      break;
    case 'E':
      throw std::logic_error("thrown on purpose");
    case 'H':
      for (volatile bool forever = true; forever;) {
      }
      break;
    case 'M':
      for (;;) {
        hoard.emplace_back(std::size_t{1} << 20, 'x');
      }
    default:
      break;
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const char* const how =
      std::getenv("TOMONI_BROKEN");  // NOLINT(concurrency-mt-unsafe): one thread
  fuzz::accepts<Refusal>([&] {
    const auto text = fuzz::text_of(data, size);
    if (text.find("good") == std::string_view::npos) {
      if (how != nullptr) {
        fail(*how);
      }
      throw Refusal("not good");
    }
  });
  return 0;
}

fuzz::Material fuzz::material() {
  return {{"something good"}, {"bad"}};
}
