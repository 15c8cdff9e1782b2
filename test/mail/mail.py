#!/usr/bin/env python3
"""Messages out of the real program, against a real mail server and one that does
what it is told; killed in the middle.  mail.py PROGRAM ENQUEUE; counts at the end."""
import email
import email.policy
import glob
import json
import os
import random
import shutil
import signal
import sqlite3
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

from sink import Sink

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAM, ENQUEUE = sys.argv[1:3]
WORK = tempfile.mkdtemp(prefix="mail-")
PASSWORD = "però € 1"
passed = failed = 0


def ok(what, yes, more=""):
    global passed, failed
    passed, failed = passed + bool(yes), failed + (not yes)
    if not yes:
        print("not ok - %s %s" % (what, more))


def until(what, ask, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if ask():
            return True
        time.sleep(0.05)
    ok("in %d s: %s" % (seconds, what), False)
    return False


class Office:
    """A workspace and the program that serves it."""

    def __init__(self, name):
        self.data = os.path.join(WORK, name)
        secret = os.path.join(WORK, "password")
        open(secret, "w").write("una parola lunga")
        run = lambda *a: subprocess.run([PROGRAM, *a], check=True, capture_output=True, text=True).stdout.strip()
        run("init", "--data", self.data, "--admin", "admin@example.it", "--password-file", secret, "--lang", "en", "--empty")
        self.token = run("token", "--data", self.data, "--user", "admin@example.it")
        self.log = open(self.data + ".log", "ab")

    def serve(self, *options):
        self.process = subprocess.Popen([PROGRAM, "serve", "--data", self.data, "--listen", "127.0.0.1:0", "--no-limits", *options],
                                        stdout=subprocess.PIPE, stderr=self.log)
        self.url = self.process.stdout.readline().decode().strip() + "/api/v1"

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        code = self.process.wait(30)
        if how == signal.SIGTERM:
            ok("the server ends well", code == 0, str(code))

    def ask(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        r = urllib.request.Request(self.url + path, data, method=method, headers={
            "Authorization": "Bearer " + self.token, "Content-Type": "application/json", "Accept-Language": "en"})
        try:
            with urllib.request.urlopen(r, timeout=60) as a:
                return a.status, json.load(a)
        except urllib.error.HTTPError as e:
            return e.code, json.load(e)

    def settle(self, **settings):
        code, told = self.ask("PATCH", "/settings", settings)
        ok("settings are taken", code == 200, str(told))

    def queue(self, mails):
        out = subprocess.run([ENQUEUE, "--data", self.data], input=json.dumps(mails), text=True, capture_output=True)
        return out.stdout.split("\n")[:-1]

    def sql(self, text):
        with sqlite3.connect(self.data + "/crisalide.db") as db:
            return db.execute(text).fetchall()

    def states(self):
        items = self.ask("GET", "/mails?limit=500")[1]["items"]
        return sorted(m["state"] for m in items)


def arrived(folder):
    return [email.message_from_bytes(open(p, "rb").read(), policy=email.policy.default)
            for p in sorted(glob.glob(folder + "/*.eml"))]


def folder(name):
    path = os.path.join(WORK, name)
    os.makedirs(path)
    return path


def certificate(name):
    path = os.path.join(WORK, name)
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-keyout", path + ".key", "-out", path + ".pem", "-days", "2", "-subj", "/CN=127.0.0.1",
                    "-addext", "subjectAltName=IP:127.0.0.1"], check=True, capture_output=True)
    return path + ".pem", path + ".key"


CERT = certificate("right")
MAILS = [
    {"to": "anna@example.it", "to_name": "Società \"Però\", sede", "subject": "Perché costa 3 €? 🦋 " + "così " * 60 + "sì",
     "text": "Buongiorno,\n\nè così: 3 €.\n.\nFrom qui\n" + "lunga " * 100 + "\n", "html": "<p>è così: 3 € 🦋</p>\n",
     "headers": {"List-Unsubscribe": "<https://crm.example.it/u/" + "a" * 200 + ">", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}},
    {"to": "bea@example.it", "subject": "plain", "text": "just text\n"},
    {"to": "carlo@example.it", "subject": "only html", "html": "<b>x</b>\n"},
]


