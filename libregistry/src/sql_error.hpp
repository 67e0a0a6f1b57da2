// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace registry {

/// Throws `Error` for a result code of the database, with the remedy. The database's own message
/// is left out on purpose: it may quote the values of the row.
[[noreturn]] void throw_sql_error(int code);

/// Whether the code tells of a device that no longer keeps what it was given.
[[nodiscard]] bool is_device_error(int code);

}  // namespace registry
