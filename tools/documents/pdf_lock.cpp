// SPDX-License-Identifier: Apache-2.0
#include "documents/pdf_lock.hpp"

#include <qpdf/qpdf-c.h>  // clang-tidy 14 cannot parse the C++ headers
#include <sodium.h>

#include <array>
#include <memory>
#include <type_traits>

#include "registry/error.hpp"

namespace documents {
namespace {

struct CloseFile {
  void operator()(qpdf_data file) const { qpdf_cleanup(&file); }
};
using PdfHandle = std::unique_ptr<std::remove_pointer_t<qpdf_data>, CloseFile>;

/// The library's own words could name what the file holds.
void check(QPDF_ERROR_CODE code) {
  if ((code & QPDF_ERRORS) != 0) {
    throw registry::Error(
        "PDF を暗号化できませんでした。空きメモリを確かめて、もう一度実行してください。");
  }
}

/// Nobody owns a handed-over file beyond its passphrase: the second password is drawn and lost.
std::string lost_password() {
  std::array<unsigned char, 24> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  std::string hex(2 * bytes.size() + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), bytes.data(), bytes.size());
  hex.pop_back();
  return hex;
}

}  // namespace

std::string locked_pdf(const std::string& pdf, const std::string& passphrase) {
  TOMONI_EXPECT(!passphrase.empty());
  const PdfHandle file(qpdf_init());
  qpdf_silence_errors(file.get());
  qpdf_set_suppress_warnings(file.get(), QPDF_TRUE);
  check(qpdf_read_memory(file.get(), "list", pdf.data(), pdf.size(), nullptr));
  check(qpdf_init_write_memory(file.get()));
  qpdf_set_r6_encryption_parameters2(file.get(), passphrase.c_str(), lost_password().c_str(),
                                     /*allow_accessibility=*/QPDF_TRUE,
                                     /*allow_extract=*/QPDF_FALSE, /*allow_assemble=*/QPDF_FALSE,
                                     /*allow_annotate_and_form=*/QPDF_FALSE,
                                     /*allow_form_filling=*/QPDF_FALSE,
                                     /*allow_modify_other=*/QPDF_FALSE, qpdf_r3p_full,
                                     /*encrypt_metadata=*/QPDF_TRUE);
  check(qpdf_write(file.get()));
  return {reinterpret_cast<const char*>(qpdf_get_buffer(file.get())),
          qpdf_get_buffer_length(file.get())};
}

}  // namespace documents
