#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# From a fresh Debian 12 to a working Tomoni. Works from any directory and does only what is still
# missing, so running it again is quick. Everything it makes lies in build/ and in
# libregistry/sqlite3mc/node_modules/.
set -euo pipefail
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
logs=$root/build/log
tomoni=$root/build/release/tomoni
demo=$root/build/demo

# The one list of Debian packages: what compiles, what the forms are drawn with, what the tests use.
packages=(
  g++ cmake ninja-build pkg-config ccache git ca-certificates
  libboost-dev libboost-graph-dev libboost-mpi-dev libgdal-dev libosmium2-dev libprotozero-dev
  zlib1g-dev libbz2-dev libexpat1-dev libzip-dev libpq-dev libcurl4-openssl-dev postgresql-15
  libsoci-dev libicu-dev nlohmann-json3-dev libtomlplusplus-dev libcli11-dev libspdlog-dev libsodium-dev
  libcairo2-dev libpango1.0-dev libqrencode-dev libqpdf-dev libnetcdf-dev fonts-ipamj-mincho fonts-noto-cjk
  libgtest-dev libgmock-dev liblemon-dev openmpi-bin poppler-utils zbar-tools p7zip-full qpdf netcdf-bin
  openssl python3-aiosmtpd unzip)
checkers=(clang-format-14 clang-tidy-14)  # continuous integration only

usage() {
  cat <<'HELP'
使い方 / usage: tools/setup.sh <command>

  demo      架空の町で一周する: 取込・計画・地図・様式 / build, then run a fictional town end to end
  test      ビルドして全テストを実行する / build everything and run every test
  build     ビルドだけ / build only
  packages  検査用も含め Debian パッケージだけを入れる / install the packages only, checkers included
HELP
}

step=0
steps=0
step_name=
remedy=
log=

# Names the failed step, its log and what to do about it.
report_failure() {
  local status=$?
  [[ $status -eq 0 || -z $step_name ]] && return
  {
    printf '\n失敗 / failed: [%d/%d] %s (exit %d)\n' "$step" "$steps" "$step_name" "$status"
    if [[ -s $log ]]; then
      printf -- '--- %s\n' "${log#"$root"/}"
      tail -n 20 "$log"
      printf -- '---\n'
    fi
    printf '対処 / what to do: %s\n' "$remedy"
  } >&2
}
trap report_failure EXIT

# On a terminal, shows the build's [12/345] while a step runs; the whole output goes to the log.
show_progress() {
  local line
  while IFS= read -r line; do
    if [[ -t 1 && $line =~ ^\[[0-9]+/[0-9]+\] ]]; then
      printf '\r[%d/%d] %s %s\033[K' "$step" "$steps" "$step_name" "${BASH_REMATCH[0]}"
    fi
  done
}

# run LOG NAME REMEDY COMMAND...
run() {
  log=$logs/$1.log
  step_name=$2
  remedy=$3
  shift 3
  step=$((step + 1))
  local start=$SECONDS
  printf '[%d/%d] %s ' "$step" "$steps" "$step_name"
  mkdir -p "$logs"
  "$@" 2>&1 </dev/null | tee "$log" | show_progress
  [[ -t 1 ]] && printf '\r[%d/%d] %s ' "$step" "$steps" "$step_name"
  printf '%d s\n' $((SECONDS - start))
}

# --- packages -------------------------------------------------------------------------------------

as_root() {
  if [[ $(id -u) -eq 0 ]]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    echo "パッケージを入れるには root 権限が必要です。root で次を実行してください:" >&2
    echo "Installing packages needs root and there is no sudo. Run as root:" >&2
    echo "  $*" >&2
    return 1
  fi
}

missing_packages() {
  local installed package
  installed=$(dpkg-query -W -f='${Package} ${db:Status-Abbrev}\n' "$@" 2>/dev/null | awk '$2 == "ii" { print $1 }' || true)
  for package in "$@"; do
    grep -qxF "$package" <<<"$installed" || echo "$package"
  done
}

