#!/usr/bin/env bash
# Makes one zip for people without a development kit: the program as one file, the templates, and 先读我.txt.
#   publish.sh win-x64|linux-x64   writes artifacts/publish/SurveyDialer-RUNTIME.zip and prints its path
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)
cd "$root"
# shellcheck source=scripts/install.sh
. scripts/install.sh

runtime=${1:-}
case $runtime in
  win-x64 | linux-x64) ;;
  -h | --help) sed -n '2,3s/^# \{0,1\}//p' scripts/publish.sh; exit 0 ;;
  *) say "Say for which system: publish.sh win-x64 or publish.sh linux-x64"; exit 2 ;;
esac
need_dotnet
need_command npm nodejs npm
need_command zip zip

out=$root/artifacts/publish
stage=$out/SurveyDialer
rm -rf "$out/$runtime" "$stage" "$out/SurveyDialer-$runtime.zip"
mkdir -p "$stage"
# Restored for one system, the lock would name that system: it lies beside what is built, not beside the sources.
dotnet publish src/SurveyDialer.App -c Release -r "$runtime" --self-contained -v q --nologo -o "$out/$runtime" \
  -p:PublishSingleFile=true -p:IncludeNativeLibrariesForSelfExtract=true -p:EnableCompressionInSingleFile=true \
  -p:DebugType=none -p:DebugSymbols=false -p:RunAnalyzers=false -p:RestoreLockedMode=false -p:NuGetLockFilePath="obj/publish-$runtime.lock.json" >&2

program=SurveyDialer
[ "$runtime" != win-x64 ] || program=SurveyDialer.exe
cp "$out/$runtime/$program" "$stage/"
cp -r campaign-templates "$stage/"
# A second starter, for an office with several computers.
if [ "$runtime" = win-x64 ]; then cp scripts/others.cmd "$stage/让其他电脑也能用.cmd"; else cp scripts/others.sh "$stage/让其他电脑也能用.sh"; fi
# Notepad wants to be told that it is UTF-8, and other line ends.
{ printf '\357\273\277'; sed 's/$/\r/' scripts/read-me-first.txt; } > "$stage/先读我.txt"
(cd "$out" && zip -q -r -X "SurveyDialer-$runtime.zip" SurveyDialer)
rm -rf "$stage"
printf '%s\n' "$out/SurveyDialer-$runtime.zip"
