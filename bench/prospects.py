#!/usr/bin/env python3
"""Called by prospects.sh: PROGRAM ROWS."""
import http.client
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time

program, rows = sys.argv[1], int(sys.argv[2])
TEXT = ["first_name", "last_name", "job_title", "company_name", "email", "pec", "phone", "mobile", "website", "linkedin", "street",
        "postal_code", "city", "province", "region", "country", "sector", "turnover", "employees", "need"]


def cpu(pid):
    with open("/proc/%d/stat" % pid) as f:
        parts = f.read().rsplit(")", 1)[1].split()
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


class Server:
    def __init__(self, folder):
        with open(folder + "/password", "w") as f:
            f.write("una parola lunga")
        data = folder + "/data"
        subprocess.run([program, "init", "--data", data, "--admin", "a@example.it", "--password-file", folder + "/password", "--lang", "en",
                        "--empty"], check=True, stdout=subprocess.DEVNULL)
        self.token = subprocess.run([program, "token", "--data", data, "--user", "a@example.it"], check=True, capture_output=True,
                                    text=True).stdout.strip()
        self.process = subprocess.Popen([program, "serve", "--data", data, "--listen", "127.0.0.1:0", "--no-limits"],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.port = int(self.process.stdout.readline().decode().rsplit(":", 1)[1])
        self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        self.file = next(os.path.join(data, f) for f in os.listdir(data) if f.endswith(".db"))

    def ask(self, method, path, body=None, kind="application/json"):
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        self.line.request(method, "/api/v1" + path, data, {"Authorization": "Bearer " + self.token, "Content-Type": kind})
        answer = self.line.getresponse()
        text = answer.read()
        if answer.status >= 300:
            sys.exit("%s %s: %d %s" % (method, path, answer.status, text[:300]))
        return json.loads(text)


def value(field, i):
    return {"email": "m%d@ditta%d.example" % (i, i), "phone": "02 %07d" % i, "mobile": "333 %07d" % i, "website": "www.ditta%d.example" % i,
            "company_name": "Ditta %d srl" % i, "pec": "p%d@pec.example" % i}.get(field, "%s %d" % (field, i % 1000))


def timed(server, what):
    before, began = cpu(server.process.pid), time.monotonic()
    result = what()
    return result, cpu(server.process.pid) - before, time.monotonic() - began


def load_all(server, sheet):
    cursor, got = "", []
    while cursor is not None:
        page = server.ask("GET", "/prospect-lists/%d/rows?limit=5000&cursor=%s" % (sheet, cursor))
        got += [r[0] for r in page["rows"]]
        cursor = page["next"]
    return got


def bare_read(path, sheet):
    db = sqlite3.connect(path)
    began = time.process_time()
    for _ in db.execute("select %s from prospect where ws = 1 and list_id = ? order by position, id" % ", ".join(TEXT), (sheet,)):
        pass
    return time.process_time() - began


def bare_write(path, ids):
    db = sqlite3.connect(path + ".copy")
    sqlite3.connect(path).backup(db)
    began = time.process_time()
    db.executemany("update prospect set %s where ws = 1 and id = ?" % ", ".join(f + " = ?" for f in TEXT),
                   [[value(f, i) + "!" for f in TEXT] + [id] for i, id in enumerate(ids)])
    db.commit()
    return time.process_time() - began


with tempfile.TemporaryDirectory() as folder:
    s = Server(folder)
    try:
        text = ";".join(TEXT) + "\n" + "".join(";".join(value(f, i) for f in TEXT) + "\n" for i in range(rows))
        im, used, wall = timed(s, lambda: s.ask("POST", "/imports?entity=prospects&name=list.csv&run=true", text.encode(), "text/csv"))
        began = time.monotonic()
        before = cpu(s.process.pid)
        while im["state"] == "running":
            time.sleep(0.2)
            im = s.ask("GET", "/imports/%d" % im["id"])
        used += cpu(s.process.pid) - before
        wall += time.monotonic() - began
        sheet = im["into"]["id"]
        print("%d rows imported: %.1f s of processor, %.1f s in all" % (im["progress"]["created"], used, wall))
        ids, used, wall = timed(s, lambda: load_all(s, sheet))
        print("%d rows loaded, 5,000 a page: %.2f s of processor, %.2f s in all; a bare select %.2f s"
              % (len(ids), used, wall, bare_read(s.file, sheet)))
        some = ids[:1000]
        cells = [{"id": id, "key": f, "value": value(f, i) + "!"} for i, id in enumerate(some) for f in TEXT]
        done, used, wall = timed(s, lambda: s.ask("POST", "/prospect-lists/%d/cells" % sheet, {"set": cells}))
        print("1,000 x 20 cells saved: %.2f s of processor, %.2f s in all; a bare update %.2f s" % (used, wall, bare_write(s.file, some)))
        _, used, wall = timed(s, lambda: s.ask("POST", "/operations/%d/undo" % done["operation_id"], {}))
        print("and undone: %.2f s of processor, %.2f s in all" % (used, wall))
        _, used, wall = timed(s, lambda: s.ask("GET", "/prospect-lists/%d/sheet" % sheet))
        print("its columns and counts: %.2f s of processor, %.2f s in all" % (used, wall))
    finally:
        s.process.terminate()
        s.process.wait()
