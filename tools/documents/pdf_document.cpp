// SPDX-License-Identifier: Apache-2.0
#include "documents/pdf_document.hpp"

#include <cairo-pdf.h>

#include "documents/handles.hpp"
#include "registry/error.hpp"

#ifdef __SANITIZE_ADDRESS__
// fontconfig keeps its patterns until the program ends; Cairo 1.16 loses 768 bytes for every CFF
// font it embeds. Read by the leak checker only.
extern "C" const char*
__lsan_default_suppressions();  // NOLINT(bugprone-reserved-identifier): its name
extern "C" const char*
__lsan_default_suppressions() {  // NOLINT(bugprone-reserved-identifier): its name
  return "leak:libfontconfig.so\nleak:libcairo.so\n";
}
#endif

namespace documents {

struct PdfDocument::Parts {
  std::string bytes;
  SurfaceHandle surface;
  CairoHandle cairo;
};

namespace {

cairo_status_t append(void* closure, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

PdfDocument::PdfDocument(PaperSize paper, const std::string& title, const std::string& created)
    : parts_(std::make_unique<Parts>()) {
  cairo_surface_t* surface =
      cairo_pdf_surface_create_for_stream(append, &parts_->bytes, paper.width, paper.height);
  parts_->surface.reset(surface);
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title.c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "tomoni");
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, created.c_str());
  parts_->cairo.reset(cairo_create(surface));
}

PdfDocument::PdfDocument(PdfDocument&&) noexcept = default;
PdfDocument& PdfDocument::operator=(PdfDocument&&) noexcept = default;
PdfDocument::~PdfDocument() = default;

cairo_t* PdfDocument::cairo() {
  return parts_->cairo.get();
}

void PdfDocument::next_page() {
  cairo_show_page(parts_->cairo.get());
}

std::string PdfDocument::finish() {
  cairo_show_page(parts_->cairo.get());
  cairo_status_t status = cairo_status(parts_->cairo.get());
  parts_->cairo.reset();
  cairo_surface_finish(parts_->surface.get());
  if (status == CAIRO_STATUS_SUCCESS) {
    status = cairo_surface_status(parts_->surface.get());
  }
  if (status != CAIRO_STATUS_SUCCESS) {
    throw registry::Error(std::string("PDF を作れませんでした（") + cairo_status_to_string(status) +
                          "）。書体と空きメモリを確かめて、もう一度印刷してください。");
  }
  return std::move(parts_->bytes);
}

}  // namespace documents
