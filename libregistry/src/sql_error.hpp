// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace soci {
class soci_error;
}

namespace registry {

// Each throws `Error` for a result code of the database, with the remedy. The database's own
// message is left out on purpose: it may quote the values of the row.
[[noreturn]] void throw_sqlite_error(int code);
[[noreturn]] void throw_postgres_error(const std::string& state);
[[noreturn]] void throw_sql_error(const soci::soci_error& error);

/// Whether the database refused for a reference or a uniqueness.
[[nodiscard]] bool is_broken_rule(const soci::soci_error& error);

/// Whether the code of SQLite tells of a device that no longer keeps what it was given.
[[nodiscard]] bool is_device_error(int code);

/// Whether the SQLSTATE tells of a connection that is gone, or of a server that is.
[[nodiscard]] bool is_lost_connection(const std::string& state);

}  // namespace registry
