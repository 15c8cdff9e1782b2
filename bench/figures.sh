#!/bin/bash
# The figures over a filled workspace, beside a bare count by scan on the same
# file: bench/figures.sh FOLDER-OF-DATA, or N=100000 bench/figures.sh, which
# fills one.  PROGRAM=build/crisalide; SECONDS_EACH=5.  Rows of the table go to
# stdout, what was measured to stderr.
cd "$(dirname "$0")/.." || exit 2
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

if [ ! -f "$data/crisalide.db" ]; then
	printf 'una parola lunga' >"$work/password"
	python3 bench/leads.py "${N:-100000}" >"$work/leads.csv"
	"$program" init --data "$data" --admin admin@example.it --password-file "$work/password" --lang en --empty >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
	"$program" import --data "$data" leads "$work/leads.csv" >"$work/log" 2>&1 || { tail -5 "$work/log" >&2; exit 1; }
	rm -f "$work/leads.csv"
fi
token=$("$program" token --data "$data" --user admin@example.it)
serve() {
	"$program" serve --data "$data" --listen 127.0.0.1:0 --no-limits --per-address 0 >"$work/out" 2>"$work/log" &
	pid=$!
	until port=$(sed -n 's|.*:\([0-9]*\)$|\1|p' "$work/out" | head -1) && [ -n "$port" ]; do sleep 0.1; done
}
db() { sqlite3 "$data/crisalide.db" "$@"; }

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
	db <bench/figures.sql || exit 1
	from=$(date +%s.%N)
	"$program" recount --data "$data" >&2 || exit 1
	echo "recount: $(awk -v a="$from" -v b="$(date +%s.%N)" 'BEGIN { printf "%.1f s", b - a }')" >&2
fi
leads=$(db "select count(*) from lead where ws = 1")
kept=$(db "select count(*) from counted where ws = 1")
scan=$(python3 - "$data/crisalide.db" <<'PY'
import sqlite3, sys, time
db = sqlite3.connect("file:%s?mode=ro" % sys.argv[1], uri=True)
best = 9e9
for _ in range(3):
    at = time.monotonic()
    db.execute("select owner_id, source_id, count(*), sum(converted_at is not null) from lead where ws = 1 and removed_at is null group by 1, 2").fetchall()
    best = min(best, time.monotonic() - at)
print("%.1f" % (best * 1000))
PY
)
owner=$(db "select id from member where ws = 1 and email = 'bench3@example.it'")
source=$(db "select id from source where ws = 1 and name = 'bench 2'")
campaign=$(db "select id from campaign where ws = 1 and name = 'bench 2'")
last=$(($(date +%Y) - 1))
serve
load() { # NAME PATH CLIENTS
	echo "$2" >"$work/paths"
	out=$("$work/load" "$port" "$token" "$3" "${SECONDS_EACH:-5}" GET "$work/paths")
	echo "figures, $1, $3 at a time: $out" >&2
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
