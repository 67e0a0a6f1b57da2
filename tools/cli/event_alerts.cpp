// SPDX-License-Identifier: Apache-2.0
// `tomoni event alerts`: alerts from a folder, and the orders they would justify. Only the mayor
// orders; nothing is ordered here.
#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <thread>

#include "cli/alert_folder.hpp"
#include "cli/city_folder.hpp"
#include "cli/event_common.hpp"
#include "cli/event_messages.hpp"
#include "cli/report.hpp"
#include "registry/error.hpp"
#include "registry/order_answer.hpp"
#include "registry/text_normalizer.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;
using registry::AlertOutcome;

constexpr const char* kEventAlertsPurpose = "災害情報の受信と避難情報の検討";

struct EventAlertsOptions {
  std::string dir;
  std::string folder;
  bool watch = false;
  bool once = false;
  int every_s = 10;
};

/// A signal handler may write nothing else.
// NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): it has no other way out
volatile std::sig_atomic_t stopped = 0;

extern "C" void stop_watching(int /*signal*/) {
  stopped = 1;
}

const char* outcome_word(AlertOutcome outcome) {
  switch (outcome) {
    case AlertOutcome::Taken:
      return "taken";
    case AlertOutcome::Known:
      return "known";
    case AlertOutcome::Refused:
      return "refused";
  }
  return "";
}

/// The city's own areas of that name, as other commands take them: 町丁目:コード.
Json matching(const std::vector<registry::Area>& areas, const std::string& name) {
  Json found = Json::array();
  for (const registry::Area& area : areas) {
    if (registry::normalized_code(area.name) == registry::normalized_code(name)) {
      found.push_back(std::string(to_text(area.level)) + ":" + area.code);
    }
  }
  return found;
}

Json json_of(const std::vector<registry::AlertArea>& alert_areas,
             const std::vector<registry::Area>& areas) {
  Json rows = Json::array();
  for (const registry::AlertArea& each : alert_areas) {
    rows.push_back(
        {{"code", each.code}, {"name", each.name}, {"areas", matching(areas, each.name)}});
  }
  return rows;
}

Json json_of(const registry::AlertNotice& notice, const std::vector<registry::Area>& areas) {
  return {{"level", notice.level},
          {"hazard", to_text(notice.hazard)},
          {"status", to_text(notice.status)},
          {"title", notice.title},
          {"issuer", notice.issuer},
          {"issued", to_iso(notice.issued)},
          {"ordered", notice.order},
          {"whole_city", notice.whole_city},
          {"places", json_of(notice.areas, areas)}};
}

Json json_of(const registry::OrderProposal& proposal, const std::vector<registry::Area>& areas) {
  return {{"level", proposal.level},
          {"order", registry::order_name(proposal.level)},
          {"hazard", to_text(proposal.hazard)},
          {"whole_city", proposal.whole_city},
          {"places", json_of(proposal.areas, areas)},
          {"because", proposal.because},
          {"since", to_iso(proposal.since)}};
}

/// The city's areas behind each name of a proposal.
std::vector<std::vector<registry::AreaRef>> areas_behind(const registry::OrderProposal& proposal,
                                                         const std::vector<registry::Area>& areas) {
  std::vector<std::vector<registry::AreaRef>> behind;
  for (const registry::AlertArea& each : proposal.areas) {
    std::vector<registry::AreaRef>& refs = behind.emplace_back();
    for (const registry::Area& area : areas) {
      if (registry::normalized_code(area.name) == registry::normalized_code(each.name)) {
        refs.push_back({area.level, area.code});
      }
    }
  }
  return behind;
}

/// Orders that stand in disasters two people have declared; a drill orders nothing.
std::vector<registry::GivenOrder> standing_orders(registry::Session& session) {
  registry::EventDesk desk(session);
  std::vector<registry::GivenOrder> given;
  for (const registry::DisasterEvent& event : desk.events()) {
    if (event.is_drill || state_of(event, now()) != registry::EventState::Open) {
      continue;
    }
    for (registry::EvacOrder& order : desk.orders(event.id)) {
      if (!order.lifted || now() < *order.lifted) {
        given.push_back({.event = event.name, .hazard = event.kind, .order = std::move(order)});
      }
    }
  }
  return given;
}

