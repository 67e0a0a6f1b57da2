// SPDX-License-Identifier: Apache-2.0
#include "datagen/shelters.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <string>
#include <vector>

#include "datagen/text.hpp"

namespace datagen {
namespace {

enum class Kind { School, Hall, Park, Welfare };

/// A place of the town's list; seats are for a town of 3,000.
struct Plot {
  const char* name;
  const char* kana;
  Kind kind;
  int row, column;
  int seats;
  const char* designation;  ///< 施設種別, welfare only
  const char* acceptance;   ///< 受入対象者
  const char* arrival;      ///< 到着区分
};

constexpr std::array<Plot, 25> kPlots = {{
    {"南小学校", "ミナミショウガッコウ", Kind::School, 0, 1, 420, "", "", ""},
    {"花園小学校", "ハナゾノショウガッコウ", Kind::School, 0, 6, 400, "", "", ""},
    {"西小学校", "ニシショウガッコウ", Kind::School, 3, 1, 380, "", "", ""},
    {"東小学校", "ヒガシショウガッコウ", Kind::School, 3, 5, 410, "", "", ""},
    {"泉小学校", "イズミショウガッコウ", Kind::School, 4, 2, 430, "", "", ""},
    {"緑ケ丘小学校", "ミドリガオカショウガッコウ", Kind::School, 5, 5, 390, "", "", ""},
    {"第一中学校", "ダイイチチュウガッコウ", Kind::School, 0, 3, 480, "", "", ""},
    {"第二中学校", "ダイニチュウガッコウ", Kind::School, 4, 6, 500, "", "", ""},
    {"ひかり高等学校", "ヒカリコウトウガッコウ", Kind::School, 5, 1, 600, "", "", ""},
    {"みなみ町公民館", "ミナミチョウコウミンカン", Kind::Hall, 0, 2, 90, "", "", ""},
    {"花園集会所", "ハナゾノシュウカイジョ", Kind::Hall, 0, 7, 60, "", "", ""},
    {"川端町公民館", "カワバタチョウコウミンカン", Kind::Hall, 1, 1, 80, "", "", ""},
    {"柳橋集会所", "ヤナギバシシュウカイジョ", Kind::Hall, 1, 6, 60, "", "", ""},
    {"本町市民センター", "ホンチョウシミンセンター", Kind::Hall, 2, 4, 150, "", "", ""},
    {"栄町公民館", "サカエチョウコウミンカン", Kind::Hall, 3, 2, 90, "", "", ""},
    {"泉町公民館", "イズミチョウコウミンカン", Kind::Hall, 4, 0, 80, "", "", ""},
    {"きた町公民館", "キタマチコウミンカン", Kind::Hall, 5, 3, 90, "", "", ""},
    {"緑ケ丘集会所", "ミドリガオカシュウカイジョ", Kind::Hall, 5, 7, 50, "", "", ""},
    {"ひかり中央公園", "ヒカリチュウオウコウエン", Kind::Park, 4, 4, 1500, "", "", ""},
    {"みなみ町公園", "ミナミチョウコウエン", Kind::Park, 0, 4, 700, "", "", ""},
    {"ひかり市福祉会館", "ヒカリシフクシカイカン", Kind::Welfare, 4, 3, 40, "指定福祉避難所",
     "要配慮者及びその家族", "直接避難"},
    {"ひかり特別支援学校", "ヒカリトクベツシエンガッコウ", Kind::Welfare, 0, 5, 40,
     "指定福祉避難所", "障害者及びその家族", "直接避難"},
    {"高齢者センターいずみ", "コウレイシャセンターイズミ", Kind::Welfare, 5, 2, 30,
     "指定福祉避難所", "高齢者", "二次避難"},
    {"特別養護老人ホームひかりの里", "ヒカリノサト", Kind::Welfare, 5, 4, 25, "協定福祉避難所",
     "要介護者", "二次避難"},
    {"障害者支援施設かえで", "シエンシセツカエデ", Kind::Welfare, 3, 6, 20, "協定福祉避難所",
     "障害者", "二次避難"},
}};

struct Site {
  const Plot* plot = nullptr;
  Point plan;
  Home home;
  bool flood_safe = false;
  bool slide_safe = false;
  int seats = 0;
  int need = 0;  ///< seats wanted by candidates who have no nearer place
};

class ShelterDrawing {
 public:
  ShelterDrawing(const TownPlan& plan, const TownDivision& division, std::uint64_t seed)
      : plan_(plan), division_(division), random_(seed, "shelters") {}

