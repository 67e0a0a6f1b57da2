// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <soci/soci.h>

#include "registry/audit_book.hpp"

namespace registry {

/// Reads the log from the first row to the last and stops at the first fault.
[[nodiscard]] AuditVerification check_audit_log(soci::session& sql, const AuditWitness& witness);

}  // namespace registry
