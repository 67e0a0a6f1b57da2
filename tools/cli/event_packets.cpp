// SPDX-License-Identifier: Apache-2.0
// `event packets`: what each recipient of a decision gets on paper, every copy in the ledger.
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/event_board.hpp"
#include "cli/files.hpp"
#include "cli/report.hpp"
#include "cli/share_options.hpp"
#include "cli/share_output.hpp"
#include "planner/event_advice.hpp"
#include "planner/what_if.hpp"
#include "registry/error.hpp"
#include "registry/handover_desk.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kEventPacketsPurpose = "災害時の名簿情報・計画情報の提供";

struct EventPacketsOptions : EventChoice {
  std::string decision;
  std::vector<std::string> recipients;
  std::string data = "PLAN";
  std::string return_due;
  std::string out;
};

/// Those the decision names; in a drill those that were named on the command line.
std::vector<registry::RecipientOrg> recipients_of(EventRoom& room,
                                                  const EventPacketsOptions& options) {
  registry::EmergencyDecision decision;
  for (registry::EmergencyDecision& each : registry::EmergencyDesk(room.session).decisions()) {
    if (each.id.value == options.decision) {
      decision = std::move(each);
    }
  }
  std::vector<registry::RecipientOrg> chosen;
  for (registry::RecipientOrg& org : registry::RecipientBook(room.session).list()) {
    const bool named =
        std::ranges::find(options.recipients, org.id.value) != options.recipients.end();
    const bool decided = std::ranges::find(decision.orgs, org.id) != decision.orgs.end() ||
                         std::ranges::find(decision.kinds, org.kind) != decision.kinds.end();
    if (!org.ended_on && (options.recipients.empty() ? decided : named)) {
      chosen.push_back(std::move(org));
    }
  }
  if (chosen.empty()) {
    throw registry::InputError(
        "渡す相手がいません。--decision で提供の決定を、訓練では --recipient で提供先を指定して"
        "ください。");
  }
  return chosen;
}

using LivePlans = std::map<registry::PersonId, std::vector<registry::PlanCourse>>;

/// Today's ways of those whose plan is no longer true, also where people have settled it: paper
/// must not lead into a closed road. Nothing is stored.
LivePlans live_plans(EventRoom& room, const EventBoard& board, const planner::CityRoads& roads) {
  LivePlans live;
  if (!std::filesystem::exists(room.city.live_closures_file()) &&
      !std::filesystem::exists(room.city.live_water_file())) {
    return live;
  }
  planner::PlanRequest request = board.plan.request();
  request.store = false;
  request.only_affected = true;
  request.second_ways = false;
  const planner::PlanReport report =
      planner::make_plans(room.session, roads, request, progress_line());
  for (const planner::CourseChange& change :
       planner::changes_between(report.before, report.plans)) {
    const auto plan =
        std::ranges::find(report.plans, change.subject, &registry::EvacuationPlan::subject);
    live.emplace(change.subject, plan->courses);
  }
  return live;
}

/// Prints the copies of one event; roads and orders are read once for all.
class PacketPress {
 public:
  PacketPress(EventRoom& room, const EventPacketsOptions& options)
      : room_(room),
        options_(options),
        board_(room),
        roads_(room.city.roads()),
        desk_(room.session, board_.plan.local_plan.disclosure),
        live_(live_plans(room, board_, *roads_)) {}

  /// People whose paper shows another way than their stored plan.
  [[nodiscard]] std::size_t live_ways() const { return live_.size(); }

  /// What became of one recipient.
  Json print(const registry::RecipientOrg& org, bool dry_run) {
    registry::HandoverRequest request;
    request.recipient = org.id;
    request.data = data_option(options_.data);
    request.phase = disclosure_phase(room_.event, now());
    request.decision.value = request.phase == registry::Phase::Drill ? "" : options_.decision;
    request.return_due = day_option("--return-due", options_.return_due);
    Json row = {{"recipient", org.id.value}, {"name", org.name}};
    try {
      const registry::HandoverPreview preview = desk_.preview(request);
      row["persons"] = preview.included.size();
      if (preview.included.empty()) {
        row["reason"] = "渡せる人がいない";
      } else if (!dry_run) {
        issue(request, preview, row);
      }
    } catch (const registry::DisclosureRefused& refused) {
      row["persons"] = 0;
      row["reason"] = refused.what();
    }
    return row;
  }

