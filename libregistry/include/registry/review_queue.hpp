// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/import_desk.hpp"

namespace registry {

/// Why a row of a file waits for a person.
enum class QueueReason : std::uint8_t {
  UnknownNumber,      ///< one person agrees in kana, birth date and address
  SeveralPeople,      ///< more than one person agrees
  OtherAddress,       ///< kana and birth date agree, the address does not
  NumberContradicts,  ///< the number is somebody's with another birth date
  NumberChanged,      ///< a new 宛名番号 for what looks like a person known under another one
  NameVariant         ///< the name differs only in what Unicode normalisation folds, or by a lost
                      ///< variation selector; the stored spelling stays until decided
};
[[nodiscard]] std::string_view to_text(QueueReason reason);

enum class QueueDecision : std::uint8_t {
  Open,
  Same,      ///< the row is the named person's (NameVariant: take the new spelling)
  Different  ///< it is not (a new resident; nobody here; NameVariant: keep the stored spelling)
};

struct QueueItem {
  long long number = 0;
  BatchId batch;  ///< where it first came up
  ImportKind kind = ImportKind::Residents;
  std::size_t line = 0;  ///< of that batch's file
  QueueReason reason = QueueReason::UnknownNumber;
  PersonId proposed;  ///< empty when no one person stands out
  std::vector<PersonId> candidates;
  QueueDecision decision = QueueDecision::Open;
  PersonId person;  ///< when decided as `Same`
  std::string decided_by;
};

/// What a clerk needs to recognise a candidate. Empty for somebody under 支援措置.
struct Candidate {
  std::string name;
  std::string name_kana;
  std::optional<Date> birth_date;
  std::string address;
};

/// Rows whose person is not certain. A decision is kept and holds for the next preview of the same
/// and of later files. Borrows the session.
class ReviewQueue {
 public:
  explicit ReviewQueue(Session& session) : session_(&session) {}

  [[nodiscard]] std::vector<QueueItem> open_items();
  /// Everybody named in the open items, for the clerk's own screen.
  [[nodiscard]] std::map<PersonId, Candidate> candidates();
  /// Throws `InputError` when there is no such open item or the person is not in the registry.
  void decide_same(long long number, const PersonId& person);
  void decide_different(long long number);
  /// Decides every open item of a batch that has one proposed person as that person's.
  std::size_t accept_proposed(const BatchId& batch);

 private:
  Session* session_;
};

}  // namespace registry
