// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>

namespace registry {

/// The operation cannot go on (disk full, database locked, wrong key): says what was found, what
/// was expected and what to do. Never carries personal data.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The file or value handed in is at fault (empty file, missing column, wrong encoding): another
/// input would work. Nothing has been written.
class InputError : public Error {
 public:
  using Error::Error;
};

[[noreturn]] void contract_violated(const char* condition, const char* file, int line);

}  // namespace registry

/// States what the caller owes; a violation is a bug, not an input error. Define TOMONI_EXPECT
/// before including to replace it, as a test does that checks a precondition.
#ifndef TOMONI_EXPECT
#define TOMONI_EXPECT(condition) \
  ((condition) ? void(0) : ::registry::contract_violated(#condition, __FILE__, __LINE__))
#endif
