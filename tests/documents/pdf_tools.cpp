// SPDX-License-Identifier: Apache-2.0
#include "pdf_tools.hpp"

#include <array>
#include <cstdio>
#include <fstream>
#include <memory>
#include <regex>

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
      "<word xMin=\"([-0-9.]+)\" yMin=\"([-0-9.]+)\" xMax=\"([-0-9.]+)\" yMax=\"([-0-9.]+)\">"
      "([^<]*)</word>");
  const std::string boxes = output_of("pdftotext -bbox page.pdf -");
  std::vector<Word> words;
  for (std::sregex_iterator it(boxes.begin(), boxes.end(), word), end; it != end; ++it) {
    words.push_back({std::stod((*it)[1]), std::stod((*it)[2]), std::stod((*it)[3]),
                     std::stod((*it)[4]), (*it)[5]});
  }
  return words;
}

}  // namespace documents_test
