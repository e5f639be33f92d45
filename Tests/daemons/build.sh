# shellcheck shell=bash
# To be sourced with `root` set: builds the programs, unless BINARIES names the folder of an earlier build; sets `binaries`.
if [ -n "${BINARIES:-}" ]; then
    binaries=$BINARIES
else
    # SwiftPM does not notice files that came or went in the package above, unless the manifest looks changed.
    touch "$root/Examples/Package.swift"
    for product in router-simulator web-panel sync-daemon; do
        swift build -c release --package-path "$root/Examples" --product "$product" >&2
    done
    # shellcheck disable=SC2034
    binaries=$(swift build -c release --package-path "$root/Examples" --show-bin-path)
fi
