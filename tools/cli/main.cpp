// SPDX-License-Identifier: Apache-2.0
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <clocale>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "cli/commands.hpp"
#include "registry/access.hpp"
#include "registry/error.hpp"
#include "registry/handover.hpp"
#include "route/error.hpp"

namespace {

using cli::Exit;

/// The language of the user's locale; Japanese unless it names another one.
bool locale_is_foreign() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0') {
      const std::string_view locale(value);
      return !(locale.starts_with("ja") || locale.starts_with("C") || locale == "POSIX");
    }
  }
  return false;
}

int code(Exit exit) {
  return static_cast<int>(exit);
}

int complain(Exit exit, std::string_view text) {
  spdlog::error("{}", text);
  return code(exit);
}

int run(int argc, char** argv) {
  cli::Context context;
  context.english = locale_is_foreign();
  CLI::App app{"Tomoni: 避難行動要支援者の名簿と個別避難計画"};
  app.set_version_flag("--version", std::string("tomoni ") + TOMONI_VERSION);
  app.require_subcommand(1);
  app.fallthrough();
  app.add_flag("--json", context.json, "結果を JSON で標準出力へ (one JSON document on stdout)");
  app.add_flag("--dry-run", context.dry_run, "何も書かずに結果だけ示す (write nothing)");
  app.add_option_function<std::string>(
         "--lang", [&](const std::string& lang) { context.english = lang == "en"; },
         "表示の言語 (language)")
      ->check(CLI::IsMember({"ja", "en"}))
      ->trigger_on_parse();
  add_sample(app, context);
  add_init(app, context);
  add_import(app, context);
  add_eligibility(app, context);
  add_review(app, context);
  add_route(app, context);
  add_reach(app, context);
  add_departure(app, context);
  add_plan(app, context);
  add_drill(app, context);
  add_form(app, context);
  add_labels(app, context);
  add_summary(app, context);
  add_export(app, context);
  add_user(app, context);
  add_person(app, context);
  add_protected(app, context);
  add_audit(app, context);
  add_consent(app, context);
  add_share(app, context);
  add_event(app, context);
  add_key(app, context);
  add_backup(app, context);
  add_restore(app, context);
  add_doctor(app, context);
  try {
    app.parse(argc, argv);
    return code(context.exit);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? code(Exit::Done) : code(Exit::WrongUse);
  } catch (const cli::Refused& refusal) {
    return complain(Exit::RefusedByRule, refusal.what());
  } catch (const registry::AccessRefused& refusal) {
    return complain(Exit::RefusedByRule, refusal.what());
  } catch (const registry::DisclosureRefused& refusal) {
    return complain(Exit::RefusedByRule, refusal.what());
  } catch (const registry::InputError& error) {
    return complain(Exit::InputRejected, error.what());
  } catch (const route::InputError& error) {
    return complain(Exit::InputRejected, error.what());
  } catch (const std::exception& error) {
    return complain(Exit::Failed, error.what());
  }
}

}  // namespace

int main(int argc, char** argv) {
  // A full disk or a file-size limit is an ordinary write error for us, not a reason to die.
  std::signal(SIGXFSZ, SIG_IGN);
  try {
    spdlog::set_default_logger(spdlog::stderr_color_mt("tomoni"));
    spdlog::set_pattern("tomoni: %^%l%$: %v");
    return run(argc, argv);
  } catch (...) {  // an error while an error was being reported
    static_cast<void>(std::fputs("tomoni: 続けられません (cannot continue)\n", stderr));
    return code(Exit::Failed);
  }
}
