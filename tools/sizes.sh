#!/bin/sh
# Files over 500 lines and functions over 60 are asked to be split; files of
# data (named *_data.c, or tables of headings) are exempt.
cd "$(dirname "$0")/.." || exit 2
find src test -name '*.c' -not -name '*_data.c' -not -path '*/fuzz/*' | sort | xargs awk '
FNR == 1 { if (prev) file(prev, last); prev = FILENAME }
{ last = FNR }
/^{/ { start = FNR }
/^}/ { if (start && FNR - start > 60) { print FILENAME ":" start ": " FNR - start " lines in one function"; n++ } start = 0 }
function file(f, k) { if (k > 500) { print f ": " k " lines"; n++ } }
END { file(prev, last); exit n > 0 }'
