#!/bin/bash
# A million leads, and every budget beside the machine's own limit, measured in
# the same run: N=1000000 make bench.  PROGRAM=build/crisalide; SECONDS_EACH=5;
# NO_PG=1 leaves PostgreSQL out, NO_TWINS=1 the search for duplicates; KEEP=folder keeps the filled workspace there.
# The table goes to stdout; doc/bench.md holds the last one.
cd "$(dirname "$0")/.." || exit 2
program=$(realpath "${PROGRAM:-build/crisalide}")
n=${N:-1000000}
each=${SECONDS_EACH:-5}
work=${BENCH_WORK:-${KEEP:-$(mktemp -d)}}
mkdir -p "$work"
pid=""
leave() { # its own parent waits for it: here it is only seen to be gone
	if [ -n "$pid" ] && kill "$pid" 2>/dev/null; then
		while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
	fi
	pid=""
}
trap 'leave; [ -n "$KEEP$BENCH_WORK" ] || rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

[ -n "$BENCH_WORK" ] || gcc -O2 -o "$work/load" bench/load.c -pthread || exit 1
[ -n "$BENCH_WORK" ] || gcc -O2 -o "$work/limit" bench/limit.c -lsqlite3 -I"$(pg_config --includedir 2>/dev/null || echo /usr/include/postgresql)" -lpq -pthread || exit 1
printf 'una parola lunga' >"$work/password"
init() { # --data|--store PLACE
	"$program" init "$1" "$2" --admin admin@example.it --password-file "$work/password" --lang en --empty >"$work/init.log" 2>&1 || { cat "$work/init.log"; exit 1; }
	"$program" token "$1" "$2" --user admin@example.it >"$work/token" || exit 1
	token=$(cat "$work/token")
}
serve() { # --data|--store PLACE -> port, pid, started (ms to the first answer)
	rm -f "$work/at"
	read -r pid port started < <(python3 - "$program" "$1" "$2" "$work" <<'PY'
import http.client, subprocess, sys, time
program, how, place, work = sys.argv[1:]
at = time.monotonic()
p = subprocess.Popen([program, "serve", how, place, "--listen", "127.0.0.1:0", "--no-limits", "--per-address", "0"],
                     stdout=subprocess.PIPE, stderr=open(work + "/log", "w"))
port = int(p.stdout.readline().decode().rsplit(":", 1)[1])
c = http.client.HTTPConnection("127.0.0.1", port)
c.request("GET", "/healthz")
c.getresponse().read()
print(p.pid, port, round((time.monotonic() - at) * 1000), flush=True)
PY
	)
}
memory() { awk -v what="$1:" '$1 == what { printf "%.0f", $2 / 1024 }' "/proc/$pid/status"; }
load() { # NAME CLIENTS METHOD PATHS [BODY] -> rate, p99
	name=$1
	shift
	out=$("$work/load" "$port" "$token" "$1" "$each" "${@:2}")
	rate=$(echo "$out" | sed 's|/s.*||')
	p99=$(echo "$out" | sed 's|.* p99 \([0-9.]*\).*|\1|')
	echo "$name: $out" >&2
	case $out in *", 0 not 2xx"*) ;; *) echo "$name: not all answers were 2xx" >&2; tail -3 "$work/log" >&2 ;; esac
}
limit() { "$work/limit" "$@" | tee -a "$work/limits"; }
of() { sed -n "s|^$1 *\([0-9.]*\) .*|\1|p" "$work/limits" | tail -1; } # a line of the limits
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { if (b + 0) printf "%.2f", a / b; else print "-" }'; }
row() { printf '| %s | %s | %s | %s | %s |\n' "$@" >>"$work/table"; }
body='{"first_name":"Mario","last_name":"Rossi {n}","company_name":"Rossi impianti {n} srl","email":"m{n}@rossi.example","phone":"02 1234567"}'

# --- this script again, with a PostgreSQL of its own beside it
if [ -n "$BENCH_WORK" ]; then
	init --store "$TEST_DB"
	limit postgres "$TEST_DB" >&2
	serve --store "$TEST_DB"
	load 'create, PostgreSQL' 64 POST "$work/create" "$body"
	row 'durable create, 64 clients, PostgreSQL (fsync on)' "$rate/s, p99 $p99 ms" '> 0.6 of a bare group-commit loop' "$(of 'one row a transaction, 64 at once') rows/s" "$(ratio "$rate" "$(of 'one row a transaction, 64 at once')")"
	exit
fi
: >"$work/limits"
{ echo '| what | measured | budget | limit of the machine | ratio |'; echo '|---|---|---|---|---|'; } >"$work/table"

