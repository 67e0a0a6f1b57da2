// SPDX-License-Identifier: Apache-2.0
#include "cli/import_people.hpp"

#include <filesystem>

#include "cli/batch_report.hpp"
#include "cli/files.hpp"
#include "cli/report.hpp"
#include "registry/error.hpp"
#include "registry/import_mapping.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;
using registry::ImportKind;
using registry::InputError;

constexpr const char* kImportPeoplePurpose = "名簿の作成・更新（49条の10）";

registry::Table decoded(const std::string& bytes, const PeopleOptions& options,
                        std::optional<registry::TextEncoding> usual) {
  if (registry::looks_like_workbook(bytes)) {
    if (!options.encoding.empty()) {
      throw InputError("--encoding は CSV のときだけ使えます。Excel ファイルには要りません。");
    }
    return registry::read_xlsx(bytes, {.sheet = options.sheet, .limits = {}});
  }
  if (!options.sheet.empty()) {
    throw InputError("--sheet は Excel ファイルのときだけ使えます。");
  }
  if (options.encoding.empty()) {
    return usual ? registry::read_csv(bytes, *usual) : registry::read_csv(bytes);
  }
  const auto encoding = registry::parse_text_encoding(options.encoding);
  if (!encoding) {
    throw InputError("--encoding は UTF-8、CP932、UTF-16LE のどれかです: " + options.encoding);
  }
  return registry::read_csv(bytes, *encoding);
}

/// A file, its mapping and what they say of each other.
struct Source {
  registry::Table table;
  registry::ImportManner manner;
};

Source open_source(ImportKind kind, const std::string& file, PeopleOptions options) {
  if (options.full && options.partial) {
    throw InputError("--full と --partial は一緒に使えません。");
  }
  Source source;
  if (options.mapping.empty()) {
    source.table = decoded(read_file(file), options, std::nullopt);
    source.manner.full = options.full;
    return source;
  }
  const auto name = std::filesystem::path(options.mapping).filename().string();
  const auto mapping = registry::parse_import_mapping(read_file(options.mapping), name);
  if (mapping.kind != kind) {
    throw InputError("この対応表は" + std::string(to_text(mapping.kind)) + "のものです。" +
                     std::string(to_text(kind)) + "の対応表を指定してください: " + name);
  }
  const std::string bytes = read_file(file);
  if (options.sheet.empty() && registry::looks_like_workbook(bytes)) {
    options.sheet = mapping.sheet;
  }
  source.table = mapped(decoded(bytes, options, mapping.encoding), mapping);
  source.manner.mapping = name;
  source.manner.full = options.full || (mapping.full && !options.partial);
  return source;
}

/// A preview shows the diff; nothing of the people changes.
Json preview_json(registry::Session& session, const registry::BatchId& batch,
                  const PeopleOptions& options, registry::ImportReport& report) {
  registry::ImportDesk desk(session);
  const auto detail = desk.show(batch);
  report = detail.report;
  Json document = to_json(report);
  document["queued"] = report.queued;
  document["preview"] = to_json(detail, options.show ? desk.names(batch) : Names());
  return document;
}

/// What is done with parsed rows of any kind. `run` previews or imports them at the desk.
template <class Rows, class Preview, class Import>
Json take(const Rows& rows, const PeopleOptions& options, const CityFolder& city,
          const Context& context, registry::ImportReport& report, Preview preview, Import import) {
  report = rows.report;
  if (context.dry_run) {
    return to_json(report);
  }
  auto registry = city.open_registry();
  registry::Session session = registry.session(actor(kImportPeoplePurpose));
  registry::ImportDesk desk(session);
  if (options.preview) {
    return preview_json(session, preview(desk), options, report);
  }
  const registry::AppliedBatch applied = import(desk);
  report = applied.report;
  Json document = to_json(report);
  document["queued"] = report.queued;
  document["batch"] = applied.id.value;
  document["ripple"] = to_json(applied.ripple);
  document["plans_to_review"] = applied.plans_to_review;
  return document;
}

registry::ParsedRows<registry::CertificateRow> parse_certificates(ImportKind kind,
                                                                  const registry::Table& table) {
  return kind == ImportKind::Care         ? registry::parse_care(table)
         : kind == ImportKind::Disability ? registry::parse_disability(table)
                                          : registry::parse_intractable(table);
}

}  // namespace

void add_people_options(CLI::App& command, PeopleOptions& options) {
  command.add_option("--mapping", options.mapping, "列と値の対応表 TOML (mapping file)");
  command.add_option("--encoding", options.encoding,
                     "文字コードを指定する: UTF-8, CP932, UTF-16LE (override the encoding)");
  command.add_option("--sheet", options.sheet, "Excel のシート名 (sheet of a workbook)");
  command.add_flag("--full", options.full, "全件のファイル: いない人を調べる (names everybody)");
  command.add_flag("--partial", options.partial, "一部だけのファイル (against the mapping)");
  command.add_flag("--preview", options.preview,
                   "差分だけを作り、反映は tomoni review でする (preview only)");
  command.add_flag("--show", options.show, "プレビューに氏名を表示する (names on this screen)");
}

registry::Table read_table(const std::string& file, const PeopleOptions& options) {
  return decoded(read_file(file), options, std::nullopt);
}

Json import_people(ImportKind kind, const std::string& file, const PeopleOptions& options,
                   const CityFolder& city, const Context& context, registry::ImportReport& report) {
  Source source = open_source(kind, file, options);
  const registry::ImportManner manner = source.manner;
  const auto run = [&](const auto& rows, auto preview, auto import) {
    source.table = {};  // the rows hold all that is needed
    return take(rows, options, city, context, report, preview, import);
  };
  switch (kind) {
    case ImportKind::Residents: {
      const auto rows = registry::parse_residents(source.table, registry::tokyo_date(now()));
      return run(
          rows, [&](registry::ImportDesk& desk) { return desk.preview(rows, manner); },
          [&](registry::ImportDesk& desk) { return desk.import_now(rows, manner); });
    }
    case ImportKind::Care:
    case ImportKind::Disability:
    case ImportKind::Intractable: {
      const auto rows = parse_certificates(kind, source.table);
      return run(
          rows, [&](registry::ImportDesk& desk) { return desk.preview(kind, rows, manner); },
          [&](registry::ImportDesk& desk) { return desk.import_now(kind, rows, manner); });
    }
    case ImportKind::Voluntary: {
      const auto rows = registry::parse_voluntary(source.table);
      return run(
          rows, [&](registry::ImportDesk& desk) { return desk.preview(rows, manner); },
          [&](registry::ImportDesk& desk) { return desk.import_now(rows, manner); });
    }
  }
  registry::contract_violated("kind is an enumerator", __FILE__, __LINE__);
}

}  // namespace cli
