// SPDX-License-Identifier: Apache-2.0
#include "documents/qr.hpp"

#include <cairo.h>
#include <qrencode.h>

#include <algorithm>
#include <memory>

#include "documents/handles.hpp"
#include "registry/error.hpp"

namespace documents {
namespace {

constexpr int kQuietZone = 4;  // modules, ISO/IEC 18004

}  // namespace

void draw_qr(cairo_t* cairo, const Frame& frame, const std::string& text) {
  const std::unique_ptr<QRcode, FreeBy<QRcode_free>> code(
      QRcode_encodeString(text.c_str(), 0, QR_ECLEVEL_M, QR_MODE_8, 1));
  if (code == nullptr) {
    throw registry::Error("QR コードを作れませんでした。計画番号の長さを確かめてください。");
  }
  const double module = std::min(frame.width, frame.height) / (code->width + 2.0 * kQuietZone);
  cairo_save(cairo);
  cairo_set_source_rgb(cairo, 0, 0, 0);
  // One rectangle per dark run of a row, so that no hairlines show between modules.
  for (int row = 0; row < code->width; ++row) {
    const unsigned char* cells = code->data + std::ptrdiff_t{row} * code->width;
    for (int column = 0; column < code->width; ++column) {
      int end = column;
      while (end < code->width && (cells[end] & 1U) != 0) {
        ++end;
      }
      if (end > column) {
        cairo_rectangle(cairo, frame.x + (kQuietZone + column) * module,
                        frame.y + (kQuietZone + row) * module, (end - column) * module, module);
        column = end;
      }
    }
  }
  cairo_fill(cairo);
  cairo_restore(cairo);
}

}  // namespace documents
