#!/usr/bin/env python3
"""doc/TOUR.md: the source in reading order, each header with its caption.
tour.py --write renews it; without an argument it says whether it is old."""
import glob
import os
import sys

ROOMS = [
    ("base", "could serve any program: memory, text, time, money, numbers people type"),
    ("meta", "the words in which an entity is declared"),
    ("db", "one way to speak SQL; two engines behind it; the queue of writers"),
    ("http", "requests in, answers out; the only room that knows the HTTP library"),
    ("mail", "messages out: a queue in the store, MIME, SMTP"),
    ("table", "files of rows, read and written: CSV, XLSX, ODS"),
    ("fetch", "what lies elsewhere, fetched with care"),
    ("record", "any entity's data, from its table alone"),
    ("crm", "the business: one file an entity, one file a verb"),
    ("api", "every door: one table of routes"),
    ("cli", "the commands of the program"),
]
FIRST = {
    "base": ["arena.h", "buf.h", "ctx.h", "json.h"], "db": ["db.h", "driver.h", "store.h"],
    "mail": ["mail.h", "parts.h"],
    "record": ["record.h", "op.h", "rights.h", "list.h", "search.h", "schema.h"],
    "crm": ["entities.h", "lead.h", "next_action.h", "conversion.h", "opportunity.h"],
    "api": ["api.h", "handlers.h"], "cli": ["cli.h", "serve.h"],
}


def caption(path):
    first = open(path, encoding="utf-8").readline().strip()
    return first.removeprefix("/*").removesuffix("*/").strip().split(" - ", 1)[-1]


out = ["# A tour of the source", "",
       "In reading order, from the floor up; a room includes only itself and lower floors (`tools/floors.sh`). "
       "A request walks down once: `cli/answer.c`, `api/api.c`, one handler, one verb in `crm/`, `record/`, `db/`, "
       "and the answer comes straight back. This page is made by `tools/tour.py --write` from the first line of each file.", ""]
for room, about in ROOMS:
    out += ["## %s" % room, "", about[0].upper() + about[1:] + ".", ""]
    names = sorted(os.path.basename(p) for p in glob.glob("src/%s/*.[ch]" % room))
    first = [n for n in FIRST.get(room, []) if n in names]
    for n in first + [n for n in names if n not in first]:
        out.append("- [`%s`](../src/%s/%s) %s" % (n, room, n, caption("src/%s/%s" % (room, n))))
    out.append("")
out += ["## Then", "", "- [`test/api`](../test/api) the doors, as text that reads like a specification",
        "- [`web/src`](../web/src) the user interface, drawn from `/api/v1/meta`",
        "- [`bench`](../bench) the figures, beside the machine's own limit", ""]
text = "\n".join(out)
if "--write" in sys.argv:
    open("doc/TOUR.md", "w", encoding="utf-8").write(text)
elif not os.path.exists("doc/TOUR.md") or open("doc/TOUR.md", encoding="utf-8").read() != text:
    print("doc/TOUR.md is old: tools/tour.py --write")
    sys.exit(1)
