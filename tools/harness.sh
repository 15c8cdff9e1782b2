#!/bin/sh
# The real program under crashes, power cuts, hostile HTTP and JSON, and users
# who ask for what is not theirs.  The harnesses lie beside the repository;
# where they are not, that is said and nothing is counted.
# harness.sh [crash] [power] [http] [json] [idor] [sane]: all by default.
# sane: http and json once more with a build under ASan and UBSan, when it is there.
# PROGRAM=build/crisalide SANE=build/debug/crisalide ROUNDS=10
cd "$(dirname "$0")/.." || exit 2
root=$PWD
h="$root/../shared/harness"
if [ ! -f "$h/crash_writes.py" ]; then
	echo "the harnesses are not here (../shared/harness): nothing tried"
	echo "0 passed, 0 failed"
	exit 0
fi
program=${PROGRAM:-$root/build/crisalide}
parts=${*:-crash power http json idor sane}
work=$(mktemp -d)
pids=""
passed=0 failed=0
finish() {
	for p in $pids; do kill "$p" 2>/dev/null; done
	for p in $pids; do wait "$p" 2>/dev/null; done
	rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

# The last lines of a harness, and what it found.
judge() { # NAME CODE LOG
	if [ "$2" = 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		tail -60 "$3"
	fi
	echo "$1: $(grep -E '^(badhttp|badjson|idor|crash_writes|kills|seed=)' "$3" | tail -2 | tr '\n' ' ')"
}
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# A fresh workspace without the invented firm, and its admin's token.
prepare() { # NAME -> $work/NAME $work/NAME.token
	printf 'una parola lunga' >"$work/password"
	"$program" init --data "$work/$1" --admin admin@example.it --password-file "$work/password" --lang en --empty >"$work/$1.init" 2>&1 &&
		"$program" token --data "$work/$1" --user admin@example.it >"$work/$1.token" 2>>"$work/$1.init" ||
		{ cat "$work/$1.init"; exit 1; }
}
# Serve a workspace on a free port: its pid and port.
serve() { # NAME [PROGRAM]
	"${2:-$program}" serve --data "$work/$1" --listen 127.0.0.1:0 --no-limits --per-address 0 >"$work/$1.at" 2>"$work/$1.log" &
	pid=$!
	pids="$pids $pid"
	for _ in $(seq 100); do
		[ -s "$work/$1.at" ] && break
		sleep 0.1
	done
	port=$(sed 's/.*://' "$work/$1.at")
	[ -n "$port" ] || { cat "$work/$1.log"; exit 1; }
}
# It must still be there, and end well when told to.
leave() { # NAME PID
	kill "$2" 2>/dev/null
	wait "$2"
	ended=$?
	pids=$(echo "$pids" | sed "s/ $2\$//; s/ $2 / /")
	if [ $ended != 0 ] || grep -qE 'ERROR: |runtime error' "$work/$1.log"; then
		grep -v '^time=' "$work/$1.log" | head -80
		echo "$1: the server ended with $ended"
		return 1
	fi
}

crash() { # NAME, more options...
	name=$1
	shift
	prepare "$name"
	[ "$name" = power ] && cp -r "$work/power" "$work/power-durable"
	# shellcheck disable=SC2016
	timeout 200 python3 "$h/crash_writes.py" --cmd "$program serve --data {dir} --listen 127.0.0.1:{port} --no-limits --per-address 0" \
		--port "$(free_port)" --dir "$work/$name" --keep --rounds "${ROUNDS:-10}" --threads 8 --retry --max-per-round 4000 \
		--min-up 0.3 --max-up 1.2 --time-limit 120 --log "$work/$name.log" --header "Authorization: Bearer $(cat "$work/$name.token")" \
		--key-header Idempotency-Key --post /api/v1/leads --template '{"last_name":"{key}","description":"{sum}"}' \
		--key-field last_name --sum-field description --list '/api/v1/leads?limit=500&cursor={cursor}' --next next \
		--integrity 'sqlite3 {copy}/crisalide.db "PRAGMA integrity_check"' "$@" >"$work/$name.out" 2>&1
	judge "crash_writes ($name)" $? "$work/$name.out"
}

bad_http() { # NAME PROGRAM
	prepare "$1"
	serve "$1" "$2"
	timeout 400 python3 "$h/badhttp.py" --port "$port" --get /api/v1/leads --post /api/v1/leads --valid '{"last_name":"badhttp {n}"}' \
		--header "Authorization: Bearer $(cat "$work/$1.token")" --idle 35 --pid "$pid" >"$work/$1.out" 2>&1
	code=$?
	leave "$1" "$pid" >>"$work/$1.out" 2>&1 || code=1
	judge "badhttp ($1)" $code "$work/$1.out"
}

bad_json() { # NAME PROGRAM
	prepare "$1"
	serve "$1" "$2"
	lead=$(curl -s -H "Authorization: Bearer $(cat "$work/$1.token")" -H 'Content-Type: application/json' -d '{"last_name":"x"}' \
		"http://127.0.0.1:$port/api/v1/leads" | sed 's/.*"id":\([0-9]*\).*/\1/')
	list=$(curl -s -H "Authorization: Bearer $(cat "$work/$1.token")" -H 'Content-Type: application/json' -d '{"name":"x"}' \
		"http://127.0.0.1:$port/api/v1/prospect-lists" | sed 's/.*"id":\([0-9]*\).*/\1/')
	for entity in leads companies contacts opportunities activities prospect-lists prospects; do
		# shellcheck disable=SC2046
		timeout 200 python3 "$h/badjson.py" --port "$port" --path "/api/v1/$entity" --header "Authorization: Bearer $(cat "$work/$1.token")" \
			--total "/api/v1/$entity?limit=1&count=true" --forbidden id,owner,version,created_at,is_admin,role,status_id,ws \
			$(json_options $entity) >"$work/$1.out" 2>&1
		judge "badjson ($1, $entity)" $? "$work/$1.out"
	done
	leave "$1" "$pid" || failed=$((failed + 1))
}
# Fields of every kind there is.
json_options() {
	case $1 in
	leads) echo '--valid {"last_name":"x","email":"a@example.org"} --field last_name:string:150 --field company_name:string:250
		--field email:email:254 --field website:url --field phone:phone --field turnover:money --field employees:int
		--field source_id:ref --field sector:string:150 --field description:text --field turnover_currency:enum' ;;
	companies) echo '--valid {"name":"x"} --field name:string:250:required --field phones:list --field emails:list --field vat_number:text
		--field website:url --field employees:int' ;;
	contacts) echo '--valid {"last_name":"x"} --field last_name:string:150 --field birthday:date --field company_id:ref --field emails:list' ;;
	opportunities) echo '--valid {"name":"x"} --field name:string:500:required --field amount:money --field close_on:date --field company_id:ref
		--field contact_id:ref --field probability:int --field currency:enum --field description:text' ;;
	prospect-lists) echo '--valid {"name":"x"} --field name:string:150:required --field description:string:2000 --field script:text
		--field feed_url:url --field source_id:ref' ;;
	prospects) echo "--valid {\"list_id\":$list,\"company_name\":\"x\"} --field company_name:text --field email:text --field list_id:ref" ;;
	activities) echo "--valid {\"kind\":\"comment\",\"body\":\"x\",\"lead_id\":$lead} --field kind:enum --field body:text --field due_at:datetime --field lead_id:ref" ;;
	esac
}

