// SPDX-License-Identifier: Apache-2.0
// The linker holds the floors up: which target links which, as CMake itself sees it
// (TOMONI_LINK_LIST is written when the project is configured).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::IsSupersetOf;
using testing::Not;

using Links = std::map<std::string, std::vector<std::string>>;

/// Lines "target: library library ...".
Links parse_links(std::istream& in) {
  Links links;
  for (std::string line; std::getline(in, line);) {
    const std::size_t colon = line.find(": ");
    if (colon == std::string::npos) {
      continue;
    }
    std::istringstream words(line.substr(colon + 2));
    std::vector<std::string>& libraries = links[line.substr(0, colon)];
    for (std::string word; words >> word;) {
      libraries.push_back(word);
    }
  }
  return links;
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

/// Libraries of a target whose names hold one of the words.
std::vector<std::string> linked(const Links& links, const std::string& target,
                                const std::vector<std::string>& words) {
  std::vector<std::string> found;
  for (const std::string& library : links.at(target)) {
    const std::string name = lower(library);
    if (std::ranges::any_of(words, [&name](const std::string& word) {
          return name.find(word) != std::string::npos;
        })) {
      found.push_back(library);
    }
  }
  return found;
}

const Links& project() {
  static const Links links = [] {
    std::ifstream in(TOMONI_LINK_LIST);
    return parse_links(in);
  }();
  return links;
}

TEST(LinkFloors, TheCheckSeesAForbiddenLibrary) {
  std::istringstream in("route: a /usr/lib/libsoci_core.a GDAL::GDAL\nempty: \n");
  const Links links = parse_links(in);
  EXPECT_THAT(linked(links, "route", {"soci"}), Contains(HasSubstr("libsoci_core.a")));
  EXPECT_THAT(linked(links, "route", {"gdal"}), Contains("GDAL::GDAL"));
  EXPECT_THAT(linked(links, "empty", {"gdal"}), IsEmpty());
}

TEST(LinkFloors, TheListIsTheProjects) {
  ASSERT_TRUE(project().contains("planner"));
  EXPECT_THAT(project().at("planner"), IsSupersetOf({"registry", "route"}));
  EXPECT_THAT(linked(project(), "route", {"gdal"}), Contains(HasSubstr("GDAL")));
  EXPECT_THAT(linked(project(), "registry", {"soci"}), Contains(HasSubstr("soci")));
}

TEST(LinkFloors, TheLibrariesAreSiblings) {
  EXPECT_THAT(linked(project(), "route",
                     {"registry", "planner", "documents", "datagen", "soci", "sqlite", "spdlog"}),
              IsEmpty());
  EXPECT_THAT(linked(project(), "registry",
                     {"route", "planner", "documents", "datagen", "gdal", "boost", "spdlog"}),
              IsEmpty());
}

TEST(LinkFloors, ThePlannerReachesNoDatabaseAndNoMaps) {
  EXPECT_THAT(linked(project(), "planner",
                     {"soci", "sqlite", "gdal", "boost", "spdlog", "documents", "datagen"}),
              IsEmpty());
}

TEST(LinkFloors, TheDocumentsReachNoDatabase) {
  EXPECT_THAT(linked(project(), "documents", {"soci", "sqlite", "gdal", "spdlog", "datagen"}),
              IsEmpty());
}

TEST(LinkFloors, MailIsSentWithoutRoadsAndDatabase) {
  EXPECT_THAT(linked(project(), "messages", {"curl"}), Not(IsEmpty()));
  EXPECT_THAT(linked(project(), "messages",
                     {"route", "planner", "documents", "datagen", "soci", "sqlite", "gdal"}),
              IsEmpty());
}

TEST(LinkFloors, TheProgramReachesNoDatabaseDirectly) {
  EXPECT_THAT(linked(project(), "tomoni", {"soci", "sqlite", "gdal", "curl"}), IsEmpty());
}

}  // namespace
