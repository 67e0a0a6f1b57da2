// SPDX-License-Identifier: Apache-2.0
#include "registry/person_search.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <tuple>
#include <unordered_set>
#include <utility>

#include "person_gate.hpp"
#include "person_record.hpp"
#include "registry/error.hpp"
#include "registry/text_normalizer.hpp"
#include "search_keys.hpp"
#include "unicode.hpp"

namespace registry {
namespace {

/// As many candidates of one range are looked at before the desk asks for a narrower question; of
/// several words, as many are compared with each other.
constexpr int kMostCandidates = 300;
constexpr int kMostCompared = 20'000;

/// Narrows candidates to those the account may possibly see, so that a common name does not use the
/// limit up on others. The decision itself is the gate's.
std::string possible(Role role) {
  switch (role) {
    case Role::Reader:
      return R"sql( AND EXISTS (SELECT 1 FROM person_area pa
        JOIN account_scope s ON s.level = pa.level AND s.code = pa.code
        WHERE pa.person = k.person AND s.account = :account))sql";
    case Role::Supporter:
      return R"sql( AND EXISTS (SELECT 1 FROM supporter_link l
        JOIN supporter s ON s.id = l.supporter JOIN account a ON a.supporter_no = s.supporter_no
        WHERE l.person = k.person AND a.name = :account))sql";
    case Role::ElderSection:
      return R"sql( AND NOT EXISTS (SELECT 1 FROM certificate c
        WHERE c.person = k.person AND c.source = 'disability' AND NOT EXISTS (
          SELECT 1 FROM certificate o WHERE o.person = k.person AND o.source = 'care'))
        AND :account <> '')sql";
    case Role::DisabilitySection:
      return R"sql( AND EXISTS (SELECT 1 FROM certificate c
        WHERE c.person = k.person AND c.source = 'disability') AND :account <> '')sql";
    case Role::Admin:
    case Role::Agency:
    case Role::Auditor:
    case Role::Operator:
      return " AND :account <> ''";
  }
  contract_violated("role is an enumerator", __FILE__, __LINE__);
}

/// One word of the question, in every reading it may have.
struct Term {
  std::string name;
  std::string kana;
  std::string address;
  std::string phone;          ///< digits, or empty when it holds anything else
  std::string number;         ///< as typed, for 宛名番号
  std::optional<Date> birth;  ///< a date with year, month and day
};

bool is_kana(const std::string& key) {
  const std::u32string points = unicode::code_points(key);
  return std::ranges::all_of(points, [](char32_t c) { return c >= U'ァ' && c <= U'ヿ'; });
}

bool looks_like_phone(const std::string& code) {
  return !code.empty() && std::ranges::all_of(code, [](char c) {
    return (c >= '0' && c <= '9') || c == '-' || c == '(' || c == ')' || c == '+';
  });
}

Term term_of(const std::string& text) {
  Term term;
  term.name = search_key(text);
  term.kana = is_kana(term.name) ? kana_key(text) : std::string();
  term.address = address_key(text);
  const std::string code = normalized_code(text);
  term.phone = looks_like_phone(code) ? phone_digits(code) : std::string();
  constexpr std::size_t kFewestDigits = 4;
  if (term.phone.size() < kFewestDigits) {
    term.phone.clear();
  }
  term.number = code;
  term.birth = parse_written_date(text).date;
  return term;
}

std::vector<std::string> words_of(std::string_view query) {
  std::vector<std::string> words(1);
  for (const char32_t c : unicode::code_points(query)) {
    if (unicode::is_space(c)) {
      words.emplace_back();
    } else {
      words.back() += unicode::to_utf8(std::u32string(1, c));
    }
  }
  std::erase_if(words, [](const std::string& word) { return word.empty(); });
  return words;
}

struct IdHash {
  std::size_t operator()(const PersonId& id) const { return std::hash<std::string>()(id.value); }
};

/// A candidate with its whole keys.
struct Candidate {
  Person person;
  SearchKeys keys;
};

struct Match {
  Matched matched = Matched::Name;
  int score = 0;  ///< the smaller, the better; 0 = the whole field
};

/// Scores: the whole field 0, its beginning 1, from inside it 2.
std::optional<int> fit(const std::string& field, const std::string& wanted) {
  const std::size_t at = wanted.empty() ? std::string::npos : field.find(wanted);
  if (at == std::string::npos) {
    return std::nullopt;
  }
  if (at > 0) {
    return 2;
  }
  return field.size() == wanted.size() ? 0 : 1;
}

class Matcher {
 public:
  Matcher(const Candidate& candidate, FieldSet fields) : candidate_(candidate), fields_(fields) {}

