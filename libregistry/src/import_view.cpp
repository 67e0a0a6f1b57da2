// SPDX-License-Identifier: Apache-2.0
// What an import can make false, read from the store; and the ripple that is kept with a batch.
#include <map>

#include "import_batch.hpp"
#include "registry/text_normalizer.hpp"
#include "schema.hpp"

namespace registry {
namespace {

std::vector<RegistryView::StoredPlan> plans(soci::session& sql) {
  RegistryView::StoredPlan plan;
  soci::statement rows = (sql.prepare << R"sql(
      SELECT p.id, p.subject, r.status FROM plan p JOIN plan_rev r ON r.plan = p.id
      WHERE r.rev = (SELECT max(rev) FROM plan_rev WHERE plan = p.id) ORDER BY p.id
    )sql",
                          soci::into(plan.plan), soci::into(plan.subject), soci::into(plan.status));
  std::vector<RegistryView::StoredPlan> all;
  rows.execute();
  while (rows.fetch()) {
    all.push_back(plan);
  }
  return all;
}

std::vector<RegistryView::Helper> helpers(soci::session& sql) {
  SupporterId id;
  std::string name_key;
  std::string address;
  PersonId person;
  soci::statement rows =
      (sql.prepare << R"sql(
      SELECT s.id, s.name_key, s.address, l.person
      FROM supporter s JOIN supporter_link l ON l.supporter = s.id ORDER BY s.id, l.person
    )sql",
       soci::into(id), soci::into(name_key), soci::into(address), soci::into(person));
  std::vector<RegistryView::Helper> all;
  rows.execute();
  while (rows.fetch()) {
    if (all.empty() || all.back().supporter != id) {
      all.push_back(
          {.supporter = id, .name_key = name_key, .address_key = search_key(address), .helps = {}});
    }
    all.back().helps.push_back(person);
  }
  return all;
}

std::vector<RegistryView::Member> members(soci::session& sql) {
  RegistryView::Member member;
  soci::statement rows =
      (sql.prepare << "SELECT kind, person FROM register_entry WHERE left_on IS NULL "
                      "ORDER BY number",
       soci::into(member.kind), soci::into(member.person));
  std::vector<RegistryView::Member> all;
  rows.execute();
  while (rows.fetch()) {
    all.push_back(member);
  }
  return all;
}

/// Whether this version of the store keeps a ledger of hand-overs.
bool has_handovers() {
  return std::string_view(kHandoverSchema.tables).find("CREATE TABLE handover_item") !=
         std::string_view::npos;
}

/// Copies that are still out there.
std::vector<RegistryView::Copy> copies(soci::session& sql) {
  std::vector<RegistryView::Copy> all;
  if (!has_handovers()) {
    return all;
  }
  RegistryView::Copy copy;
  soci::statement rows =
      (sql.prepare << R"sql(
      SELECT h.id, h.serial, i.person FROM handover h JOIN handover_item i ON i.handover = h.id
      WHERE h.closed_at IS NULL ORDER BY h.id, i.person
    )sql",
       soci::into(copy.handover), soci::into(copy.serial), soci::into(copy.person));
  rows.execute();
  while (rows.fetch()) {
    all.push_back(copy);
  }
  return all;
}

/// One line of `import_ripple`.
struct RippleRow {
  std::string what;
  std::string object;
  std::string serial;
  PersonId person;
  std::string reason;
};

std::vector<RippleRow> rows_of(const Ripple& ripple) {
  std::vector<RippleRow> rows;
  for (const Invalidation& plan : ripple.plans) {
    rows.push_back({"plan", plan.plan.value, {}, plan.subject, std::string(to_code(plan.reason))});
  }
  for (const StaleEntry& entry : ripple.lists) {
    rows.push_back({"list",
                    std::string(to_code(entry.kind)),
                    {},
                    entry.person,
                    std::string(to_code(entry.why))});
  }
  for (const StaleCopy& copy : ripple.copies) {
    rows.push_back(
        {"copy", copy.handover, copy.serial, copy.person, std::string(to_code(copy.why))});
  }
  return rows;
}

}  // namespace

RegistryView registry_view(soci::session& sql) {
  return {
      .plans = plans(sql), .helpers = helpers(sql), .members = members(sql), .copies = copies(sql)};
}

void store_ripple(soci::session& sql, const BatchId& batch, const Ripple& ripple) {
  long long ordinal = 0;
  RippleRow row;
  soci::statement insert = prepared(sql, R"sql(
      INSERT INTO import_ripple (batch, ordinal, what, object, serial, person, reason)
      VALUES (:batch, :ordinal, :what, :object, :serial, :person, :reason)
    )sql",
                                    [&](soci::statement& statement) {
                                      const auto bind = binder(statement);
                                      bind("batch", batch);
                                      bind("ordinal", ordinal);
                                      bind("what", row.what);
                                      bind("object", row.object);
                                      bind("serial", row.serial);
                                      bind("person", row.person);
                                      bind("reason", row.reason);
                                    });
  for (const RippleRow& next : rows_of(ripple)) {
    row = next;
    ++ordinal;
    insert.execute(true);
  }
}

Ripple load_ripple(soci::session& sql, const BatchId& batch) {
  RippleRow row;
  soci::statement rows =
      (sql.prepare << "SELECT what, object, serial, person, reason FROM import_ripple "
                      "WHERE batch = :batch ORDER BY ordinal",
       soci::into(row.what), soci::into(row.object), soci::into(row.serial), soci::into(row.person),
       soci::into(row.reason), soci::use(batch, "batch"));
  Ripple ripple;
  rows.execute();
  while (rows.fetch()) {
    if (row.what == "plan") {
      ripple.plans.push_back({{row.object}, row.person, from_code<StaleReason>(row.reason)});
    } else if (row.what == "list") {
      ripple.lists.push_back(
          {from_code<RegisterKind>(row.object), row.person, from_code<ChangeKind>(row.reason)});
    } else {
      ripple.copies.push_back(
          {row.object, row.serial, row.person, from_code<ChangeKind>(row.reason)});
    }
  }
  return ripple;
}

}  // namespace registry
