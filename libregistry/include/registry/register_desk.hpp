// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "registry/capability.hpp"
#include "registry/registrant.hpp"

namespace registry {

class Session;

/// An application to join the register on application (災害時要援護者登録名簿), or to leave it.
struct VoluntaryStep {
  PersonId person;
  Date on{};
  std::string reason;         ///< 65歳以上の単身, 本人の申出による取消, ...
  bool told_no_duty = false;  ///< was told that registration guarantees no help; asked for joining
};

/// A member of one register, with the fields the account may see.
struct Member {
  Registrant registrant;
  Date joined_on{};
  bool closed = false;  ///< protected: only the notice
};

/// The items of 49条の10② a member's record lacks, by their numbers 1 to 7: 1 氏名, 2 生年月日, 3
/// 性別, 4 住所又は居所, 5 電話番号その他の連絡先, 6 避難支援等を必要とする事由, 7 その他 (here:
/// whom to reach in an emergency). Pure.
[[nodiscard]] std::vector<int> missing_items(const Registrant& member, const Needs& needs);

struct IncompleteMember {
  PersonId person;
  std::vector<int> missing;
};

/// Whether every record holds what the law asks for.
struct Completeness {
  std::size_t members = 0;   ///< whom the account may see
  std::size_t complete = 0;  ///< of them
  std::vector<IncompleteMember> incomplete;
};

/// Membership of both registers. A person may stand on both.
class RegisterDesk {
 public:
  explicit RegisterDesk(Session& session);

  /// Throws `InputError` for a person who is not in the registry, no longer a resident, on the
  /// register already, or a step without reason or explanation.
  void join(const VoluntaryStep& step);
  /// Throws `InputError` when the person is not on the register or joined later.
  void leave(const VoluntaryStep& step);

  /// In the order of their ids.
  [[nodiscard]] std::vector<Member> members(RegisterKind kind);
  [[nodiscard]] Completeness completeness(RegisterKind kind);

 private:
  Session* session_;
};

}  // namespace registry
