// SPDX-License-Identifier: Apache-2.0
#include "city_code.hpp"

#include <algorithm>

#include "digits.hpp"
#include "registry/error.hpp"

namespace registry {

char city_code_check_digit(std::string_view five_digits) {
  TOMONI_EXPECT(five_digits.size() == 5 && all_digits(five_digits));
  int sum = 0;
  int weight = 6;
  for (const char digit : five_digits) {
    sum += (digit - '0') * weight;
    --weight;
  }
  // Only the last digit of the difference is written, so S < 11 needs no case of its own.
  return static_cast<char>('0' + (11 - sum % 11) % 10);
}

bool is_city_code(std::string_view text) {
  return text.size() == 6 && all_digits(text) &&
         text[5] == city_code_check_digit(text.substr(0, 5));
}

}  // namespace registry
