// SPDX-License-Identifier: Apache-2.0
#include "registry/shelter_opening.hpp"

#include <algorithm>
#include <array>

namespace registry {
namespace {

constexpr std::array<std::string_view, kShelterSteps> kStepWords = {"開設", "閉鎖", "入所", "退所",
                                                                    "移送"};

using Board = std::vector<ShelterOpening>;

ShelterOpening* find(Board& board, const ShelterId& id) {
  const auto found = std::ranges::find(board, id, &ShelterOpening::shelter);
  return found == board.end() ? nullptr : &*found;
}

const Shelter* find(const std::vector<Shelter>& shelters, const ShelterId& id) {
  const auto found = std::ranges::find(shelters, id, &Shelter::id);
  return found == shelters.end() ? nullptr : &*found;
}

void add_heads(ShelterOpening* opening, int heads) {
  if (opening != nullptr) {
    opening->heads += heads;
    opening->most_heads = std::max(opening->most_heads, opening->heads);
  }
}

void open(Board& board, const ShelterEntry& entry, const Shelter* shelter) {
  ShelterOpening* opening = find(board, entry.shelter);
  if (opening == nullptr) {
    opening = &board.emplace_back();
    opening->shelter = entry.shelter;
  }
  opening->open = true;
  opening->opened_at = entry.at;
  opening->closed_at.reset();
  opening->needs = entry.needs;
  opening->capacity = entry.capacity       ? entry.capacity
                      : shelter != nullptr ? shelter->capacity
                                           : std::nullopt;
}

std::optional<std::string> time_fault(const ShelterEntry& entry,
                                      const std::vector<ShelterEntry>& book,
                                      const DisasterEvent& event, Instant now) {
  if (entry.at < event.started) {
    return "災害の始まりより前の時刻です。";
  }
  if (now < entry.at) {
    return "これからの時刻です。時刻を確かめてください。";
  }
  for (const ShelterEntry& old : book) {
    const bool same = old.shelter == entry.shelter || old.to == entry.shelter ||
                      (!entry.to.empty() && (old.shelter == entry.to || old.to == entry.to));
    if (same && entry.at < old.at) {
      return "この避難所の先の記録 (" + tokyo_time(old.at) +
             ") より前の時刻です。起きた順に記録してください。";
    }
  }
  return std::nullopt;
}

std::optional<std::string> transfer_fault(const ShelterEntry& entry, Board& board,
                                          const std::vector<Shelter>& shelters) {
  if (find(shelters, entry.to) == nullptr) {
    return "移送先の避難所は台帳にありません。";
  }
  if (entry.to == entry.shelter) {
    return "移送先が移送元と同じです。";
  }
  const ShelterOpening* to = find(board, entry.to);
  if (to == nullptr || !to->open) {
    return "移送先の避難所は開設されていません。先に開設を記録してください。";
  }
  if (to->remaining() && *to->remaining() < entry.heads) {
    return "移送先の空きは " + std::to_string(*to->remaining()) + " 人です。";
  }
  return std::nullopt;
}

std::optional<std::string> heads_fault(const ShelterEntry& entry, Board& board,
                                       const std::vector<Shelter>& shelters) {
  if (entry.heads < 1) {
    return "人数は 1 以上です。";
  }
  const ShelterOpening* here = find(board, entry.shelter);
  if (here == nullptr || !here->open) {
    return "この避難所は開設されていません。先に開設を記録してください。";
  }
  if (entry.step == ShelterStep::In) {
    const Shelter* shelter = find(shelters, entry.shelter);
    return shelter->arrival == ArrivalPolicy::Secondary
               ? std::optional<std::string>(
                     "直接の避難は受け入れない避難所です(二次避難)。移送として記録してください。")
               : std::nullopt;
  }
  if (here->heads < entry.heads) {
    return "いま入所しているのは " + std::to_string(here->heads) + " 人です。";
  }
  return entry.step == ShelterStep::Transfer ? transfer_fault(entry, board, shelters)
                                             : std::nullopt;
}

}  // namespace

std::string_view to_text(ShelterStep step) {
  return kStepWords.at(static_cast<std::size_t>(step));
}

std::vector<ShelterOpening> shelter_board(const std::vector<ShelterEntry>& book,
                                          const std::vector<Shelter>& shelters) {
  Board board;
  for (const ShelterEntry& entry : book) {
    ShelterOpening* here = find(board, entry.shelter);
    switch (entry.step) {
      case ShelterStep::Open:
        open(board, entry, find(shelters, entry.shelter));
        break;
      case ShelterStep::Close:
        if (here != nullptr) {
          here->open = false;
          here->closed_at = entry.at;
        }
        break;
      case ShelterStep::In:
        add_heads(here, entry.heads);
        break;
      case ShelterStep::Out:
        add_heads(here, -entry.heads);
        break;
      case ShelterStep::Transfer:
        add_heads(here, -entry.heads);
        add_heads(find(board, entry.to), entry.heads);
        break;
    }
  }
  return board;
}

std::optional<std::string> fault_of(const ShelterEntry& entry,
                                    const std::vector<ShelterEntry>& book,
                                    const std::vector<Shelter>& shelters,
                                    const DisasterEvent& event, Instant now) {
  if (find(shelters, entry.shelter) == nullptr) {
    return "その ID の避難所は台帳にありません。tomoni event shelters で確かめてください。";
  }
  if (auto fault = time_fault(entry, book, event, now)) {
    return fault;
  }
  Board board = shelter_board(book, shelters);
  const ShelterOpening* here = find(board, entry.shelter);
  const bool is_open = here != nullptr && here->open;
  switch (entry.step) {
    case ShelterStep::Open:
      if (is_open) {
        return "この避難所はすでに開設されています。";
      }
      if (entry.capacity && *entry.capacity < 0) {
        return "定員は 0 以上です。";
      }
      return std::nullopt;
    case ShelterStep::Close:
      if (!is_open) {
        return "開設していない避難所は閉じられません。";
      }
      return here->heads > 0
                 ? std::optional("まだ " + std::to_string(here->heads) +
                                 " 人が入所しています。退所か移送を先に記録してください。")
                 : std::nullopt;
    case ShelterStep::In:
    case ShelterStep::Out:
    case ShelterStep::Transfer:
      return heads_fault(entry, board, shelters);
  }
  return std::nullopt;
}

}  // namespace registry
