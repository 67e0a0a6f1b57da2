// SPDX-License-Identifier: Apache-2.0
#include "documents/map_picture.hpp"
