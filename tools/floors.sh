#!/bin/sh
# Each room may include its own headers and those of the floors below it;
# each vendor's header enters by one door.  Prints what breaks this.
cd "$(dirname "$0")/../src" || exit 2
grep -rn '^#include' --include='*.[ch]' . | sed 's|^\./||' |
awk -F'[:"<>]' '
BEGIN {
	split("base 0 meta 1 db 1 http 1 table 1 fetch 1 record 2 mail 2 crm 3 api 4 cli 5 main.c 6", t, " ")
	for (i = 1; i in t; i += 2) floor[t[i]] = t[i + 1]
	door["sqlite3.h"] = "db/sqlite.c"; door["libpq-fe.h"] = "db/postgres.c"
	door["microhttpd.h"] = "http/"; door["libdeflate.h"] = "http/"; door["sodium.h"] = "base/secret.c"
	door["unicode/"] = "base/"; door["zip.h"] = "table/archive.c"; door["expat.h"] = "table/xml.c"; door["xlsxwriter.h"] = "table/sheet_xlsx.c"
	door["curl/"] = "mail/smtp.c fetch/fetch.c"
}
{
	split($1, from, "/"); split($4, to, "/")
	for (d in door)
		if (index($4, d) == 1 && !may($1, door[d])) bad("only " door[d] " may include " $4)
	if (!(to[1] in floor) || to[1] == from[1]) next
	if (floor[to[1]] >= floor[from[1]]) bad(from[1] " stands below " to[1] ", or beside it")
}
function may(file, doors,   list, i) {
	split(doors, list, " ")
	for (i in list) if (index(file, list[i]) == 1) return 1
	return 0
}
function bad(why) { print "src/" $1 ":" $2 ": " why; n++ }
END { exit n > 0 }'