  /// The best of what the account may see that fits the word.
  std::optional<Match> best(const Term& term) {
    best_.reset();
    const SearchKeys& keys = candidate_.keys;
    const Person& person = candidate_.person;
    offer(Field::Name, Matched::Name, fit(keys.name, term.name));
    offer(Field::Identity, Matched::Alias, fit(keys.alias, term.name));
    offer(Field::Identity, Matched::Kana, fit(keys.kana, term.kana));
    offer(Field::Place, Matched::Address, fit(keys.address, term.address));
    offer(Field::Place, Matched::Building, fit(keys.building, term.name));
    offer(Field::Contacts, Matched::Phone, fit(keys.phones, term.phone));
    const bool same_number = !term.number.empty() && person.resident_no == term.number;
    offer(Field::Numbers, Matched::ResidentNumber, same_number ? std::optional(0) : std::nullopt);
    const bool same_birth = term.birth && person.birth_date == term.birth;
    offer(Field::Identity, Matched::BirthDate, same_birth ? std::optional(0) : std::nullopt);
    return best_;
  }

 private:
  void offer(Field field, Matched matched, std::optional<int> score) {
    if (score && fields_.contains(field) && (!best_ || *score < best_->score)) {
      best_ = Match{matched, *score};
    }
  }

  const Candidate& candidate_;
  FieldSet fields_;
  std::optional<Match> best_;
};

/// Collects the ids of people who may fit a word.
class Candidates : Pinned {
 public:
  Candidates(soci::session& sql, const Account& account)
      : account_(account.name),
        range_(prepared(sql,
                        "SELECT k.person FROM person_code k WHERE k.code >= :low AND k.code <= "
                        ":high" +
                            possible(account.role) + " ORDER BY k.code, k.person LIMIT :most",
                        [this](soci::statement& statement) {
                          statement.exchange(soci::into(id_));
                          statement.exchange(soci::use(low_, "low"));
                          statement.exchange(soci::use(high_, "high"));
                          statement.exchange(soci::use(account_, "account"));
                          statement.exchange(soci::use(most_, "most"));
                        })),
        number_(prepared(sql, "SELECT id FROM person WHERE resident_no = :number",
                         [this](soci::statement& statement) {
                           statement.exchange(soci::into(id_));
                           statement.exchange(soci::use(number_wanted_, "number"));
                         })),
        birth_(prepared(sql,
                        "SELECT id FROM person WHERE birth_date = :birth ORDER BY id LIMIT :most",
                        [this](soci::statement& statement) {
                          statement.exchange(soci::into(id_));
                          statement.exchange(soci::use(birth_wanted_, "birth"));
                          statement.exchange(soci::use(most_, "most"));
                        })) {}

  /// Whom the whole question fits, and whom each of its words fits.
  void add(const Term& whole, const std::vector<Term>& words) {
    most_ = kMostCandidates;
    add(whole);
    if (words.size() < 2) {
      return;
    }
    const std::vector<PersonId> alone = std::exchange(ids_, {});
    most_ = kMostCompared;
    std::vector<PersonId> common;
    for (std::size_t i = 0; i < words.size(); ++i) {
      ids_.clear();
      seen_.clear();
      add(words[i]);
      if (i == 0) {
        common = ids_;
      } else {
        std::erase_if(common, [this](const PersonId& id) { return !seen_.contains(id); });
      }
    }
    ids_ = alone;
    seen_ = {alone.begin(), alone.end()};
    cut_ = cut_ || common.size() > kMostCandidates;
    common.resize(std::min<std::size_t>(common.size(), kMostCandidates));
    std::ranges::copy_if(common, std::back_inserter(ids_),
                         [this](const PersonId& id) { return seen_.insert(id).second; });
  }

  [[nodiscard]] const std::vector<PersonId>& ids() const { return ids_; }
  [[nodiscard]] bool cut() const { return cut_; }

 private:
  void add(const Term& term) {
    add(SearchKind::Name, term.name);
    add(SearchKind::Kana, term.kana);
    add(SearchKind::Address, term.address);
    add(SearchKind::Building, term.name);
    add(SearchKind::Phone, term.phone);
    number_wanted_ = term.number;
    take(number_);
    if (term.birth) {
      birth_wanted_ = *term.birth;
      take(birth_);
    }
  }

  void add(SearchKind kind, const std::string& key) {
    if (key.empty()) {
      return;
    }
    const CodeRange range = code_range(kind, key);
    low_ = range.from;
    high_ = range.to;
    take(range_);
  }

  void take(soci::statement& rows) {
    int count = 0;
    rows.execute();
    while (rows.fetch()) {
      ++count;
      if (seen_.insert(id_).second) {
        ids_.push_back(id_);
      }
    }
    cut_ = cut_ || count >= most_;
  }

  std::string account_;
  PersonId id_;
  long long low_ = 0;
  long long high_ = 0;
  int most_ = kMostCandidates;
  std::string number_wanted_;
  Date birth_wanted_{};
  std::unordered_set<PersonId, IdHash> seen_;
  std::vector<PersonId> ids_;
  bool cut_ = false;
  soci::statement range_;
  soci::statement number_;
  soci::statement birth_;
};

