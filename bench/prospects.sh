#!/bin/sh
# A list of 100,000 rows: loaded whole in pages of 5,000, and a paste of 1,000 x
# 20 cells, beside a bare loop over the same file: ROWS=100000 bench/prospects.sh
# PROGRAM=build/crisalide.  Times are of the server's processor (both threads of
# a request), so that a busy machine tells the same.
cd "$(dirname "$0")/.." || exit 2
exec python3 bench/prospects.py "${PROGRAM:-build/crisalide}" "${ROWS:-100000}"
