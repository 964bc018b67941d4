#!/usr/bin/env bash
# The whole product at once, on a made-up township and a pretend carrier: see --help.
exec "$(dirname "$(readlink -f "$0")")/surveydialer" demo "$@"
