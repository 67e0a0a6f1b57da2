// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "documents/map_picture.hpp"

namespace documents {

/// Draws the text as a QR code (error correction M, quiet zone of four modules included) into the
/// largest square at the frame's top left corner, as vectors. Throws `registry::Error` when the
/// text is too long for any QR code.
void draw_qr(cairo_t* cairo, const Frame& frame, const std::string& text);

}  // namespace documents