not_yours() {
	prepare idor
	serve idor
	mkdir -p "$work/configs"
	timeout 60 python3 tools/idor.py --program "$program" --port "$port" --token "$(cat "$work/idor.token")" --out "$work/configs" >"$work/idor.out" 2>&1
	judge 'idor (operations, imports, tokens)' $? "$work/idor.out"
	for config in records activities prospects; do
		timeout 200 python3 "$h/idor.py" --port "$port" --config "$work/configs/$config.json" >"$work/idor.out" 2>&1
		judge "idor ($config)" $? "$work/idor.out"
	done
	leave idor "$pid" || failed=$((failed + 1))
}

gcc -O2 -shared -fPIC -o "$work/powercut.so" "$h/powercut.c" -ldl -pthread || exit 1
for part in $parts; do
	case $part in
	crash) crash kill ;;
	power) crash power --shadow "$work/power-durable" --env "LD_PRELOAD=$work/powercut.so" --env "PC_DIR=$work/power" --env "PC_SHADOW=$work/power-durable" ;;
	http) bad_http http "$program" ;;
	json) bad_json json "$program" ;;
	idor) not_yours ;;
	sane) sane=${SANE:-$root/build/debug/crisalide}
		[ -x "$sane" ] && bad_json sane "$sane" && bad_http sane-http "$sane" ;;
	esac
done
echo "$passed passed, $failed failed"
[ $failed = 0 ]
