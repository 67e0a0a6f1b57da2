// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "registry/area.hpp"
#include "registry/registrant.hpp"

namespace registry {

// Lists inside one column, as JSON text. Reading what was not written here throws `Error`; writing
// text that is not UTF-8 throws `InputError`.

[[nodiscard]] std::string to_json(const std::vector<std::string>& texts);
[[nodiscard]] std::vector<std::string> texts_from_json(const std::string& json);

[[nodiscard]] std::string to_json(const std::vector<Contact>& contacts);
[[nodiscard]] std::vector<Contact> contacts_from_json(const std::string& json);

[[nodiscard]] std::string to_json(const std::vector<BodyPart>& parts);
[[nodiscard]] std::vector<BodyPart> parts_from_json(const std::string& json);

/// Rings of an area: [[[lat, lon], ...], ...], every digit kept.
[[nodiscard]] std::string to_json(const std::vector<std::vector<Position>>& rings);
[[nodiscard]] std::vector<std::vector<Position>> rings_from_json(const std::string& json);

/// A line in units of 1e-7 degree (about 1 cm), each point as the difference to the one before:
/// `357283950,1395461230 -120,85 ...`. Coordinates with up to seven decimals come back exactly.
[[nodiscard]] std::string to_route_text(const std::vector<Position>& line);
[[nodiscard]] std::vector<Position> route_from_text(const std::string& text);

}  // namespace registry
