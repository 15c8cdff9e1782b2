#!/bin/sh
# Lines that the C tests reach on SQLite, room by room; the files below 70 %.
cd "$(dirname "$0")/.." || exit 2
dir=${DIR:-build/cover}
[ -f "$dir/build.ninja" ] || meson setup "$dir" --buildtype=debug -Db_coverage=true >/dev/null || exit 1
find "$dir" -name '*.gcda' -delete
tools/check.sh "$dir" || exit 1
cd "$dir" || exit 1
find . -name '*.gcda' -path '*rooms*' | xargs gcov -n 2>/dev/null | awk '
/^File / { file = $2; gsub(/\047/, "", file); sub(/.*src\//, "", file) }
/^Lines executed:/ {
	if (file !~ /\.c$/ || file ~ /^\//) next
	split($0, part, /[:% ]+/); percent = part[3]; lines = part[5]
	split(file, room, "/"); all[room[1]] += lines; hit[room[1]] += lines * percent / 100
	if (percent < 70) low[file] = percent
	file = "/"
}
END {
	for (r in all) { printf "%-8s %5.1f %% of %5d lines\n", r, 100 * hit[r] / all[r], all[r]; a += all[r]; h += hit[r] }
	if (a) printf "%-8s %5.1f %% of %5d lines\n", "all", 100 * h / a, a
	for (f in low) printf "  below 70 %%: %s (%s %%)\n", f, low[f]
}' | sort
