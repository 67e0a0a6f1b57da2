// SPDX-License-Identifier: Apache-2.0
// The resident file against the store. A row whose content is known by its hash costs one look-up;
// only rows that differ are read from the store.
#include <unordered_map>
#include <unordered_set>

#include "import_counts.hpp"
#include "import_flow.hpp"
#include "import_sheet.hpp"
#include "registry/import_desk.hpp"
#include "registry/text_normalizer.hpp"
#include "unicode.hpp"

namespace registry {
namespace {

struct Stored {
  PersonId id;
  AuditHash hash{};    ///< of the row of the resident file
  bool taken = false;  ///< a row of this file speaks of the person
};

using StoredPeople = std::unordered_map<std::string, Stored>;  // by 宛名番号

StoredPeople stored_people(soci::session& sql) {
  StoredPeople people;
  std::string number;
  std::string hash;
  Stored stored;
  soci::statement rows = (sql.prepare << "SELECT resident_no, id, content_hash FROM person",
                          soci::into(number), soci::into(stored.id), soci::into(hash));
  rows.execute();
  while (rows.fetch()) {
    stored.hash = hash_from_hex(hash);
    people.emplace(number, stored);
  }
  return people;
}

StatedIdentity identity_of(const Person& person) {
  return {.name = person.name,
          .name_kana = person.name_kana,
          .birth_date = person.birth_date,
          .address = {}};
}

/// A name without what conversions lose: canonical composition and variation selectors.
std::string bare_name(const std::string& name) {
  std::u32string points;
  for (const char32_t c : unicode::code_points(unicode::nfc(name))) {
    if (!unicode::is_invisible(c)) {
      points.push_back(c);
    }
  }
  return unicode::to_utf8(points);
}

/// Other files speak of the person too. What they said about the living place stands until the
/// resident file says something new; mobility until it says anything; and a place without
/// coordinates keeps its confirmed position as long as the address is the same.
PersonImage merged(const PersonImage& stored, PersonImage row) {
  const Person& before = stored.record.person;
  Person& after = row.record.person;
  if (after.living_place == stored.stated_living_place) {
    after.living_place = before.living_place;
  }
  if (after.mobility == Mobility::Unknown) {
    after.mobility = before.mobility;
  }
  const bool same_place =
      before.address == after.address && before.address_number == after.address_number &&
      before.building == after.building && before.actual_residence == after.actual_residence;
  if (!row.record.lat && same_place) {
    row.record.lat = stored.record.lat;
    row.record.lon = stored.record.lon;
    after.position = before.position;
  }
  return row;
}

PersonImage image_of_row(const Person& person) {
  PersonImage image;
  image.record = to_record(person);
  image.stated_living_place = person.living_place;
  image.content_hash = content_hash(image.record);
  return image;
}

class ResidentComparison : Pinned {
 public:
  ResidentComparison(const ParsedRows<ResidentRow>& rows, const Comparison& comparison)
      : comparison_(comparison),
        at_(comparison.database.now()),
        stored_(stored_people(comparison.database.sql())),
        digits_(common_digits(stored_)),
        similar_(comparison.database),
        report_(continued(rows.report)) {
    for (const ResidentRow& row : rows.rows) {
      in_file_.insert(row.person.resident_no);
    }
  }

  void take(const ResidentRow& row) {
    Person person = row.person;
    restore_zeros(row.line, person);
    const auto known = stored_.find(person.resident_no);
    if (!seen_.insert(person.resident_no).second ||
        (known != stored_.end() && known->second.taken)) {
      // Two people under one number must never become one.
      report_.rejected.push_back(
          {.line = row.line,
           .column = "宛名番号",
           .code = "DUPLICATE_NUMBER",
           .message = "同じ宛名番号の行が前にあります。どちらが正しいかを確かめてください。"});
      return;
    }
    if (known == stored_.end()) {
      take_unknown_number(row.line, person);
    } else {
      take_known(row.line, person, known->second);
    }
  }

  ImportReport finish() {
    if (comparison_.full) {
      find_missing();
    }
    note_lines(report_, "宛名番号: 台帳の桁数に合わせて先頭の0を補いました", restored_);
    note_lines(
        report_,
        "氏名: 文字の正規化か異体字セレクターだけが台帳と違うため、台帳の字のまま残しました。"
        "tomoni review queue で決めてください",
        variants_);
    report_.queued = waiting_ + variants_.size();
    return std::move(report_);
  }

 private:
  void restore_zeros(std::size_t line, Person& person) {
    if (stored_.contains(person.resident_no)) {
      return;
    }
    const auto whole = with_zeros(person.resident_no, digits_);
    // Certain only when the restored number is known and nobody else of the file has it.
    if (whole && stored_.contains(*whole) && !in_file_.contains(*whole)) {
      person.resident_no = *whole;
      restored_.push_back(line);
    }
  }

  void take_unknown_number(std::size_t line, const Person& person) {
    Question question = known_under_another_number(person);
    if (question.candidates.empty()) {
      add(line, person);
      return;
    }
    const auto answer = comparison_.questions.answer(question.match_key);
    if (!answer) {
      question.line = line;
      comparison_.questions.ask(question);
      report_.rejected.push_back(waiting_row(line));
      ++waiting_;
      return;
    }
    if (answer->decision == QueueDecision::Different) {
      add(line, person);
      return;
    }
    for (auto& [number, stored] : stored_) {
      if (stored.id == answer->person) {
        take_known(line, person, stored);
        return;
      }
    }
    add(line, person);  // the person it was has gone since
  }

