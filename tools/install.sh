#!/bin/sh
# Install the Debian packages that are missing; sudo where not root.
set -e
cd "$(dirname "$0")/.."
mkdir -p build
need="gcc make pkg-config meson ninja-build python3 libmicrohttpd-dev libsqlite3-dev libpq-dev
libjansson-dev libicu-dev libsodium-dev libdeflate-dev libcurl4-openssl-dev libzip-dev libexpat1-dev libxlsxwriter-dev libcmocka-dev brotli sqlite3 postgresql-15
chromium clang clang-format libclang-rt-14-dev curl ca-certificates
python3-aiosmtpd openssl faketime"
command -v npm >/dev/null || need="$need nodejs npm"
missing=""
for p in $need; do
	dpkg-query -W -f '${Status}' "$p" 2>/dev/null | grep -q 'ok installed' || missing="$missing $p"
done
[ -z "$missing" ] && exit 0
sudo=""
[ "$(id -u)" = 0 ] || sudo=sudo
echo "installing:$missing"
$sudo apt-get update -q >build/apt.log 2>&1 || { cat build/apt.log; exit 1; }
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive $sudo apt-get install -q -y --no-install-recommends $missing >build/apt.log 2>&1 ||
	{ cat build/apt.log; exit 1; }
