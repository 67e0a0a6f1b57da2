// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "cli/city_folder.hpp"
#include "cli/commands.hpp"
#include "registry/message_desk.hpp"

namespace cli {

/// Sends what waits in the outbox through the server of a configuration file, one program at a
/// time. Reports counts; sets the exit code when something could not be sent.
[[nodiscard]] nlohmann::ordered_json send_outbox(const CityFolder& city,
                                                 registry::MessageDesk& desk,
                                                 const registry::EventId& event,
                                                 const std::filesystem::path& smtp,
                                                 Context& context);

/// Hands what waits over to the city's own mail system: 宛先, 件名, 本文. The messages count as
/// sent.
[[nodiscard]] nlohmann::ordered_json write_outbox(const CityFolder& city,
                                                  registry::MessageDesk& desk,
                                                  const registry::EventId& event,
                                                  const std::filesystem::path& out, bool cp932);

}  // namespace cli
