#!/usr/bin/env python3
"""Every key of the server's words stands in both languages, sorted, and is used;
every key that the code names is there.  Prints what is not so."""
import json
import re
import subprocess
import sys

bad = []
tables = {}
for lang in ("it", "en"):
    path = "locales/%s/server.json" % lang
    tables[lang] = json.load(open(path, encoding="utf-8"))
    keys = list(tables[lang])
    if keys != sorted(keys):
        bad.append(path + ": the keys are not sorted")
for key in sorted(set(tables["it"]) ^ set(tables["en"])):
    bad.append("%s: in one language only" % key)
for key in set(tables["it"]) & set(tables["en"]):
    if set(re.findall(r"\{(\d)", tables["it"][key])) != set(re.findall(r"\{(\d)", tables["en"][key])):
        bad.append("%s: the languages take different arguments" % key)
source = subprocess.run(["git", "grep", "-h", "", "--", "src/*.c", "src/*.h"], capture_output=True, text=True).stdout
source = re.sub(r"/\*.*?\*/", "", source, flags=re.S)
named = set(re.findall(r'"([a-z_]+(?:\.[a-z_0-9]+)+)"', source))
made = ("op.", "title.", "kpi.define.", "kpi.section.", "kpi.figure.", "kpi.phase.")  # keys put together at run time
kinds = {"op." + k for k in named}
prefixes = {k.split(".")[0] for k in tables["it"]}
for key in sorted(named):
    if key.split(".")[0] in prefixes and key not in tables["it"] and "op." + key not in tables["it"] \
            and not re.search(r"\.(c|h|db|json|html|csv|it|example)$", key):
        bad.append("%s: named in the code, not in the words" % key)
for key in sorted(tables["it"]):
    if key not in named and not key.startswith(made):
        bad.append("%s: not used" % key)
print("\n".join(bad), end="\n" if bad else "")
sys.exit(bool(bad))
