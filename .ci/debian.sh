# shellcheck shell=bash
# Sourced by the scripts of this repository: installs the Debian packages that are missing, and only those.

# install_debian_packages PACKAGE…
install_debian_packages() {
    local package missing=() as_root=()
    if ! command -v dpkg-query >/dev/null; then
        echo "This is no Debian system: please install the counterparts of these packages yourself: $*" >&2
        return 0
    fi
    for package in "$@"; do
        if [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)" != installed ]; then
            missing+=("$package")
        fi
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            echo "Missing Debian packages: ${missing[*]}. Run this as root, or install sudo." >&2
            return 1
        fi
        as_root=(sudo)
    fi
    echo "installing ${missing[*]}"
    "${as_root[@]}" apt-get -qq update
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get -qq install -y --no-install-recommends "${missing[@]}" >/dev/null
}

# require_swift: says what to do when there is no Swift toolchain.
require_swift() {
    if ! command -v swift >/dev/null; then
        echo "No 'swift' on the PATH. Install Swift 6.3 from https://www.swift.org/install/linux/ first." >&2
        return 1
    fi
}
