# shellcheck shell=bash
# Sourced by the other scripts: finds what they need on Debian and Ubuntu, and installs it where that is possible without asking.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en
export DOTNET_CLI_HOME="${DOTNET_CLI_HOME:-${HOME:-/tmp}}"
# Automated runs leave no build servers behind; they would hold the runner's output open.
if [ "${CI:-}" = true ]; then
  export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false
fi

say() { printf '%s\n' "$*" >&2; }

# need_package PACKAGE...: installs Debian packages. Fails, saying what a person can do, where that is not possible.
need_package() {
  local as_root=()
  if [ "$(id -u)" != 0 ]; then
    if ! sudo -n true 2>/dev/null; then
      say "Missing: $*. Please install it: sudo apt-get install $*"
      return 1
    fi
    as_root=(sudo -n)
  fi
  if ! command -v apt-get >/dev/null; then
    say "Missing: $*. Please install it with this system's package manager."
    return 1
  fi
  say "Installing $* ..."
  if [ -z "${apt_updated:-}" ]; then
    "${as_root[@]}" apt-get update -qq >&2 || true
    apt_updated=1
  fi
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2 && return 0
  say "Could not install $*."
  return 1
}

# need_command NAME PACKAGE...: installs the packages unless the command is there.
need_command() {
  local name=$1
  shift
  command -v "$name" >/dev/null || need_package "$@"
}

# need_r_survey: installs R and its package survey unless R can load it.
need_r_survey() { has_r_survey || { need_package r-base-core r-cran-survey && has_r_survey; }; }

has_r_survey() { Rscript -e 'quit(status = !requireNamespace("survey", quietly = TRUE))' >/dev/null 2>&1; }

# need_dotnet: finds an SDK of .NET 10 and what it needs of the system, or says how to get it.
need_dotnet() {
  local place
  for place in "${DOTNET_ROOT:-}" "${HOME:-}/.dotnet" /usr/share/dotnet /usr/lib/dotnet; do
    if ! has_sdk && [ -x "$place/dotnet" ]; then
      export DOTNET_ROOT="$place" PATH="$place:$PATH"
    fi
  done
  # Without ICU no .NET program starts; the package's name holds a number that differs between releases, except in its -dev package.
  if command -v apt-get >/dev/null && ! ls /usr/lib/*/libicuuc.so.* >/dev/null 2>&1; then
    need_package libicu-dev || return 1
  fi
  has_sdk && return 0
  say "The .NET 10 SDK was not found. To install it:"
  say "  Ubuntu:  sudo apt-get install dotnet-sdk-10.0"
  say "  others:  https://dot.net/v1/dotnet-install.sh, then: bash dotnet-install.sh --channel 10.0"
  return 1
}

has_sdk() { dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; }