  /// People of the store with the same names and birth date whom this file does not name.
  Question known_under_another_number(const Person& person) {
    Question question;
    question.reason = QueueReason::NumberChanged;
    if (stored_.empty() || !person.birth_date) {
      return question;
    }
    const std::string name = search_key(person.name);
    for (const SimilarPeople::Similar& similar :
         similar_.find(person.name_kana, *person.birth_date)) {
      if (similar.name_key == name && stored_.contains(similar.resident_no) &&
          !in_file_.contains(similar.resident_no)) {
        question.candidates.push_back(similar.person);
      }
    }
    if (question.candidates.size() == 1) {
      question.proposed = question.candidates.front();
    }
    if (!question.candidates.empty()) {
      question.match_key =
          match_key(ImportKind::Residents, person.resident_no, identity_of(person));
    }
    return question;
  }

  void add(std::size_t line, const Person& person) {
    ++report_.added;
    // Member by member: g++ 12 destroys members twice when an aggregate's initialiser throws.
    FoundChange change;
    change.person.value = comparison_.database.new_id(at_);
    change.line = line;
    change.difference.kinds.push_back(ChangeKind::New);
    change.after = to_image(image_of_row(person));
    comparison_.found(change);
  }

  void take_known(std::size_t line, const Person& person, Stored& stored) {
    stored.taken = true;
    PersonImage row = image_of_row(person);
    if (hash_from_hex(row.content_hash) == stored.hash) {
      ++report_.unchanged;
      return;
    }
    const std::string before = comparison_.target.image(stored.id);
    const PersonImage known = person_from_image(before);
    if (keeps_name(line, person, known, stored.id)) {
      Person kept = person;
      kept.name = known.record.person.name;
      row = image_of_row(kept);
    }
    if (hash_from_hex(row.content_hash) == stored.hash) {
      ++report_.unchanged;
      return;
    }
    const PersonImage after = merged(known, row);
    FoundChange change;
    change.person = stored.id;
    change.line = line;
    change.difference = difference(to_person(known.record), to_person(after.record));
    change.before = before;
    change.after = to_image(after);
    if (change.difference.kinds.empty()) {
      change.difference.kinds.push_back(ChangeKind::Changed);  // only what the file states
    }
    ++report_.changed;
    comparison_.found(change);
  }

  /// Whether the stored spelling stays. Asks unless somebody has decided.
  bool keeps_name(std::size_t line, const Person& person, const PersonImage& known,
                  const PersonId& id) {
    const std::string& stored = known.record.person.name;
    if (person.name == stored || bare_name(person.name) != bare_name(stored)) {
      return false;
    }
    Question question{
        .match_key = match_key(ImportKind::Residents, person.resident_no, identity_of(person)),
        .line = line,
        .reason = QueueReason::NameVariant,
        .proposed = {},
        .candidates = {id}};
    const auto answer = comparison_.questions.answer(question.match_key);
    if (!answer) {
      comparison_.questions.ask(question);
      variants_.push_back(line);
    }
    return !answer || answer->decision == QueueDecision::Different;
  }

  void find_missing() {
    std::string number;
    soci::statement rows = (comparison_.database.sql().prepare
                                << "SELECT resident_no FROM person WHERE residency = 'resident' "
                                   "ORDER BY id",
                            soci::into(number));
    std::vector<PersonId> missing;
    rows.execute();
    while (rows.fetch()) {
      const auto stored = stored_.find(number);
      if (stored != stored_.end() && !stored->second.taken) {
        missing.push_back(stored->second.id);
      }
    }
    for (const PersonId& person : missing) {
      FoundChange change;
      change.person = person;
      change.difference.kinds.push_back(ChangeKind::Missing);
      comparison_.found(change);
    }
    if (!missing.empty()) {
      report_.notes.push_back(
          "台帳で住民である " + std::to_string(missing.size()) +
          " 人がファイルにありません。転出・死亡とはみなさず、そのまま残します。"
          "住民記録で確かめてください。");
    }
  }

  const Comparison& comparison_;
  Instant at_;
  StoredPeople stored_;
  std::size_t digits_;
  SimilarPeople similar_;
  ImportReport report_;
  std::unordered_set<std::string_view> in_file_;  ///< numbers as the file has them
  std::unordered_set<std::string> seen_;
  std::vector<std::size_t> restored_;
  std::vector<std::size_t> variants_;
  std::size_t waiting_ = 0;
};

}  // namespace

ImportReport compare(const ParsedRows<ResidentRow>& rows, const Comparison& comparison) {
  ResidentComparison pass(rows, comparison);
  for (const ResidentRow& row : rows.rows) {
    pass.take(row);
  }
  return pass.finish();
}

Rejected waiting_row(std::size_t line) {
  return {.line = line,
          .column = "宛名番号",
          .code = "IN_REVIEW_QUEUE",
          .message =
              "同じ人かどうかを人が決める必要があるため、確認待ちに入れました。"
              "tomoni review queue で決めてから、もう一度取り込んでください。"};
}

void note_lines(ImportReport& report, std::string_view text,
                const std::vector<std::size_t>& lines) {
  if (!lines.empty()) {
    report.notes.push_back(std::string(text) + "（行: " + line_list(lines) + "）");
  }
}

ImportReport Session::import_residents(const ParsedRows<ResidentRow>& rows) {
  return ImportDesk(*this).import_now(rows, {}).report;
}

}  // namespace registry
