#!/usr/bin/env python3
"""Statements that name a table and forget the workspace: adjacent literals are
one text, and what a function adds to a statement counts with it."""
import glob
import re

TABLE = re.compile(r"\b(?:from|join|update|into) ([a-z_]+)")
for path in sorted(glob.glob("src/*/*.c")):
    if path.endswith(("schema.c", "schema_checks.c", "sqlite.c", "postgres.c")):
        continue
    text = open(path, encoding="utf-8").read()
    for body in re.split(r"\n}\n", text):
        joined = re.sub(r'"\s*(?:/\*[^*]*\*/\s*)?"', "", body)
        for literal in re.findall(r'"((?:[^"\\\n]|\\.)*)"', joined):
            if not re.match(r"\s*(select|insert|update|delete)\b", literal):
                continue
            tables = [t for t in TABLE.findall(literal) if t not in ("pragma_table_info", "information_schema", "search")]
            built = re.search(r"rights_where|list_where|kpi_scope|where_and_order|ws = |\(ws, ", joined.replace(literal, ""))
            if tables and "ws" not in literal and not built:
                print("%s: %s" % (path, literal[:90]))
