// SPDX-License-Identifier: Apache-2.0
#include "registry/handover_desk.hpp"

#include <algorithm>

#include "database.hpp"
#include "handover_draft.hpp"
#include "registry/error.hpp"

namespace registry {
namespace {

constexpr std::chrono::days kRecallWithin{14};
constexpr std::chrono::days kReceiptWithin{7};

HandoverPreview preview_of(const HandoverRequest& request, const HandoverDraft& draft) {
  HandoverPreview preview;
  preview.recipient_name = draft.org.name;
  preview.profile = profile_for(draft.org.kind, request.data);
  preview.excluded = draft.excluded;
  preview.compared_with = draft.compared_with;
  preview.code = draft.code;
  std::set<PersonId> now;
  for (const Grant& grant : draft.grants) {
    preview.included.push_back(grant.person());
    now.insert(grant.person());
  }
  std::ranges::set_difference(now, draft.before, std::back_inserter(preview.newly_seen));
  std::ranges::set_difference(draft.before, now, std::back_inserter(preview.no_longer_seen));
  return preview;
}

std::string basis_of(const std::vector<Grant>& grants) {
  std::string text;
  std::set<std::string_view> bases;
  for (const Grant& grant : grants) {
    bases.insert(grant.decision().basis);
  }
  for (const std::string_view basis : bases) {
    text += (text.empty() ? "" : " ") + std::string(basis);
  }
  return text;
}

std::string hash_of(const Table& rows) {
  Digest digest;
  for (const auto& row : rows.rows) {
    for (const std::string& cell : row) {
      digest.add(cell);
    }
  }
  return to_hex(digest.finish());
}

Handover handover_of(Database& store, const Actor& actor, const HandoverRequest& request,
                     const HandoverDraft& draft) {
  Handover copy;
  copy.issued_at = store.now();
  copy.id.value = store.new_id(copy.issued_at);
  copy.serial = next_serial(store.sql(), tokyo_date(copy.issued_at));
  copy.recipient = draft.org.id;
  copy.recipient_kind = draft.org.kind;
  copy.recipient_name = draft.org.name;
  copy.register_kind = request.register_kind;
  copy.data = request.data;
  copy.phase = request.phase;
  if (request.phase == Phase::Threat || request.phase == Phase::Occurred) {
    copy.decision = request.decision;
  }
  copy.legal_basis = basis_of(draft.grants);
  copy.profile = profile_for(draft.org.kind, request.data);
  copy.medium = request.medium;
  copy.content_hash = hash_of(draft.rows);
  copy.persons = draft.grants.size();
  copy.return_due = request.return_due;
  copy.issued_by = actor.name;
  return copy;
}

void close_copy(soci::session& sql, const HandoverId& id, Instant at) {
  const auto bind_both = [&](soci::statement& statement) {
    const auto bind = binder(statement);
    bind("at", at);
    bind("handover", id);
  };
  prepared(sql, "UPDATE handover SET closed_at = :at WHERE id = :handover", bind_both)
      .execute(true);
  prepared(sql,
           "UPDATE recall_task SET done_at = :at WHERE handover = :handover AND done_at IS NULL",
           bind_both)
      .execute(true);
}

Handover stored_copy(soci::session& sql, const HandoverId& id) {
  for (Handover& copy : stored_handovers(sql, "")) {
    if (copy.id == id) {
      return std::move(copy);
    }
  }
  throw InputError("その提供は台帳にありません。");
}

Date plus(Date day, std::chrono::days more) {
  return {std::chrono::sys_days(day) + more};
}

std::string_view code_of(CopyEvent event) {
  static constexpr std::array<std::string_view, 6> kWords = {"received",  "stored",   "viewed",
                                                             "inspected", "returned", "destroyed"};
  return kWords.at(static_cast<std::size_t>(event));
}

}  // namespace

std::string_view to_text(CopyEvent event) {
  static constexpr std::array<std::string_view, 6> kTexts = {"受領", "保管", "閲覧者",
                                                             "点検", "返却", "廃棄"};
  return kTexts.at(static_cast<std::size_t>(event));
}

std::string_view to_text(Overdue why) {
  static constexpr std::array<std::string_view, 3> kTexts = {"返却期限を過ぎた", "回収期限を過ぎた",
                                                             "受領書がない"};
  return kTexts.at(static_cast<std::size_t>(why));
}

HandoverPreview HandoverDesk::preview(const HandoverRequest& request) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  return store.audited(actor, Action::PreviewHandover, [&](AuditNote& note) {
    HandoverPreview preview = preview_of(request, draft_handover(store, actor, request, policy_));
    note.detail = "included=" + std::to_string(preview.included.size()) +
                  " newly=" + std::to_string(preview.newly_seen.size()) +
                  " excluded=" + std::to_string(preview.excluded.size());
    return preview;
  });
}

