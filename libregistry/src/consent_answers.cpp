// SPDX-License-Identifier: Apache-2.0
// Answers to letters, and where a round stands.
#include <algorithm>

#include "consent_record.hpp"
#include "consent_rounds.hpp"
#include "registry/error.hpp"
#include "registry/letter_code.hpp"
#include "registry/text_normalizer.hpp"

namespace registry {
namespace {

Instant noon_of(Date day) {
  constexpr std::int64_t kNoonInTokyoMs = std::int64_t{3} * 3'600'000;
  const auto since = std::chrono::sys_days(day).time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count() + kNoonInTokyoMs};
}

Rejected refusal(std::size_t line, const char* code, const char* message) {
  return {.line = line, .column = "コード", .code = code, .message = message};
}

/// One round's answers being written down.
class AnswerDesk {
 public:
  AnswerDesk(Database& store, const Actor& actor, const RoundId& id)
      : store_(store),
        actor_(actor),
        round_(stored_round(store.sql(), id)),
        letters_(stored_letters(store.sql(), id)),
        writer_(store.sql()) {}

  /// Nothing when it was recorded.
  std::optional<Rejected> take(const LetterAnswer& answer) {
    const auto code = parse_letter_code(answer.code);
    if (!code) {
      return refusal(answer.line, "CODE_MISTYPED",
                     "検査文字が合いません。読み誤りがないか、紙のコードを確かめてください。");
    }
    const auto found = letters_.find(*code);
    if (found == letters_.end()) {
      return round_of(store_.sql(), *code).empty()
                 ? refusal(answer.line, "UNKNOWN_CODE", "発行していないコードです。")
                 : refusal(answer.line, "OTHER_ROUND",
                           "別の照会のコードです。どの照会への回答か確かめてください。");
    }
    StoredLetter& letter = found->second;
    if (!letter.posted_at) {
      return refusal(answer.line, "NOT_POSTED", "まだ発送の記録がない照会状です。");
    }
    return record(answer, letter);
  }

 private:
  std::optional<Rejected> record(const LetterAnswer& answer, StoredLetter& letter) {
    const std::vector<ConsentScope> scopes =
        answer.scope ? std::vector{*answer.scope} : round_.scopes;
    for (const ConsentScope scope : scopes) {
      if (letter.answers.contains(scope)) {
        return refusal(answer.line, "SECOND_ANSWER",
                       "すでに回答があります。変更や撤回は tomoni consent record で記録して"
                       "ください。");
      }
      if (std::ranges::find(round_.scopes, scope) == round_.scopes.end()) {
        return refusal(answer.line, "SCOPE_NOT_ASKED", "この照会では尋ねていない範囲です。");
      }
    }
    std::vector<ConsentStatement> statements;
    for (const ConsentScope scope : scopes) {
      statements.push_back(statement_of(answer, letter));
      statements.back().scope = scope;
      if (const auto fault = fault_of(statements.back(), store_.now())) {
        return Rejected{
            .line = answer.line, .column = "回答", .code = "ANSWER_UNUSABLE", .message = *fault};
      }
    }
    for (const ConsentStatement& statement : statements) {
      writer_.write(statement);
      letter.answers[statement.scope] = statement.answer;
    }
    store_.append_audit(actor_, {.action = Action::RecordConsentAnswers,
                                 .subject = letter.person.value,
                                 .detail = "answer=" + std::string(to_code(answer.answer))});
    return std::nullopt;
  }

  ConsentStatement statement_of(const LetterAnswer& answer, const StoredLetter& letter) const {
    ConsentStatement statement;
    statement.recorded_at = store_.now();
    statement.recorded_by = actor_.name;
    statement.id.value = store_.new_id(statement.recorded_at);
    statement.person = letter.person;
    statement.register_kind = round_.register_kind;
    statement.recipients = round_.recipients;
    statement.answer = answer.answer;
    statement.method = answer.method;
    statement.agent = answer.agent;
    statement.asked_at = letter.posted_at;
    statement.explained_at = letter.posted_at;
    statement.explained_by = round_.explained_by;
    statement.leaflet_version = round_.leaflet_version;
    statement.evidence_file = answer.evidence_file;
    statement.letter = letter.code;
    // The form bears a day, not a time: at the latest now, at the earliest when it was posted.
    Instant at = noon_of(answer.answered_on);
    if (tokyo_date(*letter.posted_at) == answer.answered_on && at < *letter.posted_at) {
      at = *letter.posted_at;
    }
    if (tokyo_date(statement.recorded_at) == answer.answered_on && at > statement.recorded_at) {
      at = statement.recorded_at;
    }
    statement.answered_at = at;
    return statement;
  }

  Database& store_;
  const Actor& actor_;
  ConsentRound round_;
  std::map<std::string, StoredLetter> letters_;
  ConsentWriter writer_;
};

/// Which ordinance answers for a scope: only handing over can be regulated.
OrdinanceMode mode_of(ConsentScope scope, const ConsentRound& round,
                      const DisclosurePolicy& policy) {
  if (round.register_kind == RegisterKind::Voluntary) {
    return OrdinanceMode::Statute;
  }
  switch (scope) {
    case ConsentScope::ProvideRoster:
      return policy.roster_ordinance;
    case ConsentScope::ProvidePlan:
      return policy.plan_ordinance;
    case ConsentScope::CreatePlan:
    case ConsentScope::JoinDrill:
    case ConsentScope::ProvideMedical:
      return OrdinanceMode::Statute;
  }
  return OrdinanceMode::Statute;
}

/// Reads one line of an answer list, column by column.
class AnswerReader {
 public:
  AnswerReader(const Table& table, std::size_t row) : table_(table), row_(row) {
    answer_.line = table.lines[row];
  }

