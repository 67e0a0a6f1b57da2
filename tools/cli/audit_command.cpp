// SPDX-License-Identifier: Apache-2.0
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/city_folder.hpp"
#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/report.hpp"
#include "registry/audit_book.hpp"

namespace cli {
namespace {

constexpr const char* kAuditPurpose = "監査記録の確認";

struct AuditOptions {
  std::string dir;
  std::string id;
  std::string anchor;
  std::string out;
  std::int64_t from = 1;
  std::size_t limit = 100;
};

void print_rows(const std::vector<registry::AuditEntry>& entries, const Context& context) {
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (const registry::AuditEntry& entry : entries) {
    if (!context.json) {
      std::cout << entry.number << '\t' << registry::tokyo_time(entry.at) << '\t' << entry.actor
                << '\t' << entry.purpose << '\t' << entry.action << '\t' << entry.subject << '\t'
                << entry.detail << '\n';
      continue;
    }
    rows.push_back({{"number", entry.number},
                    {"at", to_iso(entry.at)},
                    {"actor", entry.actor},
                    {"purpose", entry.purpose},
                    {"action", entry.action},
                    {"subject", entry.subject},
                    {"detail", entry.detail}});
  }
  if (context.json) {
    print_json({{"rows", rows}});
  }
}

/// Runs `work` with the book of the city's registry.
template <class Work>
void with_book(const AuditOptions& options, Work work) {
  const CityFolder city(options.dir);
  auto registry = city.open_registry();
  auto session = registry.session(actor(kAuditPurpose));
  registry::AuditBook book(session);
  work(city, book);
}

void verify(const AuditOptions& options, Context& context) {
  with_book(options, [&](const CityFolder& city, registry::AuditBook& book) {
    registry::AuditWitness witness{.anchor = {}, .trusted_key = city.audit_public_key()};
    if (!options.anchor.empty()) {
      witness.anchor = registry::parse_audit_head(read_file(options.anchor));
    }
    const auto found = book.verify(witness);
    if (found.first_bad) {
      context.exit = Exit::Failed;
    }
    if (context.json) {
      nlohmann::ordered_json document{{"rows", found.rows},
                                      {"heads", found.heads},
                                      {"trusted_to", found.trusted_to},
                                      {"fault", to_text(found.fault)}};
      document["first_bad"] =
          found.first_bad ? nlohmann::ordered_json(*found.first_bad) : nlohmann::ordered_json();
      print_json(document);
      return;
    }
    std::cout << context.say("行: ", "rows: ") << found.rows
              << context.say("  署名: ", "  signed heads: ") << found.heads << '\n';
    if (found.first_bad) {
      std::cout << context.say("最初の異常な行: ", "first bad row: ") << *found.first_bad << ' '
                << to_text(found.fault) << '\n';
    } else {
      std::cout << to_text(found.fault) << '\n';
    }
  });
}

void anchor(const AuditOptions& options, const Context& context) {
  with_book(options, [&](const CityFolder&, registry::AuditBook& book) {
    const std::string text = to_text(book.anchor());
    if (!options.out.empty()) {
      write_file(options.out, text);
    }
    if (context.json) {
      print_json({{"anchor", text}, {"file", options.out}});
    } else {
      std::cout << text;
    }
  });
}

}  // namespace

void add_audit(CLI::App& app, Context& context) {
  const auto options = std::make_shared<AuditOptions>();
  CLI::App* audit = app.add_subcommand("audit", "監査記録 (the audit log)");
  audit->require_subcommand(1);
  audit->fallthrough();
  audit->add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();

  CLI::App* list = audit->add_subcommand("list", "記録の一覧 (rows of the log)");
  list->add_option("--from", options->from, "この番号から (from this row)")->capture_default_str();
  list->add_option("--limit", options->limit, "行数 (how many)")->capture_default_str();
  list->callback([options, &context] {
    with_book(*options, [&](const CityFolder&, registry::AuditBook& book) {
      print_rows(book.list(options->from, options->limit), context);
    });
  });

  CLI::App* check = audit->add_subcommand("verify", "記録を検証する (verify the chain)");
  check->add_option("--anchor", options->anchor, "照合票 (file written by audit anchor)");
  check->callback([options, &context] { verify(*options, context); });

  CLI::App* seal = audit->add_subcommand("anchor", "照合票を作る (sign the newest row)");
  seal->add_option("--out", options->out, "書き出すファイル (file)");
  seal->callback([options, &context] { anchor(*options, context); });

  CLI::App* who = audit->add_subcommand("who-saw", "本人の記録を見た人 (who saw this person)");
  who->add_option("--registrant", options->id, "名簿の番号 (registrant)")->required();
  who->callback([options, &context] {
    with_book(*options, [&](const CityFolder&, registry::AuditBook& book) {
      print_rows(book.who_saw({options->id}), context);
    });
  });
}

}  // namespace cli
