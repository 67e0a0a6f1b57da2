// SPDX-License-Identifier: Apache-2.0
// The fixture `ready_cities`: cities that many tests begin with, made once; each test gets a copy.
#include <gtest/gtest.h>

#include "support/city.hpp"

namespace support {
namespace {

TEST(ReadyCities, OneHasEverythingOfTheSampleTown) {
  const City city("ready-town");
  city.import_sample_files();
  city.keep_as(ReadyCity::SampleTown);
}

void import_people(const City& city) {
  for (const char* kind : {"areas.geojson", "residents.csv", "care.csv", "supporters.csv"}) {
    const std::string name(kind);
    city.must_import(name.substr(0, name.find('.')), sample_file(name));
  }
  for (const char* shelters : {"shelters.csv", "welfare_shelters.csv"}) {
    city.must_import("shelters", sample_file(shelters));
  }
}

TEST(ReadyCities, OneHasPeopleOnItsRegister) {
  const City city("ready-people");
  import_people(city);
  city.ask({"eligibility", "run"});
  city.ask({"user", "add", "second", "--role", "admin"});
  city.keep_as(ReadyCity::People);
}

TEST(ReadyCities, OneHasPeopleRoadsAndPlans) {
  const City city("ready-plans");
  import_people(city);
  city.must_import("roads", sample_file("roads.osm.pbf"));
  (void)city.plan();
  city.ask({"user", "add", "second", "--role", "admin"});
  city.keep_as(ReadyCity::Plans);
}

}  // namespace
}  // namespace support
