// SPDX-License-Identifier: Apache-2.0
// Rounds of letters: whom they go to, what is printed, when they were posted.
#include <algorithm>

#include "consent_record.hpp"
#include "consent_rounds.hpp"
#include "registry/error.hpp"
#include "registry/letter_code.hpp"
#include "registry/text_normalizer.hpp"

namespace registry {
namespace {

struct Candidate {
  PersonId person;
  Residency residency = Residency::Resident;
  ProtectiveMeasure measure = ProtectiveMeasure::None;
};

std::vector<Candidate> on_register(soci::session& sql, RegisterKind kind) {
  Candidate candidate;
  soci::statement rows = prepared(sql, R"sql(
        SELECT p.id, p.residency, p.protective_measure
        FROM register_entry e JOIN person p ON p.id = e.person
        WHERE e.left_on IS NULL AND e.kind = :kind ORDER BY p.id
      )sql",
                                  [&](soci::statement& statement) {
                                    const auto receive = receiver(statement);
                                    receive("id", candidate.person);
                                    receive("residency", candidate.residency);
                                    receive("protective_measure", candidate.measure);
                                    statement.exchange(soci::use(kind, "kind"));
                                  });
  std::vector<Candidate> candidates;
  rows.execute();
  while (rows.fetch()) {
    candidates.push_back(candidate);
  }
  return candidates;
}

std::set<PersonId> living_in(soci::session& sql, const AreaRef& area) {
  PersonId person;
  soci::statement rows =
      prepared(sql, "SELECT person FROM person_area WHERE level = :level AND code = :code",
               [&](soci::statement& statement) {
                 receiver(statement)("person", person);
                 statement.exchange(soci::use(area.level, "level"));
                 statement.exchange(soci::use(area.code, "code"));
               });
  std::set<PersonId> people;
  rows.execute();
  while (rows.fetch()) {
    people.insert(person);
  }
  return people;
}

/// Whether the person has answered everything the round asks, for everybody it names.
bool has_answered(const std::vector<ConsentStatement>& statements, const ConsentRound& round,
                  Instant at) {
  std::vector<RecipientKind> kinds = round.recipients.kinds;
  if (kinds.empty()) {
    kinds = {RecipientKind::Fire};  // a statement to all listed ones covers any of them
  }
  return std::ranges::all_of(round.scopes, [&](ConsentScope scope) {
    return std::ranges::all_of(kinds, [&](RecipientKind kind) {
      const PartyConsent party =
          effective_consent(statements, {.register_kind = round.register_kind,
                                         .scope = scope,
                                         .recipient = kind,
                                         .org = {},
                                         .at = at});
      return party.answer != Answer::NotAsked && party.answer != Answer::NoReply;
    });
  });
}

/// Chooses and counts who is left out.
std::vector<PersonId> chosen(Database& store, const ConsentRound& round, const RoundChoice& choice,
                             NewRound& result) {
  const std::set<PersonId> wanted(choice.persons.begin(), choice.persons.end());
  const std::set<PersonId> near =
      choice.area ? living_in(store.sql(), *choice.area) : std::set<PersonId>{};
  ConsentFile consents;
  if (choice.only_unanswered) {
    consents = stored_consents(store.sql(), {});
  }
  std::vector<PersonId> people;
  for (const Candidate& each : on_register(store.sql(), round.register_kind)) {
    if ((!wanted.empty() && !wanted.contains(each.person)) ||
        (choice.area && !near.contains(each.person))) {
      continue;
    }
    if (each.residency != Residency::Resident ||
        (choice.only_unanswered &&
         has_answered(consents.subjects[each.person], round, store.now()))) {
      ++result.left_out;
    } else if (each.measure != ProtectiveMeasure::None) {
      ++result.by_hand;
    } else {
      people.push_back(each.person);
    }
  }
  return people;
}

std::string fresh_code(Database& store) {
  for (int attempt = 0; attempt < 10; ++attempt) {
    std::string code = make_letter_code(store.random());
    if (round_of(store.sql(), code).empty()) {
      return code;
    }
  }
  throw Error("照会番号を作れません。乱数の供給元を確かめてください。");
}

void require_askable(const ConsentRound& round) {
  const ConsentRecipients& to = round.recipients;
  if (round.name.empty() || round.scopes.empty() ||
      (!to.all && to.kinds.empty() && to.orgs.empty())) {
    throw InputError("照会の名前、同意を求める範囲、提供先を指定してください。");
  }
  if (round.leaflet_version.empty() || round.explained_by.empty()) {
    throw InputError(
        "同封する説明書の版と説明の担当を指定してください(災害対策基本法第49条の14第2項)。");
  }
  if (!round.answer_by.ok()) {
    throw InputError("回答の期限を指定してください。");
  }
}

ConsentStatement inquiry_of(const ConsentRound& round, const StoredLetter& letter, Instant at) {
  ConsentStatement inquiry;
  inquiry.person = letter.person;
  inquiry.register_kind = round.register_kind;
  inquiry.recipients = round.recipients;
  inquiry.answer = Answer::NoReply;
  inquiry.asked_at = at;
  if (round.silence_notice) {
    inquiry.notice_sent_at = at;
  }
  inquiry.explained_at = at;
  inquiry.explained_by = round.explained_by;
  inquiry.leaflet_version = round.leaflet_version;
  inquiry.letter = letter.code;
  return inquiry;
}

class PostingWriter : Pinned {
 public:
  explicit PostingWriter(soci::session& sql)
      : insert_(prepared(sql,
                         "INSERT INTO consent_posting (code, reminder, at) "
                         "VALUES (:code, :reminder, :at)",
                         [this](soci::statement& statement) {
                           const auto bind = binder(statement);
                           bind("code", code_);
                           bind("reminder", reminder_);
                           bind("at", at_);
                         })) {}

