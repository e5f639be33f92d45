#!/usr/bin/env bash
# A hotspot shop on this machine in one command: builds web-panel, starts it with two simulated routers, prints where it is and
# how to get in, and stays until Ctrl-C. Leaves nothing running, nothing on disk but the build and the Debian packages it takes,
# and on a real router none of the vouchers it made.
#
#   Examples/demo.sh            start and stay
#   Examples/demo.sh --check    start, do the main job over HTTP as a client would, one line a step, and exit 0 or 1
#
#   PORT=8080                   the port of the panel (else a free one)
#   HOST=0.0.0.0                the address it listens on (else 127.0.0.1); 0.0.0.0 and :: are every address of this machine
#   ROUTER=host[:port] ROUTER_USER=… ROUTER_PASSWORD=…    a real router instead of the simulated ones
#   BINARIES=folder             the programs of an earlier build, instead of building
set -euo pipefail

examples=$(dirname "$(readlink -f "$0")")
# shellcheck source=SCRIPTDIR/../.ci/debian.sh
. "$examples/../.ci/debian.sh"

check=no
case "${1:-}" in
    "") ;;
    --check) check=yes ;;
    *)
        echo "usage: Examples/demo.sh [--check]" >&2
        exit 64
        ;;
esac
if [ -n "${ROUTER:-}" ] && { [ -z "${ROUTER_USER:-}" ] || [ -z "${ROUTER_PASSWORD:-}" ]; }; then
    echo "ROUTER is set: set ROUTER_USER and ROUTER_PASSWORD too, a user of its API" >&2
    exit 64
fi

folder=$(mktemp -d)
children=()
# Stops the programs; then nobody puts back what is taken off a real router.
finish() {
    if [ ${#children[@]} -gt 0 ]; then
        kill "${children[@]}" 2>/dev/null || true
        wait "${children[@]}" 2>/dev/null || true
        children=()
    fi
    if [ -n "${ROUTER:-}" ] && [ -f "$folder/billing.sqlite" ]; then
        client withdraw "$folder/billing.sqlite" || return 1
        rm -f "$folder/billing.sqlite"
    fi
}
cleanup() {
    local status=$?
    trap - EXIT
    # A second Ctrl-C must not leave codes on a router.
    trap '' INT TERM HUP
    finish || status=1
    rm -rf "$folder"
    exit "$status"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
# Tools leave temporary folders behind; these go with ours.
export TMPDIR="$folder"

if [ -n "${BINARIES:-}" ]; then
    install_debian_packages python3
    binaries=$BINARIES
else
    require_swift
    install_debian_packages libssl-dev libsqlite3-dev libpq-dev libmicrohttpd-dev pkg-config python3
    # SwiftPM does not notice files that came or went in the package above, unless the manifest looks changed.
    touch "$examples/Package.swift"
    echo "building the release; the first time takes some minutes"
    for product in router-simulator web-panel; do
        swift build -c release --package-path "$examples" --product "$product"
    done
    binaries=$(swift build -c release --package-path "$examples" --show-bin-path)
fi

# fail MESSAGE [LOG]: says what went wrong and what the program said.
fail() {
    echo "FAIL $1" >&2
    [ -z "${2:-}" ] || sed 's/^/     /' "$2" >&2
    exit 1
}

# await SECONDS PID LOG WHAT COMMAND…: until the command succeeds, as long as the process lives.
await() {
    local deadline=$((SECONDS + $1)) process=$2 log=$3 what=$4
    shift 4
    until "$@" >/dev/null 2>&1; do
        kill -0 "$process" 2>/dev/null || fail "$what: the program ended" "$log"
        [ $SECONDS -lt $deadline ] || fail "$what: not in time" "$log"
        sleep 0.1
    done
}

client() { python3 "$examples/demo_client.py" "$@"; }

# in_brackets HOST: as it stands before a port; an IPv6 address has colons of its own.
in_brackets() {
    case "$1" in
        \[*) echo "$1" ;;
        *:*) echo "[$1]" ;;
        *) echo "$1" ;;
    esac
}

if [ -n "${ROUTER:-}" ]; then
    case "$ROUTER" in
        *]:*) DEMO_ROUTERS=$ROUTER ;;
        *] | *:*:*) DEMO_ROUTERS=$(in_brackets "$ROUTER"):8728 ;;
        *:*) DEMO_ROUTERS=$ROUTER ;;
        *) DEMO_ROUTERS=$ROUTER:8728 ;;
    esac
    DEMO_SIMULATED=
    DEMO_CONTROL=
