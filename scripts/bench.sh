#!/usr/bin/env bash
# Measures the figures that the product is held to, each as a ratio within one run, and prints them as Markdown.
#   bench.sh [lines|dispatch|claim|turn|import|rehearsal|restore|estimates|microdata|pages]... [--quick] [--save]
#   --quick   smaller: about two minutes for all of them
#   --save    then joins the newest section of every figure to tests/SurveyDialer.Benchmarks/results.md
#   --join    only joins what was measured before
# Without a name all of them, about half an hour. Ends with 1 when an aim was missed.
set -uo pipefail
root=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)
cd "$root" || exit 2
# shellcheck source=scripts/install.sh
. scripts/install.sh

all=(lines dispatch claim turn import rehearsal restore estimates microdata pages)
figures=() quick=() save='' measure=1
for argument in "$@"; do
  case $argument in
    --quick) quick=(--quick) ;;
    --save) save=1 ;;
    --join) save=1 measure= ;;
    -h | --help) sed -n '2,7s/^# \{0,1\}//p' scripts/bench.sh; exit 0 ;;
    *)
      case " ${all[*]} " in
        *" $argument "*) figures+=("$argument") ;;
        *) say "Unknown: $argument (try --help)"; exit 2 ;;
      esac ;;
  esac
done
[ ${#figures[@]} -gt 0 ] || figures=("${all[@]}")

need_dotnet || exit 1
need_command sqlite3 sqlite3 || exit 1
project=tests/SurveyDialer.Benchmarks
sections=$root/artifacts/bench
status=0
if [ -n "$measure" ]; then
  need_command npm nodejs npm || exit 1
  dotnet build "$project" -c Release -v q --nologo -clp:NoSummary -p:RestoreLockedMode=true >&2 || exit 1
  for figure in "${figures[@]}"; do
    "$project/bin/Release/net10.0/SurveyDialer.Benchmarks" "$figure" "$sections" "${quick[@]}" || status=1
  done
fi

machine() {
  printf '%s, %s processors, %s of memory, %s, .NET %s, SQLite of the shell %s\n' \
    "$(sed -n 's/^model name[[:space:]]*: //p' /proc/cpuinfo | head -n 1)" "$(nproc)" \
    "$(awk '/MemTotal/ { printf "%.0f GB", $2 / 1e6 }' /proc/meminfo)" "$(uname -sr)" "$(dotnet --version)" "$(sqlite3 --version | cut -d ' ' -f 1)"
}

if [ -n "$save" ]; then
  {
    # shellcheck disable=SC2016  # The backquotes are Markdown's.
    printf '# Figures\n\nWritten by `./scripts/bench.sh --save`; one figure alone: `./scripts/bench.sh NAME`; a section marked *quick* was measured with `--quick`. Joined at commit %s.\n\nMachine: %s' \
      "$(git rev-parse --short HEAD 2>/dev/null || echo unknown)" "$(machine)"
    printf '. Read the load average beside each figure: with more than one a processor, other work took its share, and what is measured in real time suffers first.\n\n'
    for figure in "${all[@]}"; do
      [ ! -f "$sections/$figure.md" ] || cat "$sections/$figure.md"
    done
  } > "$project/results.md"
fi
exit "$status"
