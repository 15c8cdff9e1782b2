#!/bin/bash
# The figures over a filled workspace, beside a bare count by scan on the same
# store: bench/figures.sh FOLDER-OF-DATA, or N=100000 bench/figures.sh, which
# fills one; STORE=postgres://... instead of a folder (ON_POSTGRES=1: in one of
# its own).  PROGRAM=build/crisalide; SECONDS_EACH=5.  Rows of the table go to
# stdout, what was measured to stderr.
cd "$(dirname "$0")/.." || exit 2
if [ -n "$ON_POSTGRES" ]; then
	# shellcheck disable=SC2016
	ON_POSTGRES="" PG_FSYNC=on PG_BUFFERS=512MB exec tools/with-postgres.sh sh -c 'STORE="$TEST_DB" exec bench/figures.sh'
fi
program=$(realpath "${PROGRAM:-build/crisalide}")
work=$(mktemp -d)
data=${1:-$work/data}
pid=""
leave() {
	[ -z "$pid" ] || { kill "$pid" 2>/dev/null; wait "$pid" 2>/dev/null; }
	pid=""
}
trap 'leave; rm -rf "$work"' EXIT
gcc -O2 -o "$work/load" bench/load.c -pthread || exit 1

where=(--data "$data")
[ -z "$STORE" ] || where=(--store "$STORE")
db() {
	if [ -n "$STORE" ]; then psql -qAt -v ON_ERROR_STOP=1 "$STORE" -c "${1:-\i /dev/stdin}"; else sqlite3 "$data/crisalide.db" "$@"; fi
}
is_filled() {
	if [ -n "$STORE" ]; then [ "$(db "select to_regclass('lead') is not null")" = t ]; else [ -f "$data/crisalide.db" ]; fi
}
if ! is_filled; then
	printf 'una parola lunga' >"$work/password"
	python3 bench/leads.py "${N:-100000}" >"$work/leads.csv"
	"$program" init "${where[@]}" --admin admin@example.it --password-file "$work/password" --lang en --empty >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
	"$program" import "${where[@]}" leads "$work/leads.csv" >"$work/log" 2>&1 || { tail -5 "$work/log" >&2; exit 1; }
	rm -f "$work/leads.csv"
fi
token=$("$program" token "${where[@]}" --user admin@example.it)
serve() {
	"$program" serve "${where[@]}" --listen 127.0.0.1:0 --no-limits --per-address 0 >"$work/out" 2>"$work/log" &
	pid=$!
	until port=$(sed -n 's|.*:\([0-9]*\)$|\1|p' "$work/out" | head -1) && [ -n "$port" ]; do sleep 0.1; done
}

# --- ten owners, eight sources, twelve campaigns; then what bench/figures.sql says
if [ "$(db "select count(*) from source where ws = 1 and name like 'bench%'")" = 0 ]; then
	serve
	python3 - "$port" "$token" <<'PY' || exit 1
import http.client, json, sys
c = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]))
def post(path, body):
    c.request("POST", "/api/v1/" + path, json.dumps(body), {"Authorization": "Bearer " + sys.argv[2], "Content-Type": "application/json"})
    answer = c.getresponse()
    text = answer.read()
    assert answer.status == 201, (path, text)
c.request("GET", "/api/v1/roles", headers={"Authorization": "Bearer " + sys.argv[2]})
role = json.load(c.getresponse())["items"][0]["id"]
for i in range(10):
    post("users", {"email": "bench%d@example.it" % i, "name": "Bench %d" % i, "role_id": role, "lang": "it"})
for i in range(8):
    post("sources", {"name": "bench %d" % i})
for i in range(12):
    post("campaigns", {"name": "bench %d" % i, "kind": "fair"})
