// SPDX-License-Identifier: Apache-2.0
#include "registry/supporter_refusal.hpp"

#include "registry/text_normalizer.hpp"

namespace registry {
namespace {

/// Whether a word stands somewhere in a text, as a search would find it.
bool names(const std::string& text, std::string_view word) {
  const std::string key = search_key(word);
  return !key.empty() && search_key(text).find(key) != std::string::npos;
}

}  // namespace

bool is_refused(const Needs& needs, const Supporter& supporter, const std::string& relation) {
  const std::string& text = needs.refuses_help_by;
  if (text.empty()) {
    return false;
  }
  const std::string phone = phone_digits(supporter.phone);
  return names(text, supporter.name) || names(text, supporter.organisation) ||
         names(text, relation) ||
         (!phone.empty() && phone_digits(text).find(phone) != std::string::npos);
}

}  // namespace registry
