#!/bin/sh
# Lets other computers of the office open the pages too; who may, the page of the doors decides.
exec "$(dirname "$(readlink -f "$0")")/SurveyDialer" serve --lan --open
