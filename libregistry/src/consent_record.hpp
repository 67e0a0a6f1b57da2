// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "registry/consent.hpp"
#include "sql_types.hpp"

namespace registry {

/// A statement in the form of the table `consent`.
struct ConsentRecord {
  ConsentStatement statement;
  std::optional<PersonId> person;
  std::optional<SupporterId> supporter;
  std::string kinds;
  std::string orgs;
};

[[nodiscard]] ConsentRecord to_record(const ConsentStatement& statement);
[[nodiscard]] ConsentStatement to_statement(const ConsentRecord& record);

inline constexpr const char* kConsentColumns = R"sql(
  id, person, supporter, register_kind, scope, to_all, to_kinds, to_orgs, answer, method,
  agent_name, agent_relation, agent_basis, asked_at, notice_sent_at, explained_at, explained_by,
  answered_at, leaflet_version, evidence_file, valid_until, letter, recorded_at, recorded_by
)sql";

/// Calls `field(column, member)` for every column of `kConsentColumns`, in its order.
template <class Record, class Field>
void consent_fields(Record& record, Field field) {
  auto& statement = record.statement;
  field("id", statement.id);
  field("person", record.person);
  field("supporter", record.supporter);
  field("register_kind", statement.register_kind);
  field("scope", statement.scope);
  field("to_all", statement.recipients.all);
  field("to_kinds", record.kinds);
  field("to_orgs", record.orgs);
  field("answer", statement.answer);
  field("method", statement.method);
  field("agent_name", statement.agent.name);
  field("agent_relation", statement.agent.relation);
  field("agent_basis", statement.agent.basis);
  field("asked_at", statement.asked_at);
  field("notice_sent_at", statement.notice_sent_at);
  field("explained_at", statement.explained_at);
  field("explained_by", statement.explained_by);
  field("answered_at", statement.answered_at);
  field("leaflet_version", statement.leaflet_version);
  field("evidence_file", statement.evidence_file);
  field("valid_until", statement.valid_until);
  field("letter", statement.letter);
  field("recorded_at", statement.recorded_at);
  field("recorded_by", statement.recorded_by);
}

[[nodiscard]] std::string kinds_to_json(const std::vector<RecipientKind>& kinds);
[[nodiscard]] std::vector<RecipientKind> kinds_from_json(const std::string& json);
[[nodiscard]] std::string orgs_to_json(const std::vector<OrgId>& orgs);
[[nodiscard]] std::vector<OrgId> orgs_from_json(const std::string& json);

/// Writes statements with one prepared insert.
class ConsentWriter : Pinned {
 public:
  explicit ConsentWriter(soci::session& sql);
  void write(const ConsentStatement& statement);

 private:
  ConsentRecord record_;
  soci::statement insert_;
};

/// The statements on record, by who speaks.
struct ConsentFile {
  std::map<PersonId, std::vector<ConsentStatement>> subjects;
  std::map<SupporterId, std::vector<ConsentStatement>> supporters;

  /// What a supporter said of one person's plan or of every plan.
  [[nodiscard]] std::vector<ConsentStatement> of_supporter(const SupporterId& supporter,
                                                           const PersonId& person) const;
};

/// Of one person with whatever supporters said, or (empty) of everybody. The statutes of the
/// voluntary register: an application counts as consent to share that register (scope 名簿提供), as
/// of the day of joining.
[[nodiscard]] ConsentFile stored_consents(soci::session& sql, const std::string& person);

}  // namespace registry
