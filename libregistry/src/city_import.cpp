// SPDX-License-Identifier: Apache-2.0
#include "registry/city_import.hpp"
