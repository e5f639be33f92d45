#!/usr/bin/env bash
# Builds, lints and tests everything in this repository; exits non-zero if anything failed.
#
#   Tests/run.sh                 everything
#   Tests/run.sh --no-acceptance without the black-box suite (no browser, no Python needed)
#
# Needs Debian 12 and a Swift 6.3 toolchain; installs the Debian packages that are missing (as root or with sudo) and, into
# the git-ignored folder Tests/acceptance/.venv, the Python packages of Tests/acceptance/requirements.txt.
set -euo pipefail

root=$(dirname "$(dirname "$(readlink -f "$0")")")
cd "$root"
# shellcheck source=SCRIPTDIR/../.ci/debian.sh
. .ci/debian.sh

acceptance=yes
case "${1:-}" in
    "") ;;
    --no-acceptance) acceptance=no ;;
    *)
        echo "usage: Tests/run.sh [--no-acceptance]" >&2
        exit 64
        ;;
esac

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# Tools leave temporary folders behind too; these go with ours.
export TMPDIR="$scratch/tmp"
mkdir "$TMPDIR"

failures=()
started=$SECONDS

# step NAME COMMAND…: runs the command, keeps its output, remembers whether it failed and goes on.
step() {
    local name=$1 began=$SECONDS status
    shift
    printf '\n==> %s  (%d s since the start)\n' "$name" $((SECONDS - started))
    # Not "if command": inside a condition the shell would ignore a failure in the middle of the command.
    set +e
    (
        set -e
        "$@"
    ) 2>&1 | tee "$scratch/${name// /-}.log"
    status=${PIPESTATUS[0]}
    set -e
    if [ "$status" -eq 0 ]; then
        printf '==> %s: passed in %d s\n' "$name" $((SECONDS - began))
    else
        printf '==> %s: FAILED after %d s\n' "$name" $((SECONDS - began))
        failures+=("$name")
    fi
}

# closing_lines NAME PATTERN: what the test runner itself said at its end.
closing_lines() {
    local log="$scratch/${1// /-}.log"
    [ -f "$log" ] || return 0
    grep -E "$2" "$log" || echo "$1: the test runner gave no result"
}

# An import that Package.swift does not list is an error; SwiftPM only warns by default.
import_check=(--explicit-target-dependency-import-check error)

lint() {
    swift format lint --strict --recursive --parallel \
        Package.swift Sources Tests Examples/Package.swift Examples/Sources Examples/Tests \
        Benchmarks/Package.swift Benchmarks/Sources Benchmarks/Tests
}

scripts_parse() {
    local script
    for script in Tests/run.sh Tests/sanitize.sh Tests/fuzz.sh Tests/docs.sh Tests/freeze-schema.sh Tests/simulate.sh Tests/torture.sh Tests/soak.sh Tests/daemons/build.sh Examples/demo.sh .ci/run .ci/debian.sh; do
        bash -n "$script"
    done
}

# foreign_libraries PROGRAM: the libraries it names that are neither the C runtime nor what every Swift program is given.
foreign_libraries() {
    local runtime='libswift(Core|SwiftOnoneSupport|_(Concurrency|StringProcessing|RegexParser|Builtin_float))\.so'
    local c='(libc|libm|libgcc_s|libstdc\+\+|ld-linux-[a-z0-9_-]+)\.so(\.[0-9]+)?'
    readelf -d "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | { grep -vxE "$runtime|$c" || true; }
}

# imports FOLDER: the import declarations in its sources.
imports() {
    grep -rnE --include='*.swift' '^[[:space:]]*(@[^[:space:]]+[[:space:]]+)*([a-z]+[[:space:]]+)?import[[:space:]]' "$1" || true
}

# RouterOSProtocol must cost its user nothing but itself.
linkage_test() {
    local program found
    swift build --package-path Tests/LinkageTest --scratch-path .build/linkage
    program=.build/linkage/debug/linkage-test
    "$program"
    found=$(foreign_libraries "$program")$(imports Sources/RouterOSProtocol)
    if [ -n "$found" ]; then
        printf 'RouterOSProtocol brings in:\n%s\n' "$found"
        return 1
    fi
}

# A gate that cannot fail guards nothing: each is shown something it must refuse.
gates_can_fail() {
    local probe="$scratch/probe"
    mkdir -p "$probe/Sources/Upper" "$probe/Sources/Lower"
    printf 'let answer = 42;\n' >"$probe/crooked.swift"
    if swift format lint --strict --configuration .swift-format "$probe/crooked.swift" 2>/dev/null; then
        echo "the lint accepts a crooked file"
        return 1
    fi
    cat >"$probe/Package.swift" <<'SWIFT'
// swift-tools-version: 6.2
import PackageDescription
let package = Package(name: "probe", targets: [.target(name: "Lower"), .target(name: "Upper")])
SWIFT
    echo 'public let one = 1' >"$probe/Sources/Lower/Lower.swift"
    echo 'import Lower' >"$probe/Sources/Upper/Upper.swift"
    if swift build --package-path "$probe" "${import_check[@]}" >/dev/null 2>&1; then
        echo "the import check accepts an import that is not listed"
        return 1
    fi
    # The same package must build without the check, or its failure above proves nothing about the check.
    sed -i 's/.target(name: "Upper")/.target(name: "Upper", dependencies: ["Lower"])/' "$probe/Package.swift"
    swift build --package-path "$probe" "${import_check[@]}" >/dev/null
    local library
    for library in Dispatch Foundation; do
        printf 'import %s\nprint(%s)\n' "$library" \
            "$([ "$library" = Dispatch ] && echo DispatchTime.now || echo Date.now)" >"$probe/linked.swift"
        swiftc "$probe/linked.swift" -o "$probe/linked"
        if [ -z "$(foreign_libraries "$probe/linked")" ]; then
            echo "the linkage test accepts a program that uses $library"
            return 1
        fi
    done
    if [ -z "$(imports "$probe/Sources")" ]; then
        echo "the linkage test overlooks an import"
        return 1
    fi
    echo "the lint, the import check and the linkage test refuse what they must"
}

