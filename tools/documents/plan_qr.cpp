// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <sodium.h>

#include <array>
#include <cmath>

#include "documents/plan_form.hpp"
#include "registry/error.hpp"

namespace documents {
namespace {

/// BLAKE2b over length-prefixed fields: no two different plans give the same bytes to hash.
class PlanDigest {
 public:
  PlanDigest() { crypto_generichash_init(&state_, nullptr, 0, kBytes); }

  void add(std::string_view text) {
    add(static_cast<std::int64_t>(text.size()));
    update(reinterpret_cast<const unsigned char*>(text.data()), text.size());
  }
  void add(std::int64_t number) {
    std::array<unsigned char, 8> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      bytes[i] = static_cast<unsigned char>(static_cast<std::uint64_t>(number) >> (8 * i));
    }
    update(bytes.data(), bytes.size());
  }
  /// A figure to the precision that is printed or drawn, so that storing it changes nothing.
  void add(double value, double unit) { add(std::int64_t{std::llround(value / unit)}); }

  [[nodiscard]] std::string first_hex(std::size_t digits) {
    std::array<unsigned char, kBytes> hash{};
    crypto_generichash_final(&state_, hash.data(), hash.size());
    std::string text;
    for (std::size_t i = 0; i < (digits + 1) / 2; ++i) {
      text += fmt::format("{:02x}", hash.at(i));
    }
    return text.substr(0, digits);
  }

 private:
  static constexpr std::size_t kBytes = 32;
  void update(const unsigned char* bytes, std::size_t size) {
    crypto_generichash_update(&state_, bytes, size);
  }
  crypto_generichash_state state_{};
};

void add_leg(PlanDigest& digest, const registry::PlanLeg& leg) {
  digest.add(leg.shelter.value);
  digest.add(leg.shelter_name);
  digest.add(leg.shelter_address);
  digest.add(std::int64_t{static_cast<int>(leg.arrival)});
  digest.add(leg.profile);
  digest.add(leg.duration_s);
  digest.add(leg.length_m, 0.1);
  digest.add(std::int64_t{leg.steps_met});
  digest.add(leg.unverified_m, 0.1);
  digest.add(std::int64_t{leg.steepest_up_permille});
  digest.add(std::int64_t{leg.steepest_down_permille});
  digest.add(static_cast<std::int64_t>(leg.hazards_met.size()));
  for (const std::string& hazard : leg.hazards_met) {
    digest.add(hazard);
  }
  digest.add(static_cast<std::int64_t>(leg.route.size()));
  for (const registry::Position& point : leg.route) {
    digest.add(point.lat, 1e-7);
    digest.add(point.lon, 1e-7);
  }
}

void add_course(PlanDigest& digest, const registry::PlanCourse& course) {
  digest.add(std::int64_t{static_cast<int>(course.hazard)});
  digest.add(std::int64_t{static_cast<int>(course.gap)});
  digest.add(course.home_hazard);
  digest.add(static_cast<std::int64_t>(course.legs.size()));
  for (const registry::PlanLeg& leg : course.legs) {
    add_leg(digest, leg);
  }
}

}  // namespace

std::string plan_qr_text(const registry::EvacuationPlan& plan) {
  if (sodium_init() < 0) {
    throw registry::Error("暗号ライブラリ libsodium を使えません。入れ直してください。");
  }
  PlanDigest digest;
  digest.add(plan.id.value);
  digest.add(std::int64_t{plan.revision});
  digest.add(plan.subject.value);
  digest.add(std::int64_t{static_cast<int>(plan.kind)});
  digest.add(std::int64_t{static_cast<int>(plan.status)});
  for (const registry::PlanCourse& course : plan.courses) {
    add_course(digest, course);
  }
  return fmt::format("TOMONI:PLAN:{}:{}:{}", plan.id.value, plan.revision, digest.first_hex(8));
}

}  // namespace documents
