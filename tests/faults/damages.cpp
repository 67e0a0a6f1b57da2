// SPDX-License-Identifier: Apache-2.0
#include "faults/damages.hpp"

#include <algorithm>
#include <cstddef>

namespace faults {
namespace {

constexpr std::size_t kPage = 4096;
constexpr std::size_t kLogHeader = 32;
constexpr std::size_t kFrame = 24 + kPage;

std::size_t pages(const std::string& bytes) {
  return bytes.size() / kPage;
}

std::string page(const std::string& bytes, std::size_t number) {
  return bytes.substr(number * kPage, kPage);
}

/// A damage of the database file alone.
Damage of_store(std::string name, std::function<void(std::string&)> change) {
  return {std::move(name), [change = std::move(change)](const Stores& stores) {
            StoreBytes bytes = stores.now;
            change(bytes.store);
            return bytes;
          }};
}

Damage of_log(std::string name, std::function<void(std::string&)> change) {
  return {std::move(name), [change = std::move(change)](const Stores& stores) {
            StoreBytes bytes = stores.now;
            change(bytes.log);
            return bytes;
          }};
}

void put(std::string& bytes, std::size_t at, const std::string& what) {
  bytes.replace(at, what.size(), what);
}

void add_cuts(std::vector<Damage>& list) {
  for (const std::size_t length : {0U, 1U, 15U, 16U, 100U, 512U, 4095U, 4096U, 8192U}) {
    list.push_back(of_store("store cut to " + std::to_string(length),
                            [length](std::string& bytes) { bytes.resize(length); }));
  }
  for (const std::size_t lost : {1U, 512U, 4096U, 40'960U}) {
    list.push_back(of_store("last " + std::to_string(lost) + " bytes lost",
                            [lost](std::string& bytes) { bytes.resize(bytes.size() - lost); }));
  }
  list.push_back(
      of_store("second half lost", [](std::string& bytes) { bytes.resize(bytes.size() / 2); }));
  list.push_back(of_store("first page lost", [](std::string& bytes) { bytes.erase(0, kPage); }));
  list.push_back(of_store("first byte lost", [](std::string& bytes) { bytes.erase(0, 1); }));
  list.push_back(of_store("one byte put in", [](std::string& bytes) { bytes.insert(5000, "x"); }));
}

void add_pages(std::vector<Damage>& list) {
  for (const std::size_t number : {0U, 1U, 2U, 5U, 9U}) {
    list.push_back(of_store(
        "page " + std::to_string(number) + " of zeros",
        [number](std::string& bytes) { put(bytes, number * kPage, std::string(kPage, '\0')); }));
    list.push_back(of_store(
        "page " + std::to_string(number) + " of ones",
        [number](std::string& bytes) { put(bytes, number * kPage, std::string(kPage, '\xFF')); }));
  }
  list.push_back(of_store("two pages swapped", [](std::string& bytes) {
    const std::string third = page(bytes, 3);
    put(bytes, 3 * kPage, page(bytes, 7));
    put(bytes, 7 * kPage, third);
  }));
  list.push_back(
      of_store("a page twice", [](std::string& bytes) { put(bytes, 4 * kPage, page(bytes, 6)); }));
  list.push_back(of_store("all pages reversed", [](std::string& bytes) {
    std::string turned;
    for (std::size_t i = pages(bytes); i > 0; --i) {
      turned += page(bytes, i - 1);
    }
    bytes = turned;
  }));
  list.push_back(of_store("all zeros", [](std::string& bytes) { std::ranges::fill(bytes, '\0'); }));
  list.push_back(of_store("every page's last byte changed", [](std::string& bytes) {
    for (std::size_t i = kPage - 1; i < bytes.size(); i += kPage) {
      bytes[i] = static_cast<char>(bytes[i] ^ 1);
    }
  }));
  list.push_back(of_store("a sector of the middle zeroed", [](std::string& bytes) {
    put(bytes, pages(bytes) / 2 * kPage + 512, std::string(512, '\0'));
  }));
}

void add_header(std::vector<Damage>& list) {
  for (const std::size_t at : {0U, 15U, 16U, 18U, 19U, 20U, 24U, 28U, 40U, 44U, 60U, 68U, 96U}) {
    list.push_back(
        of_store("byte " + std::to_string(at) + " of the header changed",
                 [at](std::string& bytes) { bytes[at] = static_cast<char>(bytes[at] ^ 0x55); }));
  }
  list.push_back(of_store("a plain SQLite header", [](std::string& bytes) {
    put(bytes, 0, std::string("SQLite format 3\0", 16));
  }));
}

void add_foreign(std::vector<Damage>& list) {
  list.push_back({"another city's store", [](const Stores& stores) { return stores.other; }});
  list.push_back({"a page of another city", [](const Stores& stores) {
                    StoreBytes bytes = stores.now;
                    put(bytes.store, 5 * kPage, page(stores.other.store, 5));
                    return bytes;
                  }});
  list.push_back({"first page of another city", [](const Stores& stores) {
                    StoreBytes bytes = stores.now;
                    put(bytes.store, 0, page(stores.other.store, 0));
                    return bytes;
                  }});
  list.push_back({"another city's log", [](const Stores& stores) {
                    return StoreBytes{stores.now.store, stores.other.log};
                  }});
  list.push_back({"first half of now, second of before", [](const Stores& stores) {
                    StoreBytes bytes = stores.now;
                    const std::size_t half = pages(stores.earlier.store) / 2 * kPage;
                    bytes.store = bytes.store.substr(0, half) + stores.earlier.store.substr(half);
                    return bytes;
                  }});
}

void add_log(std::vector<Damage>& list) {
  list.push_back(of_log("log header changed", [](std::string& log) { log[8] ^= 1; }));
  list.push_back(of_log("log of zeros", [](std::string& log) { std::ranges::fill(log, '\0'); }));
  list.push_back(of_log("log of rubbish", [](std::string& log) { log.assign(50'000, 'x'); }));
  list.push_back(of_log("log cut in a frame",
                        [](std::string& log) { log.resize(kLogHeader + kFrame + 100); }));
  list.push_back(
      of_log("log frame changed", [](std::string& log) { log[kLogHeader + kFrame / 2] ^= 1; }));
  list.push_back(of_log("log frames swapped", [](std::string& log) {
    const std::string first = log.substr(kLogHeader, kFrame);
    put(log, kLogHeader, log.substr(kLogHeader + kFrame, kFrame));
    put(log, kLogHeader + kFrame, first);
  }));
  list.push_back(of_log("log with a tail of rubbish",
                        [](std::string& log) { log += std::string(10'000, 'y'); }));
}

}  // namespace

std::vector<Damage> damages() {
  std::vector<Damage> list;
  add_cuts(list);
  add_pages(list);
  add_header(list);
  add_foreign(list);
  add_log(list);
  return list;
}

}  // namespace faults
