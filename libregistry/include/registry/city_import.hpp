// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/local_plan.hpp"
#include "registry/registrant.hpp"
#include "registry/shelter.hpp"
#include "registry/supporter.hpp"
#include "registry/table_io.hpp"

namespace registry {

/// One row that cannot be used. The message names column and rule, never the person.
struct Rejected {
  std::size_t line = 0;  ///< in the file, from 1
  std::string column;
  std::string code;     ///< stable, e.g. BIRTH_DATE_MISSING
  std::string message;  ///< what was found (codes only), expected, what to do; in Japanese
};

/// What an import did or would do.
struct ImportReport {
  std::string encoding;
  std::size_t rows_read = 0;
  std::size_t added = 0;
  std::size_t changed = 0;
  std::size_t unchanged = 0;
  std::size_t queued = 0;  ///< rows that wait for a person's decision; they are in `rejected` too
  std::vector<Rejected> rejected;
  std::vector<std::string> notes;  ///< repairs and assumptions, without personal data
};

/// Values read from a file's rows; the rows that could not be read are in `report.rejected`.
template <class Row>
struct ParsedRows {
  std::vector<Row> rows;
  ImportReport report;
};

/// What a row says of the person beside the number: how somebody is found whose 宛名番号 is
/// missing or unknown.
struct StatedIdentity {
  std::string name;
  std::string name_kana;
  std::optional<Date> birth_date;
  std::string address;  ///< 住所, 番地 and 方書
  [[nodiscard]] bool usable() const { return !name_kana.empty() && birth_date.has_value(); }
};

/// A certificate with the person it belongs to.
struct CertificateRow {
  std::size_t line = 0;
  std::string resident_no;  ///< may be empty when the identity is usable
  StatedIdentity identity;
  Certificate certificate;
  std::optional<LivingPlace> living_place;  ///< 入所区分, when the file states it
  std::optional<Mobility> mobility;         ///< 移動手段, when the file states it
};

/// Somebody's own application to the 災害時要援護者登録名簿, or its withdrawal.
struct VoluntaryRow {
  std::size_t line = 0;
  std::string resident_no;
  StatedIdentity identity;
  Date joined_on{};
  bool withdrawn = false;
  std::vector<std::string> grounds;  ///< 65歳以上一人暮らし, 難病, ... as the form states them
};

struct SupporterRow {
  std::size_t line = 0;
  Supporter supporter;
  std::string person_resident_no;  ///< 対象宛名番号; empty = helps nobody yet
  std::string relation;
  std::string role;
};

struct ResidentRow {
  std::size_t line = 0;
  Person person;  ///< without id
};

struct ShelterRow {
  std::size_t line = 0;  ///< of the CSV row, or the number of the GeoJSON feature
  Shelter shelter;       ///< without id
};

// Columns: docs/file_formats.md. Each function throws `InputError` when a required column is
// missing (naming all that are) and otherwise reports row by row. The 支援措置区分 column of the
// resident file is required: silence must not read as "nobody is protected".

[[nodiscard]] ParsedRows<ResidentRow> parse_residents(const Table& table, Date as_of);
[[nodiscard]] ParsedRows<CertificateRow> parse_care(const Table& table);
[[nodiscard]] ParsedRows<CertificateRow> parse_disability(const Table& table);
/// 指定難病, 都単独疾病, 小児慢性特定疾病: held by the prefecture, so often without 宛名番号.
[[nodiscard]] ParsedRows<CertificateRow> parse_intractable(const Table& table);
[[nodiscard]] ParsedRows<VoluntaryRow> parse_voluntary(const Table& table);
[[nodiscard]] ParsedRows<SupporterRow> parse_supporters(const Table& table);
/// 自治体標準オープンデータセット no.03 (39 columns) or the older 推奨データセット, with our own
/// optional columns 施設種別, 受入対象者, 到着区分 for welfare shelters.
[[nodiscard]] ParsedRows<ShelterRow> parse_shelters(const Table& table, const LocalPlan& plan);
/// 国土地理院 GeoJSON, 指定緊急避難場所 or 指定避難所: told apart by their properties, never by
/// name.
[[nodiscard]] ParsedRows<ShelterRow> parse_gsi_shelters(std::string_view geojson,
                                                        const LocalPlan& plan);

/// The rejected rows as a CSV table: 行, 列, コード, 理由.
[[nodiscard]] Table error_table(const ImportReport& report);

}  // namespace registry
