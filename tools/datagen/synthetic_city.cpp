// SPDX-License-Identifier: Apache-2.0
#include "datagen/synthetic_city.hpp"