def real_server(kept):
    real = subprocess.Popen(["/usr/bin/python3", os.path.join(HERE, "real.py"), kept, *CERT], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    return real, int(real.stdout.readline())


def a_real_server_takes_what_was_written():
    kept = folder("real")
    real, port = real_server(kept)
    o = Office("first")
    ok("queued", o.queue(MAILS) == ["queued"] * 3)
    wrong = [dict(MAILS[1], subject="x\r\nBcc: all@example.it"), dict(MAILS[1], to_name="x\ny"), dict(MAILS[1], to="a@b.it\n"),
             dict(MAILS[1], headers={"X-Note": "a\rb"}), dict(MAILS[1], headers={"X:": "a"})]
    ok("no line breaks in headers (ASVS 1.3.11)", [w.split()[0] for w in o.queue(wrong)] == ["subject", "to_name", "to", "X-Note", "headers"])
    o.serve("--smtp-ca", CERT[0])
    o.settle(mail_from="crm@prova.it", mail_from_name="Prova è qui", smtp_host="127.0.0.1", smtp_port=port, smtp_user="crm")
    code, told = o.ask("POST", "/settings/test-mail", {"to": "me@example.it"})
    ok("without the password it says why", code == 409, str(told))
    code, told = o.ask("POST", "/settings/smtp-password", {"password": "wrong"})
    code, told = o.ask("POST", "/settings/test-mail", {"to": "me@example.it"})
    ok("a wrong password is told in the server's words", code == 409 and "535" in told["detail"], str(told))
    code, told = o.ask("POST", "/settings/smtp-password", {"password": PASSWORD})
    ok("the password is kept", code == 200 and told["smtp_password_set"] is True, str(told))
    code, told = o.ask("POST", "/settings/test-mail", {"to": "me@example.it"})
    ok("the test mail goes out", code == 200 and told["said"].startswith("250"), str(told))
    until("all are sent", lambda: o.states() == ["sent"] * 3, 60)
    got = {m["to"].addresses[0].addr_spec: m for m in arrived(kept)}
    for sent in MAILS:
        m = got.get(sent["to"])
        ok("it arrived", m is not None, sent["to"])
        if not m:
            continue
        ok("the subject is whole", m["subject"] == sent["subject"], repr(m["subject"]))
        ok("the name is whole", m["to"].addresses[0].display_name == sent.get("to_name", ""))
        ok("it comes from the firm", str(m["from"]) == "Prova è qui <crm@prova.it>" and "<crm@prova.it>" in m["x-envelope"])
        ok("by TLS, signed in", m["x-tls"] == "True" and m["x-user"] == "crm")
        for kind in ("text", "html"):
            body = m.get_body(("plain" if kind == "text" else "html",))
            ok("the %s is whole" % kind, (body.get_content().replace("\r\n", "\n") if body else None) == sent.get(kind), repr(body and body.get_content()))
        for name, value in sent.get("headers", {}).items():
            ok("%s is whole" % name, m[name] == value, m[name])
        ok("it has a date and a name", m["date"].datetime and m["message-id"].endswith("@prova.it>"))
        ok("nothing is defective", not m.defects and not any(p.defects for p in m.walk()))
    secrets_stay_secret(o)
    o.stop()
    real.stdin.close()
    real.wait(10)


def secrets_stay_secret(o):
    told = "".join(json.dumps(o.ask("GET", p)[1], ensure_ascii=False) for p in ("/settings", "/operations", "/meta", "/mails"))
    firm = o.ask("GET", "/settings")[1]
    told += json.dumps(o.ask("GET", "/settings/%d/timeline" % firm["id"])[1], ensure_ascii=False)
    sealed = o.sql("select smtp_password from firm")[0][0]
    ok("no answer holds the password or its sealed form", PASSWORD not in told and sealed not in told and '"smtp_password":' not in told)
    backup = os.path.join(WORK, "backup.db")
    subprocess.run([PROGRAM, "backup", "--data", o.data, backup], check=True)
    for path in [backup, o.data + ".log", *glob.glob(o.data + "/*"), "/proc/%d/environ" % o.process.pid, "/proc/%d/cmdline" % o.process.pid]:
        ok("it is in no file", PASSWORD.encode() not in open(path, "rb").read(), path)
    ok("the key lies apart, for its owner alone", oct(os.stat(o.data + "/crisalide.key").st_mode)[-3:] == "600")
    key = open(o.data + "/crisalide.key", "rb").read()
    ok("the backup does not hold the key", len(key) == 32 and key not in open(backup, "rb").read())
    os.rename(o.data + "/crisalide.key", o.data + "/elsewhere")
    open(o.data + "/crisalide.key", "wb").write(os.urandom(32))
    os.chmod(o.data + "/crisalide.key", 0o600)
    code, answer = o.ask("POST", "/settings/test-mail", {"to": "me@example.it"})
    ok("with another key it asks for the password again", code == 409 and "again" in answer["detail"], str(answer))
    os.chmod(o.data + "/elsewhere", 0o644)
    os.rename(o.data + "/elsewhere", o.data + "/crisalide.key")
    code, answer = o.ask("POST", "/settings/test-mail", {"to": "me@example.it"})
    ok("a key that others may read is not used", code == 409 and "crisalide.key" in answer["detail"], str(answer))
    os.chmod(o.data + "/crisalide.key", 0o600)
    o.settle(smtp_host="localhost")
    ok("another server does not get the password", o.ask("GET", "/settings")[1]["smtp_password_set"] is False)


def what_goes_wrong_is_told():
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(*CERT)
    o = Office("second")
    o.serve()
    o.settle(mail_from="crm@prova.it", smtp_host="127.0.0.1")
    kept = folder("wrong")
    for name, sink, security, word in (
            ("a certificate nobody vouches for", Sink(kept, tls=tls), "starttls", "certificate"),
            ("the same with TLS from the start", Sink(kept, tls=tls, wrapped=True), "tls", "certificate"),
            ("no STARTTLS", Sink(kept), "starttls", "STARTTLS"),
            ("a server that turns away", Sink(kept), "none", "554")):
        sink.start()
        open(kept + "/mode", "w").write("down" if security == "none" else "")
        o.settle(smtp_port=sink.port, smtp_security=security)
        code, told = o.ask("POST", "/settings/test-mail", {"to": "me@example.it"})
        ok(name, code == 409 and word in told["detail"], str(told))
        sink.shutdown()
        sink.server_close()
    o.settle(smtp_port=sink.port)
    code, told = o.ask("POST", "/settings/test-mail", {"to": "me@example.it"})
    ok("nobody listens", code == 409 and "does not answer" in told["detail"], str(told))
    o.settle(smtp_host="there.is.no.such.host.invalid", smtp_security="starttls")
    code, told = o.ask("POST", "/settings/test-mail", {"to": "me@example.it"})
    ok("no such host", code == 409 and "cannot be found" in told["detail"], str(told))
    code, told = o.ask("POST", "/settings/test-mail", {"to": "me@example.it\r\nRCPT TO:<x@y.it>"})
    ok("one recipient", code == 422 and "to" in told["fields"], str(told))
    ok("nothing was taken", not arrived(kept))
    o.stop()


def the_queue_survives_kills():
    """With a key none goes out twice by itself; without one each goes out."""
    n, kills = 60, 0
    kept = folder("kills")
    sink = Sink(kept).start()
    o = Office("third")
    o.serve()
    o.settle(mail_from="crm@prova.it", smtp_host="127.0.0.1", smtp_port=sink.port, smtp_security="none", mails_per_minute=6000)
    o.stop()
    keyed = [{"to": "m%d@example.it" % i, "subject": "n %d" % i, "text": "x" * 2000, "once": "k%d" % i} for i in range(n)]
    plain = [{"to": "p%d@example.it" % i, "subject": "p %d" % i, "text": "x" * 2000} for i in range(n)]
    mixed = [m for pair in zip(keyed, plain) for m in pair]
    ok("queued", o.queue(mixed) == ["queued"] * n * 2)
    ok("the same keys once more", o.queue(keyed) == ["queued"] * n and o.sql("select count(*) from mail")[0][0] == n * 2)
    dice = random.Random(7)
    while kills < 40 and len(arrived(kept)) < n * 2:
        o.serve()
        before = len(arrived(kept))
        end = time.monotonic() + 10
        while time.monotonic() < end and len(arrived(kept)) < min(n * 2, before + 1 + dice.randrange(12)):
            time.sleep(0.001)
        o.stop(signal.SIGKILL)
        kills += 1
        # the ten minutes of a claim go by
        o.sql("update mail set next_at = 1 where state = 'sending'")
    o.serve()
    until("all have an end", lambda: set(o.states()) <= {"sent", "in_doubt"})
    came = [m["to"].addresses[0].addr_spec for m in arrived(kept)]
    with_key = [a for a in came if a.startswith("m")]
    doubt = {m["to"]: m["id"] for m in o.ask("GET", "/mails?state=in_doubt&limit=500")[1]["items"]}
    ok("none with a key arrived twice", len(with_key) == len(set(with_key)), str(len(with_key)))
    ok("what did not arrive is in doubt, and only what has a key", {m["to"] for m in keyed} - set(with_key) <= set(doubt) <= {m["to"] for m in keyed})
    ok("each without a key arrived", {m["to"] for m in plain} <= set(came))
    ok("none twice but one in the air at a kill", len(came) - len(set(came)) <= kills, "%d of %d" % (len(came), len(set(came))))
    ok("killed in the middle more than once", kills > 2, str(kills))
    missing = sorted(set(doubt) - set(with_key))
    for to in missing:
        code, told = o.ask("POST", "/mails/%d/retry" % doubt[to], {})
        ok("a person sends it again", code == 200 and told["state"] == "waiting", str(told))
    until("then all are there", lambda: {m["to"] for m in keyed} <= {m["to"].addresses[0].addr_spec for m in arrived(kept)})
    o.stop()
    print("# %d messages, %d kills: %d in doubt, %d of them had not arrived; without a key %d sent twice" % (
        n * 2, kills, len(doubt), len(missing), len(came) - len(set(came))))
    ok("no bad line", not [x for x in sink.said if x.startswith("BAD")])
    sink.shutdown()


def a_failure_is_shown_and_tried_again():
    kept = folder("again")
    sink = Sink(kept).start()
    o = Office("fourth")
    o.queue([{"to": "never@example.it", "subject": "no", "text": "x"}, {"to": "grey@example.it", "subject": "yes", "text": "x"}])
    o.serve()
    o.settle(mail_from="crm@prova.it", smtp_host="127.0.0.1", smtp_port=sink.port, smtp_security="none")
    until("both were tried", lambda: o.states() == ["failed", "given_up"])
    items = o.ask("GET", "/mails?state=failed,given_up")[1]["items"]
    ok("they are told with the server's words", "greylisted" in items[0]["text"] and "no such user" in items[1]["text"], str(items))
    code, told = o.ask("POST", "/mails/%d/retry" % items[0]["id"], {})
    ok("try again", code == 200 and told["state"] == "waiting", str(told))
    until("it is sent", lambda: o.states() == ["given_up", "sent"])
    code, told = o.ask("POST", "/mails/%d/retry" % items[0]["id"], {})
    ok("what is sent is not sent again", code == 409, str(told))
    o.stop()
    ok("one arrived", len(arrived(kept)) == 1)
    sink.shutdown()


def digests(kept):
    """Morning mails by recipient."""
    found = {}
    for m in arrived(kept):
        found.setdefault(m["to"].addresses[0].addr_spec, []).append(m)
    return found


def the_morning_mail_comes_once():
    """In Italian and in English, and not again after kills (S4.26, C23)."""
    kept = folder("morning")
    sink = Sink(kept).start()
    o = Office("fifth")
    o.serve()
    o.settle(mail_from="crm@prova.it", smtp_host="127.0.0.1", smtp_port=sink.port, smtp_security="none", base_url="https://crm.prova.it")
    roles = {r["name_en"]: r["id"] for r in o.ask("GET", "/roles")[1]["items"]}
    admin = next(u for u in o.ask("GET", "/users")[1]["items"] if u["email"] == "admin@example.it")
    o.ask("PATCH", "/users/%d" % admin["id"], {"digest": False})
    leads = []
    for who, lang in (("anna", "it"), ("bob", "en")):
        code, user = o.ask("POST", "/users", {"email": who + "@example.it", "name": who, "lang": lang, "role_id": roles["Sales"], "digest_hour": 0})
        ok("a user", code == 201, str(user))
        leads.append(o.ask("POST", "/leads", {"last_name": "Perché " + who, "company_name": "Ditta & figli", "owner_id": user["id"]})[1]["id"])
    o.stop()
    o.sql("update lead set status_since = status_since - 8 * 86400000")
    o.sql("delete from digest")  # a minute that passed meanwhile has seen to the day
    preview = subprocess.run([PROGRAM, "digest", "--data", o.data], capture_output=True, text=True).stdout
    ok("it can be looked at before", preview.count("To: ") == 2 and not o.sql("select * from mail"), preview)
    o.serve()
    until("both arrived", lambda: len(arrived(kept)) == 2)
    for _ in range(3):
        o.stop(signal.SIGKILL)
        o.sql("update mail set next_at = 1 where state = 'sending'")
        o.serve()
        # the chores of a start have seen to it: they run before the first answer is a second old
        until("the queue is empty", lambda: set(o.states()) <= {"sent", "in_doubt"})
        time.sleep(1.5)
    got = digests(kept)
    ok("each has one", sorted(got) == ["anna@example.it", "bob@example.it"] and all(len(m) == 1 for m in got.values()), str(got.keys()))
    for who, title, action, lead in (("anna", "Lead scaduti: 1", "Prossima azione", leads[0]), ("bob", "Expired leads: 1", "Set next action", leads[1])):
        m = got[who + "@example.it"][0]
        ok("the subject is in his language", m["subject"] == title, m["subject"])
        ok("it says that it is a program's", m["auto-submitted"] == "auto-generated")
        for kind in ("plain", "html"):
            body = m.get_body((kind,)).get_content()
            ok("it has the lead and its links", all(x in body for x in (
                "Perché " + who, action, "https://crm.prova.it/leads/%d" % lead, "/leads/%d?do=next-action" % lead)), body)
    while_serving = subprocess.run([PROGRAM, "digest", "--data", o.data, "--user", "bob@example.it", "--at", "2027-01-05T07:00:00Z"],
                                   capture_output=True, text=True)
    ok("it can be looked at while it serves", "Subject: Expired leads: 1" in while_serving.stdout, while_serving.stderr)
    o.stop()
    sink.shutdown()


def digests_survive_kills():
    """Killed at any moment, a day's mail is sent to nobody twice (S4.26, C23)."""
    people, kept = 12, folder("dawn")
    sink = Sink(kept).start()
    o = Office("sixth")
    o.serve()
    o.settle(mail_from="crm@prova.it", smtp_host="127.0.0.1", smtp_port=sink.port, smtp_security="none", mails_per_minute=6000)
    role = next(r["id"] for r in o.ask("GET", "/roles")[1]["items"] if r["name_en"] == "Sales")
    admin = next(u for u in o.ask("GET", "/users")[1]["items"] if u["email"] == "admin@example.it")
    o.ask("PATCH", "/users/%d" % admin["id"], {"digest": False})
    for i in range(people):
        user = o.ask("POST", "/users", {"email": "u%d@example.it" % i, "name": "u", "role_id": role, "digest_hour": 0})[1]
        o.ask("POST", "/leads", {"last_name": "L%d" % i, "owner_id": user["id"]})
    o.stop()
    o.sql("update lead set status_since = status_since - 8 * 86400000")
    o.sql("delete from digest")  # a minute that passed meanwhile has seen to the day
    dice, kills = random.Random(3), 0
    while kills < 25 and len(arrived(kept)) <= people:
        o.serve()
        before, end = len(arrived(kept)), time.monotonic() + 3
        while time.monotonic() < end and len(arrived(kept)) < before + 1 + dice.randrange(2):
            time.sleep(0.001)
        o.stop(signal.SIGKILL)
        kills += 1
        o.sql("update mail set next_at = 1 where state = 'sending'")
        if not o.sql("select 1 from mail where state in ('waiting', 'sending', 'failed')") and kills > 5:
            break
    o.serve()
    until("all have an end", lambda: set(o.states()) <= {"sent", "in_doubt"} and len(o.states()) == people)
    got = digests(kept)
    ok("nobody has two", all(len(m) == 1 for m in got.values()), str({k: len(v) for k, v in got.items()}))
    doubt = {m["to"] for m in o.ask("GET", "/mails?state=in_doubt")[1]["items"]}
    ok("who has none is told to be in doubt", {"u%d@example.it" % i for i in range(people)} - set(got) <= doubt)
    o.stop()
    print("# %d morning mails, %d kills: %d arrived, none twice, %d in doubt" % (people, kills, len(got), len(doubt)))
    sink.shutdown()


def post_form(o, path, text):
    r = urllib.request.Request(o.url[:-len("/api/v1")] + path, text.encode(), method="POST",
                               headers={"Content-Type": "application/x-www-form-urlencoded"})
    with urllib.request.urlopen(r, timeout=30) as a:
        return a.status


def a_campaign_goes_out():
    """Some hundred letters through a real server: measured, stopped, killed, taken up again (S3.3, S3.14)."""
    n, kept = 240, folder("campaign")
    real, port = real_server(kept)
    o = Office("seventh")
    o.serve("--smtp-ca", CERT[0])
    o.settle(mail_from="news@prova.it", smtp_host="127.0.0.1", smtp_port=port, smtp_user="crm", base_url="https://crm.prova.it", mails_per_minute=40)
    o.ask("POST", "/settings/smtp-password", {"password": PASSWORD})
    names = ["m%d" % i for i in range(n)] + ["never", "grey"]
    for name in names + ["mute", "gone"]:
        lead = o.ask("POST", "/leads", {"last_name": name, "email": name + "@example.it"})[1]
        if name != "mute":
            o.ask("POST", "/consents", {"lead_id": lead["id"], "how": "paper"})
    o.ask("POST", "/suppressions", {"email": "gone@example.it"})
    segment = o.ask("POST", "/segments", {"name": "All", "entity": "lead", "query": ""})[1]
    campaign = o.ask("POST", "/campaigns", {"name": "News", "segment_id": segment["id"], "subject": "Hello {last_name}", "body": "Dear {last_name|friend}"})[1]
    door = "/campaigns/%d" % campaign["id"]
    seen = o.ask("GET", door + "/audience")[1]
    ok("it is counted before", seen["ready"] == n + 2 and seen["left_out"]["no_consent"] == 1 and seen["left_out"]["suppressed"] == 1, str(seen))
    code, run = o.ask("POST", door + "/send", {})
    ok("it begins", code == 200 and run["state"] == "running" and 0 < run["queued"] < n, str(run))
    code, run = o.ask("POST", door + "/stop", {})
    stopped = run["queued"]
    ok("it is stopped", run["state"] == "stopped" and len(o.states()) == stopped, str(run))
    until("what was queued is tried", lambda: "waiting" not in o.states())
    o.stop()
    o.serve("--smtp-ca", CERT[0])
    ok("stopped it stays", len(o.states()) == stopped and o.ask("GET", door + "/run")[1]["state"] == "stopped")
    o.ask("POST", door + "/send", {})
    kills = 0
    while o.ask("GET", door + "/run")[1]["state"] == "running" and kills < 10:
        time.sleep(0.3)
        o.stop(signal.SIGKILL)
        kills += 1
        o.sql("update mail set next_at = 1 where state = 'sending'")
        o.serve("--smtp-ca", CERT[0])
        time.sleep(0.5)
    count = lambda q: o.sql(q)[0][0]
    ok("all are queued, each once", count("select count(*) from mail where purpose = 'campaign'") == n + 2)
    minute = "select count(*) from mail where claimed_at > (select max(claimed_at) from mail) - 60000"
    ok("no more a minute than settled", count(minute) <= 40, str(count(minute)))
    o.settle(mails_per_minute=6000)
    until("all were spoken", lambda: not {"waiting", "sending"} & set(o.states()), 90)
    for _ in range(2):
        o.stop(signal.SIGKILL)
        o.sql("update mail set next_at = 1 where state in ('sending', 'failed')")
        o.serve("--smtp-ca", CERT[0])
        until("all have an end", lambda: set(o.states()) <= {"sent", "in_doubt", "given_up"}, 60)
    states = o.states()
    came = [m["to"].addresses[0].addr_spec for m in arrived(kept)]
    ok("nobody has two", len(came) == len(set(came)), "%d of %d" % (len(came), len(set(came))))
    doubt = {m["to"] for m in o.ask("GET", "/mails?state=in_doubt&limit=500")[1]["items"]}
    wanted = {x + "@example.it" for x in names} - {"never@example.it"}
    ok("each has it or is in doubt, nobody else", wanted - set(came) <= doubt and set(came) <= wanted, str(wanted - set(came) - doubt))
    bounced = o.ask("GET", "/mails?state=given_up")[1]["items"]
    ok("a 550 is given up in the server's words", [m["to"] for m in bounced] == ["never@example.it"] and "no such user" in bounced[0]["text"], str(bounced))
    touches = o.ask("GET", "/touches?campaign_id=%d&count=true&limit=1" % campaign["id"])[1]["total"]
    ok("the counts agree", touches == n + 2 == len(states) and states.count("sent") + len(doubt) == n + 1, "%d %s" % (touches, len(states)))
    letter = arrived(kept)[0]
    link = letter["list-unsubscribe"].strip("<>")
    ok("one click is offered (RFC 8058)", letter["list-unsubscribe-post"] == "List-Unsubscribe=One-Click" and link.startswith("https://crm.prova.it/f/leave/"), link)
    ok("and taken", post_form(o, link[len("https://crm.prova.it"):], "List-Unsubscribe=One-Click") == 200)
    told = o.ask("GET", "/suppressions?email=" + letter["to"].addresses[0].addr_spec)[1]
    ok("who leaves is left alone", told["suppressed"] and told["why"] == "left", str(told))
    seen = o.ask("GET", door + "/audience")[1]
    ok("and counted so", seen["ready"] == 0 and seen["left_out"]["suppressed"] == 2, str(seen))
    o.stop()
    print("# %d letters, %d stopped and taken up again, %d kills: %d arrived, none twice, %d in doubt" % (n + 2, stopped, kills + 2, len(came), len(doubt)))
    real.stdin.close()
    real.wait(10)


try:
    a_real_server_takes_what_was_written()
    what_goes_wrong_is_told()
    the_queue_survives_kills()
    a_failure_is_shown_and_tried_again()
    the_morning_mail_comes_once()
    digests_survive_kills()
    a_campaign_goes_out()
finally:
    shutil.rmtree(WORK, ignore_errors=True)
print("%d passed, %d failed (mail)" % (passed, failed))
sys.exit(failed > 0)
