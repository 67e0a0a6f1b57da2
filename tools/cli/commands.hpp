// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace cli {

/// Exit codes of every command.
enum class Exit : int {
  Done = 0,
  Failed = 1,         ///< the operation could not go on
  WrongUse = 2,       ///< the command line was not understood
  InputRejected = 3,  ///< the input, or some of its rows, was refused; valid rows are kept
  RefusedByRule = 4   ///< consent, permission or protection forbids it
};

/// A rule forbids what was asked; the text says which.
class Refused : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// What every command gets: options common to all, and where it leaves its exit code.
struct Context {
  bool json = false;
  bool english = false;
  bool dry_run = false;
  Exit exit = Exit::Done;

  /// The text in the language of the user.
  [[nodiscard]] std::string say(const char* japanese, const char* english_text) const {
    return english ? english_text : japanese;
  }
};

// Each adds one subcommand with its options; the work runs when CLI11 calls back after parsing.
void add_sample(CLI::App& app, Context& context);
void add_init(CLI::App& app, Context& context);
void add_import(CLI::App& app, Context& context);
void add_review(CLI::App& app, Context& context);
void add_route(CLI::App& app, Context& context);
void add_reach(CLI::App& app, Context& context);
void add_departure(CLI::App& app, Context& context);
void add_eligibility(CLI::App& app, Context& context);
void add_plan(CLI::App& app, Context& context);
void add_plan_desk(CLI::App& plan, Context& context);        ///< below `plan`
void add_plan_supporters(CLI::App& plan, Context& context);  ///< below `plan`
void add_plan_transfers(CLI::App& plan, Context& context);   ///< below `plan`
void add_plan_studies(CLI::App& plan, Context& context);     ///< below `plan`
void add_plan_weak(CLI::App& plan, Context& context);        ///< below `plan`
void add_drill(CLI::App& app, Context& context);
void add_drill_results(CLI::App& drill, Context& context);  ///< below `drill`
void add_drill_loop(CLI::App& drill, Context& context);     ///< below `drill`
void add_form(CLI::App& app, Context& context);
void add_labels(CLI::App& app, Context& context);
void add_summary(CLI::App& app, Context& context);
void add_export(CLI::App& app, Context& context);
void add_person(CLI::App& app, Context& context);
void add_user(CLI::App& app, Context& context);
void add_protected(CLI::App& app, Context& context);
void add_audit(CLI::App& app, Context& context);
void add_consent(CLI::App& app, Context& context);
void add_share(CLI::App& app, Context& context);
void add_event(CLI::App& app, Context& context);
void add_key(CLI::App& app, Context& context);
void add_backup(CLI::App& app, Context& context);
void add_restore(CLI::App& app, Context& context);
void add_doctor(CLI::App& app, Context& context);

}  // namespace cli
