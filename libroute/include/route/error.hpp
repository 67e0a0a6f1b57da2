// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>

namespace route {

/// The operation cannot go on: says what was found, what was expected and what to do.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The file or value handed in is at fault, not the machine: another input would work.
class InputError : public Error {
 public:
  using Error::Error;
};

[[noreturn]] void contract_violated(const char* condition, const char* file, int line);

}  // namespace route

/// States what the caller owes; a violation is a bug, not an input error. Define TOMONI_EXPECT
/// before including to replace it, as a test does that checks a precondition.
#ifndef TOMONI_EXPECT
#define TOMONI_EXPECT(condition) \
  ((condition) ? void(0) : ::route::contract_violated(#condition, __FILE__, __LINE__))
#endif
