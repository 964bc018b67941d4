# The whole product on a made-up township: the program beside this folder, or built from source.
$root = Split-Path $PSScriptRoot
$program = Join-Path $root 'SurveyDialer.exe'
if (Test-Path $program) { & $program demo @args } else { dotnet run --project "$root/src/SurveyDialer.App" -c Release -- demo @args }
exit $LASTEXITCODE
