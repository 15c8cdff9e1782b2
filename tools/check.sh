#!/bin/sh
# The C tests of a build folder, as TAP; a count at the end.
# check.sh FOLDER [test names];  TEST_DB says which engine.
dir=$1
shift
ninja -C "$dir" >"$dir/ninja.log" 2>&1 || { grep -E 'error|warning|FAILED' "$dir/ninja.log" | head -40; exit 1; }
export CMOCKA_MESSAGE_OUTPUT=TAP ASAN_OPTIONS=detect_leaks=1:abort_on_error=0 UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
log="$dir/meson-logs/testlog.txt"
meson test -C "$dir" --no-rebuild --num-processes 2 --timeout-multiplier 4 "$@" >"$dir/test.log" 2>&1
code=$?
passed=$(grep -cE '^ok ' "$log")
failed=$(grep -cE '^not ok ' "$log")
if [ $code != 0 ]; then
	grep -E 'FAIL|ERROR|TIMEOUT' "$dir/test.log" | head -30
	grep -E -A12 '^not ok|ERROR: AddressSanitizer|runtime error|LeakSanitizer|office:|Bail out' "$log" | head -150
	[ "$failed" -gt 0 ] || failed=1
fi
echo "$passed passed, $failed failed (${TEST_DB:+PostgreSQL}${TEST_DB:-SQLite})" | sed 's|(PostgreSQLpostgres.*)|(PostgreSQL)|'
exit $code
