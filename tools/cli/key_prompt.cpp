// SPDX-License-Identifier: Apache-2.0
#include "cli/key_prompt.hpp"

#include <termios.h>
#include <unistd.h>

#include <iostream>

#include "cli/files.hpp"
#include "registry/error.hpp"

namespace cli {
namespace {

/// Keeps what is typed off the screen.
class HiddenTyping {
 public:
  HiddenTyping()
      : hidden_(::isatty(STDIN_FILENO) == 1 && ::tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (hidden_) {
      termios quiet = before_;
      quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
      ::tcsetattr(STDIN_FILENO, TCSANOW, &quiet);
    }
  }
  HiddenTyping(const HiddenTyping&) = delete;
  HiddenTyping(HiddenTyping&&) = delete;
  HiddenTyping& operator=(const HiddenTyping&) = delete;
  HiddenTyping& operator=(HiddenTyping&&) = delete;
  ~HiddenTyping() {
    if (hidden_) {
      ::tcsetattr(STDIN_FILENO, TCSANOW, &before_);
    }
  }

 private:
  termios before_{};
  bool hidden_;
};

/// Lines up to an empty one or the end.
std::string typed_lines() {
  const HiddenTyping hidden;
  std::string text;
  for (std::string line; std::getline(std::cin, line) && !line.empty();) {
    text += line + "\n";
  }
  return text;
}

std::string hidden_line(const std::string& prompt) {
  const HiddenTyping hidden;
  std::cerr << prompt;
  std::string line;
  std::getline(std::cin, line);
  std::cerr << '\n';
  return line;
}

}  // namespace

registry::PaperKey ask_paper_key(const std::string& file, registry::PaperKeyUse use,
                                 const Context& context) {
  if (!file.empty()) {
    return registry::parse_paper_key(read_file(file), use);
  }
  std::cerr << context.say("紙の鍵を 3 行とも打ち込み、最後に空の行を入れてください:\n",
                           "Type the three lines of the key, then an empty line:\n");
  return registry::parse_paper_key(typed_lines(), use);
}

std::string ask_secret(const std::string& prompt, const std::string& again) {
  std::string line = hidden_line(prompt);
  if (::isatty(STDIN_FILENO) == 1 && hidden_line(again) != line) {
    throw registry::InputError("二度の入力が違います。もう一度実行してください。");
  }
  return line;
}

}  // namespace cli
