// SPDX-License-Identifier: Apache-2.0
#include "schema.hpp"

namespace registry {

const Migration kConsentsSchema{"", {}};

}  // namespace registry
