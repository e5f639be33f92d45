#!/usr/bin/env bash
# Runs worlds under seeds: routers, a network, workers, a database and people in one process, in which things go wrong.
#
#   Tests/simulate.sh [--seeds N] [--first S]   worlds S, S+1, … (1 000 from 1 by default) on every core; prints a line
#                                               that repeats the first in which something was wrong; 1 000 and more also
#                                               fail when one of the things that are to happen never did
#   Tests/simulate.sh --seed S                  one world, with everything that happened in it
#   Tests/simulate.sh --sabotage NAME           with a safeguard switched off, to see that it is noticed; lists them for
#                                               a name that is none
#   Tests/simulate.sh --sabotages               with each safeguard switched off in turn; fails when one is not missed
#   Tests/simulate.sh --twice [--seed S]        each world twice, to see that nothing in it depends on anything but its seed
#   Tests/simulate.sh --hashes                  what happened in each world as one number, to compare with another run
#   --violations N, --workers N                 goes on until so many worlds were wrong; on so many cores
set -euo pipefail

root=$(dirname "$(dirname "$(readlink -f "$0")")")
cd "$root"
swift build -c release --product simulate >&2
exec "$(swift build -c release --show-bin-path)/simulate" --workers "$(nproc)" "$@"