# run_tests PACKAGE ARGUMENT…: those of its tests, built before, that the arguments choose.
run_tests() {
    swift test --package-path "$1" --skip-build --disable-xctest "${import_check[@]}" "${@:2}"
}

example_tests() {
    swift build --package-path Examples --build-tests "${import_check[@]}"
    run_tests Examples
}

# Not all of them at once: with a hundred others at work on two cores, ten seconds are no time for an answer over a socket.
SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=$(($(nproc) * 4))
export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH

# The tests that hold real deadlines against real sockets run apart from those that keep every core busy for minutes, and from
# each other.
library_tests() {
    local apart=(
        'RouterOS(Client|REST)Tests' RouterOSTestingTests BillingProvisioningTests BillingPersistencePostgreSQLTests
        BillingServicesTests SimulationTests
    )
    local tests failed=0
    swift build --build-tests "${import_check[@]}"
    # All of them, whichever fails.
    run_tests . "${apart[@]/#/--skip=}" || failed=1
    for tests in "${apart[@]}"; do run_tests . --filter "$tests" || failed=1; done
    return "$failed"
}

# Built with optimisation: so many worlds would take an unoptimised build an hour.
worlds() {
    Tests/simulate.sh --seeds 1000
    Tests/simulate.sh --sabotages
}

# Built with optimisation: an allocation count of an unoptimised build would say nothing.
benchmark_tests() {
    local build=(-c release --package-path Benchmarks --scratch-path Benchmarks/.build/tests)
    # One at a time: they count what the process has open and how much memory it takes.
    SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=1 swift test "${build[@]}" --disable-xctest "${import_check[@]}"
    "$(swift build "${build[@]}" --show-bin-path)/benchmarks" --json codec >"$scratch/benchmarks.json"
    python3 - "$scratch/benchmarks.json" <<'PYTHON'
import json, sys
rows = [json.loads(line) for line in open(sys.argv[1])]
names = ["decode." + depth for depth in (
    "frame", "read4", "typed", "varied.frame", "varied.read4", "varied.typed",
    "frame.64KiB", "frame.segment", "frame.sentence")] + ["encode", "encode.command", "encode.reply"]
assert [row["name"] for row in rows] == ["codec." + name for name in names], rows
for row in rows:
    assert row["ns_per_op"] > 0 and row["bytes_per_op"] > 0 and row["allocs_per_op"] >= 0, row
    assert row["limit_ns_per_op"] > 0 and row["ratio"] > 0, row
    print(json.dumps(row))
PYTHON
}

python_environment() {
    local environment=Tests/acceptance/.venv
    [ -x "$environment/bin/python" ] || python3 -m venv "$environment"
    "$environment/bin/python" -m pip install --quiet --disable-pip-version-check --requirement Tests/acceptance/requirements.txt
}

acceptance_tests() {
    # The debug build made for the Swift tests is tested as it is, so that nothing is built twice.
    local binaries
    binaries=$(swift build --package-path Examples --show-bin-path)
    Tests/acceptance/.venv/bin/python -m pytest -c Tests/acceptance/pytest.ini --binaries "$binaries" Tests/acceptance
}

# A short one, to see that all of it works: how long anything takes on this machine is not judged here.
torture() {
    BINARIES=$(swift build --package-path Examples --show-bin-path) \
        Tests/torture.sh --routers 10 --vouchers 500 --minutes 0.5 --probes 0
}

require_swift
# SwiftPM does not notice files that came or went in a package it depends on by path, unless the manifest looks changed.
touch Examples/Package.swift Benchmarks/Package.swift
packages=(binutils openssl libssl-dev libcurl4-openssl-dev libsqlite3-dev libpq-dev postgresql pgbouncer libmicrohttpd-dev pkg-config python3)
[ "$acceptance" = no ] || packages+=(python3-venv chromium fonts-dejavu-core poppler-utils)
step "Debian packages" install_debian_packages "${packages[@]}"
step "scripts" scripts_parse
step "lint" lint
step "gates" gates_can_fail
step "library tests" library_tests
step "worlds" worlds
step "linkage test" linkage_test
step "documentation" Tests/docs.sh
# No new inputs here: a search belongs to whoever has the time, and a gate must not depend on luck.
step "fuzz targets" Tests/fuzz.sh all 0
step "example tests" example_tests
step "torture" torture
step "benchmark tests" benchmark_tests
if [ "$acceptance" = yes ]; then
    step "Python environment" python_environment
    step "acceptance tests" acceptance_tests
fi

printf '\n==> everything ran in %d s; the closing lines of the test runners:\n' $((SECONDS - started))
for suite in "library tests" "example tests" "benchmark tests"; do
    closing_lines "$suite" 'Test run with '
done
[ "$acceptance" = no ] || closing_lines "acceptance tests" '^=+ .*(passed|failed|error)'
if [ ${#failures[@]} -gt 0 ]; then
    # What went wrong, once more, where whoever sees only the end of all this will find it.
    for failure in "${failures[@]}"; do
        printf '\n==> %s:\n' "$failure"
        grep -m 40 -E '✘|error:|^(FAILED|ERROR) |Fatal|violation' "$scratch/${failure// /-}.log" | cut -c 1-600 ||
            tail -n 20 "$scratch/${failure// /-}.log"
    done
    printf 'FAILED: %s\n' "${failures[@]}" >&2
    exit 1
fi
