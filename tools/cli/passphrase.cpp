// SPDX-License-Identifier: Apache-2.0
#include "cli/passphrase.hpp"

#include <sodium.h>

#include <algorithm>
#include <string_view>

#include "cli/files.hpp"
#include "cli/key_prompt.hpp"
#include "registry/error.hpp"

namespace cli {
namespace {

constexpr std::size_t kGroups = 6;
constexpr std::size_t kGroupLength = 4;
constexpr std::size_t kShortest = 16;
constexpr std::string_view kLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

void check(const std::string& passphrase) {
  const bool printable =
      std::ranges::all_of(passphrase, [](char c) { return c >= ' ' && c <= '~'; });
  if (!printable || passphrase.size() < kShortest) {
    throw registry::InputError(
        "合言葉は半角の英数字と記号で 16 文字以上にしてください。--passphrase-file と "
        "--passphrase-ask を付けなければ、強い合言葉を作ります。");
  }
}

}  // namespace

std::string new_passphrase() {
  std::string passphrase;
  for (std::size_t i = 0; i < kGroups * kGroupLength; ++i) {
    if (i > 0 && i % kGroupLength == 0) {
      passphrase += '-';
    }
    passphrase += kLetters[randombytes_uniform(static_cast<std::uint32_t>(kLetters.size()))];
  }
  return passphrase;
}

std::string passphrase_for(const PassphraseOptions& options, const Context& context) {
  if (!options.file.empty()) {
    const std::string text = read_file(options.file);
    std::string passphrase = text.substr(0, text.find_first_of("\r\n"));
    check(passphrase);
    return passphrase;
  }
  if (options.ask) {
    std::string passphrase =
        ask_secret(context.say("合言葉: ", "Passphrase: "), context.say("もう一度: ", "Again: "));
    check(passphrase);
    return passphrase;
  }
  return new_passphrase();
}

}  // namespace cli