Json json_of(const registry::OrderAnswer& answer) {
  Json given = Json::array();
  for (const registry::GivenOrder& each : answer.given) {
    given.push_back({{"event", each.event},
                     {"kind", each.hazard ? std::string(to_text(*each.hazard)) : "その他"},
                     {"level", static_cast<int>(each.order.level) + 3},
                     {"order", to_text(each.order.level)},
                     {"areas", areas_text(each.order.whole_city, each.order.areas)},
                     {"issued", to_iso(each.order.issued)}});
  }
  return given;
}

std::string place_words(const Json& row, const Context& context) {
  if (row["whole_city"]) {
    return context.say("市内全域", "the whole city");
  }
  std::string words;
  for (const Json& place : row["places"]) {
    words +=
        (words.empty() ? "" : "、") + place["name"].get<std::string>() +
        (place["areas"].empty() ? context.say("（区域の表にない名前）", " (no such area)") : "");
  }
  return words;
}

/// Everything one look at the folder brought.
class Look {
 public:
  Look(const EventAlertsOptions& options, const Context& context)
      : context_(context),
        city_(options.dir),
        rules_(registry::parse_alert_rules(city_.rules("alerts.toml"))),
        city_code_(city_.local_plan().city_code),
        registry_(city_.open_registry()),
        session_(registry_.session(actor(kEventAlertsPurpose))) {}

  Json run(const std::string& folder) {
    Json files = Json::array();
    if (!folder.empty()) {
      const AlertFolder alerts(folder);
      for (const auto& file : alerts.waiting()) {
        files.push_back(judge(alerts, file));
      }
    }
    const auto areas = session_.areas();
    const auto in_force =
        registry::AlertDesk(session_).in_force({now().milliseconds - rules_.window_ms});
    Json notices = Json::array();
    for (const registry::AlertNotice& notice : in_force) {
      notices.push_back(json_of(notice, areas));
    }
    Json proposals = Json::array();
    Json already_given = Json::array();
    const auto given = standing_orders(session_);
    const registry::AreaTree tree(areas);
    for (const registry::OrderProposal& proposal : propose_orders(in_force, rules_)) {
      const auto answer = answer_to(proposal, areas_behind(proposal, areas), given, tree);
      Json row = json_of(proposal, areas);
      row["given"] = json_of(answer);
      (answer.covers ? already_given : proposals).push_back(std::move(row));
    }
    return {{"files", files},
            {"in_force", notices},
            {"proposals", proposals},
            {"already_given", already_given}};
  }

 private:
  Json judge(const AlertFolder& alerts, const std::filesystem::path& file) {
    const std::string bytes = read_at_most(file, rules_.limits.bytes);
    const registry::AlertIntake intake = context_.dry_run ? tried(bytes) : taken(bytes);
    Json row = {{"file", file.filename().string()},
                {"outcome", outcome_word(intake.outcome)},
                {"notices", intake.document.notices.size()},
                {"doubts", intake.document.doubts},
                {"reason", intake.reason}};
    if (!context_.dry_run) {
      row["place"] = alerts.put_away(file, intake).string();
    }
    return row;
  }

  registry::AlertIntake taken(const std::string& bytes) {
    return registry::AlertDesk(session_).take(bytes, rules_, city_code_);
  }
  [[nodiscard]] registry::AlertIntake tried(const std::string& bytes) const {
    registry::AlertIntake intake;
    try {
      intake.document = registry::read_alert(bytes, rules_, {city_code_, now()});
      intake.outcome = AlertOutcome::Taken;
    } catch (const registry::InputError& error) {
      intake.reason = error.what();
    }
    return intake;
  }

  const Context& context_;
  CityFolder city_;
  registry::AlertRules rules_;
  std::string city_code_;
  registry::Registry registry_;
  registry::Session session_;
};

bool needs_a_person(const Json& document) {
  return std::ranges::any_of(document["files"], [](const Json& file) {
    return file["outcome"] == "refused" || !file["doubts"].empty();
  });
}