DisclosureList HandoverDesk::issue(const HandoverRequest& request, const std::string& code) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  return store.audited(actor, Action::IssueHandover, [&](AuditNote& note) {
    HandoverDraft draft = draft_handover(store, actor, request, policy_);
    if (draft.grants.empty()) {
      throw DisclosureRefused(
          "提供できる人がいません。除かれた理由を preview で確かめてください。");
    }
    if (draft.code != code) {
      throw DisclosureRefused(
          "確認した内容と今の内容が違います。もう一度 preview で「新しく見られる人」を確かめて"
          "ください。");
    }
    const Handover copy = handover_of(store, actor, request, draft);
    insert_handover(store.sql(), {.handover = copy,
                                  .recipient_rev = draft.org.rev,
                                  .ordinance = policy_.mode(request.data),
                                  .grants = draft.grants,
                                  .approvals = draft.approvals,
                                  .excluded = draft.excluded});
    const Date due = plus(tokyo_date(copy.issued_at), kRecallWithin);
    for (const HandoverId& older : draft.live) {
      insert_recall(store.sql(), older, "新しい版 " + copy.serial + " を提供した", due,
                    copy.issued_at);
    }
    const std::string detail =
        "serial=" + copy.serial + (copy.decision.empty() ? "" : " emergency");
    for (const Grant& grant : draft.grants) {
      store.append_audit(
          actor,
          {.action = Action::IssueHandover, .subject = grant.person().value, .detail = detail});
    }
    note.detail = detail + " persons=" + std::to_string(copy.persons);
    return DisclosureList(LedgerRow(copy), draft.grants, std::move(draft.rows),
                          std::move(draft.areas));
  });
}

ApprovalId HandoverDesk::approve(const PersonId& person, const OrgId& recipient, DataKind data,
                                 const std::string& reason) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  if (reason.empty()) {
    throw InputError("承認の理由を書いてください。");
  }
  return store.audited(actor, Action::ApproveProtected, [&](AuditNote& note) {
    int found = 0;
    store.sql() << "SELECT count(*) FROM person WHERE id = :id", soci::use(person.value, "id"),
        soci::into(found);
    if (found == 0) {
      throw InputError("その ID の人は台帳にいません。");
    }
    const Instant at = store.now();
    ApprovalId id{store.new_id(at)};
    prepared(store.sql(), R"sql(
      INSERT INTO handover_approval (id, person, recipient, data, approved_by, reason, at)
      VALUES (:id, :person, :recipient, :data, :actor, :reason, :at)
    )sql",
             [&](soci::statement& statement) {
               const auto bind = binder(statement);
               bind("id", id);
               bind("person", person);
               bind("recipient", recipient);
               bind("data", data);
               bind("actor", actor.name);
               bind("reason", reason);
               bind("at", at);
             })
        .execute(true);
    note.subject = person.value;
    note.detail = "data=" + std::string(to_code(data));
    return id;
  });
}

