// SPDX-License-Identifier: Apache-2.0
#include "planner/chain_file.hpp"

#include <charconv>
#include <fstream>
#include <string>
#include <string_view>

#include "route/error.hpp"

namespace bench {
namespace {

constexpr std::int64_t kMostSeconds = 10'000'000;
constexpr std::int64_t kMostPeople = 100'000;
constexpr std::int64_t kMostTableEntries = 100'000'000;

class Numbers {
 public:
  explicit Numbers(const std::filesystem::path& file) : in_(file), name_(file.string()) {
    if (!in_) {
      throw route::InputError(name_ + ": 読めません。ファイルの場所を確かめてください。");
    }
  }

  /// The next number, which must lie between the two.
  std::int64_t next(std::int64_t least, std::int64_t most, std::string_view what) {
    std::string word;
    const std::string expected =
        std::string(what) + "（" + std::to_string(least) + "〜" + std::to_string(most) + "の整数）";
    if (!(in_ >> word)) {
      refuse("ファイルが途中で終わっています。" + expected + "が必要です。");
    }
    ++read_;
    std::int64_t value = 0;
    const char* const end = word.data() + word.size();
    const auto [stopped, error] = std::from_chars(word.data(), end, value);
    if (error != std::errc{} || stopped != end || value < least || value > most) {
      refuse("「" + word + "」がありますが、" + expected + "が必要です。");
    }
    return value;
  }

  void expect_end() {
    std::string word;
    if (in_ >> word) {
      refuse("余分な「" + word +
             "」があります。1行目の人数・支援者数・避難所数と行数を合わせてください。");
    }
  }

 private:
  [[noreturn]] void refuse(const std::string& text) const {
    throw route::InputError(name_ + ": " + std::to_string(read_) + "個目の数の付近: " + text);
  }

  std::ifstream in_;
  std::string name_;
  std::size_t read_ = 0;
};

template <class Values>
void write_line(std::ostream& out, const Values& values) {
  std::string_view space;
  for (const auto value : values) {
    out << space << value;
    space = " ";
  }
  out << "\n";
}

void write_rows(std::ostream& out, const std::vector<route::ChainSeconds>& table,
                std::size_t columns) {
  for (std::size_t i = 0; i < table.size(); ++i) {
    out << table[i] << ((i + 1) % columns == 0 ? "\n" : " ");
  }
}

}  // namespace

route::ChainProblem read_chain_file(const std::filesystem::path& file) {
  Numbers numbers(file);
  const auto people = static_cast<std::size_t>(numbers.next(0, kMostPeople, "人数"));
  const auto supporters = static_cast<std::size_t>(numbers.next(0, kMostPeople, "支援者数"));
  const std::int64_t shelters = numbers.next(1, kMostPeople, "避難所数");
  const std::int64_t deadline = numbers.next(0, kMostSeconds, "期限の秒数");
  const std::size_t rows = supporters + static_cast<std::size_t>(shelters);
  if (people * rows > static_cast<std::size_t>(kMostTableEntries)) {
    throw route::InputError(file.string() + ": 表が大きすぎます。人数×(支援者数+避難所数)は" +
                            std::to_string(kMostTableEntries) + "以下にしてください。");
  }
  route::ChainProblem problem;
  problem.people.resize(people);
  problem.supporters.resize(supporters);
  problem.shelters = static_cast<std::size_t>(shelters);
  for (route::ChainPerson& person : problem.people) {
    person.shelter = static_cast<std::uint32_t>(numbers.next(0, shelters - 1, "避難所の番号"));
    person.deadline = deadline;
  }
  for (route::ChainPerson& person : problem.people) {
    person.trip = numbers.next(0, kMostSeconds, "到着から避難所までの秒数");
  }
  for (route::ChainSupporter& supporter : problem.supporters) {
    supporter.ready = numbers.next(0, kMostSeconds, "出発できるまでの秒数");
  }
  problem.to_person.reserve(people * supporters);
  for (std::size_t i = 0; i < people * supporters; ++i) {
    problem.to_person.push_back(numbers.next(0, kMostSeconds, "支援者から人までの秒数"));
  }
  problem.from_shelter.reserve(people * problem.shelters);
  for (std::size_t i = 0; i < people * problem.shelters; ++i) {
    problem.from_shelter.push_back(numbers.next(0, kMostSeconds, "避難所から人までの秒数"));
  }
  numbers.expect_end();
  return problem;
}

void write_chain_file(std::ostream& out, const route::ChainProblem& problem) {
  std::vector<std::uint32_t> shelter;
  std::vector<route::ChainSeconds> service;
  std::vector<route::ChainSeconds> ready;
  route::ChainSeconds deadline = 0;
  shelter.reserve(problem.people.size());
  service.reserve(problem.people.size());
  for (const route::ChainPerson& person : problem.people) {
    shelter.push_back(person.shelter);
    service.push_back(person.prepare + person.trip);
    deadline = person.deadline;
  }
  ready.reserve(problem.supporters.size());
  for (const route::ChainSupporter& supporter : problem.supporters) {
    ready.push_back(supporter.ready);
  }
  out << problem.people.size() << " " << problem.supporters.size() << " " << problem.shelters << " "
      << deadline << "\n";
  write_line(out, shelter);
  write_line(out, service);
  write_line(out, ready);
  write_rows(out, problem.to_person, problem.people.size());
  write_rows(out, problem.from_shelter, problem.people.size());
}

void write_chain_solution(std::ostream& out, const route::ChainPlan& plan) {
  for (const std::vector<route::ChainVisit>& visits : plan.visits) {
    std::vector<std::uint32_t> people;
    people.reserve(visits.size());
    for (const route::ChainVisit& visit : visits) {
      people.push_back(visit.person);
    }
    write_line(out, people);
  }
}

}  // namespace bench
