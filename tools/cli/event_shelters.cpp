// SPDX-License-Identifier: Apache-2.0
// `event shelters`: which are open, who came and went, what room is left.
#include <algorithm>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/event_board.hpp"
#include "cli/event_common.hpp"
#include "cli/report.hpp"
#include "registry/error.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;
using registry::ShelterStep;

constexpr const char* kEventSheltersPurpose = "避難所の運営";

struct EventSheltersOptions : EventChoice {
  std::string shelter;
  std::string to;
  int heads = 0;
  std::string at;
  std::optional<int> capacity;
  std::vector<std::string> needs;
  std::string note;
};

/// By id or by name.
registry::ShelterId shelter_of(registry::Session& session, const std::string& text) {
  const auto shelters = session.shelters();
  for (const registry::Shelter& shelter : shelters) {
    if (shelter.id.value == text) {
      return shelter.id;
    }
  }
  const auto named = [&](const registry::Shelter& shelter) { return shelter.name == text; };
  if (std::ranges::count_if(shelters, named) != 1) {
    throw registry::InputError(
        "その名称の避難所が一つに決まりません。ID を指定してください(tomoni event shelters)。");
  }
  return std::ranges::find_if(shelters, named)->id;
}

void record(ShelterStep step, const EventSheltersOptions& options, const Context& context) {
  registry::ShelterEntry entry;
  entry.step = step;
  entry.at = moment_option("--at", options.at);
  entry.heads = options.heads;
  entry.capacity = options.capacity;
  entry.needs = options.needs;
  entry.note = options.note;
  EventRoom room(options, kEventSheltersPurpose);
  entry.shelter = shelter_of(room.session, options.shelter);
  if (!options.to.empty()) {
    entry.to = shelter_of(room.session, options.to);
  }
  if (!context.dry_run) {
    registry::ShelterDesk(room.session).record(room.event.id, entry);
  }
  print_done(context, "shelter", entry.shelter.value,
             std::string(to_text(step)) + context.say("を記録しました:", " recorded:"));
}

void list(const EventSheltersOptions& options, const Context& context) {
  EventRoom room(options, kEventSheltersPurpose);
  const Json shelters = shelters_json(room);
  if (context.json) {
    print_json({{"shelters", shelters}});
    return;
  }
  print_shelters(shelters, context);
}

CLI::App* add(CLI::App& shelters, ShelterStep step, const char* name, const char* help,
              Context& context) {
  const auto options = std::make_shared<EventSheltersOptions>();
  CLI::App* command = shelters.add_subcommand(name, help);
  add_event_choice(*command, *options);
  command->add_option("--shelter", options->shelter, "避難所の ID か名称 (shelter)")->required();
  command->add_option("--at", options->at, "時刻。既定はいま (time)");
  command->add_option("--note", options->note, "備考 (note)");
  if (step == ShelterStep::Open) {
    command->add_option("--capacity", options->capacity, "今日の定員 (seats today)");
    command->add_option("--need", options->needs, "受け入れる必要: 車いす, 電源, … (needs taken)");
  } else if (step != ShelterStep::Close) {
    command->add_option("--heads", options->heads, "人数 (people)")->required();
  }
  if (step == ShelterStep::Transfer) {
    command->add_option("--to", options->to, "移送先の ID か名称 (to)")->required();
  }
  command->callback([options, step, &context] { record(step, *options, context); });
  return command;
}

}  // namespace

void add_event_shelters(CLI::App& event, Context& context) {
  const auto options = std::make_shared<EventSheltersOptions>();
  CLI::App* shelters =
      event.add_subcommand("shelters", "避難所の開設・人数・空き (shelters of the event)");
  shelters->require_subcommand(0, 1);
  shelters->add_option("--dir", options->dir, "市のフォルダ (city folder)");
  shelters->add_option("--event", options->event, "災害の名称か ID (event)");
  add(*shelters, ShelterStep::Open, "open", "開設する (open)", context);
  add(*shelters, ShelterStep::Close, "close", "閉じる (close)", context);
  add(*shelters, ShelterStep::In, "in", "入所した人数 (people came in)", context);
  add(*shelters, ShelterStep::Out, "out", "退所した人数 (people left)", context);
  add(*shelters, ShelterStep::Transfer, "transfer",
      "開設した避難所へ移送する (transfer to an opened shelter)", context);
  shelters->callback([options, shelters, &context] {
    if (!shelters->get_subcommands().empty()) {
      return;  // a subcommand has done its work
    }
    if (options->dir.empty()) {
      throw CLI::RequiredError("--dir");
    }
    list(*options, context);
  });
}

}  // namespace cli
