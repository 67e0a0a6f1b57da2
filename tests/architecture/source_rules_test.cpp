// SPDX-License-Identifier: Apache-2.0
// Each rule must catch what it forbids and leave alone what it allows; otherwise a quiet tree
// would prove nothing.
#include "architecture/source_rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace architecture {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(SourceText, CommentsAreBlankedAndStringsStay) {
  EXPECT_EQ(without_comments("a // b\nc /* d\ne */ f"), "a     \nc     \n     f");
  EXPECT_EQ(without_comments(R"(s = "// no"; t = '"'; // yes)"), R"(s = "// no"; t = '"';       )");
  EXPECT_EQ(without_comments("n = 1'000; // x"), "n = 1'000;     ");
  EXPECT_EQ(without_comments("R\"sql(/* kept */)sql\" // x"), "R\"sql(/* kept */)sql\"     ");
}

TEST(SourceText, IncludesAreFoundInEverySpelling) {
  EXPECT_THAT(includes_of("#include <vector>\n  #  include \"route/geo.hpp\"  // why\n"),
              ElementsAre("<vector>", "\"route/geo.hpp\""));
  EXPECT_THAT(includes_of("// #include <gone>\n/*\n#include <gone>\n*/\n#define X\n"), IsEmpty());
}

TEST(Length, TheCapIsFiveHundredLines) {
  EXPECT_THAT(check_length({"libroute/src/a.cpp", std::string(500, '\n')}), IsEmpty());
  EXPECT_THAT(check_length({"libroute/src/a.cpp", std::string(501, '\n')}),
              ElementsAre(HasSubstr("501 lines")));
  EXPECT_THAT(check_length({"docs/a.md", std::string(501, '\n')}), IsEmpty());
}

TEST(LicenceLine, MustBeTheFirstLineOrFollowTheInterpreter) {
  EXPECT_THAT(check_licence_line({"a.cpp", "// SPDX-License-Identifier: Apache-2.0\n"}), IsEmpty());
  EXPECT_THAT(check_licence_line({"a.sh", "#!/bin/sh\n# SPDX-License-Identifier: Apache-2.0\n"}),
              IsEmpty());
  EXPECT_THAT(check_licence_line({"a.cpp", "#pragma once\n"}), ElementsAre(HasSubstr("line 1")));
  EXPECT_THAT(check_licence_line({"a.cpp", "// SPDX-License-Identifier: MIT\n"}),
              ElementsAre(HasSubstr("Apache-2.0")));
  EXPECT_THAT(check_licence_line({"a.toml", ""}), ElementsAre(HasSubstr("a.toml")));
}

TEST(MachinePaths, AbsolutePathsOfSomebodysMachineAreFound) {
  const std::string home = "/home/";
  const std::string temp = "/tmp/";
  EXPECT_THAT(check_no_machine_paths({"a.md", "see\n" + home + "taro/x\n"}),
              ElementsAre(HasSubstr("a.md:2")));
  EXPECT_THAT(check_no_machine_paths({"a.cpp", "open(\"" + temp + "x\")"}),
              ElementsAre(HasSubstr(temp)));
  EXPECT_THAT(check_no_machine_paths({"a.md", "build" + temp + "x and .." + temp}), IsEmpty());
}

TEST(Headers, MustNotOpenANamespaceForTheirReaders) {
  EXPECT_THAT(check_headers_are_polite({"a.hpp", "#pragma once\nusing namespace std;\n"}),
              ElementsAre(HasSubstr("a.hpp:2")));
  EXPECT_THAT(check_headers_are_polite({"a.hpp", "int f();\n"}),
              ElementsAre(HasSubstr("pragma once")));
  EXPECT_THAT(check_headers_are_polite({"a.hpp", "#pragma once\n// using namespace is bad\n"}),
              IsEmpty());
  EXPECT_THAT(check_headers_are_polite({"a.cpp", "using namespace std::literals;\n"}), IsEmpty());
}

TEST(Libraries, NeitherPrintNorReadTheClockOrTheEnvironment) {
  const auto check = [](const std::string& line) {
    return check_libraries_are_quiet({"libroute/src/a.cpp", line});
  };
  EXPECT_THAT(check("std::cout << 1;"), ElementsAre(HasSubstr("std::cout")));
  EXPECT_THAT(check("std::printf(\"x\");"), ElementsAre(HasSubstr("printf(")));
  EXPECT_THAT(check("auto t = std::chrono::system_clock::now();"), ElementsAre(HasSubstr("now(")));
  EXPECT_THAT(check("std::getenv(\"HOME\")"), ElementsAre(HasSubstr("getenv")));
  EXPECT_THAT(check("std::random_device device;"), ElementsAre(HasSubstr("random_device")));
}

TEST(Libraries, MayFormatTextAndProgramsMayPrint) {
  EXPECT_THAT(check_libraries_are_quiet(
                  {"libroute/src/a.cpp", "std::snprintf(b, n, \"x\");  // not std::cout"}),
              IsEmpty());
  EXPECT_THAT(check_libraries_are_quiet({"tools/cli/main.cpp", "std::cout << 1;"}), IsEmpty());
}

TEST(BannedFeatures, WhatThePlatformLacksIsFound) {
  EXPECT_THAT(check_banned_features({"a.cpp", "for (int x : v | std::views::take(2)) {}"}),
              ElementsAre(HasSubstr("std::views::")));
  EXPECT_THAT(check_banned_features({"a.cpp", "std::format(\"{}\", 1)"}),
              ElementsAre(HasSubstr("std::format(")));
  EXPECT_THAT(check_banned_features({"a.cpp", "std::ranges::sort(v);"}), IsEmpty());
}

TEST(Suppressions, NeedACheckAndAReason) {
  const std::string mark = "// NOLINT";
  const auto check = [](const std::string& line) {
    return check_suppressions_have_reasons({"a.cpp", line});
  };
  EXPECT_THAT(check("f();  " + mark), ElementsAre(HasSubstr("names no check")));
  EXPECT_THAT(check("f();  " + mark + "(some-check)"), ElementsAre(HasSubstr("no reason")));
  EXPECT_THAT(check("f();  " + mark + "(some-check): a C interface"), IsEmpty());
  EXPECT_THAT(check(mark + "NEXTLINE(some-check) - a C interface"), IsEmpty());
}

TEST(SwitchedOffTests, AreFound) {
  const auto check = [](const std::string& line) {
    return check_no_test_is_switched_off({"tests/route/a_test.cpp", line});
  };
  EXPECT_THAT(check("// TEST(A, B) {"), ElementsAre(HasSubstr("in a comment")));
  EXPECT_THAT(check("TEST(A, DISABLED_B) {"), ElementsAre(HasSubstr("switched-off")));
  EXPECT_THAT(check("TEST(A, B) {  // a fact"), IsEmpty());
}

TEST(IncludeFloors, TheSiblingsDoNotKnowEachOther) {
  EXPECT_THAT(check_include_floors({"libroute/src/a.cpp", "#include \"registry/area.hpp\"\n"}),
              ElementsAre(HasSubstr("registry/area.hpp")));
  EXPECT_THAT(check_include_floors({"libregistry/src/a.cpp", "#include \"route/geo.hpp\"\n"}),
              ElementsAre(HasSubstr("route/geo.hpp")));
}

TEST(IncludeFloors, PublicHeadersNeedOnlyTheStandardLibrary) {
  const std::string path = "libroute/include/route/a.hpp";
  EXPECT_THAT(check_include_floors({path, "#include <vector>\n#include \"route/geo.hpp\"\n"}),
              IsEmpty());
  EXPECT_THAT(check_include_floors({path, "#include <boost/graph/graph_traits.hpp>\n"}),
              ElementsAre(HasSubstr("boost")));
  EXPECT_THAT(check_include_floors({"libroute/include/route/boost_graph.hpp",
                                    "#include <boost/graph/graph_traits.hpp>\n"}),
              IsEmpty());
  EXPECT_THAT(
      check_include_floors({"libregistry/include/registry/a.hpp", "#include <soci/soci.h>"}),
      ElementsAre(HasSubstr("soci")));
}

TEST(IncludeFloors, ToolsStayAwayFromDatabaseAndMaps) {
  EXPECT_THAT(check_include_floors({"tools/planner/a.cpp", "#include <soci/soci.h>\n"}),
              ElementsAre(HasSubstr("soci")));
  EXPECT_THAT(check_include_floors({"tools/planner/a.cpp", "#include <gdal_priv.h>\n"}),
              ElementsAre(HasSubstr("gdal")));
  EXPECT_THAT(check_include_floors({"tools/documents/a.cpp", "#include <sqlite3.h>\n"}),
              ElementsAre(HasSubstr("sqlite3")));
  EXPECT_THAT(check_include_floors({"tools/documents/a.cpp", "#include \"../cli/main.hpp\"\n"}),
              ElementsAre(HasSubstr("..")));
}

TEST(IncludeFloors, ARoomWithoutAFloorIsFound) {
  EXPECT_THAT(check_include_floors({"tools/attic/a.cpp", "#include <vector>\n"}),
              ElementsAre(HasSubstr("no floor")));
  EXPECT_THAT(check_include_floors({"tests/route/a_test.cpp", "#include <gdal_priv.h>\n"}),
              IsEmpty());
}

TEST(ListedSources, AFileThatNobodyCompilesIsFound) {
  const SourceFile lists = {"libroute/CMakeLists.txt",
                            "add_library(route\n  src/a.cpp)  # src/commented.cpp\n"};
  EXPECT_THAT(check_sources_are_listed({lists, {"libroute/src/a.cpp", ""}}), IsEmpty());
  EXPECT_THAT(check_sources_are_listed({lists, {"libroute/src/commented.cpp", ""}}),
              ElementsAre(HasSubstr("commented.cpp")));
  EXPECT_THAT(check_sources_are_listed({lists, {"libroute/include/route/b.hpp", ""}}),
              ElementsAre(HasSubstr("b.hpp")));
  EXPECT_THAT(check_sources_are_listed({lists, {"libroute/src/private.hpp", ""}}), IsEmpty());
}

TEST(ListedSources, PathsMayBeginAtTheRoot) {
  const SourceFile lists = {"tests/route/CMakeLists.txt",
                            "SOURCES ${PROJECT_SOURCE_DIR}/tests/support/map_sketch.cpp"};
  EXPECT_THAT(check_sources_are_listed({lists, {"tests/support/map_sketch.cpp", ""}}), IsEmpty());
}

TEST(ListedSources, PathsAreReadFromTheFolderOfTheList) {
  const SourceFile lists = {"tests/route/CMakeLists.txt", "SOURCES ../support/map_sketch.cpp"};
  EXPECT_THAT(check_sources_are_listed({lists, {"tests/support/map_sketch.cpp", ""}}), IsEmpty());
}

}  // namespace
}  // namespace architecture
