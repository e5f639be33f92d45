#!/usr/bin/env bash
# Runs worlds under seeds: routers, a network, workers, a database and people in one process, in which things go wrong.
#
#   Tests/simulate.sh [--seeds N] [--first S]   worlds S, S+1, … (1 000 from 1 by default) on every core; prints a line
#                                               that repeats the first in which something was wrong
#   Tests/simulate.sh --seed S                  one world, with everything that happened in it
#   Tests/simulate.sh --sabotage NAME           with a safeguard switched off, to see that it is noticed
set -euo pipefail

root=$(dirname "$(dirname "$(readlink -f "$0")")")
cd "$root"
swift build -c release --product simulate >&2
exec "$(swift build -c release --show-bin-path)/simulate" --workers "$(nproc)" "$@"
