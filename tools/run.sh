#!/bin/sh
# First start: a workspace with an invented firm; then serve it.
# run.sh PROGRAM DATA LISTEN
set -e
program=$1 data=$2 listen=$3
if [ ! -f "$data/crisalide.db" ]; then
	mkdir -p "$data"
	umask 077
	head -c 9 /dev/urandom | base64 | tr '+/' 'ab' >"$data/password"
	echo "making a workspace with an invented firm in $data ..."
	"$program" init --data "$data" --admin admin@example.it --password-file "$data/password" --lang "${CRISALIDE_LANG:-it}"
fi
cat <<TEXT

  Crisalide    http://$listen
  sign in as   admin@example.it
  password     $(cat "$data/password" 2>/dev/null || echo "(the one you chose)")
  stop it      Ctrl C        the data is in $data/

TEXT
exec "$program" serve --data "$data" --listen "$listen" 2>>"$data/serve.log"