 private:
  void issue(const registry::HandoverRequest& request, const registry::HandoverPreview& preview,
             Json& row) {
    const registry::DisclosureList list = desk_.issue(request, preview.code);
    const std::string& serial = list.handover().serial;
    const bool one_each = (preview.profile == registry::Profile::Action &&
                           request.data == registry::DataKind::Plan) ||
                          preview.profile == registry::Profile::Intake;
    CopyForm form;
    std::string& file = one_each ? form.sheets : form.out;
    file = (std::filesystem::path(options_.out) / (serial + ".pdf")).string();
    try {
      static_cast<void>(
          write_copy({.list = list,
                      .local_plan = board_.plan.local_plan,
                      .city = room_.city,
                      .session = room_.session,
                      .roads = roads_.get(),
                      .adapt = [this](const auto& subject, auto& plan) { adapt(subject, plan); }},
                     form, ""));
    } catch (const std::exception&) {
      desk_.record(list.handover().id, {registry::CopyEvent::Destroyed, registry::tokyo_date(now()),
                                        "ファイルを書き出せなかった"});
      throw;
    }
    row["serial"] = serial;
    row["file"] = file;
    row["sheets"] = one_each;
  }

  /// What an order in force leaves of a plan.
  void adapt(const registry::PlanSubject& subject, registry::EvacuationPlan& plan) const {
    if (const auto live = live_.find(subject.registrant.person.id); live != live_.end()) {
      plan.courses = live->second;
    }
    const auto demand = planner::anonymous_demand(
        subject, 0, {board_.plan.mobility, board_.plan.rules}, board_.plan.local_plan.companions,
        registry::tokyo_date(board_.at));
    for (registry::PlanCourse& course : plan.courses) {
      course =
          planner::course_under(board_.level_for(subject.registrant.person.id), course,
                                planner::stay_advice(course.hazard, roads_->hazards, demand,
                                                     subject.needs.dwelling, board_.plan.rules));
    }
  }

  EventRoom& room_;
  const EventPacketsOptions& options_;
  EventBoard board_;
  std::unique_ptr<planner::CityRoads> roads_;
  registry::HandoverDesk desk_;
  LivePlans live_;
};

void packets(const EventPacketsOptions& options, const Context& context) {
  EventRoom room(options, kEventPacketsPurpose);
  if (!context.dry_run) {
    std::filesystem::create_directories(options.out);
  }
  PacketPress press(room, options);
  Json copies = Json::array();
  std::size_t pages = 0;
  const auto begin = std::chrono::steady_clock::now();
  for (const registry::RecipientOrg& org : recipients_of(room, options)) {
    copies.push_back(press.print(org, context.dry_run));
    pages += copies.back().value("sheets", false) ? copies.back()["persons"].get<std::size_t>() : 0;
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  if (context.json) {
    print_json({{"event", room.event.id.value},
                {"phase", to_text(disclosure_phase(room.event, now()))},
                {"copies", std::move(copies)},
                {"sheets", pages},
                {"live_ways", press.live_ways()},
                {"seconds", took.count()}});
    return;
  }
  for (const Json& copy : copies) {
    std::cout << copy["name"].get<std::string>() << ": " << copy["persons"]
              << context.say(" 人 ", " persons ") << copy.value("serial", "") << ' '
              << copy.value("file", copy.value("reason", "")) << '\n';
  }
}

}  // namespace

void add_event_packets(CLI::App& event, Context& context) {
  const auto options = std::make_shared<EventPacketsOptions>();
  CLI::App* command = event.add_subcommand(
      "packets", "提供先ごとの紙の束を、台帳に記録して書き出す (packets on paper)");
  add_event_choice(*command, *options);
  command->add_option("--decision", options->decision, "提供の決定の ID (decision)");
  command->add_option("--recipient", options->recipients,
                      "提供先の ID。既定は決定にある全部 (recipients)");
  command->add_option("--data", options->data, "ROSTER | PLAN (data)")
      ->check(CLI::IsMember({"ROSTER", "PLAN"}));
  command->add_option("--return-due", options->return_due, "返却期限 (return due)")->required();
  command->add_option("--out", options->out, "書き出すフォルダ (folder)")->required();
  command->callback([options, &context] { packets(*options, context); });
}

}  // namespace cli