  void write(const std::string& code, bool reminder, Instant at) {
    code_ = code;
    reminder_ = reminder;
    at_ = at;
    insert_.execute(true);
  }

 private:
  std::string code_;
  bool reminder_ = false;
  Instant at_;
  soci::statement insert_;
};

std::string cell(const Table& table, std::size_t row, std::string_view column) {
  return table.rows[row].at(*table.column(column));
}

/// What is wrong with one line of a list to be printed, if anything.
std::optional<Rejected> fault_of_line(soci::session& sql, const Table& list, std::size_t row,
                                      const std::map<std::string, StoredLetter>& letters) {
  Rejected fault{.line = list.lines[row], .column = "コード", .code = {}, .message = {}};
  const auto code = parse_letter_code(cell(list, row, "コード"));
  if (!code) {
    fault.code = "CODE_MISTYPED";
    fault.message = "検査文字が合わないコードです。";
    return fault;
  }
  const auto letter = letters.find(*code);
  if (letter == letters.end()) {
    const bool known = !round_of(sql, *code).empty();
    fault.code = known ? "OTHER_ROUND" : "UNKNOWN_CODE";
    fault.message = known ? "別の照会のコードです。" : "発行していないコードです。";
    return fault;
  }
  const std::string name = cell(list, row, "氏名");
  const std::string address = cell(list, row, "住所");
  if (letter->second.name != name || letter->second.address != address ||
      normalized_code(cell(list, row, "照合記号")) != letter_mark(*code, name, address)) {
    fault.column = "照合記号";
    fault.code = "LETTER_MISMATCH";
    fault.message =
        "コードと宛名が一致しません。並べ替えで行がずれていないか確かめ、作り直してください。"
        "このまま印刷してはいけません。";
    return fault;
  }
  if (!letter->second.reachable) {
    fault.code = "MUST_NOT_GO";
    fault.message = "今は送れない人です(転出・死亡など)。一覧を作り直してください。";
    return fault;
  }
  return std::nullopt;
}

}  // namespace

NewRound ConsentBook::new_round(ConsentRound round, const RoundChoice& choice) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  require_askable(round);
  return store.audited(actor, Action::OpenConsentRound, [&](AuditNote& note) {
    NewRound result;
    const std::vector<PersonId> people = chosen(store, round, choice, result);
    if (people.empty()) {
      throw InputError("送り先がありません。対象の条件を確かめてください。");
    }
    const Instant at = store.now();
    round.id.value = store.new_id(at);
    insert_round(store.sql(), round, at, actor.name);
    std::string code;
    PersonId person;
    soci::statement insert =
        prepared(store.sql(),
                 "INSERT INTO consent_letter (code, round, person) VALUES (:code, :round, :person)",
                 [&](soci::statement& statement) {
                   const auto bind = binder(statement);
                   bind("code", code);
                   bind("round", round.id);
                   bind("person", person);
                 });
    for (const PersonId& each : people) {
      code = fresh_code(store);
      person = each;
      insert.execute(true);
    }
    result.id = round.id;
    result.letters = people.size();
    note.detail = "letters=" + std::to_string(result.letters) +
                  " left_out=" + std::to_string(result.left_out);
    return result;
  });
}

