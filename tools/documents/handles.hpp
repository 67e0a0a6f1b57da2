// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <pango/pangocairo.h>

#include <memory>

namespace documents {

/// Owners of C handles; each frees its own kind.
template <auto Free>
struct FreeBy {
  template <class T>
  void operator()(T* handle) const {
    Free(handle);
  }
};

using SurfaceHandle = std::unique_ptr<cairo_surface_t, FreeBy<cairo_surface_destroy>>;
using CairoHandle = std::unique_ptr<cairo_t, FreeBy<cairo_destroy>>;
using ContextHandle = std::unique_ptr<PangoContext, FreeBy<g_object_unref>>;
using FontHandle = std::unique_ptr<PangoFont, FreeBy<g_object_unref>>;
using LayoutHandle = std::unique_ptr<PangoLayout, FreeBy<g_object_unref>>;
using FontDescription = std::unique_ptr<PangoFontDescription, FreeBy<pango_font_description_free>>;
using AttributeList = std::unique_ptr<PangoAttrList, FreeBy<pango_attr_list_unref>>;

}  // namespace documents
