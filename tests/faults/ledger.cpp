// SPDX-License-Identifier: Apache-2.0
#include "faults/ledger.hpp"

#include <algorithm>
#include <cstdlib>

#include "database.hpp"
#include "registry/error.hpp"
#include "support/registry_fixture.hpp"

namespace faults {

using namespace registry;  // NOLINT(google-build-using-namespace): everything here is about it

namespace {

constexpr std::int64_t kResidentEvery = 10;
constexpr std::string_view kMark = "write ";

const Actor kActor{.name = "tester", .purpose = "試験"};

std::string check_pages(Database& store) {
  std::string answer;
  store.sql() << "PRAGMA integrity_check(1)", soci::into(answer);
  return answer == "ok" ? "" : "tables and indexes disagree";
}

Found read_all(Registry& registry) {
  Session session = registry.session(kActor);
  Database& store = SessionInside::store(session);
  Found found;
  found.fault = check_pages(store);
  const auto log = session.audit_log();
  if (first_broken(log)) {
    found.fault = "the audit chain is broken";
  }
  for (const AuditEntry& entry : log) {
    if (!entry.detail.starts_with(kMark)) {
      continue;
    }
    const std::int64_t number = std::stoll(entry.detail.substr(kMark.size()));
    if (number != found.last + 1) {
      found.fault = "write " + std::to_string(number) + " after " + std::to_string(found.last);
    }
    found.last = number;
  }
  const auto residents = store.read([&] {
    long long count = 0;
    store.sql() << "SELECT count(*) FROM person", soci::into(count);
    return count;
  });
  if (residents != found.last / kResidentEvery) {
    found.fault =
        std::to_string(residents) + " residents of " + std::to_string(found.last) + " writes";
  }
  return found;
}

}  // namespace

void write_numbered_part(Session& session, std::int64_t number) {
  if (number % kResidentEvery == 0) {
    (void)session.import_residents(
        support::parsed(std::vector{support::resident(std::to_string(number))}));
  }
  session.record_output(std::string(kMark) + std::to_string(number), {});
}

void write_numbered(Session& session, std::int64_t number) {
  SessionInside::store(session).grouped(
      [&] { SessionInside::store(session).write([&] { write_numbered_part(session, number); }); });
}

Found inspect(const std::filesystem::path& file) {
  try {
    Registry registry =
        Registry::open(file, support::test_key(), support::test_surroundings(9'000'000));
    return read_all(registry);
  } catch (const std::exception& error) {
    return {.last = -1, .fault = error.what()};
  }
}

bool long_form() {
  const char* value = std::getenv("TOMONI_LONG");
  return value != nullptr && std::string_view(value) == "1";
}

int rounds(int few, int many) {
  return long_form() ? many : few;
}

}  // namespace faults
