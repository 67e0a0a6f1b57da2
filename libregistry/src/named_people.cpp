// SPDX-License-Identifier: Apache-2.0
#include "named_people.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "person_gate.hpp"
#include "registry/text_normalizer.hpp"
#include "sql_types.hpp"

namespace registry {
namespace {

/// Of two characters, a name is part of too many other words.
constexpr std::ptrdiff_t kShortest = 3;

bool contains_name(const std::string& text, const std::string& name) {
  const auto characters = std::ranges::count_if(
      name, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
  return characters >= kShortest && text.find(name) != std::string::npos;
}

}  // namespace

bool names_a_registrant(Database& store, const Actor& actor, std::string_view text) {
  const std::string written(text);
  const std::string name_text = search_key(text);
  const std::string kana_text = kana_key(text);
  PersonId person;
  std::string name;
  std::string kana;
  soci::statement rows =
      (store.sql().prepare << "SELECT id, name_key, kana_key FROM person WHERE EXISTS (SELECT 1 "
                              "FROM register_entry e WHERE e.person = person.id)",
       soci::into(person), soci::into(name), soci::into(kana));
  std::vector<PersonId> named;
  rows.execute();
  while (rows.fetch()) {
    if (contains_name(name_text, name) || contains_name(kana_text, kana) ||
        written.find(person.value) != std::string::npos) {
      named.push_back(person);
    }
  }
  PersonGate gate(store, actor, Action::ShowDrills);
  return std::ranges::any_of(named,
                             [&](const PersonId& each) { return gate.fields(each).has_value(); });
}

}  // namespace registry
