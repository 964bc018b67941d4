#!/usr/bin/env bash
# Breaks a running product for as long as asked, and ends with a table of what was injected and what was found.
#   --kills N     kills the server N times at random moments, in the middle of calls and texts (default 100)
#   --fuzz N      instead of that, sends it N generated webhooks, and half as many pages, forms, lists and templates
#   --seed S      other moments, residents, faults of the carrier and requests (default 1)
#   --folder DIR  keeps everything there: data, the simulator's log, the server's log
# Ends with 1 when anything rang twice, was lost, stuck or wrong.
set -uo pipefail
root=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)
cd "$root" || exit 2
# shellcheck source=scripts/install.sh
. scripts/install.sh

what=kills times=100 seed=1 folder=''
while [ $# -gt 0 ]; do
  case $1 in
    --kills | --fuzz) what=${1#--} times=${2:?$1 needs a number}; shift 2 ;;
    --seed) seed=${2:?--seed needs a number}; shift 2 ;;
    --folder) folder=${2:?--folder needs a path}; shift 2 ;;
    -h | --help) sed -n '2,7s/^# \{0,1\}//p' scripts/soak.sh; exit 0 ;;
    *) say "Unknown option: $1 (try --help)"; exit 2 ;;
  esac
done

need_dotnet || exit 1
need_command npm nodejs npm || exit 1
project=tests/SurveyDialer.Crash
dotnet build "$project" -c Release -v q --nologo -clp:NoSummary -p:RestoreLockedMode=true >&2 || exit 1
exec "$project/bin/Release/net10.0/SurveyDialer.Crash" "$what" "$times" "$seed" ${folder:+"$folder"}
