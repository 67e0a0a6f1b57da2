// SPDX-License-Identifier: Apache-2.0
#include "messages/bounce_report.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <string>

#include "registry/ids.hpp"

namespace messages {
namespace {

constexpr std::size_t kLongestStatus = 11;  // 5.999.999

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) {
      line.remove_suffix(1);
    }
    lines.push_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

/// The mails of a mailbox: each begins with a line `From ` after an empty one or at the start.
std::vector<std::vector<std::string_view>> mails_of(std::string_view bytes) {
  std::vector<std::vector<std::string_view>> mails;
  bool after_empty = true;
  for (const std::string_view line : lines_of(bytes)) {
    const bool begins = after_empty && line.starts_with("From ");
    if (begins || mails.empty()) {
      mails.emplace_back();
    }
    if (!begins) {
      mails.back().push_back(line);
    }
    after_empty = line.empty();
  }
  return mails;
}

/// Value of a field when the line is one of that name.
std::optional<std::string> field(std::string_view line, std::string_view name) {
  if (line.size() <= name.size() || line[name.size()] != ':' ||
      lower(line.substr(0, name.size())) != name) {
    return std::nullopt;
  }
  std::string value(line.substr(name.size() + 1));
  value.erase(0, value.find_first_not_of(" \t"));
  value.erase(value.find_last_not_of(" \t") + 1);
  return value;
}

/// Our id in `<id@host>`, whatever the host.
std::string own_id(std::string_view value) {
  if (!value.starts_with('<')) {
    return {};
  }
  std::string id(
      value.substr(1, value.find('@') == std::string_view::npos ? 0 : value.find('@') - 1));
  return registry::is_ulid(id) ? id : std::string();
}

struct Report {
  bool is_report = false;
  std::string action;
  std::string status;
  std::string id;
};

Report report_of(const std::vector<std::string_view>& mail) {
  Report report;
  for (std::size_t i = 0; i < mail.size(); ++i) {
    const std::string_view line = mail[i];
    if (field(line, "content-type") &&
        lower(line).find("message/delivery-status") != std::string::npos) {
      report.is_report = true;  // everything before it is the report's own heading
      continue;
    }
    if (!report.is_report) {
      continue;
    }
    if (const auto action = field(line, "action"); action && report.action.empty()) {
      report.action = lower(*action);
    } else if (const auto status = field(line, "status"); status && report.status.empty()) {
      report.status =
          status->substr(0, std::min(status->find_first_not_of("0123456789."), kLongestStatus));
    } else if (const auto id = field(line, "message-id"); id && report.id.empty()) {
      // The value may stand on the next line.
      report.id =
          own_id(id->empty() && i + 1 < mail.size()
                     ? mail[i + 1].substr(std::min(mail[i + 1].find('<'), mail[i + 1].size()))
                     : std::string_view(*id));
    }
  }
  return report;
}

}  // namespace

BounceFile read_bounces(std::string_view bytes) {
  BounceFile file;
  for (const auto& mail : mails_of(bytes)) {
    ++file.mails;
    const Report report = report_of(mail);
    if (!report.is_report || report.id.empty()) {
      ++file.not_report;
    } else if (report.action == "failed") {
      file.bounced.push_back({{report.id}, report.status});
    } else {
      ++file.delayed;
    }
  }
  return file;
}

}  // namespace messages
