// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <vector>

namespace route {

/// Index of one kind of thing; passing an `ArcId` where a `NodeId` is wanted does not compile.
template <class Tag>
struct Id {
  std::uint32_t value = std::numeric_limits<std::uint32_t>::max();

  friend constexpr auto operator<=>(Id, Id) = default;  // NOLINT(modernize-use-nullptr): tool bug
  [[nodiscard]] constexpr bool valid() const {
    return value != std::numeric_limits<std::uint32_t>::max();
  }
  constexpr Id& operator++() {
    ++value;
    return *this;
  }
};

/// A junction, a dead end or a place where a road changes its attributes.
using NodeId = Id<struct NodeTag>;
/// One direction of an edge.
using ArcId = Id<struct ArcTag>;
/// A piece of road between two nodes, with its shape and attributes; it has two arcs.
using EdgeId = Id<struct EdgeTag>;

/// Half-open run of consecutive ids, usable in a range-for.
template <class AnId>
class IdRange {
 public:
  class Iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = AnId;
    using difference_type = std::ptrdiff_t;
    using pointer = const AnId*;
    using reference = AnId;

    constexpr Iterator() = default;
    constexpr explicit Iterator(AnId id) : id_(id) {}
    constexpr AnId operator*() const { return id_; }
    constexpr Iterator& operator++() {
      ++id_;
      return *this;
    }
    constexpr Iterator operator++(int) {
      Iterator before = *this;
      ++id_;
      return before;
    }
    friend constexpr bool operator==(Iterator, Iterator) = default;

   private:
    AnId id_;
  };

  constexpr IdRange(AnId first, AnId last) : first_(first), last_(last) {}
  [[nodiscard]] constexpr Iterator begin() const { return Iterator(first_); }
  [[nodiscard]] constexpr Iterator end() const { return Iterator(last_); }
  [[nodiscard]] constexpr std::size_t size() const { return last_.value - first_.value; }
  [[nodiscard]] constexpr bool empty() const { return first_ == last_; }

 private:
  AnId first_;
  AnId last_;
};

/// Vector indexed by one kind of id only.
template <class AnId, class T>
class IdVector {
 public:
  IdVector() = default;
  explicit IdVector(std::size_t size, T value = T()) : values_(size, value) {}

  [[nodiscard]] decltype(auto) operator[](AnId id) { return values_[id.value]; }
  [[nodiscard]] decltype(auto) operator[](AnId id) const { return values_[id.value]; }
  [[nodiscard]] std::size_t size() const { return values_.size(); }
  [[nodiscard]] auto begin() const { return values_.begin(); }
  [[nodiscard]] auto end() const { return values_.end(); }
  [[nodiscard]] std::vector<T>& raw() { return values_; }
  [[nodiscard]] const std::vector<T>& raw() const { return values_; }
  friend bool operator==(const IdVector&, const IdVector&) = default;

 private:
  std::vector<T> values_;
};

}  // namespace route
