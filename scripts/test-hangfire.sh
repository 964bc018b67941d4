# shellcheck shell=bash disable=SC2154
# Sourced by test.sh: the second job host is outside the solution, because its packages cannot be had everywhere. Where they can, its
# tests run with the others; where not, they are counted as skipped and the reason is printed.
skipped_outside=0
hangfire=tests/SurveyDialer.Hangfire.Tests/SurveyDialer.Hangfire.Tests.csproj
if [ -f "$hangfire" ]; then
  if timeout 60 dotnet restore "$hangfire" -v q > "$results/hangfire-restore.log" 2>&1; then
    if dotnet build "$hangfire" -c "$configuration" --no-restore -v q; then
      projects+=("$hangfire")
    else
      stop "Build of the Hangfire host failed."
    fi
  else
    skipped_outside=$(grep -c '\[Fact' tests/SurveyDialer.Tests/Scheduling/JobHostContract.cs)
    echo "SurveyDialer.Hangfire.Tests: skipped ($skipped_outside tests), because the package cannot be restored here:" \
      "$(grep -om1 'NU1[0-9]*: Unable to find package [A-Za-z.]*[A-Za-z]' "$results/hangfire-restore.log" || echo "see $results/hangfire-restore.log")"
  fi
fi
