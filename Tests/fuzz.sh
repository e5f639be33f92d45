#!/usr/bin/env bash
# Lets libFuzzer look for an input that breaks a law of RouterOSProtocol or of RouterOSTesting.
#
#   Tests/fuzz.sh [--asan] [TARGET [RUNS]]    TARGET: a name from Tests/Fuzz/Targets/FuzzTarget.swift, or all; 1 000 000 runs
#   Tests/fuzz.sh all 0                       only what is in Tests/Fuzz/Corpus
#   Tests/fuzz.sh --merge TARGET              keeps, of what earlier runs collected, the inputs that reach something new
#
# Begins with the inputs in Tests/Fuzz/Corpus/TARGET. What it collects stays in the git-ignored .build/fuzz; an input that
# breaks a law, traps or takes longer than a second is written to Tests/Fuzz/Corpus/TARGET, where the tests replay it. The
# exit is non-zero if there was one. A finding can be run alone: .build/fuzz/release/TARGET FILE.
set -euo pipefail
# Swift's own crash report would take the signal that tells libFuzzer of a finding.
export SWIFT_BACKTRACE=enable=no

cd "$(dirname "$(dirname "$(readlink -f "$0")")")"

# Fast: of coverage only what leads the search. With --asan comparisons are watched too, and covered lines counted.
kind=release sanitizers=(-sanitize=fuzzer -sanitize-coverage=edge,inline-8bit-counters) plain=() merge=no
while [ $# -gt 0 ]; do
    case "$1" in
        --asan) kind=asan sanitizers=(-sanitize=fuzzer,address) plain=(-sanitize=address) ;;
        --merge) merge=yes ;;
        -*)
            echo "usage: Tests/fuzz.sh [--asan] [TARGET [RUNS]] | --merge TARGET" >&2
            exit 64
            ;;
        *) break ;;
    esac
    shift
done
wanted=${1:-all} runs=${2:-1000000}

known=$(sed -n 's/^    case \([a-z]*\)$/\1/p' Tests/Fuzz/Targets/FuzzTarget.swift)
if [ "$wanted" = all ]; then
    targets=$known
elif grep -qx -- "$wanted" <<<"$known"; then
    targets=$wanted
else
    echo "no target $wanted; there are:" $known >&2
    exit 64
fi

# The longest input worth trying: long enough for every shape, short enough to be fast.
longest() {
    case "$1" in
        duration | values) echo 64 ;;
        query) echo 96 ;;
        session | router) echo 128 ;;
        script) echo 224 ;;
        decoder | roundtrip) echo 192 ;;
        *) echo 256 ;;
    esac
}

build() {
    local out=$1
    mkdir -p "$out"
    local common=(swiftc -swift-version 6 -package-name routeros -O -wmo -parse-as-library -I "$out")
    # Only the modules with laws are watched for coverage, so that the figures speak of them and not of the laws.
    "${common[@]}" "${sanitizers[@]}" -module-name RouterOSProtocol -emit-module \
        -emit-module-path "$out/RouterOSProtocol.swiftmodule" -c -o "$out/RouterOSProtocol.o" \
        $(find Sources/RouterOSProtocol -name '*.swift')
    local flags=(
        -enable-upcoming-feature ExistentialAny -enable-upcoming-feature MemberImportVisibility
        -enable-upcoming-feature InternalImportsByDefault -I Sources/CRouterOSOpenSSL
        -Xcc "-fmodule-map-file=$out/CRouterOSSystem.modulemap"
    )
    echo "module CRouterOSSystem { header \"$PWD/Sources/CRouterOSSystem/include/CRouterOSSystem.h\" export * }" \
        >"$out/CRouterOSSystem.modulemap"
    clang -O2 -I Sources/CRouterOSSystem/include -c -o "$out/CRouterOSSystem.o" Sources/CRouterOSSystem/shim.c
    local module watched
    for module in ConnectionPool OpenSSLSupport RouterOSClient RouterOSTesting; do
        watched=("${plain[@]}")
        [ "$module" != RouterOSTesting ] || watched=("${sanitizers[@]}")
        [ "$module" != RouterOSClient ] || watched+=(-enable-upcoming-feature NonisolatedNonsendingByDefault)
        "${common[@]}" "${flags[@]}" "${watched[@]}" -module-name "$module" -emit-module \
            -emit-module-path "$out/$module.swiftmodule" -c -o "$out/$module.o" \
            $(find "Sources/$module" -name '*.swift')
    done
    "${common[@]}" "${flags[@]}" "${plain[@]}" -module-name FuzzTargets -emit-module \
        -emit-module-path "$out/FuzzTargets.swiftmodule" -c -o "$out/FuzzTargets.o" Tests/Fuzz/Targets/*.swift
    "${common[@]}" "${flags[@]}" "${sanitizers[@]}" -module-name FuzzEntry -o "$out/fuzz" \
        Tests/Fuzz/Entry.swift "$out"/{RouterOSProtocol,ConnectionPool,OpenSSLSupport,RouterOSClient,RouterOSTesting}.o \
        "$out"/{FuzzTargets,CRouterOSSystem}.o -lssl -lcrypto 2> >(
            # The linker's word on the sanitizer's own functions, a line for each.
            grep -v 'Cannot export local symbol' >&2
        )
}

out=.build/fuzz/$kind
build "$out"

failed=no
for target in $targets; do
    collected=.build/fuzz/corpus/$target seeds=Tests/Fuzz/Corpus/$target log=$out/$target.log
    mkdir -p "$collected" "$seeds"
    ln -sf fuzz "$out/$target"
    # A search is for what takes long too; what is only tried again must not depend on how busy the machine is.
    patience=1
    [ "$runs" -gt 0 ] || patience=60
    options=(-max_len="$(longest "$target")" -timeout="$patience" -rss_limit_mb=1024)
    [ ! -f "Tests/Fuzz/$target.dict" ] || options+=(-dict="Tests/Fuzz/$target.dict")
    if [ "$merge" = yes ]; then
        "$out/$target" "${options[@]}" -merge=1 "$seeds" "$collected" 2>&1 | tail -n 1
        continue
    fi
    inputs=("$collected" "$seeds")
    # Without runs the committed inputs are tried, and no others, so that the outcome is the same everywhere.
    [ "$runs" -gt 0 ] || inputs=("$seeds")
    before=$(find "$seeds" -type f | wc -l)
    # Leaks are not looked for: Swift's runtime keeps its metadata to the end on purpose.
    # In a subshell, which keeps the shell's own word about a signal out of the report.
    if ! (ASAN_OPTIONS=detect_leaks=0 "$out/$target" "${options[@]}" -runs="$runs" -print_final_stats=1 \
        -artifact_prefix="$seeds/" "${inputs[@]}") >"$log" 2>&1; then
        failed=yes
        grep -aE 'a law of|ERROR:|Fatal error|SUMMARY' "$log" | head -n 5 || tail -n 5 "$log"
    fi
    coverage=$(grep -aoE '(cov: [0-9]+ )?ft: [0-9]+' "$log" | tail -n 1 || true)
    printf '%-10s %-8s runs %11s  exec/s %8s  %s  findings %d\n' "$target" "$kind" \
        "$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")" \
        "$(sed -n 's/^stat::average_exec_per_sec: *//p' "$log")" \
        "$coverage" $(($(find "$seeds" -type f | wc -l) - before))
done
[ "$failed" = no ]
