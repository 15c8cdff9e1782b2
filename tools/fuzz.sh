#!/bin/sh
# Each parser under libFuzzer for FUZZ_SECONDS (60): ends at the first finding
# and keeps the input in build/fuzz.
cd "$(dirname "$0")/.." || exit 2
dir=${DIR:-build/fuzz}
mkdir -p "$dir"
flags="-g -O1 -std=c11 -D_GNU_SOURCE -Isrc -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined -DCRISALIDE_VERSION=\"fuzz\""
libs="jansson icu-uc icu-i18n libsodium libzip expat"
passed=0 failed=0
for file in test/fuzz/fuzz_*.c; do
	name=$(basename "$file" .c)
	# shellcheck disable=SC2046,SC2086
	if ! clang $flags $(pkg-config --cflags $libs) -o "$dir/$name" "$file" src/base/*.c src/table/*.c $(pkg-config --libs $libs) -lm -pthread >"$dir/$name.log" 2>&1; then
		head -20 "$dir/$name.log"
		failed=$((failed + 1))
		continue
	fi
	mkdir -p "$dir/$name.corpus"
	if timeout $((${FUZZ_SECONDS:-60} + 60)) "$dir/$name" -max_total_time="${FUZZ_SECONDS:-60}" -timeout=10 -rss_limit_mb=1024 -max_len=8192 \
		-artifact_prefix="$dir/$name-" "$dir/$name.corpus" >"$dir/$name.log" 2>&1; then
		passed=$((passed + 1))
		echo "$name: $(grep -oE 'Done [0-9]+ runs in [0-9]+ second' "$dir/$name.log")"
	else
		failed=$((failed + 1))
		grep -E -A12 'ERROR|runtime error|SUMMARY|Test unit' "$dir/$name.log" | head -40
	fi
done
echo "$passed passed, $failed failed (fuzz)"
[ $failed = 0 ]
