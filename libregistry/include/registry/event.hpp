// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/area.hpp"
#include "registry/disclosure.hpp"
#include "registry/ids.hpp"
#include "registry/shelter.hpp"

namespace registry {

using EventId = TextId<struct DisasterEventTag>;
using OrderId = TextId<struct EvacOrderTag>;

/// How far a disaster has come (domain §4.7).
enum class EventPhase : std::uint8_t {
  Normal,    ///< 平常
  Threat,    ///< おそれ
  Occurred,  ///< 発生
  Over       ///< 収束
};
inline constexpr std::size_t kEventPhases = 4;
[[nodiscard]] std::string_view to_text(EventPhase phase);
[[nodiscard]] std::optional<EventPhase> parse_event_phase(std::string_view text);

/// A disaster, or a drill that plays one. One person's declaration is not in force: a second
/// account confirms within the hour (`kConfirmWithinMs`), until then it stands in red.
struct DisasterEvent {
  EventId id{};  ///< given by the store
  std::string
      name{};  ///< 令和8年台風第9号; decisions of 49条の11③ name it; one open event, one name
  std::optional<HazardKind> kind{};  ///< nothing = その他
  EventPhase phase = EventPhase::Threat;
  bool whole_city = false;
  std::vector<AreaRef> areas{};  ///< empty only with `whole_city`
  Instant started{};             ///< when it began; reports from before it are not of it
  bool is_drill = false;         ///< 訓練: in every disclosure this is peacetime
  std::string declared_by{};     ///< account
  Instant declared_at{};
  std::string confirmed_by{};  ///< empty while one person stands alone
  std::optional<Instant> confirmed_at{};
  std::optional<Instant> closed_at{};
};

/// Where an event stands at a moment.
enum class EventState : std::uint8_t {
  Unconfirmed,  ///< one person alone, within the hour
  Lapsed,       ///< nobody confirmed in time
  Open,
  Closed
};
[[nodiscard]] EventState state_of(const DisasterEvent& event, Instant at);
[[nodiscard]] std::string_view to_text(EventState state);  ///< 確認待ち, 失効, 対応中, 終了

/// What `decide_disclosure` is to be asked with: `Drill` for a drill, `Normal` unless the event is
/// open, otherwise おそれ or 発生.
[[nodiscard]] Phase disclosure_phase(const DisasterEvent& event, Instant at);

/// 避難情報 of the mayor (domain §5.8).
enum class EvacLevel : std::uint8_t {
  L3,  ///< 高齢者等避難 (56条②): people on the register start now
  L4,  ///< 避難指示 (60条①): they have arrived by now
  L5   ///< 緊急安全確保 (60条③): nobody goes anywhere on the roads any more
};
inline constexpr std::size_t kEvacLevels = 3;
[[nodiscard]] std::string_view to_text(EvacLevel level);
[[nodiscard]] std::optional<EvacLevel> parse_evac_level(std::string_view text);  ///< L3 or the name

struct EvacOrder {
  OrderId id{};  ///< given by the store
  EventId event{};
  EvacLevel level = EvacLevel::L3;
  bool whole_city = false;
  std::vector<AreaRef> areas{};
  Instant issued{};
  std::optional<Instant> lifted{};
  std::string text{};       ///< what was announced
  std::string issued_by{};  ///< account that recorded it
};

/// Areas of the city and how they lie in each other.
class AreaTree {
 public:
  explicit AreaTree(const std::vector<Area>& areas);
  [[nodiscard]] bool known(const AreaRef& area) const;
  /// `inner` is `outer` or lies in it by its parents.
  [[nodiscard]] bool lies_in(const AreaRef& inner, const AreaRef& outer) const;

 private:
  struct Node {
    AreaRef area;
    std::string parent;
  };
  std::vector<Node> nodes_;  ///< sorted by area
};

/// The highest order in force at a moment for a home that lies in `areas`; nothing without one.
[[nodiscard]] std::optional<EvacLevel> level_at(const std::vector<EvacOrder>& orders,
                                                const std::vector<AreaRef>& areas, Instant at);

/// Whether a home that lies in `areas` belongs to the event.
[[nodiscard]] bool touches(const DisasterEvent& event, const std::vector<AreaRef>& areas);

/// Why an order cannot be issued after `before`, in Japanese; nothing when it can: unknown area or
/// one outside the event, before the event or an earlier order, in the future, or a level that does
/// not rise while another one stands in the area (it has to be lifted first).
[[nodiscard]] std::optional<std::string> fault_of(const EvacOrder& order,
                                                  const std::vector<EvacOrder>& before,
                                                  const DisasterEvent& event, const AreaTree& areas,
                                                  Instant now);

/// Why an order cannot be lifted at `at`, in Japanese.
[[nodiscard]] std::optional<std::string> lift_fault(const EvacOrder& order, Instant at,
                                                    Instant now);

}  // namespace registry
