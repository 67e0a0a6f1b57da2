// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "registry/edit.hpp"
#include "registry/ids.hpp"
#include "registry/registry.hpp"
#include "registry/shelter.hpp"
#include "registry/supporter.hpp"

namespace registry {

/// Corrections by hand of supporters and shelters (plans: `Session::store_plan`). Who reads a
/// record to edit it hands its revision back with the change; see registry/edit.hpp.
class EditDesk {
 public:
  /// Borrows the session, which must outlive the desk.
  explicit EditDesk(Session& session) : session_(&session) {}

  [[nodiscard]] std::optional<Revised<Supporter>> supporter(const SupporterId& id);
  /// Every field but the 支援者番号 becomes what is given. The next file overwrites it only when
  /// its row has changed.
  EditResult change(const Supporter& supporter, int revision);

  [[nodiscard]] std::optional<Revised<Shelter>> shelter(const ShelterId& id);
  /// Every field becomes what is given. The next import of the list it came from may correct it.
  EditResult change(const Shelter& shelter, int revision);

 private:
  Session* session_;
};

}  // namespace registry
