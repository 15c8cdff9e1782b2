#!/usr/bin/env python3
"""Lists by the firm's own fields beside lists by a built-in indexed one, with N
leads: bench/fields.py [200000].  PROGRAM=build/crisalide; KEEP=folder keeps the
store there; STORE=postgresql://... measures there instead (an empty database).
Each line: the median and the slowest of 20 pages of 50, one after the other."""
import http.client
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

N = int(sys.argv[1]) if len(sys.argv) > 1 else 200000
PROGRAM = os.environ.get("PROGRAM", "build/crisalide")
FOLDER = os.environ.get("KEEP") or tempfile.mkdtemp()
STORE = os.environ.get("STORE")
PLACE = ["--store", STORE] if STORE else ["--data", FOLDER + "/data"]
HERE = os.path.dirname(os.path.abspath(__file__))


def run(*args, **more):
    return subprocess.run([PROGRAM, *args], check=True, capture_output=True, text=True, **more).stdout.strip()


class Server:
    def __enter__(self):
        self.token = run("token", *PLACE, "--user", "admin@example.it")
        self.process = subprocess.Popen([PROGRAM, "serve", *PLACE, "--listen", "127.0.0.1:0", "--no-limits"],
                                        stdout=subprocess.PIPE, stderr=open(FOLDER + "/log", "w"))
        port = int(self.process.stdout.readline().decode().rsplit(":", 1)[1])
        self.http = http.client.HTTPConnection("127.0.0.1", port)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def ask(self, method, path, body=None):
        head = {"Authorization": "Bearer " + self.token, "Content-Type": "application/json"}
        self.http.request(method, "/api/v1" + path, json.dumps(body) if body is not None else None, head)
        answer = self.http.getresponse()
        read = answer.read()
        if answer.status >= 300:
            sys.exit("%s: %d %s" % (path, answer.status, read.decode()))
        return json.loads(read)


def fill():
    """zone: a few are of C, all but the oldest 5,000 of A or B, those of OLD."""
    choices = [{"value": v, "it": v} for v in ("A", "B", "C", "OLD")]
    with open(FOLDER + "/password", "w") as f:
        f.write("una parola lunga")
    run("init", *PLACE, "--admin", "admin@example.it", "--password-file", FOLDER + "/password", "--lang", "en", "--empty")
    with Server() as s:
        s.ask("POST", "/custom-fields", {"entity": "lead", "name": "zone", "label_it": "Zona", "type": "choice",
                                         "choices": choices, "list": True})
        s.ask("POST", "/custom-fields", {"entity": "lead", "name": "points", "label_it": "Punti", "type": "int",
                                         "list": True})
    rows = subprocess.run([sys.executable, HERE + "/leads.py", str(N)], check=True, capture_output=True, text=True)
    with open(FOLDER + "/leads.csv", "w") as f:
        for i, line in enumerate(rows.stdout.splitlines()):
            zone = "OLD" if i <= 5000 else "C" if i % 2000 == 0 else "AB"[i % 10 == 0]
            f.write(line + (";Zona;Punti\n" if i == 0 else ";%s;%s\n" % (zone, "" if i % 50 == 7 else i * 7919 % 1000)))
    run("import", *PLACE, "leads", FOLDER + "/leads.csv")


LISTS = [
    ("a built-in status, shared by all", "status_id={status}"),
    ("... last changed first", "status_id={status}&sort=-updated_at"),
    ("... by title, and counted", "status_id={status}&sort=title&count=true"),
    ("a value that 9 of 10 share", "zone=A"),
    ("... last changed first", "zone=A&sort=-updated_at"),
    ("... by title, and counted", "zone=A&sort=title&count=true"),
    ("... by another own field", "zone=A&sort=-points"),
    ("a value of 1 in 2,000", "zone=C"),
    ("... by title, and counted", "zone=C&sort=title&count=true"),
    ("a value of the oldest 5,000", "zone=OLD"),
    ("... last changed first", "zone=OLD&sort=-updated_at"),
    ("either of two shared values", "zone[in]=A,B&sort=title"),
    ("a number in a wide range", "points[gte]=100&sort=title"),
    ("a number in a narrow range", "points[gte]=998&sort=title"),
    ("in the order of a number", "sort=points"),
    ("... those without one (1 in 50)", "points[null]=true"),
]


def measure(s):
    status = s.ask("GET", "/leads?limit=1")["items"][0]["status_id"]
    print("| list of 50 of %d leads | median | slowest |\n|---|---|---|" % N)
    for what, query in LISTS:
        path, took = "/leads?limit=50&" + query.format(status=status), []
        for _ in range(20):
            at = time.monotonic()
            s.ask("GET", path)
            took.append((time.monotonic() - at) * 1000)
        print("| %s | %.1f ms | %.1f ms |" % (what, statistics.median(took), max(took)), flush=True)


try:
    if STORE or not os.path.exists(FOLDER + "/data/crisalide.db"):
        os.makedirs(FOLDER, exist_ok=True)
        fill()
    with Server() as server:
        measure(server)
finally:
    if not os.environ.get("KEEP"):
        shutil.rmtree(FOLDER)
