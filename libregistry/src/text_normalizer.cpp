// SPDX-License-Identifier: Apache-2.0
#include "registry/text_normalizer.hpp"
