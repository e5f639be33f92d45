#!/usr/bin/env bash
# Builds the documentation of the modules with a catalogue into .build/documentation/MODULE.doccarchive.
#
#   Tests/docs.sh [MODULE…]    RouterOSProtocol and RouterOSTesting when none is named
#
# A warning, a link to nothing above all, is an error, and so is a public symbol without a summary or a type that the landing
# page does not list.
set -euo pipefail

cd "$(dirname "$(dirname "$(readlink -f "$0")")")"
out=.build/documentation
rm -rf "$out"
mkdir -p "$out"
echo "module CRouterOSSystem { header \"$PWD/Sources/CRouterOSSystem/include/CRouterOSSystem.h\" export * }" \
    >"$out/CRouterOSSystem.modulemap"

# module NAME FLAG…: what others import of it; made once.
module() {
    local name=$1
    shift
    [ ! -f "$out/$name.swiftmodule" ] || return 0
    swiftc -swift-version 6 -package-name routeros -parse-as-library -module-name "$name" -emit-module \
        -emit-module-path "$out/$name.swiftmodule" -I "$out" -I Sources/CRouterOSOpenSSL \
        -Xcc "-fmodule-map-file=$out/CRouterOSSystem.modulemap" \
        -enable-upcoming-feature ExistentialAny -enable-upcoming-feature MemberImportVisibility \
        -enable-upcoming-feature InternalImportsByDefault "$@" \
        $(find "Sources/$name" -name '*.swift')
}

# catalogue NAME: its archive, without a warning and with a word on everything.
catalogue() {
    local name=$1
    mkdir -p "$out/symbols/$name"
    rm -f "$out/$name.swiftmodule"
    module "$name" -emit-symbol-graph -emit-symbol-graph-dir "$out/symbols/$name" -emit-extension-block-symbols \
        -symbol-graph-skip-synthesized-members
    docc convert "Sources/$name/$name.docc" --additional-symbol-graph-dir "$out/symbols/$name" \
        --output-dir "$out/$name.doccarchive" --fallback-bundle-identifier "$name" \
        --warnings-as-errors --experimental-documentation-coverage --coverage-summary-level none
    python3 - "$name" "$out/$name.doccarchive/documentation-coverage.json" \
        "Sources/$name/$name.docc/$name.md" <<'PYTHON'
import json, sys

name, coverage, landing = sys.argv[1:]
pages = [page for page in json.load(open(coverage)) if page["kind"]["isSymbol"]]
enumerations = {page["referencePath"] for page in pages if page["kind"]["name"] == "Enumeration"}
# The standard library's own types appear as headings over our extensions of them; raw values of enumerations are the
# compiler's.
own = [page for page in pages if not page["kind"]["name"].startswith("Extended")
       and not (page["referencePath"].endswith("/init(rawValue:)")
                and page["referencePath"].rsplit("/", 1)[0] in enumerations)]
types = [page for page in own if page["kind"]["name"] in ("Structure", "Enumeration", "Protocol", "Class")
         and page["referencePath"].count("/") == 5]
listed = {line.strip()[4:-2] for line in open(landing) if line.startswith("- ``")}
bare = [page["referencePath"] for page in own if not page["hasAbstract"]]
unlisted = [page["referencePath"] for page in types if page["referencePath"].rsplit("/", 1)[1] not in listed]
print(f"{name}: {len(own) - len(bare)} of {len(own)} public symbols are documented, "
      f"{len(types) - len(unlisted)} of {len(types)} types listed")
for path in bare:
    print("not documented:", path)
for path in unlisted:
    print("not listed:", path)
sys.exit(1 if bare or unlisted or not types else 0)
PYTHON
}

[ $# -gt 0 ] || set -- RouterOSProtocol RouterOSTesting
for name in "$@"; do
    case "$name" in
        RouterOSProtocol) ;;
        RouterOSTesting)
            module RouterOSProtocol
            module ConnectionPool
            module OpenSSLSupport
            module RouterOSClient -enable-upcoming-feature NonisolatedNonsendingByDefault
            ;;
        *)
            echo "usage: Tests/docs.sh [RouterOSProtocol|RouterOSTesting]…" >&2
            exit 64
            ;;
    esac
    catalogue "$name"
done
