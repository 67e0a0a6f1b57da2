// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "database.hpp"

namespace registry {

/// Whether free text that may be printed and handed on names a registrant: by name or reading,
/// however they are written, or by id. Within a call of `Database::audited`. Looks only at those
/// the account may see: of others nobody can find out in this way that they are registered.
[[nodiscard]] bool names_a_registrant(Database& store, const Actor& actor, std::string_view text);

}  // namespace registry
