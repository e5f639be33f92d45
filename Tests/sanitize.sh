#!/usr/bin/env bash
# Runs the tests of the router half under a sanitizer of the toolchain; exits non-zero if it finds anything.
#
#   Tests/sanitize.sh thread [TARGET…]     data races
#   Tests/sanitize.sh address [TARGET…]    memory used after its end, beyond its bounds, or never given back
#
# Keeps its builds in .build/thread and .build/address; the first takes minutes.
set -euo pipefail

cd "$(dirname "$(dirname "$(readlink -f "$0")")")"

sanitizer=${1:-}
case "$sanitizer" in
    thread | address) shift ;;
    *)
        echo "usage: Tests/sanitize.sh thread|address [TARGET…]" >&2
        exit 64
        ;;
esac
targets=("$@")
[ $# -gt 0 ] || targets=(
    RouterOSProtocolTests RouterOSClientTests RouterOSRESTTests ConnectionPoolTests OpenSSLSupportTests RouterOSTestingTests
)

folder=.build/$sanitizer
build=(--sanitize "$sanitizer" --scratch-path "$folder")
swift build --build-tests "${build[@]}"
tests=$(swift build --show-bin-path "${build[@]}")/swift-routeros-billingPackageTests.xctest

# A report ends in this status, so that no other failure is taken for one.
export TSAN_OPTIONS="exitcode=66 ${TSAN_OPTIONS:-}"
export ASAN_OPTIONS="exitcode=66 detect_leaks=1 ${ASAN_OPTIONS:-}"
export LSAN_OPTIONS="suppressions=$PWD/Tests/Sanitizers/leaks.supp:print_suppressions=0"
# What is instrumented takes more stack than the tests grant a script.
export SCRIPT_STACK_KIB=16384

preload=
# probe REPORT ARGUMENT…: the program of this sanitizer says what it must; REPORT is empty when that is nothing.
probe() {
    local report=$1 status=0
    shift
    LD_PRELOAD=$preload "$folder/probe" "$@" >"$folder/probe.log" 2>&1 || status=$?
    if [ -z "$report" ] && [ "$status" -eq 0 ]; then return 0; fi
    if [ -n "$report" ] && [ "$status" -eq 66 ] && grep -q "$report" "$folder/probe.log"; then return 0; fi
    echo "the sanitizer says of a program ($*) what it must not, or nothing: $folder/probe.log" >&2
    exit 1
}

# What hides a real fault, or reports what is none, would prove nothing below.
case "$sanitizer" in
    thread)
        preload=$PWD/$folder/MutexSight.so
        clang -Wall -Wextra -Werror -O1 -shared -fPIC Tests/Sanitizers/MutexSight.c -o "$preload"
        swiftc -sanitize=thread Tests/Sanitizers/Race.swift -o "$folder/probe"
        probe ""
        probe "ThreadSanitizer: .*race" racing
        ;;
    address)
        swiftc -sanitize=address Tests/Sanitizers/Misuse.swift -o "$folder/probe"
        probe ""
        probe "LeakSanitizer: detected memory leaks" lost
        probe "AddressSanitizer: heap-use-after-free" late
        ;;
esac

failed=()
for target in "${targets[@]}"; do
    log=$folder/$target.log
    status=0
    LD_PRELOAD=$preload "$tests" --testing-library swift-testing --filter "$target" >"$log" 2>&1 || status=$?
    reports=$(grep -cE '^(WARNING: ThreadSanitizer|==[0-9]+==ERROR: (Address|Leak)Sanitizer)' "$log" || true)
    printf '%s: %s reports, status %s; %s\n' "$target" "$reports" "$status" \
        "$(grep -oE 'Test run with .*' "$log" || echo "no result: $log")"
    [ "$status" -eq 0 ] && [ "$reports" -eq 0 ] || failed+=("$log")
done
[ ${#failed[@]} -eq 0 ] || { printf 'FAILED: %s\n' "${failed[@]}" >&2; exit 1; }
