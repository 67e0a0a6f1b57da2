// SPDX-License-Identifier: Apache-2.0
#include "registry/edit_desk.hpp"

#include <string_view>

#include "database.hpp"
#include "registry/text_normalizer.hpp"
#include "row_edit.hpp"
#include "shelter_record.hpp"
#include "supporter_record.hpp"

namespace registry {
namespace {

constexpr const char* kSupporterContent = R"sql(
  name = :name, name_kana = :name_kana, organisation = :organisation, address = :address,
  phone = :phone, mail = :mail, weekday_day = :weekday_day, weekday_night = :weekday_night,
  holiday = :holiday, max_persons = :max_persons, has_vehicle = :has_vehicle, lat = :lat,
  lon = :lon, name_key = :name_key
)sql";

constexpr const char* kShelterContent = R"sql(
  common_id = :common_id, name = :name, name_kana = :name_kana, address = :address,
  phone = :phone, lat = :lat, lon = :lon, emergency_site = :emergency_site, shelter = :shelter,
  designated_welfare = :designated_welfare, agreement_welfare = :agreement_welfare,
  suited = :suited, rated = :rated, arrival = :arrival, acceptance = :acceptance,
  capacity = :capacity,
  gathering_point = :gathering_point, has_power = :has_power, has_beds = :has_beds,
  has_ostomate = :has_ostomate, step_free = :step_free, power_limit = :power_limit,
  stretcher_limit = :stretcher_limit, wheelchair_limit = :wheelchair_limit,
  companion_limit = :companion_limit, opens_after_min = :opens_after_min
)sql";

/// Binds every field that is part of the content: not the row's names.
auto content_binder(soci::statement& statement) {
  return [bind = binder(statement)](std::string_view column, const auto& field) {
    if (column != "id" && column != "supporter_no") {
      bind(std::string(column).c_str(), field);
    }
  };
}

}  // namespace

std::optional<Revised<Supporter>> EditDesk::supporter(const SupporterId& id) {
  Database& store = SessionInside::store(*session_);
  return store.audited(
      SessionInside::actor(*session_), Action::ShowSupporter, [&](AuditNote& note) {
        std::optional<Revised<Supporter>> found;
        SupporterRecord record;
        soci::statement row = prepared(store.sql(),
                                       R"sql(
                       SELECT id, supporter_no, name, name_kana, organisation, address, phone, mail,
                              weekday_day, weekday_night, holiday, max_persons, has_vehicle, lat,
                              lon
                       FROM supporter WHERE id = :wanted
                     )sql",
                                       [&](soci::statement& statement) {
                                         supporter_fields(record, receiver(statement));
                                         statement.exchange(soci::use(id.value, "wanted"));
                                       });
        if (row.execute(true)) {
          found = {.record = to_supporter(record),
                   .revision = revision_of(store.sql(), "supporter", id.value)};
        }
        note.detail = found ? "found=1" : "found=0";
        return found;
      });
}

EditResult EditDesk::change(const Supporter& supporter, int revision) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  return store.audited(actor, Action::EditSupporter, [&](AuditNote& note) {
    const SupporterRecord record = to_record(supporter);
    const std::string name_key = search_key(supporter.name);
    EditResult result = edit_row(
        store, actor, {.table = "supporter", .id = supporter.id.value, .revision = revision},
        kSupporterContent, [&](soci::statement& statement) {
          supporter_fields(record, content_binder(statement));
          binder(statement)("name_key", name_key);
        });
    note.detail = edit_detail(result);
    return result;
  });
}

std::optional<Revised<Shelter>> EditDesk::shelter(const ShelterId& id) {
  Database& store = SessionInside::store(*session_);
  return store.read([&]() -> std::optional<Revised<Shelter>> {
    if (id.empty()) {
      return std::nullopt;
    }
    // The revision first: a change between the two reads then shows as a conflict.
    const int revision = revision_of(store.sql(), "shelter", id.value);
    std::vector<Shelter> found = stored_shelters(store.sql(), id.value);
    if (found.empty()) {
      return std::nullopt;
    }
    return Revised<Shelter>{.record = std::move(found.front()), .revision = revision};
  });
}

EditResult EditDesk::change(const Shelter& shelter, int revision) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  return store.audited(actor, Action::EditShelter, [&](AuditNote& note) {
    const ShelterRecord record = to_record(shelter);
    EditResult result = edit_row(
        store, actor, {.table = "shelter", .id = shelter.id.value, .revision = revision},
        kShelterContent,
        [&](soci::statement& statement) { shelter_fields(record, content_binder(statement)); });
    note.detail = edit_detail(result);
    return result;
  });
}

}  // namespace registry
