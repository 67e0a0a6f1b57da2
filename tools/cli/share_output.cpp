// SPDX-License-Identifier: Apache-2.0
#include "cli/share_output.hpp"

#include <filesystem>
#include <system_error>

#include "cli/files.hpp"
#include "cli/table_file.hpp"
#include "documents/pdf_lock.hpp"
#include "documents/roster_list.hpp"
#include "documents/share_package.hpp"
#include "registry/error.hpp"

namespace cli {
namespace {

namespace fs = std::filesystem;

bool is_pdf(const fs::path& file) {
  return file.extension() == ".pdf";
}

void refuse_existing(const std::string& file) {
  if (!file.empty() && fs::exists(file)) {
    throw registry::InputError("書き出し先がすでにあります: " + file +
                               "。別の名前にしてください。");
  }
}

registry::CsvEncoding encoding_of(const CopyForm& form) {
  return form.cp932 ? registry::CsvEncoding::Cp932 : registry::CsvEncoding::Utf8Bom;
}

std::string plain_bytes(const documents::RosterPrint& print, const CopyForm& form,
                        WrittenCopy& written) {
  if (names_workbook(form.out)) {
    return documents::roster_workbook(print.list);
  }
  if (is_pdf(form.out)) {
    documents::RosterFile roster = documents::roster_list(print);
    written.warnings = std::move(roster.warnings);
    return std::move(roster.pdf);
  }
  registry::CsvOutput csv = print.list.csv(encoding_of(form));
  written.substitutions = std::move(csv.substitutions);
  return std::move(csv.bytes);
}

std::string locked_bytes(const documents::RosterPrint& print, const CopyForm& form,
                         const std::string& passphrase, WrittenCopy& written) {
  if (is_pdf(form.package)) {
    documents::RosterFile roster = documents::roster_list(print);
    written.warnings = std::move(roster.warnings);
    return documents::locked_pdf(roster.pdf, passphrase);
  }
  documents::SharePackage package = documents::share_package(print, encoding_of(form), passphrase);
  written.warnings = std::move(package.warnings);
  written.substitutions = std::move(package.substitutions);
  return std::move(package.zip);
}

/// A file that goes again unless what belongs to it was written too.
class KeptOnlyWith {
 public:
  explicit KeptOnlyWith(std::string file) : file_(std::move(file)) {}
  KeptOnlyWith(const KeptOnlyWith&) = delete;
  KeptOnlyWith(KeptOnlyWith&&) = delete;
  KeptOnlyWith& operator=(const KeptOnlyWith&) = delete;
  KeptOnlyWith& operator=(KeptOnlyWith&&) = delete;
  ~KeptOnlyWith() {
    std::error_code ignored;
    if (!file_.empty()) {
      fs::remove(file_, ignored);
    }
  }
  void keep() { file_.clear(); }

 private:
  std::string file_;
};

}  // namespace

void check_form(const CopyForm& form, const Context& context) {
  const int forms =
      (form.out.empty() ? 0 : 1) + (form.package.empty() ? 0 : 1) + (form.sheets.empty() ? 0 : 1);
  if (forms != 1) {
    throw CLI::ValidationError("--out",
                               "--out、--package、--sheets のどれか一つを指定してください");
  }
  const fs::path package(form.package);
  if (!form.package.empty() && package.extension() != ".zip" && !is_pdf(package)) {
    throw CLI::ValidationError("--package", "名前は .zip か .pdf で終わります");
  }
  const PassphraseOptions& passphrase = form.passphrase;
  const bool about_passphrase =
      !passphrase.file.empty() || passphrase.ask || !passphrase.out.empty();
  if (form.package.empty() && about_passphrase) {
    throw CLI::ValidationError("--package", "合言葉は --package のときだけ使います");
  }
  if (!passphrase.file.empty() && passphrase.ask) {
    throw CLI::ValidationError("--passphrase-ask", "--passphrase-file とは一緒に使えません");
  }
  if (!form.package.empty() && context.json && passphrase.out.empty() && passphrase.file.empty() &&
      !passphrase.ask) {
    // What is printed as JSON is kept by programs.
    throw CLI::ValidationError("--passphrase-out",
                               "--json では合言葉を書くファイルを指定してください");
  }
  refuse_existing(form.out);
  refuse_existing(form.package);
  refuse_existing(form.sheets);
  refuse_existing(passphrase.out);
}

WrittenCopy write_copy(const CopySource& source, const CopyForm& form,
                       const std::string& passphrase) {
  const documents::RosterPrint print{source.list, source.local_plan};
  WrittenCopy written;
  if (!form.sheets.empty()) {
    documents::SheetFile sheets = sheets_of(source);
    written.warnings = std::move(sheets.warnings);
    write_file(form.sheets, sheets.pdf);
    return written;
  }
  if (form.package.empty()) {
    write_file(form.out, plain_bytes(print, form, written));
    return written;
  }
  const std::string bytes = locked_bytes(print, form, passphrase, written);
  if (!form.passphrase.out.empty()) {
    write_file(form.passphrase.out, passphrase + "\n");  // mkstemp makes it 0600
  }
  KeptOnlyWith passphrase_file(form.passphrase.out);
  write_file(form.package, bytes);
  passphrase_file.keep();
  const bool known = !form.passphrase.file.empty() || form.passphrase.ask;
  if (form.passphrase.out.empty() && !known) {
    written.passphrase = passphrase;
  }
  return written;
}

}  // namespace cli
