// SPDX-License-Identifier: Apache-2.0
#include "cli/batch_report.hpp"

#include <iostream>

namespace cli {
namespace {

using Json = nlohmann::ordered_json;
using namespace registry;  // NOLINT(google-build-using-namespace): everything here is about it

constexpr std::size_t kShownLines = 100;  // on a screen; --json has all

Json kinds_json(const std::vector<ChangeKind>& kinds) {
  Json list = Json::array();
  for (const ChangeKind kind : kinds) {
    list.push_back(to_text(kind));
  }
  return list;
}

std::string joined(const Json& words) {
  std::string text;
  for (const Json& word : words) {
    text += (text.empty() ? "" : "・") + word.get<std::string>();
  }
  return text;
}

std::string_view register_name(RegisterKind kind) {
  return kind == RegisterKind::Statutory ? "避難行動要支援者名簿" : "災害時要援護者登録名簿";
}

void print_change(const Json& change, const Context& context) {
  std::cout << "  " << change["person"].get<std::string>();
  if (change.contains("name")) {
    std::cout << ' ' << change["name"].get<std::string>();
  }
  std::cout << ": " << joined(change["kinds"]);
  if (!change["fields"].empty()) {
    std::cout << " [" << joined(change["fields"]) << ']';
  }
  if (change["line"] != 0) {
    std::cout << context.say(" 行 ", " line ") << change["line"];
  }
  if (!change["excluded_by"].get<std::string>().empty()) {
    std::cout << context.say(" (除外)", " (left out)");
  }
  std::cout << '\n';
}

/// Prints the first lines of a list and says how many more there are.
template <class Print>
void print_some(const Json& list, const Context& context, Print print) {
  for (std::size_t i = 0; i < list.size() && i < kShownLines; ++i) {
    print(list[i]);
  }
  if (list.size() > kShownLines) {
    std::cout << context.say("  ほか ", "  and ") << list.size() - kShownLines
              << context.say(" 件 (--json ですべて)", " more (--json shows all)") << '\n';
  }
}

}  // namespace

Json to_json(const BatchSummary& batch) {
  Json document{{"batch", batch.id.value},
                {"kind", to_text(batch.kind)},
                {"state", to_text(batch.state)},
                {"mapping", batch.mapping},
                {"full", batch.full},
                {"on", to_iso(batch.on)},
                {"previewed_at", to_iso(batch.previewed_at)},
                {"previewed_by", batch.previewed_by}};
  const auto add = [&](const std::string& what, const std::optional<Instant>& at,
                       const std::string& by) {
    if (at) {
      document[what + "_at"] = to_iso(*at);
      document[what + "_by"] = by;
    }
  };
  add("approved", batch.approved_at, batch.approved_by);
  add("applied", batch.applied_at, batch.applied_by);
  add("reverted", batch.reverted_at, batch.reverted_by);
  return document;
}

Json to_json(const Ripple& ripple) {
  Json plans = Json::array();
  for (const Invalidation& plan : ripple.plans) {
    plans.push_back({{"plan", plan.plan.value},
                     {"registrant", plan.subject.value},
                     {"reason", to_text(plan.reason)}});
  }
  Json lists = Json::array();
  for (const StaleEntry& entry : ripple.lists) {
    lists.push_back({{"list", register_name(entry.kind)},
                     {"registrant", entry.person.value},
                     {"reason", to_text(entry.why)}});
  }
  Json copies = Json::array();
  for (const StaleCopy& copy : ripple.copies) {
    copies.push_back({{"handover", copy.handover},
                      {"serial", copy.serial},
                      {"registrant", copy.person.value},
                      {"reason", to_text(copy.why)}});
  }
  return {{"plans", plans}, {"lists", lists}, {"copies", copies}};
}

Json to_json(const QueueItem& item) {
  Json candidates = Json::array();
  for (const PersonId& person : item.candidates) {
    candidates.push_back(person.value);
  }
  return {{"item", item.number},
          {"batch", item.batch.value},
          {"kind", to_text(item.kind)},
          {"line", item.line},
          {"reason", to_text(item.reason)},
          {"proposed", item.proposed.value},
          {"candidates", candidates}};
}

Json to_json(const BatchDetail& detail, const Names& names) {
  Json document = to_json(detail.summary);
  Json counts = Json::object();
  for (const auto& [kind, count] : detail.counts()) {
    counts[std::string(to_text(kind))] = count;
  }
  document["counts"] = counts;
  Json changes = Json::array();
  for (const BatchChange& change : detail.changes) {
    Json row{{"person", change.person.value},
             {"line", change.line},
             {"kinds", kinds_json(change.kinds)},
             {"fields", change.fields},
             {"excluded_by", change.excluded_by}};
    if (const auto name = names.find(change.person); name != names.end()) {
      row["name"] = name->second;
    }
    changes.push_back(std::move(row));
  }
  document["changes"] = changes;
  document["ripple"] = to_json(detail.ripple);
  return document;
}

void print_ripple(const Json& ripple, const Context& context) {
  if (ripple["plans"].empty() && ripple["lists"].empty() && ripple["copies"].empty()) {
    return;
  }
  std::cout << context.say("事実と合わなくなるもの:", "what becomes false:") << '\n';
  print_some(ripple["plans"], context, [&](const Json& plan) {
    std::cout << context.say("  計画 ", "  plan ") << plan["plan"].get<std::string>() << " "
              << plan["reason"].get<std::string>() << '\n';
  });
  print_some(ripple["lists"], context, [&](const Json& entry) {
    std::cout << "  " << entry["list"].get<std::string>() << " "
              << entry["registrant"].get<std::string>() << " " << entry["reason"].get<std::string>()
              << '\n';
  });
  print_some(ripple["copies"], context, [&](const Json& copy) {
    std::cout << context.say("  提供した写し ", "  copy handed over ")
              << copy["serial"].get<std::string>() << " " << copy["registrant"].get<std::string>()
              << " " << copy["reason"].get<std::string>() << '\n';
  });
}

void print_batch(const Json& document, const Context& context) {
  std::cout << context.say("取り込み ", "import ") << document["batch"].get<std::string>() << " "
            << document["kind"].get<std::string>() << " " << document["state"].get<std::string>()
            << '\n';
  for (const auto& [kind, count] : document["counts"].items()) {
    std::cout << "  " << kind << ": " << count << '\n';
  }
  print_some(document["changes"], context,
             [&](const Json& change) { print_change(change, context); });
  print_ripple(document["ripple"], context);
}

}  // namespace cli
