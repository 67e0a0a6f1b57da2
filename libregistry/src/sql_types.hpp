// SPDX-License-Identifier: Apache-2.0
#pragma once

// How our types stand in the tables, told to SOCI; and the same forms for content hashes.

#include <soci/soci.h>

#include <optional>
#include <string>
#include <type_traits>

#include "digest.hpp"
#include "pinned.hpp"
#include "registry/error.hpp"
#include "registry/ids.hpp"
#include "stored_codes.hpp"

namespace soci {

template <class Enum>
struct type_conversion<Enum, std::enable_if_t<std::is_enum_v<Enum>>> {
  using base_type = std::string;
  static void from_base(const std::string& code, indicator, Enum& value) {
    value = registry::from_code<Enum>(code);
  }
  static void to_base(Enum value, std::string& code, indicator& state) {
    code = registry::to_code(value);
    state = i_ok;
  }
};

template <>
struct type_conversion<bool> {
  using base_type = int;
  static void from_base(int stored, indicator, bool& value) { value = stored != 0; }
  static void to_base(bool value, int& stored, indicator& state) {
    stored = value ? 1 : 0;
    state = i_ok;
  }
};

/// A date that is no date (`Date{}`) is stored as NULL.
template <>
struct type_conversion<registry::Date> {
  using base_type = std::string;
  static void from_base(const std::string& text, indicator state, registry::Date& date) {
    if (state == i_null) {
      date = {};
      return;
    }
    const auto parsed = registry::parse_iso_date(text);
    if (!parsed) {
      throw registry::Error("台帳の日付が壊れています。控えから戻してください。");
    }
    date = *parsed;
  }
  static void to_base(const registry::Date& date, std::string& text, indicator& state) {
    if (!date.ok()) {
      state = i_null;
      return;
    }
    text = registry::to_iso(date);
    state = i_ok;
  }
};

template <class Tag>
struct type_conversion<registry::TextId<Tag>> {
  using base_type = std::string;
  static void from_base(const std::string& text, indicator, registry::TextId<Tag>& id) {
    id.value = text;
  }
  static void to_base(const registry::TextId<Tag>& id, std::string& text, indicator& state) {
    text = id.value;
    state = i_ok;
  }
};

template <>
struct type_conversion<registry::Instant> {
  using base_type = long long;
  static void from_base(long long stored, indicator, registry::Instant& value) {
    value.milliseconds = stored;
  }
  static void to_base(registry::Instant value, long long& stored, indicator& state) {
    stored = value.milliseconds;
    state = i_ok;
  }
};

template <class T>
struct type_conversion<std::optional<T>> {
  using base_type = typename type_conversion<T>::base_type;
  static void from_base(const base_type& stored, indicator state, std::optional<T>& value) {
    if (state == i_null) {
      value.reset();
      return;
    }
    T inner{};
    type_conversion<T>::from_base(stored, state, inner);
    value = inner;
  }
  static void to_base(const std::optional<T>& value, base_type& stored, indicator& state) {
    if (!value) {
      state = i_null;
      return;
    }
    type_conversion<T>::to_base(*value, stored, state);
  }
};

}  // namespace soci

namespace registry {

/// Prepares `sql` with the columns that `exchange(statement)` adds. The variables stay bound: run
/// it again and again with `execute(true)`, or fetch row by row.
template <class Exchange>
[[nodiscard]] soci::statement prepared(soci::session& session, const std::string& sql,
                                       Exchange exchange) {
  soci::statement statement(session);
  exchange(statement);
  statement.alloc();
  statement.prepare(sql);
  statement.define_and_bind();
  return statement;
}

/// Binds each field that a `..._fields` function names, by name.
inline auto binder(soci::statement& statement) {
  return [&statement](const char* name, const auto& field) {
    statement.exchange(soci::use(field, name));
  };
}

/// Receives each field that a `..._fields` function names, in their order.
inline auto receiver(soci::statement& statement) {
  return [&statement](const char*, auto& field) { statement.exchange(soci::into(field)); };
}

/// Adds a field to a digest in the form in which it is stored.
template <class Field>
void add_stored(Digest& digest, const Field& field) {
  using Conversion = soci::type_conversion<Field>;
  typename Conversion::base_type stored{};
  soci::indicator state = soci::i_ok;
  Conversion::to_base(field, stored, state);
  digest.add(std::int64_t{state == soci::i_null ? 1 : 0});
  if (state == soci::i_null) {
    return;
  }
  if constexpr (std::is_integral_v<decltype(stored)>) {
    digest.add(static_cast<std::int64_t>(stored));
  } else {
    digest.add(stored);
  }
}

}  // namespace registry
