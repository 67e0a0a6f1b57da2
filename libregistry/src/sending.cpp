// SPDX-License-Identifier: Apache-2.0
#include "registry/sending.hpp"

#include <algorithm>
#include <array>

namespace registry {
namespace {

constexpr std::array<std::string_view, kSendSteps> kStepWords = {"派遣", "戻り", "行けない",
                                                                 "行ける"};

void end_sending(SupporterDay& day) {
  day.since.reset();
  day.person = {};
}

void take(const SendEntry& entry, SupporterDay& day) {
  day.supporter = entry.supporter;
  day.last = entry.at;
  switch (entry.step) {
    case SendStep::Sent:
      day.since = entry.at;
      day.person = entry.person;
      break;
    case SendStep::Back:
      end_sending(day);
      break;
    case SendStep::Cannot:
      if (entry.person.empty()) {
        day.cannot = true;
        day.said_can = false;
      } else {
        day.cannot_to.insert(entry.person);
      }
      if (entry.person.empty() || entry.person == day.person) {
        end_sending(day);
      }
      break;
    case SendStep::Can:
      day.cannot = false;
      day.cannot_to.clear();
      day.said_can = true;
      break;
  }
}

}  // namespace

std::string_view to_text(SendStep step) {
  return kStepWords.at(static_cast<std::size_t>(step));
}

std::map<SupporterId, SupporterDay> supporter_days(std::vector<SendEntry> book) {
  std::ranges::stable_sort(book, {}, &SendEntry::at);
  std::map<SupporterId, SupporterDay> days;
  for (const SendEntry& entry : book) {
    take(entry, days[entry.supporter]);
  }
  return days;
}

bool is_over(const SupporterDay& day, const PersonSafety& person) {
  return day.since && is_accounted_for(person) && person.seen && *day.since <= *person.seen;
}

std::optional<std::string> fault_of(const SendEntry& entry, const SupporterDay& day,
                                    const DisasterEvent& event, Instant now) {
  if (entry.at < event.started) {
    return "災害の始まりより前の時刻です。時刻を確かめてください。";
  }
  if (now < entry.at) {
    return "これからの時刻です。時刻を確かめてください。";
  }
  if (day.last && entry.at < *day.last) {
    return "この支援者の先の記録 (" + tokyo_time(*day.last) + ") より前の時刻です。";
  }
  if (entry.step == SendStep::Back && !day.since) {
    return "この支援者は派遣されていません。tomoni event status で確かめてください。";
  }
  if (entry.step != SendStep::Sent) {
    return std::nullopt;
  }
  if (day.since) {
    return "この支援者は " + tokyo_time(*day.since) +
           " から別の人のところにいます。戻ったら --back を先に記録してください。";
  }
  if (day.cannot || day.cannot_to.contains(entry.person)) {
    return "この支援者は行けないと知らせています。行けるようになったら --can を先に記録して"
           "ください。";
  }
  return std::nullopt;
}

}  // namespace registry
