#!/bin/sh
# The race tests under ThreadSanitizer, on SQLite and on PostgreSQL.  What it
# says of libraries that were not built for it is in tools/tsan.supp, each
# with its reason.
cd "$(dirname "$0")/.." || exit 2
dir=${DIR:-build/tsan}
if [ ! -f "$dir/build.ninja" ]; then
	meson setup "$dir" --buildtype=debug -Doptimization=1 -Db_sanitize=thread -Db_lundef=false >"$dir.log" 2>&1 || { cat "$dir.log"; exit 1; }
fi
ninja -C "$dir" test/race >"$dir/ninja.log" 2>&1 || { grep -E -A5 'error|FAILED' "$dir/ninja.log"; exit 1; }
export TSAN_OPTIONS="suppressions=$PWD/tools/tsan.supp exitcode=66 halt_on_error=0"
passed=0 failed=0
race() { # NAME COMMAND...
	name=$1
	shift
	timeout 300 "$@" >"$dir/race.out" 2>"$dir/race.err"
	code=$?
	passed=$((passed + $(grep -c '^ok ' "$dir/race.out")))
	wrong=$(grep -c '^not ok ' "$dir/race.out")
	if [ $code != 0 ] && [ "$wrong" = 0 ]; then
		wrong=1
	fi
	failed=$((failed + wrong))
	[ "$wrong" = 0 ] || { echo "$name ($code):"; grep '^not ok' "$dir/race.out"; head -150 "$dir/race.err"; }
}
race SQLite "$dir/test/race"
race PostgreSQL tools/with-postgres.sh "$dir/test/race"
echo "$passed passed, $failed failed (races)"
[ $failed = 0 ]