  void place(const Streets& streets, const TownHomes& homes) {
    for (const Plot& plot : kPlots) {
      Site site{&plot, ground_for(plot, streets.blocks), {}, false, false, 0, 0};
      site.home = homes.at(site.plan);
      // From the first floor up a school stays dry in water below half a metre.
      site.flood_safe = plan_.flood_rank(site.plan) <= (plot.kind == Kind::School ? 1 : 0) &&
                        plot.kind != Kind::Park;
      site.slide_safe = TownPlan::landslide_rank(site.plan) == 0 && plot.kind != Kind::Park;
      sites_.push_back(std::move(site));
    }
  }

  void seat(const People& people) {
    constexpr double kBasis = 3000;
    constexpr double kLeast = 0.15;
    const double scale = std::max(kLeast, static_cast<double>(people.residents.size()) / kBasis);
    for (Site& site : sites_) {
      site.seats = std::max(5, static_cast<int>(site.plot->seats * scale / 5) * 5);
    }
    for (const Resident& person : people.residents) {
      if (person.candidate) {
        constexpr int kSeats = 2;  // with a companion
        nearest(plan_.to_plan(from_position(people.homes[person.home].position))).need += kSeats;
      }
    }
    std::vector<Site*> wanted;
    for (Site& site : sites_) {
      if (site.flood_safe && site.plot->kind == Kind::Hall) {
        wanted.push_back(&site);
      }
    }
    std::stable_sort(wanted.begin(), wanted.end(),
                     [](const Site* a, const Site* b) { return a->need > b->need; });
    constexpr std::size_t kTight = 3;
    for (std::size_t i = 0; i < std::min(kTight, wanted.size()); ++i) {
      wanted[i]->seats = std::max(4, wanted[i]->need / 2);
    }
  }

  ShelterTables tables() {
    ShelterTables tables;
    tables.general.header = header();
    tables.welfare.header = header();
    for (const char* column : {"施設種別", "受入対象者", "到着区分"}) {
      tables.welfare.header.emplace_back(column);
    }
    for (const Site& site : sites_) {
      std::vector<std::string> row = common_cells(site);
      if (site.plot->kind == Kind::Welfare) {
        row.insert(row.end(), {site.plot->designation, site.plot->acceptance, site.plot->arrival});
        tables.welfare.rows.push_back(std::move(row));
      } else {
        tables.general.rows.push_back(std::move(row));
      }
    }
    return tables;
  }

 private:
  /// The middle of a block of the quarter that is free all around; the driest one of three.
  Point ground_for(const Plot& plot, const std::vector<Block>& blocks) {
    const int quarter = plot.row * kColumns + plot.column;
    std::vector<Point> free;
    for (const Block& block : blocks) {
      if (block.quarter == quarter && is_free(block)) {
        free.push_back(block.middle());
      }
    }
    if (free.empty()) {
      const double x = (kColumnEdges.at(static_cast<std::size_t>(plot.column)) +
                        kColumnEdges.at(static_cast<std::size_t>(plot.column) + 1)) /
                       2;
      return {x, plan_.row_edge(plot.row, x) + 60};
    }
    Point best = free[random_.index(free.size())];
    for (int i = 0; i < 2; ++i) {
      const Point other = free[random_.index(free.size())];
      if (plan_.flood_rank(other) < plan_.flood_rank(best)) {
        best = other;
      }
    }
    return best;
  }

