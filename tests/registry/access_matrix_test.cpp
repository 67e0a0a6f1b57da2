// SPDX-License-Identifier: Apache-2.0
// Every cell of the table of permissions: roles x actions x in/out of area x own class x assigned x
// consent x event x protection, each asserted against a second reading of the rules that shares no
// code with the first: one sentence per role, written from the page "What must never happen".
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "registry/access.hpp"

namespace registry {
namespace {

struct Cell {
  std::string role;
  std::string action;
  bool area = false;
  bool own_class = false;
  bool assigned = false;
  bool consent = false;
  bool event = false;
  char protection = 'n';  // n: none, c: closed, o: opened by a second person
};

/// What the oracle says: "no", "yes" (nobody is shown) or the fields, one letter each.
using CellAnswer = std::string;

// N name  I identity  P place  C contacts  H how to help  R reasons  M medical and care data
// F family  S supporters  # numbers
constexpr const char* kAll = "NIPCHRMFS#";

const std::set<std::string> kNoPeople = {
    "import_areas",   "import_shelters",  "open_session",  "appoint_admin",   "manage_accounts",
    "list_accounts",  "list_openings",    "read_audit",    "request_opening", "approve_opening",
    "sign_audit",     "verify_audit",     "who_saw",       "show_supporter",  "list_supporters",
    "edit_supporter", "edit_shelter",     "backup",        "restore",         "change_keys",
    "declare_event",  "order_evacuation", "report_safety", "settle_safety",   "run_shelters",
    "close_event",    "take_alerts",      "list_alerts",   "list_messages",   "record_finding",
    "show_findings"};

/// "May" column: what each role does at all.
const std::map<std::string, std::set<std::string>> kMay = {
    {"admin", {"*"}},
    {"section", {"import_care",      "import_disability", "import_supporters",   "list_registrants",
                 "show_registrant",  "store_plans",       "show_plan",           "list_plans",
                 "open_session",     "request_opening",   "approve_opening",     "list_openings",
                 "search_people",    "show_person",       "edit_person",         "import_needs",
                 "manage_voluntary", "list_register",     "report_completeness", "output",
                 "show_supporter",   "list_supporters",   "edit_supporter",      "show_event_board",
                 "report_safety",    "settle_safety",     "run_shelters",        "send_supporters",
                 "record_drill",     "show_drills",       "record_finding",      "show_findings"}},
    {"reader",
     {"list_registrants", "show_registrant", "show_plan", "list_plans", "open_session",
      "search_people", "show_person", "list_register", "report_completeness", "output",
      "show_event_board", "report_safety", "show_drills", "show_findings"}},
    {"supporter",
     {"list_registrants", "show_registrant", "show_plan", "open_session", "search_people",
      "show_person", "report_safety"}},
    {"agency",
     {"list_registrants", "show_registrant", "show_plan", "open_session", "search_people",
      "show_person"}},
    {"auditor",
     {"open_session", "list_accounts", "list_openings", "read_audit", "sign_audit", "verify_audit",
      "who_saw"}},
    {"operator", {"open_session", "backup", "restore", "change_keys"}}};

std::string group(const std::string& role) {
  return role == "elder" || role == "disability" ? "section" : role;
}

CellAnswer oracle(const Cell& cell) {
  const std::set<std::string>& may = kMay.at(group(cell.role));
  if (!may.contains("*") && !may.contains(cell.action)) {
    return "no";
  }
  if (kNoPeople.contains(cell.action)) {
    return "yes";
  }
  // "An emergency does not open them; a second named person does."
  if (cell.protection == 'c') {
    return "no";
  }
  if (cell.role == "admin") {
    return kAll;  // all districts, all fields
  }
  if (group(cell.role) == "section") {
    return cell.own_class ? kAll : "no";
  }
  if (cell.role == "reader") {
    return cell.area ? "NIPCHFS" : "no";  // contacts yes, care data masked
  }
  if (cell.role == "supporter") {
    const bool agreed = cell.consent || cell.event;  // or open event under 49-11(3)
    return cell.assigned && agreed ? "NPCH" : "no";  // the card
  }
  if (cell.role == "agency") {
    return cell.assigned && cell.event ? "NIPCR" : "no";  // a package, live in an open event
  }
  return "no";
}

CellAnswer said(const AccessDecision& decision, bool nobody) {
  if (std::holds_alternative<AccessRefusal>(decision)) {
    EXPECT_FALSE(to_text(std::get<AccessRefusal>(decision)).empty());
    return "no";
  }
  const auto& grant = std::get<AccessGrant>(decision);
  if (nobody) {
    EXPECT_TRUE(grant.fields.empty());
    return "yes";
  }
  EXPECT_FALSE(grant.article.empty());
  std::string letters;
  for (std::size_t i = 0; i < kFields; ++i) {
    if (grant.fields.contains(static_cast<Field>(i))) {
      letters += kAll[i];
    }
  }
  return letters;
}

const std::vector<std::pair<Role, std::string>> kRoles = {{Role::Admin, "admin"},
                                                          {Role::ElderSection, "elder"},
                                                          {Role::DisabilitySection, "disability"},
                                                          {Role::Reader, "reader"},
                                                          {Role::Supporter, "supporter"},
                                                          {Role::Agency, "agency"},
                                                          {Role::Auditor, "auditor"},
                                                          {Role::Operator, "operator"}};

/// Actions the oracle speaks of; those of other parts of the house have tests of their own.
std::set<std::string> known_actions() {
  std::set<std::string> known = kNoPeople;
  for (const auto& [role, actions] : kMay) {
    known.insert(actions.begin(), actions.end());
  }
  known.insert({"import_residents", "run_eligibility", "export_victim_ledger"});
  return known;
}

TEST(AccessMatrix, EveryCellAgreesWithTheSecondReading) {
  const std::set<std::string> known = known_actions();
  std::size_t cells = 0;
  std::size_t granted = 0;
  for (const auto& [role, word] : kRoles) {
    for (std::size_t a = 0; a <= static_cast<std::size_t>(Action::Output); ++a) {
      const ActionRule& rule = rule_of(static_cast<Action>(a));
      if (!known.contains(std::string(rule.name))) {
        continue;
      }
      for (unsigned bits = 0; bits < 32; ++bits) {
        for (const char protection : {'n', 'c', 'o'}) {
          const auto on = [&](unsigned bit) { return (bits >> bit & 1U) != 0; };
          const Cell cell{word,      std::string(rule.name), on(0), on(1), on(2), on(3), on(4),
                          protection};
          const AccessDecision decision =
              decide_access({.role = role,
                             .action = rule.action,
                             .in_scope = on(0),
                             .own_class = on(1),
                             .assigned = on(2),
                             .consent = on(3),
                             .open_event = on(4),
                             .protection = protection == 'n'   ? Protection::None
                                           : protection == 'c' ? Protection::Closed
                                                               : Protection::Opened});
          const CellAnswer answer = said(decision, kNoPeople.contains(cell.action));
          ASSERT_EQ(answer, oracle(cell))
              << cell.role << ' ' << cell.action << " area " << cell.area << " class "
              << cell.own_class << " assigned " << cell.assigned << " consent " << cell.consent
              << " event " << cell.event << " protection " << protection;
          ++cells;
          granted += answer != "no" ? 1U : 0U;
        }
      }
    }
  }
  EXPECT_GE(cells, 23'000U);
  EXPECT_GT(granted, 3'000U);
  EXPECT_LT(granted, cells / 3);  // default deny
}

TEST(AccessMatrix, ReadsInAnEmergencyAreFlaggedAndOutsidersAreBoundToSecrecy) {
  AccessRequest request{.role = Role::Supporter,
                        .action = Action::ShowPerson,
                        .assigned = true,
                        .consent = false,
                        .open_event = true,
                        .protection = Protection::None};
  auto grant = std::get<AccessGrant>(decide_access(request));
  EXPECT_TRUE(grant.has(Duty::FlagEmergency));
  EXPECT_TRUE(grant.has(Duty::Secrecy));
  EXPECT_EQ(grant.article, "49条の11第3項");
  request.consent = true;
  grant = std::get<AccessGrant>(decide_access(request));
  EXPECT_FALSE(grant.has(Duty::FlagEmergency));
  EXPECT_EQ(grant.article, "49条の11第2項");
}

TEST(AccessMatrix, NobodyGainsByAskingForMoreThanOneThing) {
  // More facts in favour never take a grant away, and never narrow it.
  for (const auto& [role, word] : kRoles) {
    for (std::size_t a = 0; a <= static_cast<std::size_t>(Action::Output); ++a) {
      AccessRequest none{
          .role = role, .action = static_cast<Action>(a), .protection = Protection::None};
      AccessRequest all{.role = role,
                        .action = static_cast<Action>(a),
                        .in_scope = true,
                        .own_class = true,
                        .assigned = true,
                        .consent = true,
                        .open_event = true,
                        .protection = Protection::None};
      if (std::holds_alternative<AccessGrant>(decide_access(none))) {
        EXPECT_TRUE(std::holds_alternative<AccessGrant>(decide_access(all))) << word << ' ' << a;
      }
      all.protection = Protection::Closed;
      if (rule_of(all.action).reach == Reach::People) {
        EXPECT_TRUE(std::holds_alternative<AccessRefusal>(decide_access(all))) << word << ' ' << a;
      }
    }
  }
}

}  // namespace
}  // namespace registry
