# Builds everything and runs every test of the solution; needs the .NET 10 SDK and npm.
$root = Split-Path $PSScriptRoot
dotnet test "$root/SurveyDialer.sln" -c Release @args
exit $LASTEXITCODE
