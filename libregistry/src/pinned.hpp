// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace registry {

/// Base of what must stay where it is: prepared statements point to its members.
class Pinned {
 public:
  Pinned(const Pinned&) = delete;
  Pinned(Pinned&&) = delete;
  Pinned& operator=(const Pinned&) = delete;
  Pinned& operator=(Pinned&&) = delete;

 protected:
  Pinned() = default;
  ~Pinned() = default;
};

}  // namespace registry
