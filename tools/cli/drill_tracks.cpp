// SPDX-License-Identifier: Apache-2.0
// `tomoni drill tracks`: GPX tracks of people at a drill that was held.
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/drill_inputs.hpp"
#include "cli/drill_loop.hpp"
#include "cli/files.hpp"
#include "cli/report.hpp"
#include "cli/table_file.hpp"
#include "planner/drill_tracks.hpp"
#include "registry/error.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

struct TrackOptions {
  std::string dir;
  std::string tracks;
  std::string owners;
  std::string proposal;
  DrillName drill;
};

struct TrackFile {
  fs::path file;
  registry::PersonId person;
  std::string bytes;
  std::string hash;  ///< of the bytes
};

bool is_gpx(const fs::path& file) {
  std::string ending = file.extension().string();
  std::ranges::transform(ending, ending.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
  return ending == ".gpx";
}

std::vector<fs::path> gpx_files(const fs::path& place) {
  std::vector<fs::path> files;
  if (!fs::exists(place)) {
    throw registry::InputError("その場所はありません: " + place.string() +
                               "。GPX のフォルダか、一人分のファイルを指定してください。");
  }
  if (!fs::is_directory(place)) {
    files.push_back(place);
    return files;
  }
  for (const fs::directory_entry& entry : fs::directory_iterator(place)) {
    if (entry.is_regular_file() && is_gpx(entry.path())) {
      files.push_back(entry.path());
    }
  }
  std::ranges::sort(files);
  if (files.empty()) {
    throw registry::InputError("GPX のファイル（.gpx）がありません: " + place.string() +
                               "。軌跡を一人一つの GPX にして入れてください。");
  }
  return files;
}

/// Files and their people, and those of which nobody can say whose they are.
class TrackFolder {
 public:
  TrackFolder(const TrackOptions& options, std::vector<registry::TrackRefusal>& refused)
      : refused_(refused) {
    std::map<std::string, registry::PersonId> owners;
    if (!options.owners.empty()) {
      const auto rows = registry::parse_track_owners(read_table(options.owners));
      for (const registry::Rejected& row : rows.report.rejected) {
        refuse(options.owners, row.line, row.code, row.message);
      }
      for (const registry::TrackOwner& owner : rows.rows) {
        if (!owners.emplace(owner.file, owner.person).second) {
          refuse(options.owners, owner.line, "SECOND_ROW",
                 "同じファイルの行が2つあります。正しい方だけを残してください。");
        }
      }
    }
    for (const fs::path& file : gpx_files(options.tracks)) {
      add(file, owners);
    }
    for (const auto& [name, person] : owners) {
      refuse(options.owners, 0, "NO_FILE", name + " がありません。ファイル名を確かめてください。");
    }
    refuse_copies();
  }

  [[nodiscard]] const std::vector<TrackFile>& files() const { return files_; }

 private:
  void refuse(const std::string& file, std::size_t line, std::string code, std::string message) {
    refused_.push_back(
        {fs::path(file).filename().string(), line, std::move(code), std::move(message)});
  }

  void add(const fs::path& file, std::map<std::string, registry::PersonId>& owners) {
    const std::string name = file.filename().string();
    TrackFile track{
        .file = file, .person = registry::track_owner_of(name), .bytes = {}, .hash = {}};
    if (const auto named = owners.find(name); named != owners.end()) {
      track.person = named->second;
      owners.erase(named);
    }
    if (track.person.value.empty()) {
      refuse(name, 0, "NO_OWNER",
             "誰の軌跡か分かりません。ファイル名を「対象者ID.gpx」にするか、--owners の一覧に書いて"
             "ください。");
      return;
    }
    track.bytes = read_file(file);
    track.hash = hash_of(track.bytes);
    files_.push_back(std::move(track));
  }

  /// One track cannot be two people's; which of the two is right nobody can say here.
  void refuse_copies() {
    std::map<std::string, int> copies;
    for (const TrackFile& each : files_) {
      ++copies[each.hash];
    }
    std::erase_if(files_, [&](const TrackFile& each) {
      if (copies[each.hash] == 1) {
        return false;
      }
      refuse(each.file.string(), 0, "SAME_TRACK",
             "同じ中身のファイルがほかにもあります。それぞれの人の軌跡を入れてください。");
      return true;
    });
  }

  std::vector<registry::TrackRefusal>& refused_;
  std::vector<TrackFile> files_;
};

/// What the registry knows of those whose tracks may come.
struct Walker {
  std::string profile;
  std::optional<registry::Position> home;
};

std::map<registry::PersonId, Walker> walkers(registry::Session& session,
                                             const registry::HeldDrill& drill) {
  std::map<registry::PersonId, Walker> all;
  for (const registry::DrillResult& result : registry::DrillDesk(session).results(drill.id)) {
    all[result.row.person].profile = result.profile;
  }
  for (const registry::PlanSubject& subject : session.registrants()) {
    if (const auto found = all.find(subject.registrant.person.id); found != all.end()) {
      found->second.home = subject.registrant.person.position;
    }
  }
  return all;
}

registry::TrackRefusal refusal(const TrackFile& track, std::size_t line, const char* code,
                               const std::string& message) {
  return {track.file.filename().string(), line, code, message};
}

/// Lays every track on the roads.
std::vector<registry::TrackRoads> matched(const TrackFolder& folder,
                                          const std::map<registry::PersonId, Walker>& walkers,
                                          planner::TrackReader& reader,
                                          const registry::HeldDrill& drill,
                                          std::vector<registry::TrackRefusal>& refused) {
  std::vector<registry::TrackRoads> tracks;
  for (const TrackFile& file : folder.files()) {
    const auto walker = walkers.find(file.person);
    if (walker == walkers.end() || walker->second.profile.empty()) {
      refused.push_back(refusal(file, 0, "NO_RESULT",
                                "この訓練の結果にない人の軌跡です。ファイルの ID と、取り込んだ"
                                "結果の表を確かめてください。"));
      continue;
    }
    try {
      const auto fixes = registry::parse_gpx(file.bytes);
      auto read = reader.read({.file = file.file.filename().string(),
                               .fixes = fixes,
                               .held_on = drill.held_on,
                               .home = walker->second.home,
                               .profile = walker->second.profile});
      if (auto* why = std::get_if<registry::TrackRefusal>(&read)) {
        refused.push_back(std::move(*why));
        continue;
      }
      tracks.push_back({.file = file.file.filename().string(),
                        .person = file.person,
                        .roads = std::move(std::get<std::vector<registry::RoadTime>>(read))});
    } catch (const registry::TrackError& error) {
      refused.push_back(refusal(file, error.line(), "NOT_A_TRACK", error.what()));
    }
  }
  return tracks;
}

Json json_of(const std::vector<registry::TrackRefusal>& refused) {
  Json rows = Json::array();
  for (const registry::TrackRefusal& each : refused) {
    rows.push_back(
        {{"file", each.file}, {"line", each.line}, {"code", each.code}, {"message", each.message}});
  }
  return rows;
}

Json import_tracks(const TrackOptions& options, Context& context) {
  const CityFolder city(options.dir);
  const auto figures = planner::parse_track_figures(city.rules("tracks.toml"));
  auto registry = city.open_registry();
  registry::Session session = registry.session(actor(kDrillPurpose));
  const registry::HeldDrill drill = held_drill(session, options.drill);
  std::vector<registry::TrackRefusal> refused;
  const TrackFolder folder(options, refused);
  const auto roads = city.roads();
  planner::TrackReader reader(*roads, figures);
  const auto tracks = matched(folder, walkers(session, drill), reader, drill, refused);
  registry::TrackImport done{.tracks = tracks.size(), .roads = 0, .refused = {}};
  if (!context.dry_run && !tracks.empty()) {
    done = registry::DrillTracks(session).record(drill.id, tracks);
  }
  refused.insert(refused.end(), done.refused.begin(), done.refused.end());
  context.exit = refused.empty() ? Exit::Done : Exit::InputRejected;
  Json document = {{"drill", drill.name},
                   {"held_on", registry::to_iso(drill.held_on)},
                   {"tracks", done.tracks},
                   {"roads", done.roads},
                   {"refused", json_of(refused)}};
  document.update(
      calibration(city, session, {.proposal = options.proposal, .dry_run = context.dry_run}));
  return document;
}

void print_tracks(const Json& document, const Context& context) {
  std::cout << document["drill"].get<std::string>() << "（"
            << document["held_on"].get<std::string>()
            << "）: " << context.say("取り込んだ軌跡 ", "tracks taken ") << document["tracks"]
            << context.say("、受け付けなかったもの ", ", refused ") << document["refused"].size()
            << context.say("（軌跡そのものは残しません）\n",
                           " (the tracks themselves are not kept)\n");
  for (const Json& row : document["refused"]) {
    std::cout << "  " << row["file"].get<std::string>();
    if (row["line"] != 0) {
      std::cout << ' ' << row["line"] << context.say(" 行目", "");
    }
    std::cout << ": " << row["message"].get<std::string>() << '\n';
  }
  if (document["tracks"] != 0) {
    print_calibration(document, context);
  }
}

}  // namespace

void add_drill_tracks(CLI::App& drill, Context& context) {
  const auto options = std::make_shared<TrackOptions>();
  CLI::App* command = drill.add_subcommand(
      "tracks", "訓練の軌跡（GPX）から道路ごとの時間を取り込む (GPX tracks of a drill held)");
  command
      ->add_option("tracks", options->tracks,
                   "GPX のフォルダか、一人分のファイル。名前は「対象者ID.gpx」(folder or file)")
      ->required();
  command->add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();
  add_drill_name(*command, options->drill, true);
  command->add_option("--owners", options->owners,
                      "誰の軌跡かの一覧: ファイル, 対象者ID。CSV か .xlsx (whose tracks)");
  command->add_option("--proposal", options->proposal,
                      "割合と速さを直す案を書き出すファイル (proposal of changed figures)");
  command->callback([options, &context] {
    const Json document = import_tracks(*options, context);
    if (context.json) {
      print_json(document);
    } else {
      print_tracks(document, context);
    }
  });
}

}  // namespace cli
