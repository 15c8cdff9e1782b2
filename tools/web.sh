#!/bin/sh
# Build web/dist when anything it is made of has changed.
set -e
cd "$(dirname "$0")/.."
mkdir -p build
sum=$(git ls-files -co --exclude-standard web locales | grep -v '^web/test/' | sort | xargs cat 2>/dev/null | sha256sum | cut -c1-16)
[ -f web/dist/index.html ] && [ "$(cat build/web.sum 2>/dev/null)" = "$sum" ] && exit 0
if [ ! -d web/node_modules ] || [ web/package-lock.json -nt web/node_modules/.package-lock.json ]; then
	tools/node.sh npm ci --prefix web --no-audit --no-fund >build/npm.log 2>&1 || { cat build/npm.log; exit 1; }
fi
tools/node.sh npm run build --prefix web >build/web.log 2>&1 || { cat build/web.log; exit 1; }
echo "$sum" >build/web.sum
