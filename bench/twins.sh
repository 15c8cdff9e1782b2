#!/bin/bash
# Looking for duplicates in a million invented leads, one in twenty of which
# comes again typed otherwise: how long it takes, how much memory the server
# holds, how many are found.  N=1000000 bench/twins.sh; KEEP=folder keeps the
# filled workspace, and uses it when it is there.
cd "$(dirname "$0")/.." || exit 2
program=$(realpath "${PROGRAM:-build/crisalide}")
n=${N:-1000000}
work=${KEEP:-$(mktemp -d)}
mkdir -p "$work"
pid=""
trap '[ -n "$pid" ] && kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null; [ -n "$KEEP" ] || rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
if [ ! -f "$work/data/crisalide.db" ]; then
	printf 'una parola lunga' >"$work/password"
	"$program" init --data "$work/data" --admin admin@example.it --password-file "$work/password" --lang en --empty >"$work/init.log" 2>&1 || { cat "$work/init.log"; exit 1; }
	python3 bench/leads.py "$n" 20 >"$work/leads.csv"
	"$program" import --data "$work/data" leads "$work/leads.csv" >"$work/import.log" 2>&1 || { tail -5 "$work/import.log"; exit 1; }
	rm -f "$work/leads.csv"
fi
token=$("$program" token --data "$work/data" --user admin@example.it) || exit 1
"$program" serve --data "$work/data" --listen 127.0.0.1:0 --no-limits >"$work/out" 2>"$work/log" &
pid=$!
python3 - "$work/out" "$token" "$pid" "$n" <<'PY'
import http.client, json, sys, time
out, token, pid, n = sys.argv[1:]
while not open(out).read().strip().endswith(tuple("0123456789")):
    time.sleep(0.05)
port = int(open(out).read().split()[-1].rsplit(":", 1)[1])


def ask(method, path, body=None):
    c = http.client.HTTPConnection("127.0.0.1", port)
    at = time.monotonic()
    c.request(method, "/api/v1" + path, json.dumps(body) if body is not None else None,
              {"Authorization": token if token.startswith("Bearer") else "Bearer " + token, "Content-Type": "application/json"})
    answer = json.loads(c.getresponse().read())
    return answer, (time.monotonic() - at) * 1000


def memory(what):
    with open("/proc/%s/status" % pid) as f:
        return next(int(line.split()[1]) // 1024 for line in f if line.startswith(what))


before, from_ = memory("VmRSS"), time.monotonic()
run, _ = ask("POST", "/duplicates/find", {"entity": "lead"})
phase, since, slowest = None, from_, 0
while run["state"] == "running":
    time.sleep(0.2)
    run, _ = ask("GET", "/duplicates/find?entity=lead")
    _, ms = ask("GET", "/leads?limit=50")
    slowest = max(slowest, ms)
    if run["progress"]["phase"] != phase:
        if phase:
            print("  %s: %.1f s" % (phase, time.monotonic() - since), file=sys.stderr)
        phase, since = run["progress"]["phase"], time.monotonic()
print("  %s: %.1f s" % (phase, time.monotonic() - since), file=sys.stderr)
seconds = time.monotonic() - from_
groups, first = ask("GET", "/duplicates/groups?entity=lead&limit=20")
# what was made, by its note: "riga 40" and "riga 40 bis" are one
right = seen = 0
cursor = ""
while cursor is not None and seen < 2000:
    page, _ = ask("GET", "/duplicates/groups?entity=lead&limit=100&cursor=" + cursor)
    for g in page["items"]:
        seen += 1
        right += len({r["description"].split(" bis")[0] for r in g["records"]}) == 1
    cursor = page["next"]
print("| what | measured | budget |\n|---|---|---|")
print("| duplicates among %s leads, %d of them twins, all of the search | %.0f s | minutes |" % (n, int(n) // 20, seconds))
print("| resident memory before, and its highest | %d MB, %d MB | < 200 MB |" % (before, memory("VmHWM")))
print("| groups found; of the %d likeliest those of one lead alone | %d; %d | |" % (seen, run["progress"]["groups"], right))
print("| first page of groups | %.0f ms | |" % first)
print("| slowest page of 50 leads meanwhile | %.0f ms | |" % slowest)
PY