  bool is_free(const Block& block) const {
    const Point m = block.middle();
    constexpr double kAround = 30;
    for (const Point p : {m,
                          Point{m.x - kAround, m.y - kAround},
                          {m.x + kAround, m.y - kAround},
                          {m.x - kAround, m.y + kAround},
                          {m.x + kAround, m.y + kAround}}) {
      if (!plan_.buildable(p) || plan_.quarter_at(p) != block.quarter) {
        return false;
      }
    }
    return TownPlan::landslide_rank(m) == 0 && distance(m, kHill) > kHillFoot;
  }

  Site& nearest(Point plan) {
    Site* best = &sites_.front();
    double least = std::numeric_limits<double>::infinity();
    for (Site& site : sites_) {
      const double metres = distance(site.plan, plan);
      if (site.flood_safe && site.plot->kind != Kind::Welfare && metres < least) {
        least = metres;
        best = &site;
      }
    }
    return *best;
  }

  static std::vector<std::string> header() {
    return {"全国地方公共団体コード",
            "ID",
            "名称",
            "名称_カナ",
            "名称_英字",
            "所在地_全国地方公共団体コード",
            "町字ID",
            "所在地_連結表記",
            "所在地_都道府県",
            "所在地_市区町村",
            "所在地_町字",
            "所在地_番地以下",
            "建物名等(方書)",
            "緯度",
            "経度",
            "標高",
            "電話番号",
            "内線番号",
            "連絡先メールアドレス",
            "連絡先FormURL",
            "連絡先備考（その他、SNSなど）",
            "郵便番号",
            "市区町村コード",
            "地方公共団体名",
            "災害種別_洪水",
            "災害種別_崖崩れ、土石流及び地滑り",
            "災害種別_高潮",
            "災害種別_地震",
            "災害種別_津波",
            "災害種別_大規模な火事",
            "災害種別_内水氾濫",
            "災害種別_火山現象",
            "指定避難所との重複",
            "想定収容人数",
            "対象となる町会・自治会",
            "URL",
            "画像",
            "画像_ライセンス",
            "備考"};
  }

  std::vector<std::string> common_cells(const Site& site) {
    const auto flag = [](bool yes) { return std::string(yes ? "1" : ""); };
    const Quarter& quarter = division_.quarters[static_cast<std::size_t>(site.home.area)];
    const Kind kind = site.plot->kind;
    const bool indoors = kind != Kind::Park;
    const std::string where = quarter.name + site.home.number;
    return {kCityCode,
            kCityCode + digits(++count_, 4),
            site.plot->name,
            site.plot->kana,
            "",
            kCityCode,
            quarter.code,
            std::string(kPrefecture) + kCityName + where,
            kPrefecture,
            kCityName,
            quarter.name,
            site.home.number,
            "",
            degrees_text(site.home.position.lat),
            degrees_text(site.home.position.lon),
            std::to_string(static_cast<int>(plan_.height(site.plan))),
            landline(random_),
            "",
            "",
            "",
            "",
            quarter.postcode,
            kCityCode,
            kCityName,
            flag(site.flood_safe),
            flag(site.slide_safe),
            "",
            flag(kind != Kind::Hall),
            "",
            flag(kind == Kind::Park || site.plot->seats >= 480),
            flag(site.flood_safe),
            "",
            flag(indoors && kind != Kind::Welfare),
            std::to_string(site.seats),
            division_.neighbourhoods[static_cast<std::size_t>(quarter.neighbourhood)],
            "",
            "",
            "",
            "架空の施設"};
  }

  const TownPlan& plan_;
  const TownDivision& division_;
  Random random_;
  std::vector<Site> sites_;
  int count_ = 0;
};

}  // namespace

ShelterTables build_shelters(const TownPlan& plan, const Streets& streets,
                             const TownDivision& division, const TownHomes& homes,
                             const People& people, std::uint64_t seed) {
  ShelterDrawing drawing(plan, division, seed);
  drawing.place(streets, homes);
  drawing.seat(people);
  return drawing.tables();
}

}  // namespace datagen
