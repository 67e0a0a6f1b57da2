// SPDX-License-Identifier: Apache-2.0
#include "event_store.hpp"
#include "person_gate.hpp"
#include "registry/sending.hpp"
#include "safety_store.hpp"
#include "sending_store.hpp"
#include "stored_rows.hpp"

namespace registry {
namespace {

/// A line in the form of the table `supporter_sending`.
struct SendRecord {
  SendEntry entry;
  std::optional<PersonId> person;
};

template <class Record, class Field>
void send_fields(Record& record, Field field) {
  auto& entry = record.entry;
  field("uuid", entry.uuid);
  field("step", entry.step);
  field("supporter", entry.supporter);
  field("person", record.person);
  field("at", entry.at);
  field("note", entry.note);
}

SendRecord to_record(const SendEntry& entry) {
  return {.entry = entry, .person = null_if_empty(entry.person)};
}

std::string content_hash(const SendEntry& entry) {
  Digest digest;
  const SendRecord record = to_record(entry);
  send_fields(record, [&](const char*, const auto& value) { add_stored(digest, value); });
  return to_hex(digest.finish());
}

void insert_sending(soci::session& sql, const EventId& event, const SendEntry& entry, Instant at) {
  const SendRecord record = to_record(entry);
  const std::string hash = content_hash(entry);
  prepared(sql, R"sql(
    INSERT INTO supporter_sending (uuid, event, step, supporter, person, at, note, content_hash,
      recorded_at, recorded_by)
    VALUES (:uuid, :event, :step, :supporter, :person, :at, :note, :content_hash, :recorded_at,
      :recorded_by)
  )sql",
           [&](soci::statement& statement) {
             const auto bind = binder(statement);
             send_fields(record, bind);
             bind("event", event);
             bind("content_hash", hash);
             bind("recorded_at", at);
             bind("recorded_by", entry.recorded_by);
           })
      .execute(true);
}

/// Whether this line is in the book. Throws `InputError` when another one bears its number.
bool is_known(soci::session& sql, const EventId& event, const SendEntry& entry) {
  std::string hash;
  std::string of;
  sql << "SELECT content_hash, event FROM supporter_sending WHERE uuid = :uuid",
      soci::use(entry.uuid, "uuid"), soci::into(hash), soci::into(of);
  if (!sql.got_data()) {
    return false;
  }
  if (of != event.value || hash != content_hash(entry)) {
    throw InputError("同じ番号で内容の違う派遣の記録があります。--uuid を確かめてください。");
  }
  return true;
}

void require_supporter(soci::session& sql, const SupporterId& id) {
  int found = 0;
  sql << "SELECT count(*) FROM supporter WHERE id = :id", soci::use(id, "id"), soci::into(found);
  if (found == 0) {
    throw InputError(
        "その支援者は台帳にいません。tomoni event dispatch に出る支援者の ID を指定してください。");
  }
}

void require_person(soci::session& sql, const PersonId& id) {
  int found = 0;
  sql << "SELECT count(*) FROM person WHERE id = :id", soci::use(id, "id"), soci::into(found);
  if (found == 0) {
    throw InputError(
        "その人は台帳にいません。tomoni event dispatch に出る登載者の ID を指定してください。");
  }
}

std::vector<AreaRef> home_areas(soci::session& sql, const PersonId& person) {
  AreaRef area;
  return stored_rows(
      sql, "SELECT level, code FROM person_area WHERE person = :person",
      [&](soci::statement& statement) {
        const auto receive = receiver(statement);
        receive("level", area.level);
        receive("code", area.code);
        statement.exchange(soci::use(person, "person"));
      },
      [&] { return area; });
}

void require_persons(const SendEntry& entry) {
  if (entry.step == SendStep::Sent && entry.person.empty()) {
    throw InputError("だれのところへ派遣するか(--person)を指定してください。");
  }
  if (entry.uuid.empty()) {
    throw InputError("派遣の記録には番号が要ります。");
  }
}

}  // namespace

std::vector<SendEntry> stored_sendings(soci::session& sql, const EventId& event) {
  SendRecord record;
  return stored_rows(
      sql, R"sql(
      SELECT uuid, step, supporter, person, at, note, recorded_by
      FROM supporter_sending WHERE event = :of_event ORDER BY number
    )sql",
      [&](soci::statement& statement) {
        const auto receive = receiver(statement);
        send_fields(record, receive);
        receive("recorded_by", record.entry.recorded_by);
        statement.exchange(soci::use(event, "of_event"));
      },
      [&] {
        SendEntry entry = record.entry;
        entry.person = record.person.value_or(PersonId{});
        return entry;
      });
}

std::map<SupporterId, SupporterDay> stored_days(soci::session& sql, const EventId& event,
                                                const SafetyRules& rules) {
  auto days = supporter_days(stored_sendings(sql, event));
  for (auto& [id, day] : days) {
    if (day.since && is_over(day, fold(stored_reports(sql, event, day.person.value), rules))) {
      day.since.reset();
      day.person = {};
    }
  }
  return days;
}

SendDone SendingDesk::record(const EventId& event, SendEntry entry) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  require_persons(entry);
  return store.audited(actor, Action::SendSupporters, [&](AuditNote& note) {
    const DisasterEvent of = open_event(store, event);
    SendDone done;
    if (!entry.person.empty()) {
      require_person(store.sql(), entry.person);
      PersonGate gate(store, actor, Action::SendSupporters);
      gate.require(entry.person);
      note.subject = entry.person.value;
      done.level = level_at(stored_orders(store.sql(), event),
                            home_areas(store.sql(), entry.person), store.now());
    }
    require_supporter(store.sql(), entry.supporter);
    const SupporterDay day = stored_days(store.sql(), event, rules_)[entry.supporter];
    const bool there = entry.step == SendStep::Sent && day.since && day.person == entry.person;
    if (!is_known(store.sql(), event, entry) && !there) {
      if (const auto fault = fault_of(entry, day, of, store.now())) {
        throw InputError(*fault);
      }
      entry.recorded_by = actor.name;
      insert_sending(store.sql(), event, entry, store.now());
      done.stored = true;
    }
    note.detail = "event=" + event.value + " step=" + std::string(to_code(entry.step)) +
                  " supporter=" + entry.supporter.value + (done.stored ? "" : " repeated");
    return done;
  });
}

std::vector<SupporterDay> SendingDesk::days(const EventId& event) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  return store.audited(actor, Action::ShowEventBoard, [&](AuditNote& note) {
    PersonGate gate(store, actor, Action::ShowEventBoard);
    const auto may_see = [&](const PersonId& person) {
      const bool may = !person.empty() && gate.fields(person).has_value();
      if (may) {
        note.people.push_back(person);
      }
      return may;
    };
    std::vector<SupporterDay> all;
    for (auto& [id, day] : stored_days(store.sql(), event, rules_)) {
      SupporterDay& shown = all.emplace_back(std::move(day));
      if (!may_see(shown.person)) {
        shown.person = {};
      }
      std::erase_if(shown.cannot_to, [&](const PersonId& person) { return !may_see(person); });
    }
    note.detail = "event=" + event.value + " supporters=" + std::to_string(all.size());
    return all;
  });
}

}  // namespace registry
