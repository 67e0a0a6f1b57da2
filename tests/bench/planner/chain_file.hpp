// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <iosfwd>

#include "route/supporter_chain.hpp"

namespace bench {

/// Plain text, whole numbers with white space between them: people supporters shelters deadline;
/// the shelter of each person; seconds from arrival at each person until delivered; seconds until
/// each supporter can leave; per supporter the seconds to each person; per shelter the seconds to
/// each person. Throws `route::InputError` when something is missing, odd or left over.
[[nodiscard]] route::ChainProblem read_chain_file(const std::filesystem::path& file);

void write_chain_file(std::ostream& out, const route::ChainProblem& problem);

/// One line per supporter, people in order.
void write_chain_solution(std::ostream& out, const route::ChainPlan& plan);

}  // namespace bench
