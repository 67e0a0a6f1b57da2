// SPDX-License-Identifier: Apache-2.0
#include "registry/edit.hpp"

namespace registry {

std::string conflict_text(const EditConflict& conflict) {
  if (conflict.revision == 0) {
    return "この記録は台帳にありません。一覧を読み直してください。";
  }
  const std::string who = conflict.changed_by.empty() ? "ほかの処理" : conflict.changed_by;
  const std::string when =
      conflict.changed_at.milliseconds == 0 ? "" : tokyo_time(conflict.changed_at) + "、";
  return "この記録は、読んだ後に " + who + " が変更しています(" + when +
         std::to_string(conflict.revision) +
         " 版)。何も保存していません。読み直してから、もう一度変更してください。";
}

}  // namespace registry