void HandoverDesk::record(const HandoverId& handover, const CopyRecord& what) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  store.audited(actor, Action::TrackHandover, [&](AuditNote& note) {
    const Handover copy = stored_copy(store.sql(), handover);
    const Instant at = store.now();
    if (!what.on.ok() || what.on > tokyo_date(at) || what.on < tokyo_date(copy.issued_at)) {
      throw InputError("日付は提供した日から今日までのどれかです。");
    }
    if (what.text.empty()) {
      throw InputError("手渡し先、保管場所、閲覧者、返却・廃棄の証拠などを書いてください。");
    }
    if (copy.closed_at) {
      throw InputError("この写しはすでに返却または廃棄されています。");
    }
    const std::string kind(code_of(what.event));
    prepared(store.sql(), R"sql(
      INSERT INTO handover_event (handover, kind, day, text, recorded_at, recorded_by)
      VALUES (:handover, :kind, :day, :text, :at, :actor)
    )sql",
             [&](soci::statement& statement) {
               const auto bind = binder(statement);
               bind("handover", handover);
               bind("kind", kind);
               bind("day", what.on);
               bind("text", what.text);
               bind("at", at);
               bind("actor", actor.name);
             })
        .execute(true);
    if (what.event == CopyEvent::Returned || what.event == CopyEvent::Destroyed) {
      close_copy(store.sql(), handover, at);
    }
    note.detail = "serial=" + copy.serial + " " + kind;
    return true;
  });
}

std::size_t HandoverDesk::recall(RecipientKind kind, const std::string& why, Date due) {
  Database& store = SessionInside::store(*session_);
  if (why.empty() || !due.ok()) {
    throw InputError("回収の理由と期限を指定してください。");
  }
  return store.audited(
      SessionInside::actor(*session_), Action::TrackHandover, [&](AuditNote& note) {
        std::size_t tasks = 0;
        for (const Handover& copy : stored_handovers(store.sql(), "WHERE h.closed_at IS NULL")) {
          if (copy.recipient_kind == kind && !copy.recalled) {
            insert_recall(store.sql(), copy.id, why, due, store.now());
            ++tasks;
          }
        }
        note.detail =
            "recall kind=" + std::string(to_code(kind)) + " copies=" + std::to_string(tasks);
        return tasks;
      });
}

std::vector<RecallTask> HandoverDesk::recall_tasks() {
  Database& store = SessionInside::store(*session_);
  return store.read([&] {
    RecallTask task;
    std::optional<Instant> done;
    soci::statement rows = prepared(store.sql(), R"sql(
          SELECT t.handover, h.serial, o.name, t.why, t.due, t.done_at FROM recall_task t
          JOIN handover h ON h.id = t.handover
          JOIN recipient_org o ON o.id = h.recipient AND o.rev = h.recipient_rev
          ORDER BY t.number
        )sql",
                                    [&](soci::statement& statement) {
                                      const auto receive = receiver(statement);
                                      receive("handover", task.handover);
                                      receive("serial", task.serial);
                                      receive("name", task.recipient_name);
                                      receive("why", task.why);
                                      receive("due", task.due);
                                      receive("done_at", done);
                                    });
    std::vector<RecallTask> tasks;
    rows.execute();
    while (rows.fetch()) {
      task.done = done.has_value();
      tasks.push_back(task);
    }
    return tasks;
  });
}

std::vector<OverdueCopy> HandoverDesk::overdue(Date on) {
  const std::vector<RecallTask> tasks = recall_tasks();
  std::vector<OverdueCopy> copies;
  for (const Handover& copy : ledger()) {
    if (copy.closed_at) {
      continue;
    }
    const bool recall_due = std::ranges::any_of(tasks, [&](const RecallTask& task) {
      return task.handover == copy.id && !task.done && task.due < on;
    });
    if (copy.return_due < on) {
      copies.push_back({copy, Overdue::ReturnDue});
    } else if (recall_due) {
      copies.push_back({copy, Overdue::RecallDue});
    } else if (!copy.received && plus(tokyo_date(copy.issued_at), kReceiptWithin) < on) {
      copies.push_back({copy, Overdue::NoReceipt});
    }
  }
  return copies;
}

std::vector<Handover> HandoverDesk::ledger() {
  Database& store = SessionInside::store(*session_);
  return store.audited(SessionInside::actor(*session_), Action::ShowHandovers,
                       [&](AuditNote& note) {
                         auto copies = stored_handovers(store.sql(), "");
                         note.detail = "copies=" + std::to_string(copies.size());
                         return copies;
                       });
}

Handover HandoverDesk::by_serial(const std::string& serial) {
  for (Handover& copy : ledger()) {
    if (copy.serial == serial) {
      return std::move(copy);
    }
  }
  throw InputError("その管理番号の提供は台帳にありません。");
}

}  // namespace registry
