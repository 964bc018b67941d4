#!/usr/bin/env bash
# Restores, builds once and runs every test project of the solution. The last line of output is "N passed, N failed", with
# ", N skipped" when some were.
#   --filter TEXT   only tests whose full name contains TEXT
#   --jobs N        test projects at a time (default 2)
set -uo pipefail
cd "$(dirname "$0")/.." || exit 2
# shellcheck source=scripts/install.sh
. scripts/install.sh

filter=""
jobs=2
while [ $# -gt 0 ]; do
  case $1 in
    --filter) filter=${2:?--filter needs a text}; shift 2 ;;
    --jobs) jobs=${2:?--jobs needs a number}; shift 2 ;;
    -h | --help) sed -n '2,5s/^# \{0,1\}//p' scripts/test.sh; exit 0 ;;
    *) say "Unknown option: $1 (try --help)"; exit 2 ;;
  esac
done

configuration=Release
results=artifacts/tests
rm -rf "$results"
mkdir -p "$results"
stop() { say "$1"; echo "0 passed, 1 failed"; exit 1; }

need_dotnet || stop "No .NET SDK, so nothing was built."
need_command npm nodejs npm || stop "No npm, so the pages' style sheets could not be fetched."
need_command chromium chromium || stop "No Chromium, so the pages could not be tried in a browser."
[ -e /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc ] || need_package fonts-noto-cjk || stop "No font for Chinese, so the pages could not be looked at."
# Without it one test is skipped, and says so.
need_command pspp pspp || say "No PSPP, so the SPSS syntax is not run."
# Without it the tests that hold our figures against R are skipped, and say so.
need_r_survey || say "No R with its package survey, so the figures are not held against R."
dotnet restore SurveyDialer.sln --locked-mode -v q || stop "Restore failed."
dotnet build SurveyDialer.sln -c "$configuration" --no-restore -v q || stop "Build failed."

# A test project of the solution is one below tests/ that does not say otherwise.
projects=()
while IFS= read -r project; do
  grep -q '<IsTestProject>false' "$project" || projects+=("$project")
done < <(tr '\134' '/' < SurveyDialer.sln | grep -o 'tests/[^"]*\.csproj' | sort)
# shellcheck source=scripts/test-hangfire.sh
. scripts/test-hangfire.sh

# What people without a development kit get; after the tests, since it builds in the same folders.
publish() {
  need_command zip zip && need_command unzip unzip && need_command curl curl || { published_passed=0 published_failed=1; return; }
  # shellcheck source=scripts/test-publish.sh
  . scripts/test-publish.sh
}

# run_project PROJECT: runs one test executable, and shows its output in one piece if it did not end well.
run_project() {
  local name log xml code
  name=$(basename "$1" .csproj)
  log=$results/$name.log
  xml=$results/$name.xml
  timeout -k 30 "${SURVEYDIALER_TEST_TIMEOUT:-1800}" "$(dirname "$1")/bin/$configuration/net10.0/$name" \
    -noColor -xml "$xml" ${filter:+-method "*$filter*"} > "$log" 2>&1
  code=$?
  echo "$code" > "$results/$name.code"
  if [ "$code" = 0 ]; then
    tail -n 1 "$log"
  else
    printf '== %s (exit %s)\n%s\n' "$name" "$code" "$(tail -n 200 "$log")"
  fi
}

for project in "${projects[@]}"; do
  while [ "$(jobs -rp | wc -l)" -ge "$jobs" ]; do wait -n; done
  run_project "$project" &
done
wait

published_passed=0 published_failed=0
[ -n "$filter" ] || publish

# A project that ended without a result, or badly although no test failed, counts as one failure.
passed=$published_passed failed=$published_failed skipped=$skipped_outside
for project in "${projects[@]}"; do
  name=$(basename "$project" .csproj)
  read -r p f s < <(awk '
    function value(name,  rest) {
      if (!match($0, " " name "=\"[0-9]+\"")) return 0
      rest = substr($0, RSTART, RLENGTH); gsub(/[^0-9]/, "", rest); return rest + 0
    }
    /<assembly / { found = 1; p += value("passed"); f += value("failed") + value("errors"); s += value("skipped") }
    END { print found ? p " " f " " s : "0 1 0" }' "$results/$name.xml" 2>/dev/null || echo "0 1 0")
  code=$(cat "$results/$name.code" 2>/dev/null || echo "nothing")
  if [ "$code" != 0 ] && [ "$f" = 0 ]; then f=1; fi
  if [ "$f" -gt 0 ]; then say "$name: $f failed (exit $code), see $results/$name.log"; fi
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
done

echo
line="$passed passed, $failed failed"
[ "$skipped" -eq 0 ] || line="$line, $skipped skipped"
echo "$line"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