# --- import, into an empty store
if [ ! -f "$work/data/crisalide.db" ]; then
	python3 bench/leads.py "$n" >"$work/leads.csv"
	init --data "$work/data"
	from=$(date +%s.%N)
	"$program" import --data "$work/data" leads "$work/leads.csv" >"$work/import.log" 2>&1 || { tail -5 "$work/import.log"; exit 1; }
	import=$(awk -v a="$from" -v b="$(date +%s.%N)" -v n="$n" 'BEGIN { printf "%.0f", n / (b - a) }')
	rm -f "$work/leads.csv"
	limit write "$work" >&2
	row "CSV import, $n rows" "$import rows/s" '> 15,000 rows/s' "$(of '500 rows a transaction') rows/s (rows of 25 columns and 6 indexes alone)" "$(ratio "$import" "$(of '500 rows a transaction')")"
else
	"$program" token --data "$work/data" --user admin@example.it >"$work/token" && token=$(cat "$work/token")
	limit write "$work" >&2
fi
limit read "$work/data/crisalide.db" >&2

# --- reading
db() { sqlite3 -readonly "$work/data/crisalide.db" "$1"; }
status=$(db "select status_id from lead where ws = 1 order by id desc limit 1")
db "select id from lead where ws = 1 order by id" | awk -v step=$((n / 20000 + 1)) 'NR % step == 0 { print "/api/v1/leads/" $1; print "/api/v1/leads/" $1 "/timeline" }' >"$work/open"
printf '/api/v1/leads?limit=50&sort=-updated_at\n/api/v1/leads?limit=50&sort=title\n/api/v1/leads?limit=50&status_id=%s\n' "$status" >"$work/list"
for q in r ro ros ross rossi m ma mar mari marin b bi bia bian a al alp alpi nova+i nova+imp d de del delta+s 02 021 marco+r marco+ros zz impianti; do
	echo "/api/v1/search?q=$q"
done >"$work/search"
serve --data "$work/data"
idle=$(memory VmRSS)
row 'start to the first answer' "$started ms" '< 100 ms' '' ''
load list 16 GET "$work/list"
us=$(awk -v r="$rate" 'BEGIN { printf "%.0f", 1e6 / r }')
row 'page of 50, sorted and filtered by an index, 16 clients' "p99 $p99 ms, $rate/s" '< 5 ms' "$(of 'page of 50, last changed') us each in one thread" "$(ratio "$us" "$(of 'page of 50, last changed')")"
load open 16 GET "$work/open"
us=$(awk -v r="$rate" 'BEGIN { printf "%.0f", 1e6 / r }')
row 'open a lead, and its timeline, 16 clients' "p99 $p99 ms, $rate/s" '< 3 ms' "$(of 'one lead by id') us each in one thread" "$(ratio "$us" "$(of 'one lead by id')")"
load search 4 GET "$work/search"
us=$(awk -v r="$rate" 'BEGIN { printf "%.0f", 1e6 / r }')
row 'search as you type, 4 clients' "p99 $p99 ms, $rate/s" '< 10 ms' "$(of 'search of a beginning') us each in one thread" "$(ratio "$us" "$(of 'search of a beginning')")"
busy=$(memory VmHWM)
leave

# --- figures: over leads of two years, made so in the same file
PROGRAM="$program" SECONDS_EACH="$each" bench/figures.sh "$work/data" >>"$work/table"

# --- durable creation
echo /api/v1/leads >"$work/create"
init --data "$work/new"
serve --data "$work/new"
load 'create, SQLite' 64 POST "$work/create" "$body"
sqlite=$rate
row 'durable create, 64 clients, SQLite' "$rate/s, p99 $p99 ms" '> 0.6 of a bare group-commit loop' "$(of '64 rows a transaction') rows/s (one row of 25 columns and 6 indexes)" "$(ratio "$rate" "$(of '64 rows a transaction')")"
leave
limit same "$work/new/crisalide.db" >&2
row '' '' '' "$(of "a creation's rows, 64 together") creations/s (all rows a creation writes, in our tables)" "$(ratio "$sqlite" "$(of "a creation's rows, 64 together")")"
row '' '' '> 8 times one by one where fsync takes 1 ms' "$(of 'one row a transaction') rows/s one by one (fsync of this disk)" "$(ratio "$sqlite" "$(of 'one row a transaction')")"
rm -rf "$work/new"
[ -n "$NO_PG" ] || BENCH_WORK="$work" PG_FSYNC=on tools/with-postgres.sh bench/run.sh
row 'resident memory, idle' "$idle MB" '< 30 MB' '' ''
row 'resident memory, under load' "$busy MB" '< 150 MB' '' ''
echo
echo "$n leads; $(date +%F); $(nproc) cores of $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1); $("$program" version | head -1); load before: $(cut -d' ' -f1 /proc/loadavg)"
echo
cat "$work/table"

# --- what finds duplicates: names alone, and a whole store
echo
bench/names.sh
echo
[ -n "$NO_TWINS" ] || PROGRAM="$program" KEEP='' N="$n" bench/twins.sh
