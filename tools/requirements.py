#!/usr/bin/env python3
"""Which test proves which requirement.

requirements.py          prints the ids that no test names
requirements.py --write  renews the third column of doc/requirements.md"""
import re
import subprocess
import sys

DOC = "doc/requirements.md"
out = subprocess.run(["git", "grep", "-oE", r"\b(S[1-5]\.[0-9]+(-S?[0-9.]+)?|C[0-9]+)\b", "--", "test", "web/test"],
                     capture_output=True, text=True).stdout
proved = {}
for line in out.splitlines():
    path, ids = line.split(":", 1)
    m = re.match(r"(S\d)\.(\d+)-(?:S\d\.)?(\d+)$", ids)
    names = ["%s.%d" % (m[1], i) for i in range(int(m[2]), int(m[3]) + 1)] if m else [ids]
    for name in names:
        proved.setdefault(name, set()).add(path)
rows, missing = [], []
for line in open(DOC, encoding="utf-8"):
    m = re.match(r"\| (S\d\.\d+|C\d+) \| (.*?) \| (.*?) \|$", line)
    if m:
        files = ", ".join("`%s`" % p for p in sorted(proved.get(m[1], ())))
        if not files:
            missing.append(m[1])
        line = "| %s | %s | %s |\n" % (m[1], m[2], files or "—")
    rows.append(line)
if "--write" in sys.argv:
    open(DOC, "w", encoding="utf-8").writelines(rows)
print(" ".join(missing) or "every id is named by a test")
