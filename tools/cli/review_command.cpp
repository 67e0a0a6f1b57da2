// SPDX-License-Identifier: Apache-2.0
// What was previewed is looked at, approved, applied and, when it was wrong, taken back.
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/batch_report.hpp"
#include "cli/city_folder.hpp"
#include "cli/commands.hpp"
#include "cli/report.hpp"
#include "registry/error.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;
using registry::BatchId;
using registry::ImportDesk;
using registry::PersonId;
using registry::ReviewQueue;

struct ReviewOptions {
  std::string dir;
  std::string batch;
  std::string person;
  long long item = 0;
  bool different = false;
  bool show = false;
};

void expect_writing(const Context& context) {
  if (context.dry_run) {
    throw registry::InputError("この操作に --dry-run はありません。プレビューがその代わりです。");
  }
}

void say_done(const Context& context, const Json& document, const std::string& words) {
  if (context.json) {
    print_json(document);
  } else {
    std::cout << words << '\n';
  }
}

/// Runs `work` with a session of its own.
template <class Work>
void with_session(const ReviewOptions& options, Work work) {
  auto registry = CityFolder(options.dir).open_registry();
  registry::Session session = registry.session(actor("取り込みの確認（49条の10）"));
  work(session);
}

void list(const ReviewOptions& options, Context& context) {
  with_session(options, [&](registry::Session& session) {
    Json batches = Json::array();
    for (const registry::BatchSummary& batch : ImportDesk(session).batches()) {
      batches.push_back(to_json(batch));
    }
    if (context.json) {
      print_json({{"batches", batches}});
      return;
    }
    for (const Json& batch : batches) {
      std::cout << batch["batch"].get<std::string>() << "  "
                << batch["previewed_at"].get<std::string>() << "  "
                << batch["kind"].get<std::string>() << "  " << batch["state"].get<std::string>()
                << '\n';
    }
  });
}

void show(const ReviewOptions& options, Context& context) {
  with_session(options, [&](registry::Session& session) {
    ImportDesk desk(session);
    const BatchId batch{options.batch};
    const auto detail = desk.show(batch);
    Json document = to_json(detail, options.show ? desk.names(batch) : Names());
    document["report"] = to_json(detail.report);
    if (context.json) {
      print_json(document);
    } else {
      print_batch(document, context);
    }
  });
}

void approve(const ReviewOptions& options, Context& context) {
  expect_writing(context);
  with_session(options, [&](registry::Session& session) {
    ImportDesk(session).approve({options.batch});
    say_done(context, {{"batch", options.batch}, {"approved", true}},
             context.say("承認しました。", "approved"));
  });
}

void exclude(const ReviewOptions& options, Context& context) {
  expect_writing(context);
  with_session(options, [&](registry::Session& session) {
    ImportDesk(session).exclude({options.batch}, {options.person});
    say_done(context, {{"batch", options.batch}, {"excluded", options.person}},
             context.say("この人を除きました。", "left out"));
  });
}

void apply(const ReviewOptions& options, Context& context) {
  expect_writing(context);
  with_session(options, [&](registry::Session& session) {
    const auto applied = ImportDesk(session).apply({options.batch});
    Json document{{"batch", applied.id.value},
                  {"applied", true},
                  {"plans_to_review", applied.plans_to_review},
                  {"ripple", to_json(applied.ripple)}};
    if (context.json) {
      print_json(document);
      return;
    }
    std::cout << context.say("反映しました。", "applied") << '\n';
    print_ripple(document["ripple"], context);
  });
}

void revert(const ReviewOptions& options, Context& context) {
  expect_writing(context);
  with_session(options, [&](registry::Session& session) {
    ImportDesk(session).revert({options.batch});
    say_done(context, {{"batch", options.batch}, {"reverted", true}},
             context.say("取り消しました。計画の要見直しはそのままです。",
                         "taken back; plans marked for review stay so"));
  });
}

void drop(const ReviewOptions& options, Context& context) {
  expect_writing(context);
  with_session(options, [&](registry::Session& session) {
    ImportDesk(session).drop({options.batch});
    say_done(context, {{"batch", options.batch}, {"dropped", true}},
             context.say("プレビューを破棄しました。", "dropped"));
  });
}

/// Who the candidates are, as far as they may be shown.
void add_people(const std::map<PersonId, registry::Candidate>& people, Json& items) {
  for (Json& item : items) {
    for (const Json& id : item["candidates"]) {
      const auto found = people.find({id.get<std::string>()});
      if (found == people.end()) {
        continue;
      }
      const registry::Candidate& person = found->second;
      item["people"][found->first.value] = {
          {"name", person.name},
          {"name_kana", person.name_kana},
          {"birth_date", person.birth_date ? registry::to_iso(*person.birth_date) : std::string()},
          {"address", person.address}};
    }
  }
}

