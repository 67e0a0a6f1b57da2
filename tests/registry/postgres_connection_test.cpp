// SPDX-License-Identifier: Apache-2.0
#include "postgres_connection.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "registry/error.hpp"
#include "support/scratch_folder.hpp"

namespace registry {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

constexpr auto kPatience = std::chrono::milliseconds(5000);
constexpr const char* kSecret = "canary-4711";

class ConnectionText : public testing::Test {
 protected:
  fs::path write(const std::string& text) const {
    const fs::path file = folder_ / "connection";
    std::ofstream(file) << text;
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
    return file;
  }

  /// The complaint about a file with this text; empty when there is none.
  std::string complaint(const std::string& text) const {
    try {
      (void)read_connection(write(text), kPatience);
    } catch (const InputError& error) {
      EXPECT_THAT(error.what(), Not(HasSubstr(kSecret)));
      return error.what();
    }
    return "";
  }

  support::ScratchFolder folder_;
};

TEST_F(ConnectionText, WordsOfTheFileAreKeptAndOurLimitsAdded) {
  const std::string words = read_connection(
      write(
          "host=/run/postgresql\ndbname=city user=tomoni\r\npassword='it\\'s \\\\ canary-4711'\n"),
      kPatience);
  EXPECT_THAT(words, HasSubstr("host='/run/postgresql' "));
  EXPECT_THAT(words, HasSubstr("password='it\\'s \\\\ canary-4711' "));
  EXPECT_THAT(words, HasSubstr("connect_timeout='5' "));
  EXPECT_THAT(words, HasSubstr("client_encoding='UTF8' "));
}

TEST_F(ConnectionText, FileThatOthersCanReadIsRefused) {
  const fs::path file = write("host=/x dbname=c user=u password=canary-4711");
  fs::permissions(file, fs::perms::group_read, fs::perm_options::add);
  try {
    (void)read_connection(file, kPatience);
    FAIL() << "read";
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("chmod 600"));
    EXPECT_THAT(error.what(), Not(HasSubstr(kSecret)));
  }
  EXPECT_THROW((void)read_connection(folder_ / "none", kPatience), InputError);
}

TEST_F(ConnectionText, WhatCannotBeUnderstoodIsNotQuoted) {
  EXPECT_THAT(complaint("password=canary-4711 nonsense"), HasSubstr("読み取れません"));
  EXPECT_THAT(complaint("passwort=canary-4711"), HasSubstr("読み取れません"));
  EXPECT_THAT(complaint("password='canary-4711"), HasSubstr("読み取れません"));
}

TEST_F(ConnectionText, HostDatabaseAndUserMustBeSaid) {
  EXPECT_THAT(complaint(""), HasSubstr("host="));
  EXPECT_THAT(complaint("host=/x user=u"), HasSubstr("dbname="));
  EXPECT_THAT(complaint("host=/x dbname=c"), HasSubstr("user="));
  EXPECT_THAT(complaint("host=/x dbname=c user=u service=s"), HasSubstr("service="));
}

TEST_F(ConnectionText, AnotherMachineIsReachedOnlyWithVerifiedEncryption) {
  const std::string rest = " dbname=c user=u password=canary-4711";
  for (const char* local :
       {"host=/run/postgresql", "host=localhost", "host=127.0.0.1", "host=::1", "host=/a,/b"}) {
    EXPECT_EQ(complaint(local + rest), "") << local;
  }
  for (const char* remote :
       {"host=db.example.jp", "host=10.0.0.5", "host=127.example.jp", "host=/a,db.example.jp",
        "host=localhost hostaddr=10.0.0.5", "host=db.example.jp sslmode=require",
        "host=db.example.jp sslmode=prefer"}) {
    EXPECT_THAT(complaint(remote + rest), HasSubstr("sslmode=verify-full")) << remote;
  }
  EXPECT_EQ(complaint("host=db.example.jp sslmode=verify-full sslrootcert=/ca.pem" + rest), "");
}

TEST_F(ConnectionText, ServerThatIsNotThereIsNamedByTheFileAndNotByThePassword) {
  const fs::path file = write("host=/nowhere dbname=c user=u password=canary-4711");
  const std::string text = unreachable_text(file, read_connection(file, kPatience));
  EXPECT_THAT(text, HasSubstr("返事がありません"));
  EXPECT_THAT(text, HasSubstr(file.string()));
  EXPECT_THAT(text, Not(HasSubstr(kSecret)));
}

}  // namespace
}  // namespace registry
