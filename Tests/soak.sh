#!/usr/bin/env bash
# A sync-daemon on a private PostgreSQL for a long time: half of it beside a transaction that does not end, while vouchers come
# and go all the time; then beside rows that wait for routers that are off. Measures claims, memory and throughput.
#
#   Tests/soak.sh [--minutes N] [--routers N] [--waiting N] [--rows N]          2, 20, 100 000 and 10 000 by default
#   BINARIES=folder   the programs of an earlier build, instead of building the release
set -euo pipefail

root=$(dirname "$(dirname "$(readlink -f "$0")")")
# shellcheck source=SCRIPTDIR/daemons/build.sh
. "$root/Tests/daemons/build.sh"
exec python3 "$root/Tests/daemons/soak.py" --binaries "$binaries" "$@"
