# shellcheck shell=bash
# Sourced by test.sh: publishes for both systems, and starts what came of it for this one from its unpacked zip.
# Sets published_passed and published_failed.
published_passed=0 published_failed=0

# try_published NAME COMMAND...: counts one check.
try_published() {
  local name=$1
  shift
  if "$@" > "$results/publish-$name.log" 2>&1; then
    published_passed=$((published_passed + 1))
  else
    published_failed=$((published_failed + 1))
    say "publish $name failed: $(tail -n 5 "$results/publish-$name.log")"
  fi
}

# The zip holds one program, the starter for other computers, the templates and the text to be read first, and nothing else at its top.
holds_what_it_should() {
  ./scripts/publish.sh "$1" || return 1
  local top
  top=$(unzip -Z1 "artifacts/publish/SurveyDialer-$1.zip" | cut -d / -f 2 | sort -u | sed '/^$/d' | tr '\n' ' ')
  [ "$(wc -w <<< "$top")" = 4 ] && [[ $top == *campaign-templates* && $top == *"$2"* ]] || { echo "Found: $top"; return 1; }
}

# Started from its own folder, it answers with the first day's choice.
home_page_answers() {
  local folder port=18300 program answer=1
  folder=$(mktemp -d)
  unzip -q artifacts/publish/SurveyDialer-linux-x64.zip -d "$folder"
  program=$folder/SurveyDialer/SurveyDialer
  HOME=$folder "$program" serve --data "$folder/data" --port $port &
  program=$!
  for _ in $(seq 60); do
    if curl -fsS "http://127.0.0.1:$port/" 2>/dev/null | grep -q 'href="/new-round"'; then answer=0; break; fi
    sleep 0.5
  done
  kill "$program"
  wait "$program"
  rm -rf "$folder"
  return $answer
}

try_published linux-x64 holds_what_it_should linux-x64 SurveyDialer
try_published start home_page_answers
try_published win-x64 holds_what_it_should win-x64 SurveyDialer.exe