  [[nodiscard]] std::optional<Rejected> read() {
    answer_.code = cell("コード");
    const auto answer = parse_answer(cell("回答"));
    if (!answer || (*answer != Answer::Granted && *answer != Answer::Refused)) {
      return fault("回答", "ANSWER_UNKNOWN", "「同意」か「不同意」を書いてください。");
    }
    answer_.answer = *answer;
    const ParsedDate day = parse_written_date(cell("回答日"));
    if (!day.date) {
      return fault("回答日", "DATE_UNREADABLE",
                   "日付として読めません。2026-05-01 の形で書いて"
                   "ください。");
    }
    answer_.answered_on = *day.date;
    return read_rest();
  }

  [[nodiscard]] const LetterAnswer& answer() const { return answer_; }

 private:
  std::optional<Rejected> read_rest() {
    if (const std::string text = cell("範囲"); !text.empty()) {
      answer_.scope = parse_consent_scope(text);
      if (!answer_.scope) {
        return fault("範囲", "SCOPE_UNKNOWN",
                     "名簿提供、計画作成、計画提供、訓練参加、医療情報提供のどれかを書いて"
                     "ください。");
      }
    }
    if (const std::string text = cell("方法"); !text.empty()) {
      const auto method = parse_consent_method(text);
      if (!method) {
        return fault("方法", "METHOD_UNKNOWN",
                     "書面(自署)、書面(代筆)、電子、口頭(記録)のどれかを書いてください。");
      }
      answer_.method = *method;
    }
    answer_.agent.name = as_written("代理人氏名");
    answer_.agent.relation = as_written("代理人続柄");
    const auto basis = parse_agent_basis(cell("代理の根拠"));
    if (!basis) {
      return fault("代理の根拠", "AGENT_BASIS_UNKNOWN",
                   "法定代理人、成年後見人、家族のどれかを書いてください。");
    }
    answer_.agent.basis = *basis;
    answer_.evidence_file = as_written("証拠ファイル");
    return std::nullopt;
  }

  [[nodiscard]] std::string as_written(std::string_view column) const {
    const auto at = table_.column(column);
    return at ? table_.rows[row_].at(*at) : std::string();
  }
  [[nodiscard]] std::string cell(std::string_view column) const {
    return normalized_code(as_written(column));
  }

  [[nodiscard]] Rejected fault(const char* column, const char* code, const char* message) const {
    return {.line = answer_.line, .column = column, .code = code, .message = message};
  }

  const Table& table_;
  std::size_t row_;
  LetterAnswer answer_;
};

}  // namespace

ImportReport ConsentBook::answer(const RoundId& id, const std::vector<LetterAnswer>& answers) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  return store.audited(actor, Action::RecordConsentAnswers, [&](AuditNote& note) {
    AnswerDesk desk(store, actor, id);
    ImportReport report;
    report.rows_read = answers.size();
    for (const LetterAnswer& answer : answers) {
      if (auto fault = desk.take(answer)) {
        report.rejected.push_back(std::move(*fault));
      } else {
        ++report.added;
      }
    }
    note.detail = "recorded=" + std::to_string(report.added) +
                  " rejected=" + std::to_string(report.rejected.size());
    return report;
  });
}

RoundStatus ConsentBook::status(const RoundId& id, const DisclosurePolicy& policy) {
  Database& store = SessionInside::store(*session_);
  return store.audited(SessionInside::actor(*session_), Action::ShowConsents, [&](AuditNote& note) {
    RoundStatus status;
    status.round = stored_round(store.sql(), id);
    for (const auto& [code, letter] : stored_letters(store.sql(), id)) {
      ++status.letters;
      status.posted += letter.posted_at ? 1U : 0U;
      for (const ConsentScope scope : status.round.scopes) {
        const auto answer = letter.answers.find(scope);
        const Answer where = answer != letter.answers.end() ? answer->second
                             : letter.posted_at             ? Answer::NoReply
                                                            : Answer::NotAsked;
        ++status.answers[scope][where];
      }
    }
    for (const ConsentScope scope : status.round.scopes) {
      const PartyConsent silent{
          .answer = Answer::NoReply, .inquired = status.round.silence_notice, .evidence = {}};
      status.silence_counts[scope] =
          counts_as_consent(silent, mode_of(scope, status.round, policy));
    }
    note.detail = "letters=" + std::to_string(status.letters);
    return status;
  });
}

ParsedRows<LetterAnswer> parse_letter_answers(const Table& table) {
  for (const char* column : {"コード", "回答", "回答日"}) {
    if (!table.column(column)) {
      throw InputError(std::string("必要な列がありません: ") + column +
                       "。見出しを直してください。");
    }
  }
  ParsedRows<LetterAnswer> parsed;
  parsed.report.encoding = table.encoding;
  parsed.report.rows_read = table.rows.size();
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    AnswerReader reader(table, row);
    if (auto fault = reader.read()) {
      parsed.report.rejected.push_back(std::move(*fault));
    } else {
      parsed.rows.push_back(reader.answer());
    }
  }
  return parsed;
}

}  // namespace registry
