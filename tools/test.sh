#!/bin/sh
# Everything, one part after the other; the last line counts.
cd "$(dirname "$0")/.." || exit 2
passed=0 failed=0 missed=
part() {
	name=$1
	shift
	printf '== %s\n' "$name"
	"$@" >build/part.log 2>&1
	code=$?
	line=$(grep -E '^[0-9]+ passed, [0-9]+ failed' build/part.log | tail -1)
	p=$(echo "$line" | sed -n 's/^\([0-9]*\) passed.*/\1/p')
	f=$(echo "$line" | sed -n 's/.* \([0-9]*\) failed.*/\1/p')
	if [ $code != 0 ] || [ -z "$line" ] || [ "${f:-0}" != 0 ]; then
		tail -150 build/part.log
		# once more at the very end, where only the last lines are read
		missed="$missed$(grep -E '^ *not ok |ERROR: AddressSanitizer|runtime error' build/part.log | sort -u | head -20 | sed "s/^ */   $name: /")
"
		[ "${f:-0}" = 0 ] && f=1
	fi
	echo "   ${line:-no count} in $(($(date +%s) - start)) s"
	passed=$((passed + ${p:-0})) failed=$((failed + ${f:-0}))
}
start=$(date +%s)
mkdir -p build
part 'lint' make lint
part 'C tests on SQLite' make check
part 'C tests on PostgreSQL' make check-pg
[ -f tools/golden.sh ] && part 'golden files' tools/golden.sh
[ -f tools/race.sh ] && part 'races under TSan' tools/race.sh
make build >build/build.log 2>&1 || { cat build/build.log; failed=$((failed + 1)); }
part 'messages out' tools/mail-test.sh
part 'the trial' tools/demo-test.sh
[ -f web/test/run.mjs ] && part 'the UI in Chromium' tools/web-test.sh
[ -f tools/harness.sh ] && part 'harnesses' tools/harness.sh
[ -z "$missed" ] || printf 'what failed:\n%s' "$missed"
echo "$passed passed, $failed failed"
[ $failed = 0 ]
