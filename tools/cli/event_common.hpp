// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "cli/city_folder.hpp"
#include "cli/commands.hpp"
#include "registry/event_desk.hpp"

namespace cli {

// The parts of `tomoni event`, one file each.
void add_event_safety(CLI::App& event, Context& context);
void add_event_shelters(CLI::App& event, Context& context);
void add_event_status(CLI::App& event, Context& context);
void add_event_sending(CLI::App& event, Context& context);
void add_event_roads(CLI::App& event, Context& context);
void add_event_packets(CLI::App& event, Context& context);
void add_event_summary(CLI::App& event, Context& context);
void add_event_ledger(CLI::App& event, Context& context);

/// Which event of which city a command speaks of.
struct EventChoice {
  std::string dir;
  std::string event;  ///< id or name; empty = the only one that is not over
};
/// Adds `--dir` and `--event`.
void add_event_choice(CLI::App& command, EventChoice& choice);

/// Throws `registry::InputError` when there is no such event, or several and none was named.
[[nodiscard]] registry::DisasterEvent chosen_event(registry::EventDesk& desk,
                                                   const std::string& name);

/// The city with its store open, and the event that was chosen.
struct EventRoom {
  /// Throws as `chosen_event` does.
  EventRoom(const EventChoice& choice, const char* purpose);

  CityFolder city;
  registry::Registry registry;
  registry::Session session;
  registry::EventDesk desk;
  registry::DisasterEvent event;
};

/// A moment as `registry::parse_moment` reads it; empty = `Instant{}`, which the desks take for
/// now.
[[nodiscard]] registry::Instant moment_option(const std::string& option, const std::string& text);

/// `区分:コード`, joined by 、, or 市全域.
[[nodiscard]] std::string areas_text(bool whole_city, const std::vector<registry::AreaRef>& areas);
[[nodiscard]] nlohmann::ordered_json to_json(const registry::DisasterEvent& event);
[[nodiscard]] nlohmann::ordered_json to_json(const registry::EvacOrder& order);

/// A moment of a document (ISO) in Asia/Tokyo.
[[nodiscard]] std::string time_words(const nlohmann::ordered_json& iso);

/// `{"KEY": ID, "stored": true}`, or the words and the id.
void print_done(const Context& context, const char* key, const std::string& id,
                const std::string& words);

}  // namespace cli
