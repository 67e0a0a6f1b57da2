// SPDX-License-Identifier: Apache-2.0
#include "documents/plan_form.hpp"