void print_candidate(const std::string& id, const Json& item, const Context& context) {
  std::cout << "    " << id
            << (id == item["proposed"] ? context.say(" (提案)", " (proposed)") : "");
  if (item.contains("people") && item["people"].contains(id)) {
    for (const auto& [field, value] : item["people"][id].items()) {
      std::cout << "  " << value.get<std::string>();
    }
  }
  std::cout << '\n';
}

void queue(const ReviewOptions& options, Context& context) {
  with_session(options, [&](registry::Session& session) {
    ReviewQueue desk(session);
    Json items = Json::array();
    for (const registry::QueueItem& item : desk.open_items()) {
      items.push_back(to_json(item));
    }
    if (options.show) {
      add_people(desk.candidates(), items);
    }
    if (context.json) {
      print_json({{"items", items}});
      return;
    }
    for (const Json& item : items) {
      std::cout << item["item"] << "  " << item["kind"].get<std::string>()
                << context.say(" 行 ", " line ") << item["line"] << "  "
                << item["reason"].get<std::string>() << '\n';
      for (const Json& candidate : item["candidates"]) {
        print_candidate(candidate.get<std::string>(), item, context);
      }
    }
  });
}

void decide(const ReviewOptions& options, Context& context) {
  expect_writing(context);
  if (options.different == !options.person.empty()) {
    throw registry::InputError("--same と --different のどちらか一方を指定してください。");
  }
  with_session(options, [&](registry::Session& session) {
    ReviewQueue desk(session);
    if (options.different) {
      desk.decide_different(options.item);
    } else {
      desk.decide_same(options.item, {options.person});
    }
    say_done(context, {{"item", options.item}, {"decided", true}},
             context.say("決めました。同じファイルをもう一度取り込むと反映されます。",
                         "decided; import the file again"));
  });
}

void accept(const ReviewOptions& options, Context& context) {
  expect_writing(context);
  with_session(options, [&](registry::Session& session) {
    const std::size_t accepted = ReviewQueue(session).accept_proposed({options.batch});
    say_done(context, {{"batch", options.batch}, {"accepted", accepted}},
             context.say("提案どおりに決めた件数: ", "accepted: ") + std::to_string(accepted));
  });
}

using Run = void (*)(const ReviewOptions&, Context&);

/// A subcommand with the option all have.
CLI::App* add(CLI::App* command, const char* name, const char* words,
              const std::shared_ptr<ReviewOptions>& options, Context& context, Run run) {
  CLI::App* sub = command->add_subcommand(name, words);
  sub->add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();
  sub->callback([options, &context, run] { run(*options, context); });
  return sub;
}

}  // namespace

void add_review(CLI::App& app, Context& context) {
  CLI::App* command =
      app.add_subcommand("review", "取り込みの差分を確かめて反映する (review imports)");
  command->require_subcommand(1);
  const auto options = std::make_shared<ReviewOptions>();
  const auto with_batch = [&](const char* name, const char* words, Run run) {
    CLI::App* sub = add(command, name, words, options, context, run);
    sub->add_option("batch", options->batch, "取り込みの番号 (batch)")->required();
    return sub;
  };
  add(command, "list", "取り込みの一覧 (all imports)", options, context, list);
  with_batch("show", "差分と、事実と合わなくなるもの (one import)", show)
      ->add_flag("--show", options->show, "氏名を表示する (names on this screen)");
  with_batch("exclude", "一人を除く (leave a person out)", exclude)
      ->add_option("--person", options->person, "人の番号 (person)")
      ->required();
  with_batch("approve", "承認する (approve)", approve);
  with_batch("apply", "承認したものを反映する (apply)", apply);
  with_batch("revert", "反映したものを取り消す (take back)", revert);
  with_batch("drop", "プレビューを破棄する (drop a preview)", drop);
  with_batch("accept", "提案どおりの人に決める (accept the proposed people)", accept);
  add(command, "queue", "人が決める行の一覧 (rows that wait for a person)", options, context, queue)
      ->add_flag("--show", options->show, "候補の人を表示する (candidates on this screen)");
  CLI::App* sub = add(command, "decide", "一件を決める (decide one)", options, context, decide);
  sub->add_option("item", options->item, "確認待ちの番号 (item)")->required();
  sub->add_option("--same", options->person, "この人である (it is this person)");
  sub->add_flag("--different", options->different, "台帳の誰でもない (nobody here)");
}

}  // namespace cli
