#!/bin/sh
# The trial (S5.46): its link lets in once, and nothing of it is left behind.
# PROGRAM=build/crisalide
cd "$(dirname "$0")/.." || exit 2
program=${PROGRAM:-build/crisalide}
work=$(mktemp -d)
pid=""
passed=0 failed=0
finish() {
	[ -z "$pid" ] || kill "$pid" 2>/dev/null
	rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM
mkdir "$work/tmp"

claim() { # SENTENCE COMMAND...
	what=$1
	shift
	if "$@" >"$work/out" 2>&1; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "not ok: $what"
		cat "$work/out" "$work/log"
	fi
}
start() {
	TMPDIR="$work/tmp" "$program" demo --lang en "$@" >"$work/said" 2>"$work/log" &
	pid=$!
	for _ in $(seq 600); do
		[ "$(wc -l <"$work/said")" -ge 3 ] && break
		kill -0 "$pid" 2>/dev/null || break
		sleep 0.1
	done
	at=$(sed -n 1p "$work/said")
	secret=$(sed -n '2s/.*#//p' "$work/said")
}
end() { # SIGNAL; its exit code
	kill -"$1" "$pid"
	wait "$pid"
	code=$?
	pid=""
	return $code
}
folders() { find "$work/tmp" -mindepth 1 -maxdepth 1 -name 'crisalide-demo-*' | wc -l; }
enter() { # SECRET; the status
	curl -s -o "$work/answer" -w '%{http_code}' -c "$work/cookies" -H 'Content-Type: application/json' -d "{\"secret\":\"$1\"}" "$at/api/v1/welcome"
}
there_are() { [ "$(folders)" = "$1" ]; }
enters() { [ "$(enter "$1")" = "$2" ]; }
knows_who() { curl -sf -b "$work/cookies" "$at/api/v1/session" | grep -q '"email":"demo@example.it"'; }
has_leads() { curl -sf -b "$work/cookies" "$at/api/v1/leads?limit=1" | grep -q '"last_name"'; }
is_private() { [ "$(stat -c %a "$work"/tmp/crisalide-demo-*)" = 700 ]; }
keeps_no_secret() { ! grep -rqF -e "$secret" "$work/tmp" "$work/log"; }
refuses() { # OPTIONS...
	TMPDIR="$work/tmp" "$program" demo "$@" && return 1
	there_are 0
}

claim 'an address of the outside is refused' refuses --listen 0.0.0.0:0
claim 'and one that only looks like this machine' refuses --listen 127.0.0.1.example:0
claim 'an unknown language leaves no folder' refuses --lang xx

start
claim 'the address, the link and what to do are printed' [ -n "$secret" ]
claim 'it is in a folder of its own' there_are 1
claim 'that nobody else may read' is_private
claim 'the secret stands in no file and no log' keeps_no_secret
claim 'a wrong secret is refused' enters "crm_wrong" 401
claim 'the right one lets in' enters "$secret" 200
claim 'as the administrator' knows_who
claim 'of a firm with a year of work' has_leads
cp "$work/cookies" "$work/first"
claim 'the link is good once' enters "$secret" 401
cp "$work/first" "$work/cookies"
claim 'who came in stays in' knows_who
first=$pid
at_first=$at
start
claim 'a second trial takes nothing from the first' there_are 2
claim 'the link of another trial is none of its own' [ "$at" != "$at_first" ]
claim 'SIGINT ends it well' end INT
claim 'and its folder is gone' there_are 1
pid=$first
claim 'SIGTERM ends it well' end TERM
claim 'and its folder is gone too' there_are 0

mkdir -m 700 "$work/tmp/crisalide-demo-of-mine"
echo mine >"$work/tmp/crisalide-demo-of-mine/crisalide.db"
ln -s "$work/tmp/crisalide-demo-of-mine" "$work/tmp/crisalide-demo-linked"
start
end KILL 2>/dev/null
claim 'a killed trial leaves its folder' there_are 3
left=$(find "$work/tmp" -name demo-lock -printf '%h')
start
claim 'the next start takes it away' [ -n "$left" -a ! -e "$left" ]
claim 'SIGTERM ends that one' end TERM
claim 'what is not a trial is left alone' [ -s "$work/tmp/crisalide-demo-of-mine/crisalide.db" ]
claim 'all else is gone' [ "$(ls "$work/tmp")" = "crisalide-demo-linked
crisalide-demo-of-mine" ]

start
mine=$(echo "$work"/tmp/crisalide-demo-??????)
for f in "$work"/tmp/crisalide-demo-??????; do [ -e "$f/demo-lock" ] && mine=$f; done
echo mine >"$mine/notes.txt"
end TERM
claim 'a file that somebody laid into a trial stays' [ "$(ls "$mine")" = notes.txt ]
echo "$passed passed, $failed failed"
[ $failed = 0 ]
