// SPDX-License-Identifier: Apache-2.0
#pragma once

// The C types our headers name, without the headers that define them.
using cairo_t = struct _cairo;  // NOLINT(bugprone-reserved-identifier): Cairo's own name
using PangoContext =
    struct _PangoContext;  // NOLINT(bugprone-reserved-identifier): Pango's own name
