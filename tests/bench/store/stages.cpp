// SPDX-License-Identifier: Apache-2.0
#include "store/stages.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

#include "database.hpp"
#include "machine.hpp"
#include "registry/audit_book.hpp"
#include "registry/consent_book.hpp"
#include "registry/group_commit.hpp"
#include "registry/handover_desk.hpp"
#include "registry/import_desk.hpp"
#include "registry/person_search.hpp"
#include "store/city_files.hpp"

namespace bench {
namespace {

using Clock = std::chrono::steady_clock;

registry::Instant wall_now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

registry::Surroundings surroundings(std::uint64_t seed) {
  auto counter = std::make_shared<std::uint64_t>(seed << 40U);
  return {.clock = wall_now, .random = [counter](std::array<std::uint8_t, 10>& bytes) {
            ++*counter;
            for (std::size_t i = 0; i < bytes.size(); ++i) {
              bytes.at(i) = static_cast<std::uint8_t>(*counter >> (8 * (i % 8)));
            }
          }};
}

registry::StoreKey key() {
  registry::StoreKey key{};
  key.fill(7);
  return key;
}

double seconds_of(const auto& work) {
  const auto start = Clock::now();
  work();
  return std::chrono::duration<double>(Clock::now() - start).count();
}

registry::Date today() {
  return registry::tokyo_date(wall_now());
}

void take(RegistryBench bench, const char* name, const char* words, double seconds) {
  bench.report.document[name] = significant(seconds);
  bench.report.row(words, seconds, "s");
}

registry::ParsedRows<registry::ResidentRow> parsed_residents(const CityFiles& city,
                                                             std::size_t changed) {
  return registry::parse_residents(registry::read_csv(city.residents_csv(changed)), today());
}

registry::RuleSet care_rules() {
  return registry::parse_rule_set(
      "[rule_set]\nid='bench'\ncity='見本市'\neffective_from=2020-01-01\nsource='bench'\n"
      "[[clause]]\nid='ア'\ntitle='介護'\nall_of=[{attribute='care_level', any_of=["
      "'要支援1','要支援2','要介護1','要介護2','要介護3','要介護4','要介護5']}]\n");
}

}  // namespace

registry::Actor bench_actor() {
  return {.name = "bench", .purpose = "計測"};
}

registry::Registry create_store(const std::filesystem::path& file) {
  std::filesystem::remove(file);
  auto store = registry::Registry::create(file, key(), surroundings(1));
  store.appoint_first_admin(bench_actor().name);
  return store;
}

registry::Registry open_store(const std::filesystem::path& file) {
  return registry::Registry::open(file, key(), surroundings(2));
}

void measure_imports(const RegistryBench& bench, const std::filesystem::path& store) {
  const RegistryOptions& options = bench.options;
  bench.report.section("city files");
  const CityFiles city(options.residents, options.seed);
  auto registry = create_store(store);
  auto session = registry.session(bench_actor());
  registry::ImportDesk desk(session);
  const registry::ImportManner manner{.full = true};
  forget_peak_memory();
  std::size_t added = 0;
  take(bench, "import_first_s", "everybody, first import", seconds_of([&] {
         added = desk.import_now(parsed_residents(city, 0), manner).report.added;
       }));
  bench.report.checks.check_equal("people added", added, options.residents, "first import");
  const auto care = city.care_csv(options.care_rows);
  take(bench, "import_care_s", "care file, first import", seconds_of([&] {
         added = desk.import_now(registry::ImportKind::Care,
                                 registry::parse_care(registry::read_csv(care)), manner)
                     .report.added;
       }));
  bench.report.checks.check_equal("certificates added", added, options.care_rows, "care file");
  constexpr std::size_t kOneIn = 100;
  std::size_t changed = 0;
  take(bench, "import_second_s", "everybody, 1 % moved", seconds_of([&] {
         changed = desk.import_now(parsed_residents(city, kOneIn), manner).report.changed;
       }));
  bench.report.checks.check_equal("people changed", changed, options.residents / kOneIn,
                                  "second import");
  const double peak = memory().peak_mib;
  bench.report.document["import_peak_mib"] = significant(peak);
  bench.report.row("most memory of the imports", peak, "MiB");
  registry::EligibilityRun run;
  take(bench, "eligibility_s", "criteria over everybody",
       seconds_of([&] { run = session.run_eligibility(care_rules(), today()); }));
  bench.report.checks.check_equal("people eligible", run.eligible, options.care_rows, "criteria");
}

void measure_search(const RegistryBench& bench, const std::filesystem::path& store) {
  bench.report.section("search");
  auto registry = open_store(store);
  auto session = registry.session(bench_actor());
  registry::PersonSearch search(session);
  std::vector<double> ms;
  std::size_t found = 0;
  for (const std::string& query :
       CityFiles(bench.options.residents, bench.options.seed).queries(bench.options.queries)) {
    ms.push_back(1000 * seconds_of([&] { found += search.find(query).hits.empty() ? 0 : 1; }));
  }
  std::ranges::sort(ms);
  const auto share = [&](double part) {
    return ms.at(static_cast<std::size_t>(part * static_cast<double>(ms.size() - 1)));
  };
  bench.report.document["search_p50_ms"] = significant(share(0.50));
  bench.report.document["search_p99_ms"] = significant(share(0.99));
  bench.report.row("median", share(0.50), "ms");
  bench.report.row("99 of 100 within", share(0.99), "ms");
  // People who have moved or are protected are not found under what was asked.
  bench.report.document["search_found_share"] =
      significant(static_cast<double>(found) / static_cast<double>(ms.size()));
}

void measure_list(const RegistryBench& bench, const std::filesystem::path& store) {
  bench.report.section("list for the police");
  auto registry = open_store(store);
  auto session = registry.session(bench_actor());
  registry::ConsentBook consents(session);
  std::size_t agreed = 0;
  // Statements are recorded one by one at a desk; here all of them before the clock starts.
  registry::Database& database = registry::SessionInside::store(session);
  static_cast<void>(database);
  for (const auto& subject : session.registrants()) {
    if (agreed == bench.options.listed) {
      break;
    }
    registry::ConsentStatement statement;
    statement.person = subject.registrant.person.id;
    statement.answer = registry::Answer::Granted;
    statement.method = registry::ConsentMethod::WrittenSelf;
    statement.asked_at = wall_now();
    statement.explained_at = statement.asked_at;
    statement.explained_by = "危機管理課";
    statement.answered_at = statement.asked_at;
    static_cast<void>(consents.record(statement));
    ++agreed;
  }
  registry::RecipientOrg police;
  police.kind = registry::RecipientKind::Police;
  police.name = "見本警察署";
  police.listed = true;
  police.plan_clause = "第3章";
  police.manager = "警備課長";
  police.storage_place = "警備課金庫";
  const registry::OrgId id = registry::RecipientBook(session).add(police);
  registry::HandoverDesk desk(session, registry::DisclosurePolicy{});
  const registry::HandoverRequest request{.recipient = id, .return_due = today()};
  std::size_t bytes = 0;
  std::size_t listed = 0;
  take(bench, "list_s", "preview, ledger and file", seconds_of([&] {
         const auto preview = desk.preview(request);
         const auto list = desk.issue(request, preview.code);
         listed = list.handover().persons;
         bytes = list.csv(registry::CsvEncoding::Utf8Bom).bytes.size();
       }));
  bench.report.document["list_persons"] = listed;
  bench.report.document["list_bytes"] = bytes;
  bench.report.count("people on it", listed);
}

void measure_audit(const RegistryBench& bench) {
  bench.report.section("audit log");
  const auto file = bench.options.folder / "audit.db";
  auto registry = create_store(file);
  auto session = registry.session(bench_actor());
  registry::Database& database = registry::SessionInside::store(session);
  const registry::Actor actor = bench_actor();
  for (std::size_t done = 0; done < bench.options.audit_rows;) {
    const std::size_t until = std::min(bench.options.audit_rows, done + 50'000);
    database.write([&] {
      for (; done < until; ++done) {
        database.append_audit(
            actor, {.action = registry::Action::ShowPerson, .subject = {}, .detail = "found=1"});
      }
    });
  }
  registry::AuditVerification verification;
  take(bench, "audit_verify_s", "verify the whole log",
       seconds_of([&] { verification = registry::AuditBook(session).verify({}); }));
  bench.report.document["audit_rows"] = verification.rows;
  bench.report.count("rows", static_cast<std::uint64_t>(verification.rows));
  bench.report.checks.check("audit log whole", !verification.first_bad.has_value(),
                            [] { return std::string("a good log was called bad"); });
}

void measure_writes(const RegistryBench& bench) {
  bench.report.section("durable writes");
  const RegistryOptions& options = bench.options;
  auto registry = create_store(options.folder / "writes.db");
  const double single = seconds_of([&] {
    auto session = registry.session(bench_actor());
    for (std::size_t i = 0; i < options.single_writes; ++i) {
      session.record_output("計測", {});
    }
  });
  const double single_per_s = static_cast<double>(options.single_writes) / single;
  std::atomic<std::size_t> kept = 0;
  double grouped = 0;
  {
    registry::GroupCommit group(registry);
    grouped = seconds_of([&] {
      std::vector<std::thread> callers;
      for (std::size_t caller = 0; caller < options.group_callers; ++caller) {
        callers.emplace_back([&] {
          for (std::size_t i = 0; i < options.group_writes; ++i) {
            const auto result = group.run(bench_actor(), [](registry::Session& session) {
              session.record_output("計測", {});
            });
            kept += result.kept() ? 1 : 0;
          }
        });
      }
      for (std::thread& caller : callers) {
        caller.join();
      }
    });
  }
  const std::size_t wanted = options.group_callers * options.group_writes;
  bench.report.checks.check_equal("writes kept", kept, wanted, "group commit");
  const double group_per_s = static_cast<double>(wanted) / grouped;
  bench.report.document["single_writes_per_s"] = significant(single_per_s);
  bench.report.document["group_writes_per_s"] = significant(group_per_s);
  bench.report.row("one after the other", single_per_s, "/s");
  bench.report.row(std::to_string(options.group_callers) + " callers in groups", group_per_s, "/s");
}

}  // namespace bench
