#!/usr/bin/env bash
# Builds the documentation of RouterOSProtocol into .build/documentation/RouterOSProtocol.doccarchive.
#
# A warning, a link to nothing above all, is an error, and so is a public symbol without a summary or a type that the landing
# page does not list.
set -euo pipefail

cd "$(dirname "$(dirname "$(readlink -f "$0")")")"
out=.build/documentation
rm -rf "$out"
mkdir -p "$out/symbols"
swiftc -swift-version 6 -package-name routeros -parse-as-library -module-name RouterOSProtocol -emit-module \
    -emit-module-path "$out/RouterOSProtocol.swiftmodule" \
    -emit-symbol-graph -emit-symbol-graph-dir "$out/symbols" -emit-extension-block-symbols \
    -symbol-graph-skip-synthesized-members \
    $(find Sources/RouterOSProtocol -name '*.swift')
docc convert Sources/RouterOSProtocol/RouterOSProtocol.docc --additional-symbol-graph-dir "$out/symbols" \
    --output-dir "$out/RouterOSProtocol.doccarchive" --fallback-bundle-identifier RouterOSProtocol \
    --warnings-as-errors --experimental-documentation-coverage --coverage-summary-level none
python3 - "$out/RouterOSProtocol.doccarchive/documentation-coverage.json" <<'PYTHON'
import json, sys

pages = [page for page in json.load(open(sys.argv[1])) if page["kind"]["isSymbol"]]
# The standard library's own types appear as headings over our extensions of them.
own = [page for page in pages if not page["kind"]["name"].startswith("Extended")]
types = [page for page in own if page["kind"]["name"] in ("Structure", "Enumeration", "Protocol", "Class")
         and page["referencePath"].count("/") == 5]
bare = [page["referencePath"] for page in own if not page["hasAbstract"]]
unlisted = [page["referencePath"] for page in types if not page["isCurated"]]
print(f"{len(own) - len(bare)} of {len(own)} public symbols are documented, "
      f"{len(types) - len(unlisted)} of {len(types)} types listed")
for name in bare:
    print("not documented:", name)
for name in unlisted:
    print("not listed:", name)
sys.exit(1 if bare or unlisted or not types else 0)
PYTHON
