// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "architecture/source_rules.hpp"

namespace architecture {
namespace {

/// Index just past the string or character literal that begins at `at`.
std::size_t end_of_literal(std::string_view text, std::size_t at) {
  const char quote = text[at];
  const bool raw = quote == '"' && at > 0 && text[at - 1] == 'R';
  if (raw) {
    const std::size_t open = text.find('(', at);
    if (open == std::string_view::npos) {
      return text.size();
    }
    const std::string close = ")" + std::string(text.substr(at + 1, open - at - 1)) + "\"";
    const std::size_t end = text.find(close, open);
    return end == std::string_view::npos ? text.size() : end + close.size();
  }
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == quote || text[i] == '\n') {
      return i + 1;
    }
  }
  return text.size();
}

/// 1'000'000: the apostrophe of a number opens no literal.
bool is_digit_separator(std::string_view text, std::size_t at) {
  return text[at] == '\'' && at > 0 && at + 1 < text.size() &&
         std::string_view("0123456789abcdefABCDEF").find(text[at - 1]) != std::string_view::npos &&
         std::string_view("0123456789abcdefABCDEF").find(text[at + 1]) != std::string_view::npos &&
         (at + 2 >= text.size() || text[at + 2] != '\'');
}

void blank(std::string& text, std::size_t from, std::size_t to) {
  for (std::size_t i = from; i < to; ++i) {
    if (text[i] != '\n') {
      text[i] = ' ';
    }
  }
}

}  // namespace

std::string without_comments(std::string_view text) {
  std::string out(text);
  std::size_t i = 0;
  while (i < text.size()) {
    const std::string_view rest = text.substr(i);
    if (rest.starts_with("//") || rest.starts_with("/*")) {
      const bool block = rest[1] == '*';
      const std::size_t mark = block ? text.find("*/", i + 2) : text.find('\n', i);
      std::size_t end = text.size();
      if (mark != std::string_view::npos) {
        end = block ? mark + 2 : mark;
      }
      blank(out, i, end);
      i = end;
    } else if (rest[0] == '"' || (rest[0] == '\'' && !is_digit_separator(text, i))) {
      i = end_of_literal(text, i);
    } else {
      ++i;
    }
  }
  return out;
}

std::vector<std::string> includes_of(std::string_view text) {
  std::vector<std::string> found;
  std::istringstream lines(without_comments(text));
  for (std::string line; std::getline(lines, line);) {
    const std::size_t hash = line.find_first_not_of(" \t");
    if (hash == std::string::npos || line[hash] != '#') {
      continue;
    }
    const std::size_t word = line.find_first_not_of(" \t", hash + 1);
    if (word == std::string::npos || !line.substr(word).starts_with("include")) {
      continue;
    }
    const std::size_t open = line.find_first_of("<\"", word);
    const std::size_t close = line.find_last_of(">\"");
    if (open != std::string::npos && close > open) {
      found.push_back(line.substr(open, close - open + 1));
    }
  }
  return found;
}

}  // namespace architecture
