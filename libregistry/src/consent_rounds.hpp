// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "database.hpp"
#include "registry/consent_book.hpp"
#include "sql_types.hpp"

namespace registry {

/// A letter of a round with what became of it.
struct StoredLetter {
  std::string code;
  PersonId person;
  std::string name;
  std::string postcode;
  std::string address;    ///< in one line
  bool reachable = true;  ///< a resident without a protective measure
  std::optional<Instant> posted_at;
  int reminders = 0;
  std::map<ConsentScope, Answer> answers;  ///< those given on this letter
};

/// Throws `InputError` for an unknown round.
[[nodiscard]] ConsentRound stored_round(soci::session& sql, const RoundId& id);
[[nodiscard]] std::vector<ConsentRound> stored_rounds(soci::session& sql);
void insert_round(soci::session& sql, const ConsentRound& round, Instant at,
                  const std::string& actor);

/// The letters of a round by code, with postings and answers.
[[nodiscard]] std::map<std::string, StoredLetter> stored_letters(soci::session& sql,
                                                                 const RoundId& round);
/// Round of a code, or empty for one that was never given out.
[[nodiscard]] RoundId round_of(soci::session& sql, const std::string& code);

/// Four characters that tie code, name and address together.
[[nodiscard]] std::string letter_mark(const std::string& code, const std::string& name,
                                      const std::string& address);

/// Whether every scope of the round has its answer.
[[nodiscard]] bool answered(const StoredLetter& letter, const ConsentRound& round);

}  // namespace registry
