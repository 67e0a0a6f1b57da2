// SPDX-License-Identifier: Apache-2.0
#include "registry/ids.hpp"

#include <gtest/gtest.h>

#include <random>
#include <stdexcept>
#include <string>

namespace registry {
namespace {

RandomSource filled_with(std::uint8_t byte) {
  return [byte](std::array<std::uint8_t, 10>& block) { block.fill(byte); };
}

/// The definition, bit by bit: 130 bits, the first two of them zero, five to a digit.
std::string by_definition(std::uint64_t time, const std::array<std::uint8_t, 10>& block) {
  std::string bits = "00";
  for (int i = 47; i >= 0; --i) {
    bits += ((time >> static_cast<unsigned>(i)) & 1U) != 0 ? '1' : '0';
  }
  for (const std::uint8_t byte : block) {
    for (int i = 7; i >= 0; --i) {
      bits += ((static_cast<unsigned>(byte) >> static_cast<unsigned>(i)) & 1U) != 0 ? '1' : '0';
    }
  }
  std::string text;
  for (std::size_t i = 0; i < bits.size(); i += 5) {
    text += "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[std::stoul(bits.substr(i, 5), nullptr, 2)];
  }
  return text;
}

TEST(Ids, TimePartIsThatOfThePublishedExample) {
  EXPECT_EQ(make_ulid(Instant{1469918176385}, filled_with(0)).substr(0, 10), "01ARYZ6S41");
}

TEST(Ids, EndsOfTheRange) {
  EXPECT_EQ(make_ulid(Instant{0}, filled_with(0)), std::string(26, '0'));
  EXPECT_EQ(make_ulid(Instant{(std::int64_t{1} << 48) - 1}, filled_with(0xFF)),
            "7" + std::string(25, 'Z'));
}

TEST(Ids, TimeOutsideTheRangeIsABug) {
  EXPECT_THROW((void)make_ulid(Instant{-1}, filled_with(0)), std::logic_error);
  EXPECT_THROW((void)make_ulid(Instant{std::int64_t{1} << 48}, filled_with(0)), std::logic_error);
}

TEST(Ids, EveryUlidIsThatOfTheDefinition) {
  constexpr unsigned kSeed = 7;
  SCOPED_TRACE(kSeed);
  std::mt19937_64 random(kSeed);
  for (int i = 0; i < 1000; ++i) {
    const std::uint64_t time = random() >> 16U;
    std::array<std::uint8_t, 10> bytes{};
    for (std::uint8_t& byte : bytes) {
      byte = static_cast<std::uint8_t>(random() & 0xFFU);
    }
    const std::string ulid = make_ulid(Instant{static_cast<std::int64_t>(time)},
                                       [&](std::array<std::uint8_t, 10>& block) { block = bytes; });
    ASSERT_EQ(ulid, by_definition(time, bytes));
    ASSERT_TRUE(is_ulid(ulid));
  }
}

TEST(Ids, LaterUlidsSortLater) {
  EXPECT_LT(make_ulid(Instant{1000}, filled_with(0xFF)), make_ulid(Instant{1001}, filled_with(0)));
}

TEST(Ids, OnlyTheCanonicalFormIsAUlid) {
  EXPECT_TRUE(is_ulid("01ARYZ6S41TSV4RRFFQ69G5FAV"));
  for (const char* text :
       {"", "01ARYZ6S41TSV4RRFFQ69G5FA", "01ARYZ6S41TSV4RRFFQ69G5FAVX",
        "01aryz6s41tsv4rrffq69g5fav", "81ARYZ6S41TSV4RRFFQ69G5FAV", "01ARYZ6S41TSV4RRFFQ69G5FAI",
        "01ARYZ6S41TSV4RRFFQ69G5FAU", "01ARYZ6S41TSV4RRFFQ69G5FA "}) {
    EXPECT_FALSE(is_ulid(text)) << text;
  }
}

}  // namespace
}  // namespace registry
