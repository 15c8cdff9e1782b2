#!/bin/bash
# Lists of expired leads and their counts: bench/expired.sh FOLDER-OF-DATA, or
# N=100000 bench/expired.sh, which fills one; on PostgreSQL
# N=100000 tools/with-postgres.sh bench/expired.sh.  PROGRAM=build/crisalide;
# SECONDS_EACH=5.  Rows of the table go to stdout, all else to stderr.
cd "$(dirname "$0")/.." || exit 2
program=$(realpath "${PROGRAM:-build/crisalide}")
work=$(mktemp -d)
data=${1:-$work/data}
place=(--data "$data")
[ -z "$TEST_DB" ] || place=(--store "$TEST_DB")
pid=""
leave() {
	[ -z "$pid" ] || { kill "$pid" 2>/dev/null; wait "$pid" 2>/dev/null; }
	pid=""
}
trap 'leave; rm -rf "$work"' EXIT
gcc -O2 -o "$work/load" bench/load.c -pthread || exit 1
db() { if [ -n "$TEST_DB" ]; then psql -qAtc "$1" "$TEST_DB"; else sqlite3 "$data/crisalide.db" "$1"; fi; }

if [ -n "$TEST_DB" ] || [ ! -f "$data/crisalide.db" ]; then
	printf 'una parola lunga' >"$work/password"
	python3 bench/leads.py "${N:-100000}" >"$work/leads.csv"
	"$program" init "${place[@]}" --admin admin@example.it --password-file "$work/password" --lang en --empty >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
	"$program" import "${place[@]}" leads "$work/leads.csv" >"$work/log" 2>&1 || { tail -5 "$work/log" >&2; exit 1; }
	rm -f "$work/leads.csv"
fi
token=$("$program" token "${place[@]}" --user admin@example.it)
leads=$(db "select count(*) from lead where ws = 1")
open=$(db "select id from lead_status where ws = 1 and type = 'open' order by position limit 1")
next=$(db "select id from lead_status where ws = 1 and type = 'open' order by position limit 1 offset 1")
now=$(($(date +%s) * 1000))
mine=$(db "select id from member where ws = 1 and email = 'admin@example.it'")
# half in the first status and half in the next, and since long where $1 says so
stand() {
	db "update lead set status_since = case when $1 then $((now - 100 * 86400000)) else $now end,
		status_id = case when id / 4096 % 2 = 0 then $open else $next end where ws = 1" || exit 1
	if [ -n "$TEST_DB" ]; then db 'vacuum analyze lead'; fi
}
load() { # NAME PATH
	echo "$2" >"$work/paths"
	out=$("$work/load" "$port" "$token" "${CLIENTS:-1}" "${SECONDS_EACH:-5}" GET "$work/paths")
	echo "$1: $out" >&2
	printf '| %s | %s | %s | < 10 ms |\n' "$1" "$(echo "$out" | sed 's|.* p50 \([0-9.]*\).*|\1|') ms" "$(echo "$out" | sed 's|.* p99 \([0-9.]*\).*|\1|') ms"
}
measure() { # NAME CONDITION
	stand "$2"
	rm -f "$work/out"
	"$program" serve "${place[@]}" --listen 127.0.0.1:0 --no-limits --per-address 0 >"$work/out" 2>"$work/log" &
	pid=$!
	until [ -f "$work/out" ] && port=$(sed -n 's|.*:\([0-9]*\)$|\1|p' "$work/out" | head -1) && [ -n "$port" ]; do sleep 0.1; done
	load "$1: page and count" '/api/v1/leads?expired=true&count=true&limit=50'
	load "$1: of one owner" "/api/v1/leads?expired=true&owner_id=$mine&count=true&limit=50"
	leave
}
tenth=$(db "select id from lead where ws = 1 order by id limit 1 offset $((leads / 10))")
fresh=$(db "select id from lead where ws = 1 order by id limit 1 offset $((leads * 9 / 10))")
echo "$leads leads" >&2
measure 'the oldest tenth expired' "id < $tenth"
measure 'one in ten' 'id / 8192 % 10 = 0'
measure 'all' '1 = 1'
measure 'all but the newest tenth' "id < $fresh"