std::vector<ConsentRound> ConsentBook::rounds() {
  Database& store = SessionInside::store(*session_);
  return store.read([&] { return stored_rounds(store.sql()); });
}

LetterSet ConsentBook::letters(const RoundId& id, bool reminders) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  return store.audited(actor, Action::WriteConsentLetters, [&](AuditNote& note) {
    LetterSet set;
    set.round = stored_round(store.sql(), id);
    for (const auto& [code, letter] : stored_letters(store.sql(), id)) {
      if (!letter.reachable || (reminders && (!letter.posted_at || answered(letter, set.round)))) {
        continue;
      }
      set.letters.push_back({.code = code,
                             .mark = letter_mark(code, letter.name, letter.address),
                             .person = letter.person,
                             .name = letter.name,
                             .postcode = letter.postcode,
                             .address = letter.address,
                             .posted = letter.posted_at.has_value(),
                             .reminders = letter.reminders});
    }
    for (const ConsentLetter& letter : set.letters) {
      store.append_audit(actor, {.action = Action::WriteConsentLetters,
                                 .subject = letter.person.value,
                                 .detail = reminders ? "reminder" : "letter"});
    }
    note.detail = "letters=" + std::to_string(set.letters.size());
    return set;
  });
}

std::vector<Rejected> ConsentBook::mismatches(const RoundId& id, const Table& list) {
  Database& store = SessionInside::store(*session_);
  for (const char* column : {"コード", "照合記号", "氏名", "住所"}) {
    if (!list.column(column)) {
      throw InputError(std::string("必要な列がありません: ") + column);
    }
  }
  return store.audited(
      SessionInside::actor(*session_), Action::WriteConsentLetters, [&](AuditNote& note) {
        static_cast<void>(stored_round(store.sql(), id));
        const auto letters = stored_letters(store.sql(), id);
        std::vector<Rejected> faults;
        std::set<std::string> seen;
        for (std::size_t row = 0; row < list.rows.size(); ++row) {
          if (auto fault = fault_of_line(store.sql(), list, row, letters)) {
            faults.push_back(std::move(*fault));
          } else if (!seen.insert(*parse_letter_code(cell(list, row, "コード"))).second) {
            faults.push_back({.line = list.lines[row],
                              .column = "コード",
                              .code = "CODE_TWICE",
                              .message = "同じコードの行が前にもあります。"});
          }
        }
        note.detail = "checked=" + std::to_string(list.rows.size()) +
                      " mismatches=" + std::to_string(faults.size());
        return faults;
      });
}

std::size_t ConsentBook::post(const RoundId& id, Instant at, bool reminder) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  return store.audited(actor, Action::PostConsentLetters, [&](AuditNote& note) {
    const Instant now = store.now();
    if (at > now) {
      throw InputError("発送の日時が未来です。");
    }
    const ConsentRound round = stored_round(store.sql(), id);
    PostingWriter posting(store.sql());
    ConsentWriter writer(store.sql());
    std::size_t posted = 0;
    for (const auto& [code, letter] : stored_letters(store.sql(), id)) {
      const bool due = reminder ? letter.posted_at && !answered(letter, round) : !letter.posted_at;
      if (!due || !letter.reachable) {
        continue;
      }
      posting.write(code, reminder, at);
      ++posted;
      ConsentStatement inquiry = inquiry_of(round, letter, at);
      inquiry.recorded_at = now;
      inquiry.recorded_by = actor.name;
      for (const ConsentScope scope : reminder ? std::vector<ConsentScope>{} : round.scopes) {
        inquiry.scope = scope;
        inquiry.id.value = store.new_id(now);
        writer.write(inquiry);
      }
    }
    note.detail = (reminder ? "reminders=" : "posted=") + std::to_string(posted);
    return posted;
  });
}

}  // namespace registry
