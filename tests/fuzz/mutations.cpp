// SPDX-License-Identifier: Apache-2.0
#include "mutations.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "route/draw.hpp"

namespace fuzz {
namespace {

using support::Draw;

constexpr std::size_t kLargest = std::size_t{1} << 18;  // bytes; more only costs time

/// Numbers at which code breaks.
constexpr std::array<std::uint64_t, 16> kNumbers{0,
                                                 1,
                                                 2,
                                                 0x7f,
                                                 0x80,
                                                 0xff,
                                                 0x100,
                                                 0x7fff,
                                                 0x8000,
                                                 0xffff,
                                                 0x10000,
                                                 0x7fffffff,
                                                 0x80000000,
                                                 0xffffffff,
                                                 0x7fffffffffffffff,
                                                 0xffffffffffffffff};
constexpr std::array<const char*, 18> kTextNumbers{"0",
                                                   "-1",
                                                   "1",
                                                   "180",
                                                   "90.0000001",
                                                   "-181",
                                                   "1e9",
                                                   "1e309",
                                                   "-0.0",
                                                   "nan",
                                                   "inf",
                                                   "2147483647",
                                                   "2147483648",
                                                   "4294967296",
                                                   "-2147483649",
                                                   "1e-320",
                                                   "9223372036854775808",
                                                   "0x10"};

struct Span {
  std::size_t begin = 0;
  std::size_t size = 0;
};

class Mutator {
 public:
  Mutator(const Material& material, Draw& random) : material_(material), random_(random) {}

  void change(std::string& input) {
    using Change = void (Mutator::*)(std::string&);
    // Those that leave the size alone stand twice: others rarely get past a reader's first look.
    static constexpr std::array<Change, 17> kChanges{
        &Mutator::flip_bit,    &Mutator::set_byte,  &Mutator::set_number,   &Mutator::copy_over,
        &Mutator::set_digits,  &Mutator::copy_over, &Mutator::flip_bit,     &Mutator::set_byte,
        &Mutator::set_number,  &Mutator::cut_off,   &Mutator::delete_block, &Mutator::double_block,
        &Mutator::move_block,  &Mutator::splice,    &Mutator::insert_word,  &Mutator::set_digits,
        &Mutator::insert_bytes};
    (this->*kChanges.at(below(kChanges.size())))(input);
    if (input.size() > kLargest) {
      input.resize(kLargest);
    }
  }

 private:
  std::size_t below(std::size_t bound) {
    return bound == 0 ? 0 : random_(static_cast<std::uint32_t>(bound));
  }
  /// A place in the input, one behind its end included.
  std::size_t place(const std::string& input) { return below(input.size() + 1); }
  /// Mostly short, sometimes anything.
  Span block(const std::string& input) {
    const std::size_t begin = place(input);
    const std::size_t rest = input.size() - begin;
    const std::size_t most = below(4) == 0 ? rest : std::min<std::size_t>(rest, 32);
    return {begin, below(most + 1)};
  }

  void flip_bit(std::string& input) {
    if (!input.empty()) {
      char& byte = input[below(input.size())];
      byte = static_cast<char>(byte ^ (1 << below(8)));
    }
  }
  void set_byte(std::string& input) {
    if (!input.empty()) {
      input[below(input.size())] = static_cast<char>(below(256));
    }
  }
  /// Overwrites 1, 2, 4 or 8 bytes in either byte order.
  void set_number(std::string& input) {
    const std::size_t width = std::size_t{1} << below(4);
    if (input.size() < width) {
      return;
    }
    const std::size_t begin = below(input.size() - width + 1);
    const std::uint64_t number = kNumbers.at(below(kNumbers.size())) + below(3) - 1;
    const bool big_endian = below(2) == 0;
    for (std::size_t i = 0; i < width; ++i) {
      const std::size_t at = big_endian ? width - 1 - i : i;
      input[begin + at] = static_cast<char>(number >> (8 * i));
    }
  }
  void cut_off(std::string& input) { input.resize(place(input)); }
  void delete_block(std::string& input) {
    const Span gone = block(input);
    input.erase(gone.begin, gone.size);
  }
  void double_block(std::string& input) {
    const Span copied = block(input);
    const std::string text = input.substr(copied.begin, copied.size);
    const std::size_t times = below(8) == 0 ? 1 + below(64) : 1;
    for (std::size_t i = 0; i < times && input.size() < kLargest; ++i) {
      input.insert(copied.begin, text);
    }
  }
  void move_block(std::string& input) {
    const Span moved = block(input);
    const std::string text = input.substr(moved.begin, moved.size);
    input.erase(moved.begin, moved.size);
    input.insert(place(input), text);
  }
  /// One block over another place, size unchanged.
  void copy_over(std::string& input) {
    const Span copied = block(input);
    const std::string text = input.substr(copied.begin, copied.size);
    const std::size_t begin = below(input.size() - text.size() + 1);
    input.replace(begin, text.size(), text);
  }
  /// The beginning of this input and the end of another seed.
  void splice(std::string& input) {
    const std::string& other = material_.seeds[below(material_.seeds.size())];
    input.resize(place(input));
    input += other.substr(place(other));
  }
  void insert_word(std::string& input) {
    if (material_.words.empty()) {
      return insert_bytes(input);
    }
    const std::string& word = material_.words[below(material_.words.size())];
    const std::size_t begin = place(input);
    if (below(2) == 0) {
      input.replace(begin, std::min(word.size(), input.size() - begin), word);
    } else {
      input.insert(begin, word);
    }
  }
  /// Replaces the next run of digits.
  void set_digits(std::string& input) {
    const auto is_digit = [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; };
    const auto begin = std::find_if(input.begin() + static_cast<std::ptrdiff_t>(place(input)),
                                    input.end(), is_digit);
    const auto end = std::find_if_not(begin, input.end(), is_digit);
    if (begin != end) {
      input.replace(begin, end, kTextNumbers.at(below(kTextNumbers.size())));
    }
  }
  void insert_bytes(std::string& input) {
    std::string bytes;
    for (std::size_t count = 1 + below(16); count > 0; --count) {
      bytes.push_back(static_cast<char>(below(256)));
    }
    input.insert(place(input), bytes);
  }

  const Material& material_;
  Draw& random_;
};

}  // namespace

std::string make_input(const Material& material, std::uint32_t seed, std::uint64_t number) {
  constexpr std::uint32_t kGolden = 0x9e3779b9;  // spreads neighbouring numbers over all seeds
  Draw random(seed ^ (static_cast<std::uint32_t>(number) * kGolden) ^
              static_cast<std::uint32_t>(number >> 32));
  std::string input = material.seeds[random(static_cast<std::uint32_t>(material.seeds.size()))];
  Mutator mutator(material, random);
  const std::uint32_t changes = random(2) == 0 ? 1 : 1 + random(8);  // many refuse too early
  for (std::uint32_t i = 0; i < changes; ++i) {
    mutator.change(input);
  }
  return input;
}

}  // namespace fuzz
