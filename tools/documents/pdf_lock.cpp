// SPDX-License-Identifier: Apache-2.0
#include "documents/pdf_lock.hpp"

#include <sodium.h>

#include <array>
#include <exception>

#define POINTERHOLDER_TRANSITION 4  // of qpdf: std::shared_ptr only
#include <qpdf/Buffer.hh>
#include <qpdf/JSON.hh>  // QPDF.hh only names it
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFWriter.hh>

#include "registry/error.hpp"

namespace documents {
namespace {

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
  try {
    QPDF file;
    file.processMemoryFile("list", pdf.data(), pdf.size());
    QPDFWriter writer(file);
    writer.setOutputMemory();
    writer.setR6EncryptionParameters(passphrase.c_str(), lost_password().c_str(),
                                     /*allow_accessibility=*/true, /*allow_extract=*/false,
                                     /*allow_assemble=*/false, /*allow_annotate_and_form=*/false,
                                     /*allow_form_filling=*/false, /*allow_modify_other=*/false,
                                     qpdf_r3p_full, /*encrypt_metadata_aes=*/true);
    writer.write();
    const auto buffer = writer.getBufferSharedPointer();
    return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
  } catch (const std::exception&) {  // its text could name what the file holds
    throw registry::Error(
        "PDF を暗号化できませんでした。空きメモリを確かめて、もう一度実行してください。");
  }
}

}  // namespace documents
