#!/bin/sh
# What scripts can see.  Prints what is wrong; each check counts as one.
cd "$(dirname "$0")/.." || exit 2
passed=0 failed=0
try() {
	name=$1
	shift
	out=$("$@" 2>&1)
	if [ $? = 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		printf '%s:\n%s\n' "$name" "$out" | head -40
	fi
}
clang_build() {
	[ -f build/clang/build.ninja ] || CC=clang meson setup build/clang --buildtype=debug >/dev/null || return 1
	ninja -C build/clang
}
layout() { git ls-files 'src/*.[ch]' 'test/*.[ch]' 'bench/*.[ch]' | xargs clang-format --dry-run -Werror; }
try floors tools/floors.sh
try sizes tools/sizes.sh
try banned tools/banned.sh
try words tools/words.py
try tour tools/tour.py
try 'size of the screens' tools/node.sh npm run size --prefix web
try 'layout (make fmt)' layout
try 'clang, no warning' clang_build
echo "$passed passed, $failed failed (lint)"
[ $failed = 0 ]