PY
	leave
	{
		echo "create temp table moment as select cast($(date +%s)000 as bigint) as at;"
		python3 -c 'import datetime, time; now = int(time.time()) // 86400
print("create temp table day (n bigint primary key, text text);")
for n in range(now - 800, now + 400): print("insert into day values (%d, \047%s\047);" % (n, datetime.date(1970, 1, 1) + datetime.timedelta(n)))'
		cat bench/figures.sql
	} >"$work/fill.sql"
	if [ -n "$STORE" ]; then
		psql -qAt -v ON_ERROR_STOP=1 "$STORE" -f "$work/fill.sql" || exit 1
		psql -qAt "$STORE" -c 'vacuum analyze' 2>/dev/null
	else
		db <"$work/fill.sql" || exit 1
	fi
	from=$(date +%s.%N)
	"$program" recount "${where[@]}" >&2 || exit 1
	echo "recount: $(awk -v a="$from" -v b="$(date +%s.%N)" 'BEGIN { printf "%.1f s", b - a }')" >&2
fi
leads=$(db "select count(*) from lead where ws = 1")
kept=$(db "select count(*) from counted where ws = 1")
bare="select owner_id, source_id, count(*), sum(case when converted_at is not null then 1 end) from lead where ws = 1 and removed_at is null group by 1, 2"
scan=$(BARE="$bare" python3 - "$data/crisalide.db" "$STORE" <<'PY'
import os, re, sqlite3, subprocess, sys
import time
best = 9e9
for _ in range(3):
    if sys.argv[2]:
        said = subprocess.run(["psql", "-qAt", sys.argv[2], "-c", "\\timing on", "-c", os.environ["BARE"]], capture_output=True, text=True).stdout
        best = min(best, float(re.search(r"Time: ([0-9.]+)", said).group(1)) / 1000)
        continue
    db = sqlite3.connect("file:%s?mode=ro" % sys.argv[1], uri=True)
    at = time.monotonic()
    db.execute(os.environ["BARE"]).fetchall()
    best = min(best, time.monotonic() - at)
print("%.1f" % (best * 1000))
PY
)
owner=$(db "select id from member where ws = 1 and email = 'bench3@example.it'")
source=$(db "select id from source where ws = 1 and name = 'bench 2'")
campaign=$(db "select id from campaign where ws = 1 and name = 'bench 2'")
last=$(($(date +%Y) - 1))
serve
cpu() { # of the server, and of its sessions where the store is PostgreSQL, in ms
	local all=$pid
	[ -z "$STORE" ] || all="$pid $(db "select string_agg(cast(pid as text), ' ') from pg_stat_activity where datname = current_database()")"
	for p in $all; do cat "/proc/$p/stat" 2>/dev/null; done | sed 's/.*) //' | awk -v hz="$(getconf CLK_TCK)" '{ n += $12 + $13 } END { printf "%.0f", n * 1000 / hz }'
}
load() { # NAME PATH CLIENTS
	local before out each p99
	echo "$2" >"$work/paths"
	before=$(cpu)
	out=$("$work/load" "$port" "$token" "$3" "${SECONDS_EACH:-5}" GET "$work/paths")
	each=$(awk -v a="$before" -v b="$(cpu)" -v r="${out%%/s*}" -v s="${SECONDS_EACH:-5}" 'BEGIN { printf "%.1f", r ? (b - a) / (r * s) : 0 }')
	echo "figures, $1, $3 at a time: $out; processor $each ms each" >&2
	p99=$(echo "$out" | sed 's|.* p99 \([0-9.]*\).*|\1|')
	[ "$3" = 1 ] || printf '| figures of %s leads, %s, %s clients | p99 %s ms | < 50 ms | %s ms one bare count by scan | %s |\n' \
		"$leads" "$1" "$3" "$p99" "$scan" "$(awk -v a="$p99" -v b="$scan" 'BEGIN { printf "%.2f", a / b }')"
}
echo "$kept sums are kept of $leads leads" >&2
for clients in 1 4; do
	load 'a year' "/api/v1/kpi?from=$last-01-01&to=$last-12-31" $clients
	load 'all time' "/api/v1/kpi?from=$((last - 3))-01-01&to=$((last + 1))-12-31" $clients
	load 'some days' "/api/v1/kpi?from=$last-03-05&to=$last-05-20" $clients
	load 'one owner' "/api/v1/kpi?from=$last-01-01&to=$last-12-31&owner_id=$owner" $clients
	load 'one source and campaign' "/api/v1/kpi?from=$last-01-01&to=$last-12-31&source_id=$source&campaign_id=$campaign" $clients
done
