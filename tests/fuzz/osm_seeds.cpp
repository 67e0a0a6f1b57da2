// SPDX-License-Identifier: Apache-2.0
#include "osm_seeds.hpp"

#include "fuzz_target.hpp"
#include "route/error.hpp"
#include "route/turn_restrictions.hpp"
#include "use_graph.hpp"

namespace fuzz {

std::string small_town_xml() {
  return R"(<?xml version="1.0" encoding="UTF-8"?>
<osm version="0.6" generator="hand">
<bounds minlat="35.72" minlon="139.53" maxlat="35.73" maxlon="139.54"/>
<node id="1" lat="35.7250" lon="139.5380" version="1"/>
<node id="2" lat="35.7250" lon="139.5390"><tag k="barrier" v="bollard"/></node>
<node id="3" lat="35.7250" lon="139.5395"><tag k="highway" v="crossing"/></node>
<node id="4" lat="35.7240" lon="139.5390"/>
<node id="5" lat="35.7240" lon="139.5395"><tag k="barrier" v="kerb"/><tag k="kerb" v="raised"/></node>
<node id="-6" lat="35.7230" lon="139.5390"/>
<way id="12"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="residential"/>
<tag k="name" v="ひかり通り"/><tag k="width" v="4.5 m"/><tag k="surface" v="asphalt"/></way>
<way id="24"><nd ref="2"/><nd ref="4"/><tag k="highway" v="steps"/><tag k="step_count" v="21"/>
<tag k="incline" v="-12%"/></way>
<way id="35"><nd ref="3"/><nd ref="5"/><nd ref="4"/><tag k="highway" v="footway"/>
<tag k="oneway:foot" v="yes"/><tag k="layer" v="-1"/><tag k="tunnel" v="yes"/></way>
<way id="46"><nd ref="4"/><nd ref="-6"/><nd ref="5"/><nd ref="4"/><tag k="highway" v="pedestrian"/>
<tag k="area" v="yes"/><tag k="yh:WIDTH" v="3.0m以上5.5m未満"/><tag k="oneway" v="-1"/></way>
<relation id="1"><member type="way" ref="12" role="from"/><member type="node" ref="2" role="via"/>
<member type="way" ref="24" role="to"/><tag k="type" v="restriction"/>
<tag k="restriction" v="no_right_turn"/><tag k="except" v="psv;bicycle"/></relation>
<relation id="2"><member type="way" ref="24" role="from"/><member type="node" ref="4" role="via"/>
<member type="way" ref="35" role="to"/><tag k="type" v="restriction"/>
<tag k="restriction" v="only_left_turn"/></relation>
</osm>
)";
}

std::vector<std::string> osm_words() {
  return {"highway",
          "steps",
          "width",
          "incline",
          "up",
          "50%",
          "oneway",
          "-1",
          "layer",
          "access",
          "no",
          "barrier",
          "gate",
          "area",
          "yes",
          "ford",
          "kerb",
          "lowered",
          "step_count",
          "name",
          "<nd ref=\"3\"/>",
          "visible=\"false\"",
          "via",
          "only_u_turn",
          "restriction",
          "&#0;",
          "\xff\xfe"};
}

void import_town(std::string_view bytes, const std::string& ending) {
  static const InputFile file(ending);
  file.fill(bytes);
  accepts<route::InputError>([] {
    const auto import = route::import_osm(file.path());
    use_graph(import.graph);
    const auto turns = import_turn_restrictions(file.path(), import.graph);
    const auto text = turns_text(import.graph, turns.bans);
    require(parse_turns(text, import.graph) == turns.bans, "turns are read as they were written");
  });
}

}  // namespace fuzz
