#!/usr/bin/env bash
# Three sync-daemons on a private PostgreSQL, simulated routers over TCP, vouchers all the time; every two seconds one daemon is
# killed, another is stopped for 30 s, the database is restarted five times. In the end every voucher has to be on its router
# once, and nothing else.
#
#   Tests/torture.sh [--routers N] [--vouchers N] [--minutes N] [--seed S]      20, 2 000 and 1 by default
#     --probes N    vouchers one by one at the end, to see how long they take; 100 by default; with 0 no time is judged
#   BINARIES=folder   the programs of an earlier build, instead of building the release
set -euo pipefail

root=$(dirname "$(dirname "$(readlink -f "$0")")")
# shellcheck source=SCRIPTDIR/daemons/build.sh
. "$root/Tests/daemons/build.sh"
exec python3 "$root/Tests/daemons/torture.py" --binaries "$binaries" "$@"
