#!/bin/sh
# The UI against the real program, in Chromium; checks of its sources first.
cd "$(dirname "$0")/.." || exit 2
if ! tools/node.sh npm run check --prefix web >build/web-check.log 2>&1; then
	tail -60 build/web-check.log
	echo "0 passed, 1 failed"
	exit 1
fi
tools/node.sh node web/test/run.mjs >build/web-test.log 2>&1
code=$?
p=$(sed -n 's/^# pass \([0-9]*\)/\1/p' build/web-test.log | tail -1)
f=$(sed -n 's/^# fail \([0-9]*\)/\1/p' build/web-test.log | tail -1)
[ $code = 0 ] || { tail -120 build/web-test.log && grep -E -A14 '^ *not ok ' build/web-test.log; }
echo "$((${p:-0} + 1)) passed, ${f:-1} failed"
exit $code
