// SPDX-License-Identifier: Apache-2.0
#include "pdf_tools.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <regex>

#include <sys/wait.h>

namespace documents_test {
namespace {

struct ClosePipe {
  void operator()(std::FILE* pipe) const { pclose(pipe); }
};

std::string without_spaces(const std::string& text) {
  static const std::regex spaces("[ \\n\\r\\f\\t]|\u3000");
  return std::regex_replace(text, spaces, "");
}

}  // namespace

PdfFile::PdfFile(const std::string& bytes) {
  std::ofstream(folder_ / "page.pdf", std::ios::binary) << bytes;
}

std::string PdfFile::output_of(const std::string& command) const {
  const std::string line = "cd '" + folder_.path().string() + "' && " + command + " 2>/dev/null";
  const std::unique_ptr<std::FILE, ClosePipe> pipe(popen(line.c_str(), "r"));
  std::string output;
  std::array<char, 4096> buffer{};
  std::size_t got = 0;
  while (pipe && (got = std::fread(buffer.data(), 1, buffer.size(), pipe.get())) > 0) {
    output.append(buffer.data(), got);
  }
  return output;
}

std::string PdfFile::info() const {
  return output_of("pdfinfo page.pdf");
}
std::string PdfFile::fonts() const {
  return output_of("pdffonts page.pdf");
}
std::string PdfFile::text() const {
  return without_spaces(output_of("pdftotext -raw page.pdf -"));
}

std::string PdfFile::qr() const {
  return output_of("pdftoppm -r 150 -gray page.pdf page && zbarimg -q --raw page-*.pgm");
}

std::vector<PdfFile::Word> PdfFile::words() const {
  static const std::regex word(
      "<page |<word xMin=\"([-0-9.]+)\" yMin=\"([-0-9.]+)\" xMax=\"([-0-9.]+)\" "
      "yMax=\"([-0-9.]+)\">"
      "([^<]*)</word>");
  const std::string boxes = output_of("pdftotext -bbox page.pdf -");
  std::vector<Word> words;
  int page = 0;
  for (std::sregex_iterator it(boxes.begin(), boxes.end(), word), end; it != end; ++it) {
    if (!(*it)[1].matched) {
      ++page;
      continue;
    }
    words.push_back({std::stod((*it)[1]), std::stod((*it)[2]), std::stod((*it)[3]),
                     std::stod((*it)[4]), (*it)[5], page});
  }
  return words;
}

std::vector<std::string> overlaps(const std::vector<PdfFile::Word>& words) {
  // Boxes are as high as the font's tallest accents; lines of text may share that much.
  constexpr double kShared = 0.3;  // of the lower box
  constexpr double kTouch = 0.8;   // points
  std::vector<std::string> found;
  for (std::size_t i = 0; i < words.size(); ++i) {
    for (std::size_t j = i + 1; j < words.size(); ++j) {
      const auto& a = words[i];
      const auto& b = words[j];
      const double across = std::min(a.right, b.right) - std::max(a.left, b.left);
      const double down = std::min(a.bottom, b.bottom) - std::max(a.top, b.top);
      if (a.page == b.page && across > kTouch &&
          down > kShared * std::min(a.bottom - a.top, b.bottom - b.top)) {
        found.push_back(a.text + "|" + b.text);
      }
    }
  }
  return found;
}

std::vector<std::string> outside(const std::vector<PdfFile::Word>& words, double width,
                                 double height) {
  std::vector<std::string> found;
  for (const auto& word : words) {
    if (word.left < 0 || word.top < 0 || word.right > width || word.bottom > height) {
      found.push_back(word.text);
    }
  }
  return found;
}

std::string layout_of(const PdfFile& file) {
  const auto words = file.words();
  int pages = 0;
  double lowest = 0;
  double rightmost = 0;
  for (const auto& word : words) {
    pages = std::max(pages, word.page);
    lowest = std::max(lowest, word.bottom);
    rightmost = std::max(rightmost, word.right);
  }
  return "pages " + std::to_string(pages) + " words " + std::to_string(words.size()) + " lowest " +
         std::to_string(std::lround(lowest)) + " rightmost " +
         std::to_string(std::lround(rightmost));
}

std::string stored_layout(const std::string& paper) {
  std::ifstream in(std::string(TOMONI_SOURCE_DIR) + "/tests/documents/layout_figures.txt");
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with(paper + ": ")) {
      return line.substr(paper.size() + 2);
    }
  }
  return "no figures stored for " + paper;
}

void Workbench::put(const std::string& name, const std::string& bytes) const {
  std::ofstream(folder_ / name, std::ios::binary) << bytes;
}

std::string Workbench::get(const std::string& name) const {
  std::ifstream in(folder_ / name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

int Workbench::run(const std::string& command) const {
  const std::string line =
      "cd '" + folder_.path().string() + "' && (" + command + ") >/dev/null 2>&1 </dev/null";
  const int status = std::system(line.c_str());  // NOLINT(cert-env33-c): a test's own words
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace documents_test
