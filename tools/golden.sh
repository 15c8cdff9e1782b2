#!/bin/sh
# What the program prints against what is kept in test/golden: the tables on
# both engines, the OpenAPI document, what the UI draws from in a fresh
# workspace.  A difference is meant or a mistake: golden.sh --write renews.
# PROGRAM=build/debug/crisalide
cd "$(dirname "$0")/.." || exit 2
program=${PROGRAM:-$(ls -t build/debug/crisalide build/crisalide 2>/dev/null | head -1)}
[ -x "$program" ] || { echo "no program: make check or make build first"; echo "0 passed, 1 failed (golden files)"; exit 1; }
work=$(mktemp -d)
pid=""
trap '[ -n "$pid" ] && kill $pid 2>/dev/null; rm -rf "$work"' EXIT
export ASAN_OPTIONS=detect_leaks=0

# Ids, dates and the version are of the day: they are blanked.
meta() {
	printf 'una parola lunga' >"$work/password"
	"$program" init --data "$work/w" --admin admin@example.it --password-file "$work/password" --lang en --empty --firm "Prova srl" || return 1
	token=$("$program" token --data "$work/w" --user admin@example.it)
	"$program" serve --data "$work/w" --listen 127.0.0.1:0 >"$work/at" 2>"$work/log" &
	pid=$!
	for _ in $(seq 100); do [ -s "$work/at" ] && break; sleep 0.1; done
	curl -s -H "Authorization: Bearer $token" "$(cat "$work/at")/api/v1/meta" | python3 -c '
import json, re, sys
def blank(v):
    if isinstance(v, dict):
        return {k: "VERSION" if k == "version" and isinstance(x, str) else blank(x) for k, x in v.items()}
    if isinstance(v, list):
        return [blank(x) for x in v]
    if isinstance(v, int) and not isinstance(v, bool) and v > 10**12:
        return "ID"
    if isinstance(v, str) and re.search(r"\d{13}", v):
        return re.sub(r"\d{13,}", "ID", v)
    if isinstance(v, str) and re.match(r"\d{4}-\d\d-\d\dT", v):
        return "TIME"
    if isinstance(v, str):
        return re.sub(r"\d{13,}", "ID", v)
    return v
json.dump(blank(json.load(sys.stdin)), sys.stdout, indent=1, ensure_ascii=False)
print()'
	kill "$pid"
	wait "$pid" 2>/dev/null
	pid=""
}
pretty() { python3 -c '
import json, sys
d = json.load(sys.stdin)
d["info"]["version"] = "VERSION"
json.dump(d, sys.stdout, indent=1, ensure_ascii=False)
print()'; }

"$program" schema >"$work/schema.sqlite.sql"
"$program" schema --postgres >"$work/schema.postgres.sql"
"$program" openapi | pretty >"$work/openapi.json"
meta >"$work/meta.json"
passed=0 failed=0
for f in schema.sqlite.sql schema.postgres.sql openapi.json meta.json; do
	[ "$1" = --write ] && cp "$work/$f" "test/golden/$f"
	if [ -s "$work/$f" ] && diff -u "test/golden/$f" "$work/$f" >"$work/diff"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		head -60 "$work/diff"
	fi
done
[ $failed = 0 ] || echo "if this is meant: tools/golden.sh --write"
echo "$passed passed, $failed failed (golden files)"
[ $failed = 0 ]
