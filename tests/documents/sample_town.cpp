// SPDX-License-Identifier: Apache-2.0
#include "sample_town.hpp"

#include "route/graph_builder.hpp"

namespace documents_test {
namespace {

using route::LatLon;
using route::RoadClass;
using namespace std::chrono_literals;

constexpr int kColumns = 8;
constexpr int kRows = 6;
constexpr int kOriginLat = 357'300'000;
constexpr int kOriginLon = 1'395'400'000;
constexpr int kStepLat = 9'000;   // about 100 m
constexpr int kStepLon = 13'000;  // about 118 m

/// A crossing of the quarter, in streets from its south-western corner; halves are between.
LatLon crossing(double column, double row) {
  // Streets lean and bend a little, as streets do.
  const double bend = 900 * ((static_cast<int>(column * 2) % 3) - 1);
  return {kOriginLat + static_cast<int>(row * kStepLat + column * 700 + bend),
          kOriginLon + static_cast<int>(column * kStepLon - row * 900)};
}

route::Road road(RoadClass road_class) {
  route::Road result;
  result.road_class = road_class;
  result.surface = route::Surface::Paved;
  return result;
}

struct Street {
  route::Road road;
  const char* name;
};

Street street_east(int row) {
  if (row == 2) {
    return {road(RoadClass::Secondary), "けやき通り"};
  }
  return {road(row == 5 ? RoadClass::Footway : RoadClass::Residential), ""};
}

Street street_north(int column, int row) {
  if (column == 4) {
    Street slope{road(RoadClass::Tertiary), "ともに坂"};
    slope.road.bridge = row == 0 ? 1 : 0;
    return slope;
  }
  return {road(column == 2 && row == 3 ? RoadClass::Steps : RoadClass::Residential), ""};
}

route::HazardZone zone(route::HazardKind kind, std::uint8_t rank, route::Polyline ring) {
  route::HazardZone result;
  result.kind = kind;
  result.rank = rank;
  ring.push_back(ring.front());
  for (const LatLon p : ring) {
    result.box.add(p);
  }
  result.rings.push_back(std::move(ring));
  return result;
}

}  // namespace

route::RoadGraph sample_roads() {
  route::GraphBuilder builder;
  std::vector<route::NodeId> nodes;
  for (int row = 0; row < kRows; ++row) {
    for (int column = 0; column < kColumns; ++column) {
      nodes.push_back(builder.add_node(crossing(column, row)));
    }
  }
  const auto connect = [&](int column, int row, int next, const Street& street) {
    const auto from = static_cast<std::size_t>(row) * kColumns + static_cast<std::size_t>(column);
    builder.add_edge(nodes[from], nodes[from + static_cast<std::size_t>(next)], street.road,
                     street.name);
  };
  for (int row = 0; row < kRows; ++row) {
    for (int column = 0; column < kColumns; ++column) {
      if (column + 1 < kColumns) {
        connect(column, row, 1, street_east(row));
      }
      if (row + 1 < kRows) {
        connect(column, row, kColumns, street_north(column, row));
      }
    }
  }
  return builder.build();
}

route::HazardMap sample_hazards() {
  using route::HazardKind;
  route::HazardMap map;
  map.zones.push_back(zone(HazardKind::Flood, 1,
                           {crossing(-2, -1), crossing(9, -1), crossing(9, 1.5), crossing(5, 1.2),
                            crossing(3, 1.8), crossing(-2, 1.4)}));
  map.zones.push_back(zone(
      HazardKind::Flood, 3,
      {crossing(-2, -1), crossing(9, -1), crossing(9, 0.6), crossing(4, 0.9), crossing(-2, 0.5)}));
  map.zones.push_back(
      zone(HazardKind::Landslide, 1,
           {crossing(0.2, 3.2), crossing(1.6, 3.1), crossing(1.8, 4.8), crossing(0.4, 4.9)}));
  map.zones.push_back(
      zone(HazardKind::Landslide, 2,
           {crossing(0.6, 3.6), crossing(1.2, 3.5), crossing(1.3, 4.3), crossing(0.7, 4.4)}));
  return map;
}

registry::PlanSubject sample_subject() {
  registry::PlanSubject subject;
  registry::Person& person = subject.registrant.person;
  person.id.value = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
  person.resident_no = "0098765432";
  person.name = "架空 花枝";
  person.name_kana = "カクウ ハナエ";
  person.birth_date = 1938y / 3 / 2;
  person.sex = registry::Sex::Female;
  person.relation_to_head = "世帯主";
  person.postcode = "188-0000";
  person.address = "西東京市ともに町二丁目";
  person.address_number = "3番14号";
  person.building = "みどり荘101号室";
  person.phone = "042-000-1234";
  person.emergency_contacts = {{"架空 一郎", "長男", "090-0000-1111"}};
  person.mobility = registry::Mobility::WalksWithStick;
  const LatLon home = crossing(6.4, 0.55);
  person.position = registry::Position{home.lat(), home.lon()};
  subject.registrant.certificates = {
      {registry::CertificateKind::CareLevel, "", "要介護3", {}, {}, 2027y / 3 / 31},
      {registry::CertificateKind::Physical, "", "2級", {{"視覚", 2}}, {}, {}}};
  subject.registrant.clauses = {"ア", "イ"};
  registry::Supporter neighbour;
  neighbour.name = "試験 太郎";
  neighbour.address = "西東京市ともに町二丁目3番15号";
  neighbour.phone = "042-000-5678";
  neighbour.has_vehicle = true;
  registry::Supporter volunteer;
  volunteer.name = "見本 さくら";
  volunteer.organisation = "ともに町自治会";
  volunteer.address = "西東京市ともに町一丁目1番1号";
  volunteer.phone = "080-0000-2222";
  volunteer.available.weekday_day = false;
  subject.supporters = {{neighbour, "近所", "同行・車両"}, {volunteer, "自治会", "安否確認"}};
  return subject;
}

registry::EvacuationPlan sample_plan() {
  registry::EvacuationPlan plan;
  plan.id.value = "01BX5ZZKBKACTAV9WEVGEMMVRZ";
  plan.revision = 3;
  plan.subject.value = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
  plan.courses.emplace_back();
  plan.courses[0].hazard = registry::HazardKind::Flood;
  plan.courses[0].home_hazard = "洪水 浸水3〜5m";
  plan.next_review = 2027y / 11 / 21;
  registry::PlanLeg leg;
  leg.shelter.value = "01BX5ZZKBKACTAV9WEVGEMMVS0";
  leg.shelter_name = "ともに第二小学校";
  leg.shelter_address = "西東京市ともに町五丁目6番7号";
  leg.profile = "assisted";
  leg.duration_s = 1'630;
  leg.length_m = 812;
  leg.unverified_m = 236;
  leg.steepest_up_permille = 62;
  leg.steepest_down_permille = 11;
  leg.hazards_met = {"洪水 浸水3〜5m", "洪水 浸水0.5m未満"};
  leg.home_to_road_m = 22;
  for (const LatLon p : {crossing(6, 0.55), crossing(6, 1), crossing(6, 2), crossing(5, 2),
                         crossing(4, 2), crossing(4, 3), crossing(4, 4), crossing(3.4, 4)}) {
    leg.route.push_back({p.lat(), p.lon()});
  }
  plan.courses[0].legs.push_back(leg);
  return plan;
}

registry::LocalPlan sample_city() {
  registry::LocalPlan city;
  city.city_name = "西東京市";
  city.city_code = "132292";
  city.department = "危機管理課";
  city.phone = "042-000-0000";
  return city;
}

Sample::Sample() {
  route::MobilityProfile assisted;
  assisted.name = "assisted";
  assisted.label_ja = "介助を受けて歩く";
  profiles.push_back(assisted);
}

documents::PlanForm Sample::form() const {
  return documents::plan_form({.subject = subject,
                               .plan = plan,
                               .local_plan = city,
                               .graph = graph,
                               .hazards = hazards,
                               .printed_on = 2026y / 11 / 21,
                               .attribution = "© OpenStreetMap contributors",
                               .profiles = profiles});
}

}  // namespace documents_test