/// Reads candidates with their keys.
class CandidateReader : Pinned {
 public:
  explicit CandidateReader(soci::session& sql)
      : row_(prepared(sql,
                      std::string("SELECT ") + kPersonColumns +
                          ", k.name, k.kana, k.alias, k.address, k.building, k.phones "
                          "FROM person p JOIN person_key k ON k.person = p.id WHERE p.id = :id",
                      [this](soci::statement& statement) {
                        const auto receive = receiver(statement);
                        receive("id", record_.person.id);
                        person_columns(record_, receive);
                        for (std::string* key : {&keys_.name, &keys_.kana, &keys_.alias,
                                                 &keys_.address, &keys_.building, &keys_.phones}) {
                          statement.exchange(soci::into(*key));
                        }
                        statement.exchange(soci::use(wanted_, "id"));
                      })) {}

  std::optional<Candidate> read(const PersonId& id) {
    wanted_ = id;
    if (!row_.execute(true)) {
      return std::nullopt;
    }
    return Candidate{to_person(record_), keys_};
  }

 private:
  PersonId wanted_;
  PersonRecord record_;
  SearchKeys keys_;
  soci::statement row_;
};

struct Scored {
  SearchHit hit;
  int score = 0;
  std::string kana;
};

bool better(const Scored& a, const Scored& b) {
  return std::tie(a.score, a.hit.matched, a.kana, a.hit.id) <
         std::tie(b.score, b.hit.matched, b.kana, b.hit.id);
}

/// All words must fit; the whole question as one word is tried too (山田 太郎).
std::optional<Match> match_of(Matcher& matcher, const Term& whole, const std::vector<Term>& words) {
  std::optional<Match> found = matcher.best(whole);
  if (words.size() < 2) {
    return found;
  }
  Match sum;
  for (const Term& word : words) {
    const auto one = matcher.best(word);
    if (!one) {
      return found;
    }
    sum.matched = std::max(sum.matched, one->matched);
    sum.score += one->score;
  }
  sum.matched = words.size() > 1 ? std::min(sum.matched, Matched::Address) : sum.matched;
  return found && found->score <= sum.score ? found : std::optional(sum);
}

std::vector<Scored> scored(Database& store, PersonGate& gate, const Candidates& candidates,
                           const Term& whole, const std::vector<Term>& words) {
  std::vector<Scored> found;
  CandidateReader reader(store.sql());
  for (const PersonId& id : candidates.ids()) {
    const auto fields = gate.fields(id);
    if (!fields) {
      continue;
    }
    auto candidate = reader.read(id);
    if (!candidate) {
      continue;
    }
    Matcher matcher(*candidate, *fields);
    const auto match = match_of(matcher, whole, words);
    if (!match) {
      continue;
    }
    Scored one{.hit = {.id = id,
                       .matched = match->matched,
                       .exact = match->score == 0,
                       .person = std::move(candidate->person)},
               .score = match->score,
               .kana = fields->contains(Field::Identity) ? candidate->keys.kana : std::string()};
    keep_only(*fields, one.hit.person);
    found.push_back(std::move(one));
  }
  return found;
}

}  // namespace

std::string_view to_text(Matched matched) {
  switch (matched) {
    case Matched::Name:
      return "氏名";
    case Matched::Kana:
      return "カナ";
    case Matched::Alias:
      return "通称名";
    case Matched::Address:
      return "住所";
    case Matched::Building:
      return "方書";
    case Matched::Phone:
      return "電話";
    case Matched::ResidentNumber:
      return "宛名番号";
    case Matched::BirthDate:
      return "生年月日";
  }
  contract_violated("matched is an enumerator", __FILE__, __LINE__);
}

PersonSearch::PersonSearch(Session& session) : session_(&session) {}

SearchResult PersonSearch::find(std::string_view query, std::size_t limit) {
  const std::vector<std::string> texts = words_of(query);
  std::string joined;
  std::vector<Term> words;
  for (const std::string& text : texts) {
    joined += text;
    words.push_back(term_of(text));
  }
  const Term whole = term_of(joined);
  if (whole.name.empty()) {
    throw InputError("検索する言葉がありません。氏名・カナ・住所・電話などを入れてください。");
  }
  const std::size_t most = std::clamp<std::size_t>(limit, 1, kMostHits);
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  return store.audited(actor, Action::SearchPeople, [&](AuditNote& note) {
    PersonGate gate(store, actor, Action::SearchPeople);
    Candidates candidates(store.sql(), actor.account);
    candidates.add(whole, words);
    std::vector<Scored> found = scored(store, gate, candidates, whole, words);
    std::ranges::sort(found, better);
    SearchResult result;
    result.more = candidates.cut() || found.size() > most;
    found.resize(std::min(found.size(), most));
    for (Scored& one : found) {
      note.people.push_back(one.hit.id);
      result.hits.push_back(std::move(one.hit));
    }
    note.detail = "hits=" + std::to_string(result.hits.size());
    return result;
  });
}

}  // namespace registry
