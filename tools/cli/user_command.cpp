// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/city_folder.hpp"
#include "cli/commands.hpp"
#include "cli/report.hpp"
#include "registry/error.hpp"
#include "registry/staff.hpp"

namespace cli {
namespace {

using registry::Account;
using registry::AreaScope;
using registry::Role;

struct RoleWord {
  Role role;
  const char* word;
};
constexpr std::array kRoles = {RoleWord{Role::Admin, "admin"},
                               RoleWord{Role::ElderSection, "elder_section"},
                               RoleWord{Role::DisabilitySection, "disability_section"},
                               RoleWord{Role::Reader, "reader"},
                               RoleWord{Role::Supporter, "supporter"},
                               RoleWord{Role::Agency, "agency"},
                               RoleWord{Role::Auditor, "auditor"},
                               RoleWord{Role::Operator, "operator"}};

struct UserOptions {
  std::string dir;
  std::string name;
  std::string role;
  std::string supporter_no;
  std::string agency;
  std::vector<std::string> scopes;
};

Role role_of(const std::string& word) {
  for (const RoleWord& each : kRoles) {
    if (word == each.word) {
      return each.role;
    }
  }
  throw registry::InputError("知らない役割です: " + word);
}

std::string word_of(Role role) {
  return kRoles.at(static_cast<std::size_t>(role)).word;
}

/// `小学校区:01`.
std::vector<AreaScope> scopes_of(const std::vector<std::string>& texts) {
  std::vector<AreaScope> scopes;
  for (const std::string& text : texts) {
    const std::size_t colon = text.find(':');
    const auto level = registry::parse_area_level(text.substr(0, colon));
    if (colon == std::string::npos || !level) {
      throw registry::InputError("担当区域は 区分:コード の形で書きます(例 小学校区:01): " + text);
    }
    scopes.push_back({*level, text.substr(colon + 1)});
  }
  return scopes;
}

Account account_of(const UserOptions& options) {
  Account account;
  account.name = options.name;
  account.role = role_of(options.role);
  account.scopes = scopes_of(options.scopes);
  account.supporter_no = options.supporter_no;
  account.agency = options.agency;
  return account;
}

/// Runs `change` on the desk unless it is a dry run, and says what was done.
template <class Change>
void change(const UserOptions& options, const Context& context, Change work) {
  const CityFolder city(options.dir);
  if (!context.dry_run) {
    auto registry = city.open_registry();
    auto session = registry.session(actor("利用者の管理"));
    registry::StaffDesk desk(session);
    work(desk);
  }
  if (context.json) {
    print_json({{"account", options.name}, {"changed", !context.dry_run}});
  } else {
    std::cout << options.name << '\n';
  }
}

void list(const UserOptions& options, const Context& context) {
  const CityFolder city(options.dir);
  auto registry = city.open_registry();
  auto session = registry.session(actor("利用者の管理"));
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (const Account& account : registry::StaffDesk(session).accounts()) {
    nlohmann::ordered_json scopes = nlohmann::ordered_json::array();
    for (const AreaScope& scope : account.scopes) {
      scopes.push_back(std::string(to_text(scope.level)) + ":" + scope.code);
    }
    rows.push_back({{"name", account.name},
                    {"role", word_of(account.role)},
                    {"scopes", scopes},
                    {"supporter_no", account.supporter_no},
                    {"agency", account.agency},
                    {"disabled", account.disabled}});
  }
  if (context.json) {
    print_json({{"accounts", rows}});
    return;
  }
  for (const auto& row : rows) {
    std::cout << row["name"].get<std::string>() << '\t' << row["role"].get<std::string>();
    for (const auto& scope : row["scopes"]) {
      std::cout << ' ' << scope.get<std::string>();
    }
    std::cout << (row["disabled"].get<bool>() ? context.say(" 停止", " disabled") : "") << '\n';
  }
}

void add_name(CLI::App* command, UserOptions& options) {
  command->add_option("name", options.name, "利用者の名前 (account)")->required();
}

void add_role(CLI::App* command, UserOptions& options) {
  std::vector<std::string> words;
  words.reserve(kRoles.size());
  for (const RoleWord& each : kRoles) {
    words.emplace_back(each.word);
  }
  command->add_option("--role", options.role, "役割 (role)")
      ->required()
      ->check(CLI::IsMember(words));
  command->add_option("--supporter", options.supporter_no, "支援者番号 (role supporter only)");
  command->add_option("--agency", options.agency, "関係機関 (role agency only)");
}

void add_scopes(CLI::App* command, UserOptions& options) {
  command->add_option("--scope", options.scopes, "担当区域 区分:コード (areas, level:code)");
}

}  // namespace

void add_user(CLI::App& app, Context& context) {
  const auto options = std::make_shared<UserOptions>();
  CLI::App* user =
      app.add_subcommand("user", "利用者・役割・担当区域 (accounts, roles and scopes)");
  user->require_subcommand(1);
  user->fallthrough();
  user->add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();

  CLI::App* add = user->add_subcommand("add", "利用者を加える (add an account)");
  add_name(add, *options);
  add_role(add, *options);
  add_scopes(add, *options);
  add->callback([options, &context] {
    const Account account = account_of(*options);
    change(*options, context, [&](registry::StaffDesk& desk) { desk.add(account); });
  });

  user->add_subcommand("list", "利用者の一覧 (all accounts)")->callback([options, &context] {
    list(*options, context);
  });

  CLI::App* role = user->add_subcommand("role", "役割を変える (change the role)");
  add_name(role, *options);
  add_role(role, *options);
  role->callback([options, &context] {
    const Account account = account_of(*options);
    change(*options, context, [&](registry::StaffDesk& desk) { desk.set_role(account); });
  });

  CLI::App* scope = user->add_subcommand("scope", "担当区域を決める (set the areas)");
  add_name(scope, *options);
  add_scopes(scope, *options);
  scope->callback([options, &context] {
    const auto scopes = scopes_of(options->scopes);
    change(*options, context,
           [&](registry::StaffDesk& desk) { desk.set_scopes(options->name, scopes); });
  });

  for (const bool disabled : {true, false}) {
    CLI::App* command =
        disabled ? user->add_subcommand("disable", "利用者を停止する (disable an account)")
                 : user->add_subcommand("enable", "停止を解く (enable an account)");
    add_name(command, *options);
    command->callback([options, &context, disabled] {
      change(*options, context,
             [&](registry::StaffDesk& desk) { desk.set_disabled(options->name, disabled); });
    });
  }
}

}  // namespace cli
