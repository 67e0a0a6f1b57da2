// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "registry/access.hpp"
#include "registry/area.hpp"

namespace registry {

class Session;

/// A part of the city an account is confined to.
struct AreaScope {
  AreaLevel level = AreaLevel::Town;
  std::string code;
  friend bool operator==(const AreaScope&, const AreaScope&) = default;
};

/// Somebody who works with the registry. One account has one role.
struct Account {
  std::string name;  ///< of the operating system's or the server's account
  Role role = Role::Operator;
  std::vector<AreaScope> scopes;  ///< Reader: the districts; empty = none
  std::string supporter_no;       ///< Supporter: who of the supporters this is
  std::string agency;             ///< Agency: the recipient whose packages it sees
  bool disabled = false;
};

/// Accounts, their roles and scopes. Only an admin may change them; every change is audited.
class StaffDesk {
 public:
  explicit StaffDesk(Session& session);

  /// Throws `InputError` when the name is taken or empty, when an area or a supporter is not in the
  /// registry, or a role lacks what it is confined to (a supporter without number).
  void add(const Account& account);
  void set_role(const Account& account);  ///< role, supporter and agency of an account there is
  void set_scopes(const std::string& name, const std::vector<AreaScope>& scopes);
  /// Throws `InputError` for the last admin: nobody could give roles any more.
  void set_disabled(const std::string& name, bool disabled);
  [[nodiscard]] std::vector<Account> accounts();

 private:
  Session* session_;
};

}  // namespace registry
