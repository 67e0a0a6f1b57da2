// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/registrant.hpp"

namespace registry {

/// Names of the body parts of the grade table (身体障害者福祉法施行規則別表第5号), and 肢体不自由
/// for files that do not say which limb.
[[nodiscard]] std::vector<std::string_view> body_part_names();

/// The house name of a part as files spell it (視覚障害, 腎臓, HIV, ...), or nothing.
[[nodiscard]] std::optional<std::string> canonical_body_part(std::string_view text);

/// Whether the grade table knows this grade for this part: there is no 聴覚1級 and no 体幹4級.
/// The overall grade of a card may still be 1 by combination.
[[nodiscard]] bool part_grade_exists(std::string_view part, int grade);

/// `1級`, `１`, `1` -> 1; nothing for anything else.
[[nodiscard]] std::optional<int> parse_part_grade(std::string_view text);

/// The house spelling of a grade: 要介護3 (also from `23`), 2級, 1度, A, 4. Nothing when the kind
/// has no such grade. `scheme` matters for Intellectual only. Ⓐ and A stay different grades.
[[nodiscard]] std::optional<std::string> canonical_grade(CertificateKind kind,
                                                         std::string_view scheme,
                                                         std::string_view text);

/// What `canonical_grade` accepts, for messages.
[[nodiscard]] std::string_view known_grades(CertificateKind kind, std::string_view scheme);

inline constexpr std::string_view kAiNoTecho = "愛の手帳";    ///< Tokyo's scheme
inline constexpr std::string_view kRyoikuTecho = "療育手帳";  ///< the other schemes

}  // namespace registry