else
    ROUTER_USER=demo
    ROUTER_PASSWORD=$(client secret)
    first=$(client free-ports 3)
    DEMO_CONTROL=127.0.0.1:$((first + 2))
    # Customers come and go by themselves, but not under the eyes of the check, which counts them.
    customers=', "customers": {"every": "20s", "staying": "4m"}'
    [ "$check" = no ] || customers=
    printf '{"routers": [{"count": 2%s}]}\n' "$customers" >"$folder/routers.json"
    "$binaries/router-simulator" --port "$first" --scenario "$folder/routers.json" --control "${DEMO_CONTROL##*:}" \
        --user "$ROUTER_USER" --password "$ROUTER_PASSWORD" >"$folder/routers.log" 2>&1 &
    children+=($!)
    await 15 $! "$folder/routers.log" "the simulated routers start" grep -q "127.0.0.1:$((first + 1))" "$folder/routers.log"
    DEMO_ROUTERS="127.0.0.1:$first 127.0.0.1:$((first + 1))"
    DEMO_SIMULATED=yes
fi

database="sqlite:$folder/billing.sqlite"
DEMO_ADMINISTRATOR="admin"
# secret COMMAND…: what the command prints on its last line, and what it says beside that only if it fails.
secret() {
    "$binaries/web-panel" "$@" --database "$database" 2>"$folder/command.log" | tail -n 1 || fail "$1" "$folder/command.log"
}
DEMO_PASSWORD=$(secret create-admin --username "$DEMO_ADMINISTRATOR")
DEMO_TOKEN=$(secret create-token --name demo)

export DEMO_ROUTERS ROUTER_USER ROUTER_PASSWORD
listen=$(in_brackets "${HOST:-127.0.0.1}"):${PORT:-0}
"$binaries/web-panel" serve --database "$database" --listen "$listen" --key-file "$folder/billing.key" \
    --sync --sync-interval 2 --commands-per-minute 6000 >"$folder/panel.log" 2>&1 &
panel=$!
children+=("$panel")
await 20 "$panel" "$folder/panel.log" "the panel starts" grep -q '^listening http://' "$folder/panel.log"
DEMO_ADDRESS=$(sed -n 's/^listening //p' "$folder/panel.log" | head -n 1)
elsewhere=
# Every address is none to go to: this machine finds itself at its own.
case "$DEMO_ADDRESS" in
    http://0.0.0.0:*) DEMO_ADDRESS=http://127.0.0.1:${DEMO_ADDRESS##*:} elsewhere=yes ;;
    'http://[::]:'*) DEMO_ADDRESS="http://[::1]:${DEMO_ADDRESS##*:}" elsewhere=yes ;;
esac
export DEMO_ADDRESS DEMO_TOKEN DEMO_ADMINISTRATOR DEMO_PASSWORD DEMO_SIMULATED DEMO_CONTROL
await 20 "$panel" "$folder/panel.log" "the panel starts" client healthy

if [ "$check" = yes ]; then
    client check || fail "the main job" "$folder/panel.log"
    finish
    exit 0
fi

client register || fail "the sample data" "$folder/panel.log"
cat <<EOF

  Panel          $DEMO_ADDRESS/${elsewhere:+  (elsewhere: port ${DEMO_ADDRESS##*:} of this machine)}
  Administrator  $DEMO_ADMINISTRATOR
  Password       $DEMO_PASSWORD
  API token      $DEMO_TOKEN

  Routers        $DEMO_ROUTERS  (user $ROUTER_USER)
EOF
if [ -n "$DEMO_SIMULATED" ]; then
    cat <<EOF
  What happens   customers come and go, and router 2 drops out for half a minute now and then: watch the dashboard.
                 To make more go wrong: http://$DEMO_CONTROL/routers (Docs/simulator.md)
  A customer     python3 $examples/demo_client.py customer CODE ${DEMO_ROUTERS%% *}
                 asks for the routers' password: $ROUTER_PASSWORD

EOF
fi
echo "Ctrl-C ends it; the database goes with it."
trap 'exit 0' INT
if [ -n "$DEMO_SIMULATED" ]; then
    # It only tells; the demo goes on without it.
    client live 2>/dev/null &
    children+=($!)
fi
wait "$panel" || fail "the panel ended" "$folder/panel.log"
