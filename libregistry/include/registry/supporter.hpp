// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "registry/area.hpp"
#include "registry/ids.hpp"

namespace registry {

/// When a supporter can usually come.
struct Availability {
  bool weekday_day = true;
  bool weekday_night = true;
  bool holiday = true;
};

/// 避難支援等実施者: who will help particular persons. A person or an organisation.
struct Supporter {
  SupporterId id;
  std::string supporter_no;  ///< the city's own number; joins files
  std::string name;          ///< 氏名又は名称
  std::string name_kana;
  std::string organisation;  ///< 団体名, when acting for one
  std::string address;       ///< 住所又は居所
  std::string phone;
  std::string mail;
  Availability available;
  int max_persons = 1;  ///< how many people at once
  bool has_vehicle = false;
  std::optional<Position> position;
};

/// Which supporter has agreed to help which person.
struct SupporterLink {
  SupporterId supporter;
  PersonId person;
  std::string relation;  ///< 関係: 近所, 親族, 民生委員, ...
  std::string role;      ///< 情報伝達, 安否確認, 同行, 搬送, 車両
};

/// A supporter as he or she stands in one person's plan.
struct AssignedSupporter {
  Supporter supporter;
  std::string relation;
  std::string role;
};

}  // namespace registry
