// SPDX-License-Identifier: Apache-2.0
#include "machine.hpp"

#include <malloc.h>
#include <sched.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <ctime>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "report.hpp"
#include "timing.hpp"

namespace bench {
namespace {

/// What stands behind the colon in the first line of a /proc file that begins with `key`.
std::string line_of(const char* file, std::string_view key) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    const std::size_t colon = line.find(':');
    if (line.starts_with(key) && colon != std::string::npos) {
      return line.substr(line.find_first_not_of(" \t", colon + 1));
    }
  }
  return {};
}

double mib_of(std::string_view key) {
  std::istringstream in(line_of("/proc/self/status", key));
  double kib = 0;
  in >> kib;
  return kib / 1024;
}

/// GB copied in a second, between two blocks of this size; each byte is read once and written once.
double copied_gb_per_s(std::size_t bytes) {
  constexpr std::size_t kCopiedPerRound = std::size_t{1} << 28;
  constexpr Rounds kRounds{7, 2};
  const std::vector<char> from(bytes, 1);
  std::vector<char> to(bytes);
  const std::size_t times = std::max<std::size_t>(1, kCopiedPerRound / bytes);
  const Timing timing = measure(kRounds, [&] {
    for (std::size_t i = 0; i < times; ++i) {
      std::memcpy(to.data(), from.data(), bytes);
      asm volatile("" : : "r"(to.data()) : "memory");  // the copy is wanted, though nobody reads it
    }
  });
  return static_cast<double>(times * bytes) / 1e6 / timing.median_ms;
}

}  // namespace

std::vector<route::Simd> simd_of_machine() {
  std::vector<route::Simd> all;
  for (const route::Simd simd : {route::Simd::Plain, route::Simd::Avx2, route::Simd::Avx512}) {
    if (simd <= route::best_simd()) {
      all.push_back(simd);
    }
  }
  return all;
}

std::string_view name_of(route::Simd simd) {
  switch (simd) {
    case route::Simd::Plain:
      return "plain";
    case route::Simd::Avx2:
      return "avx2";
    case route::Simd::Avx512:
      return "avx512";
  }
  return {};
}

nlohmann::ordered_json describe_machine() {
  constexpr std::size_t kMiB = std::size_t{1} << 20;
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  const int cores = sched_getaffinity(0, sizeof allowed, &allowed) == 0 ? CPU_COUNT(&allowed) : 0;
  nlohmann::ordered_json machine;
  machine["cpu"] = line_of("/proc/cpuinfo", "model name");
  machine["cores_allowed"] = cores;
  machine["simd"] = name_of(route::best_simd());
  machine["copy_gb_per_s"] = {{"256_KiB", significant(copied_gb_per_s(kMiB / 4))},
                              {"4_MiB", significant(copied_gb_per_s(4 * kMiB))},
                              {"128_MiB", significant(copied_gb_per_s(128 * kMiB))}};
#ifdef NDEBUG
  machine["build"] = "optimised";
#else
  machine["build"] = "with assertions: the figures mean nothing";
#endif
  return machine;
}

std::string now_utc() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  std::array<char, 32> text{};
  const std::size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return {text.data(), size};
}

Memory memory() {
  return {mib_of("VmRSS"), mib_of("VmHWM")};
}

void forget_peak_memory() {
  malloc_trim(0);
  std::ofstream("/proc/self/clear_refs") << "5";  // proc(5): resets the high-water mark
}

}  // namespace bench
