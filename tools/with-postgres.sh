#!/bin/sh
# Run a command with TEST_DB leading to a PostgreSQL of its own: a fresh
# cluster in a temporary folder, on loopback and a free port, ended afterwards.
# with-postgres.sh COMMAND...;  PG_FSYNC=on for measuring.
bin=/usr/lib/postgresql/15/bin
dir=$(mktemp -d)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
as=""
if [ "$(id -u)" = 0 ]; then
	as="runuser -u postgres --"
	chown postgres "$dir"
fi
chmod 755 "$dir"
$as $bin/initdb -D "$dir/pg" -U postgres -A trust -E UTF8 --locale=C.UTF-8 >"$dir.log" 2>&1 || { cat "$dir.log"; exit 1; }
$as $bin/pg_ctl -D "$dir/pg" -w -l "$dir/log" -o "-h 127.0.0.1 -p $port -k '' -c fsync=${PG_FSYNC:-off} \
 -c max_connections=200 -c shared_buffers=${PG_BUFFERS:-128MB} -c max_pred_locks_per_transaction=256" start >>"$dir.log" 2>&1 || { cat "$dir.log" "$dir/log"; exit 1; }
stop() { $as $bin/pg_ctl -D "$dir/pg" -m immediate stop >/dev/null 2>&1; rm -rf "$dir" "$dir.log"; }
trap 'stop; exit 130' INT TERM
psql -h 127.0.0.1 -p "$port" -U postgres -qc "create role crisalide login" -c "create database crisalide owner crisalide" >/dev/null || { stop; exit 1; }
TEST_DB="postgres://crisalide@127.0.0.1:$port/crisalide" "$@"
code=$?
stop
exit $code
