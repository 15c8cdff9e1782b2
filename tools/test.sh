#!/bin/sh
# Everything, one part after the other; the last line counts.
cd "$(dirname "$0")/.." || exit 2
passed=0 failed=0 missed=
# what a part printed, and how it ended
count() { # NAME LOG CODE
	name=$1 log=$2 code=$3
	line=$(grep -E '^[0-9]+ passed, [0-9]+ failed' "$log" | tail -1)
	p=$(echo "$line" | sed -n 's/^\([0-9]*\) passed.*/\1/p')
	f=$(echo "$line" | sed -n 's/.* \([0-9]*\) failed.*/\1/p')
	if [ "$code" != 0 ] || [ -z "$line" ] || [ "${f:-0}" != 0 ]; then
		tail -150 "$log"
		# once more at the very end, where only the last lines are read
		missed="$missed$(grep -E '^ *not ok |ERROR: AddressSanitizer|runtime error' "$log" | sort -u | head -20 | sed "s/^ */   $name: /")
"
		[ "${f:-0}" = 0 ] && f=1
	fi
	echo "   ${line:-no count} in $(($(date +%s) - start)) s"
	passed=$((passed + ${p:-0})) failed=$((failed + ${f:-0}))
}
part() { # NAME COMMAND...
	printf '== %s\n' "$1"
	name=$1
	shift
	"$@" >build/part.log 2>&1
	count "$name" build/part.log $?
}
# Messages are mostly waited for: minutes pass beside the parts that compute.
mail_begins() {
	tools/mail-test.sh >build/mail.log 2>&1 &
	mail=$!
	trap 'kill $mail 2>/dev/null' EXIT
}
mail_ends() {
	printf '== messages out\n'
	wait $mail
	count 'messages out' build/mail.log $?
	trap - EXIT
}
start=$(date +%s)
mkdir -p build
part 'lint' make lint
part 'C tests on SQLite' make check
part 'C tests on PostgreSQL' make check-pg
[ -f tools/golden.sh ] && part 'golden files' tools/golden.sh
[ -f tools/race.sh ] && part 'races under TSan' tools/race.sh
make build >build/build.log 2>&1 || { cat build/build.log; failed=$((failed + 1)); }
mail_begins
part 'the trial' tools/demo-test.sh
[ -f web/test/run.mjs ] && part 'the UI in Chromium' tools/web-test.sh
[ -f tools/harness.sh ] && part 'harnesses' tools/harness.sh
mail_ends
[ -z "$missed" ] || printf 'what failed:\n%s' "$missed"
echo "$passed passed, $failed failed"
[ $failed = 0 ]