install_packages() {
  local missing
  mapfile -t missing < <(missing_packages "$@")
  # Any npm will do; Debian's is taken where there is none.
  command -v npm >/dev/null || missing+=(nodejs npm)
  if [[ ${#missing[@]} -eq 0 ]]; then
    echo "nothing missing"
    return
  fi
  echo "missing: ${missing[*]}"
  if ! command -v apt-get >/dev/null; then
    echo "apt-get がありません。上のパッケージに当たるものを入れてください。" >&2
    echo "There is no apt-get here: install the counterparts of the packages above." >&2
    return 1
  fi
  as_root apt-get update
  as_root apt-get install -y --no-remove --no-install-recommends "${missing[@]}"
}

# --- build ----------------------------------------------------------------------------------------

# The encrypted SQLite comes as source inside an npm package pinned by the lock file.
fetch_sqlite_source() {
  cd "$root/libregistry/sqlite3mc"
  local wanted
  wanted=$(sha256sum package-lock.json)
  if [[ -f node_modules/.lock-sum && $(<node_modules/.lock-sum) == "$wanted" ]]; then
    echo "up to date"
    return
  fi
  npm ci --ignore-scripts
  printf '%s\n' "$wanted" >node_modules/.lock-sum
}

configure() {
  cd "$root"
  cmake --preset release
}

compile() {
  cd "$root"
  cmake --build --preset release --target "$1" -j"$(nproc)"
}

# build TARGET
build() {
  local network="ネットワークと apt の設定を確かめ、もう一度実行する / check network and apt sources, run again"
  run packages "パッケージ / packages" "$network" install_packages "${packages[@]}"
  run sqlite "暗号化SQLiteのソース / encrypted SQLite source" \
    "npm が外へ接続できるか確かめる / check that npm reaches its registry" fetch_sqlite_source
  run configure "ビルド設定 / configure" \
    "build/release を消して再実行する / delete build/release and run again" configure
  run build "ビルド / build" \
    "ログの最初のエラーを見る。メモリ不足なら他のプログラムを閉じる / see the first error in the log; close programs if memory ran out" \
    compile "$1"
}

# --- demo -----------------------------------------------------------------------------------------

# Exit code 3 means: valid rows are stored, rejected rows stand in an error CSV. The demo goes on.
import_file() {
  local kind=$1 file=$2 status=0
  "$tomoni" import "$kind" "$demo/town/$file" --dir "$demo/city" "${@:3}" || status=$?
  [[ $status -eq 0 || $status -eq 3 ]] || return "$status"
}

write_town() {
  rm -rf "$demo"
  mkdir -p "$demo"
  "$tomoni" sample --out "$demo/town"
}

init_city() {
  "$tomoni" init --dir "$demo/city" --local-plan "$demo/town/local_plan.toml"
}

import_people() {
  import_file areas areas.geojson
  import_file residents residents.csv
  import_file care care.csv
  import_file disability disability.csv
  import_file supporters supporters.csv
}

import_places() {
  import_file shelters shelters.csv
  import_file shelters welfare_shelters.csv
  import_file roads roads.osm.pbf --attribution "架空の町（tomoni sample）"
  import_file dem dem.tif
  import_file hazards hazards.geojson
}

# The plans are stored by the first call; the second tells the same figures to machines.
make_plans() {
  "$tomoni" plan --dir "$demo/city" | tee "$demo/plan.txt"
  "$tomoni" plan --dir "$demo/city" --dry-run --json >"$demo/plan.json"
}

export_city() {
  "$tomoni" export --dir "$demo/city" --out "$demo/export"
}

print_forms() {
  "$tomoni" form --dir "$demo/city" --all --out "$demo/forms"
}

# What the demo depends on: the program and the rules it reads.
demo_state() {
  (cd "$root" && sha256sum build/release/tomoni tools/setup.sh && find data -type f -print0 | sort -z | xargs -0 -r sha256sum)
}

run_demo() {
  local bug="ログの最後の行が理由を言う / the last lines of the log say why"
  if [[ -f $demo/state && $(<"$demo/state") == "$(demo_state)" ]]; then
    printf '[%d/%d] 前回の結果は最新です / the last run is up to date\n' "$steps" "$steps"
  else
    run sample "架空の町 / fictional town" "$bug" write_town
    run init "登録簿の用意 / new registry" "$bug" init_city
    run people "住民・介護・障害・支援者 / people" "$bug" import_people
    run places "避難所・道路・標高・浸水 / places" "$bug" import_places
    run plan "個別避難計画 / plans" "$bug" make_plans
    run export "地図 / map" "$bug" export_city
    run forms "様式 / forms" "$bug" print_forms
    demo_state >"$demo/state"
  fi
  step_name=
  local count
  count=$(find "$demo/forms" -name '*.pdf' | wc -l)
  cat <<DONE

できました / done
  様式 / forms   build/demo/forms/   ($count PDF)
  地図 / map     build/demo/export/map.pdf, plans.geojson
  数字 / numbers build/demo/plan.txt, plan.json
DONE
  head -n 2 "$demo/plan.txt" | sed 's/^/    /'
}

run_tests() {
  cd "$root"
  step=$((step + 1))
  step_name="テスト / tests"
  remedy="失敗したテストは上に出ている。一つだけ: ctest --preset release -R <name> / failed tests are shown above"
  log=
  printf '[%d/%d] %s\n' "$step" "$steps" "$step_name"
  ctest --preset release -j"$(nproc)" </dev/null
}

main() {
  case ${1-} in
    demo)
      steps=11
      build tomoni
      run_demo
      ;;
    test)
      steps=5
      build all
      run_tests
      ;;
    build)
      steps=4
      build all
      ;;
    packages)
      steps=1
      run packages "パッケージ / packages" "ネットワークと apt の設定を確かめる / check network and apt sources" \
        install_packages "${packages[@]}" "${checkers[@]}"
      ;;
    -h | --help | help)
      usage
      ;;
    *)
      usage >&2
      exit 2
      ;;
  esac
  step_name=
}

if [[ $# -gt 1 ]]; then
  usage >&2
  exit 2
fi
main "$@"