void print_event_alerts(const Json& document, const Context& context) {
  for (const Json& file : document["files"]) {
    std::cout << file["file"].get<std::string>() << ": "
              << (file["outcome"] == "refused" ? context.say("受け取れません ", "refused ")
                  : file["outcome"] == "known" ? context.say("受取済み ", "known ")
                                               : context.say("受け取りました ", "taken "))
              << file["reason"].get<std::string>();
    for (const Json& doubt : file["doubts"]) {
      std::cout << "\n    " << doubt.get<std::string>();
    }
    std::cout << '\n';
  }
  for (const Json& notice : document["in_force"]) {
    std::cout << context.say("発表中: 警戒レベル", "In force: level ") << notice["level"] << ' '
              << notice["hazard"].get<std::string>() << ' ' << notice["title"].get<std::string>()
              << "  " << place_words(notice, context) << '\n';
  }
  const auto print_given = [&](const Json& row) {
    for (const Json& each : row["given"]) {
      std::cout << context.say("    発令済み: ", "    given: ") << each["order"].get<std::string>()
                << ' ' << each["areas"].get<std::string>() << ' ' << time_words(each["issued"])
                << ' ' << each["event"].get<std::string>() << context.say("（", " (")
                << each["kind"].get<std::string>() << context.say("）\n", ")\n");
    }
  };
  for (const Json& row : document["already_given"]) {
    std::cout << context.say("発令済みの情報で足ります: ", "Ordered already: ")
              << row["order"].get<std::string>() << ' ' << row["hazard"].get<std::string>() << ' '
              << place_words(row, context) << '\n';
    print_given(row);
  }
  for (const Json& proposal : document["proposals"]) {
    std::cout << context.say("提案（発令は市長）: ", "Proposal (the mayor orders): ")
              << proposal["order"].get<std::string>() << ' '
              << proposal["hazard"].get<std::string>() << ' ' << place_words(proposal, context)
              << '\n';
    print_given(proposal);
  }
  if (document["in_force"].empty()) {
    std::cout << context.say("発表中の警報などはありません。\n", "No alert is in force.\n");
  }
}

void print(const Json& document, const Context& context) {
  if (context.json) {
    print_json(document);
  } else {
    print_event_alerts(document, context);
  }
  std::cout << std::flush;
}

/// Until it is told to end; a look that fails is reported, and the next one is taken all the same.
void watch(const EventAlertsOptions& options, const Context& context) {
  std::signal(SIGINT, stop_watching);
  std::signal(SIGTERM, stop_watching);
  constexpr std::chrono::milliseconds kSlice{100};
  const std::chrono::seconds every(options.every_s);
  while (stopped == 0) {
    try {
      const Json document = Look(options, context).run(options.folder);
      if (!document["files"].empty()) {
        print(document, context);
      }
    } catch (const registry::AccessRefused&) {
      throw;
    } catch (const registry::Error& error) {
      spdlog::error("{}", error.what());
    }
    for (std::chrono::milliseconds passed{0}; passed < every && stopped == 0; passed += kSlice) {
      std::this_thread::sleep_for(kSlice);
    }
  }
}

}  // namespace

void add_event_alerts(CLI::App& event, Context& context) {
  const auto options = std::make_shared<EventAlertsOptions>();
  CLI::App* command = event.add_subcommand(
      "alerts", "気象庁の電文と L-ALERT をフォルダーから受け取り、避難情報を提案する (alerts)");
  command->add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();
  CLI::Option* folder = command->add_option("--folder", options->folder,
                                            "電文のファイルが置かれるフォルダー (watched folder)");
  CLI::Option* once = command->add_flag("--once", options->once, "一度だけ見る。既定 (look once)");
  command->add_flag("--watch", options->watch, "止めるまで見続ける (watch until ended)")
      ->needs(folder)
      ->excludes(once);
  command->add_option("--every", options->every_s, "見る間隔 秒、1～3600。既定は 10 (seconds)")
      ->check(CLI::Range(1, 3600));
  command->callback([options, &context] {
    if (options->watch) {
      watch(*options, context);
      return;
    }
    const Json document = Look(*options, context).run(options->folder);
    print(document, context);
    if (needs_a_person(document)) {
      context.exit = Exit::InputRejected;
    }
  });
}

}  // namespace cli
