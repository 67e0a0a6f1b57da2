// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "support/scratch_folder.hpp"

namespace documents_test {

/// A PDF in a folder of its own, looked at with the programs of poppler and zbar.
class PdfFile {
 public:
  explicit PdfFile(const std::string& bytes);

  [[nodiscard]] std::string info() const;   ///< output of pdfinfo
  [[nodiscard]] std::string fonts() const;  ///< output of pdffonts
  /// All text in the order it was drawn, without any white space.
  [[nodiscard]] std::string text() const;
  /// What the QR codes on the pages say, one per line, read from a picture of 150 dots per inch.
  [[nodiscard]] std::string qr() const;

  /// A piece of text with its place on the page in points.
  struct Word {
    double left = 0;
    double top = 0;
    double right = 0;
    double bottom = 0;
    std::string text;
    int page = 0;  ///< from 1
  };
  [[nodiscard]] std::vector<Word> words() const;

 private:
  [[nodiscard]] std::string output_of(const std::string& command) const;
  support::ScratchFolder folder_;
};

/// Words of one page that lie on each other, as `left|right`.
[[nodiscard]] std::vector<std::string> overlaps(const std::vector<PdfFile::Word>& words);

/// Words that are not wholly on paper of this size.
[[nodiscard]] std::vector<std::string> outside(const std::vector<PdfFile::Word>& words,
                                               double width, double height);

/// Figures of a paper's layout: pages, words, and how far down and to the right words reach, in
/// whole points from the upper left corner.
[[nodiscard]] std::string layout_of(const PdfFile& file);
/// The same as it stands in `layout_figures.txt` beside this file; who changes a paper on purpose
/// writes the new figures there.
[[nodiscard]] std::string stored_layout(const std::string& paper);

/// A folder to try other people's programs in.
class Workbench {
 public:
  void put(const std::string& name, const std::string& bytes) const;
  [[nodiscard]] std::string get(const std::string& name) const;
  /// Exit code of a shell command run in the folder.
  [[nodiscard]] int run(const std::string& command) const;

 private:
  support::ScratchFolder folder_;
};

}  // namespace documents_test
