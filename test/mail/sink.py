#!/usr/bin/env python3
"""A mail server that does what it is told: sink.py FOLDER prints its port and
keeps each message it took as FOLDER/N.eml, the envelope in its first lines.

What it does stands before a + or @ in the recipient's address:
  never    550 to RCPT                 grey     451 to RCPT the first time
  later    451 after DATA, once        reject   554 after DATA
  cut      hangs up within DATA, once  cutafter takes it, then hangs up without 250, once
anything else is taken.  FOLDER/mode, when it is there, is about the whole
server: down (554 greeting), busy (421 greeting), login (535), bare (no STARTTLS)."""
import os
import socketserver
import ssl
import sys
import threading


class Talk(socketserver.StreamRequestHandler):
    timeout = 20

    def say(self, line):
        self.server.note("S: " + line)
        self.wfile.write(line.encode() + b"\r\n")

    def once(self, what):
        """Whether this is the first time for this recipient."""
        with self.server.lock:
            first = (what, self.to) not in self.server.met
            self.server.met.add((what, self.to))
        return first

    def handle(self):
        try:
            self.talk()
        except (ConnectionError, TimeoutError, ssl.SSLError) as e:
            self.server.note("cut: %s" % e)

    def talk(self):
        mode = self.server.mode()
        if mode in ("down", "busy"):
            return self.say("554 5.3.2 no mail here" if mode == "down" else "421 4.3.2 try later")
        self.sender = self.to = None
        self.secure = bool(self.server.wrapped)
        self.say("220 sink.example ESMTP")
        while True:
            line = self.rfile.readline(4096)
            if not line:
                return
            if not line.endswith(b"\r\n") or len(line) > 998:
                self.server.note("BAD LINE %r" % line[:80])
            text = line.decode("utf-8", "replace").strip()
            verb = text.split(" ")[0].upper()
            self.server.note("C: " + ("AUTH ..." if verb == "AUTH" else text))
            if getattr(self, "do_" + verb.lower(), self.unknown)(text) is False:
                return

    def unknown(self, text):
        self.say("502 5.5.1 unknown")

    def do_ehlo(self, text):
        self.say("250-sink.example")
        if self.server.tls and not self.secure and self.server.mode() != "bare":
            self.say("250-STARTTLS")
        if self.server.users:
            self.say("250-AUTH PLAIN LOGIN")
        self.say("250 8BITMIME")

    def do_starttls(self, text):
        self.say("220 2.0.0 go ahead")
        self.connection = self.server.tls.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", buffering=0)
        self.secure = True

    def do_auth(self, text):
        if len(text.split()) < 3:
            self.say("334 ")
            self.rfile.readline(4096)
        self.say("535 5.7.8 bad credentials" if self.server.mode() == "login" else "235 2.7.0 welcome")

    def do_rset(self, text):
        self.say("250 2.0.0 ok")

    def do_quit(self, text):
        self.say("221 2.0.0 bye")
        return False

    def do_mail(self, text):
        self.sender = text[10:].split(">")[0].strip("<> ")
        self.say("250 2.1.0 ok")

    def do_rcpt(self, text):
        self.to = text[8:].strip("<> ")
        self.wish = self.to.split("@")[0].split("+")[0]
        if self.wish == "never":
            return self.say("550 5.1.1 no such user here")
        if self.wish == "grey" and self.once("grey"):
            return self.say("451 4.7.1 greylisted, come again")
        self.say("250 2.1.5 ok")

    def do_data(self, text):
        self.say("354 go on")
        body = b""
        while True:
            line = self.rfile.readline(65536)
            if not line:
                return False
            if line == b".\r\n":
                break
            if not line.endswith(b"\r\n") or len(line) > 1000:
                self.server.note("BAD LINE %r" % line[:80])
            body += line[1:] if line.startswith(b".") else line
            if self.wish == "cut" and len(body) > 200 and self.once("cut"):
                return False
        if self.wish == "later" and self.once("later"):
            return self.say("451 4.3.0 not now")
        if self.wish == "reject":
            return self.say("554 5.7.1 looks like spam")
        self.server.keep(self.sender, self.to, body)
        if self.wish == "cutafter" and self.once("cutafter"):
            return False
        self.say("250 2.0.0 queued")


class Sink(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, folder, tls=None, wrapped=False, users=False):
        super().__init__(("127.0.0.1", 0), Talk)
        self.folder, self.tls, self.wrapped, self.users = folder, tls, wrapped, users
        self.lock, self.met, self.n, self.said = threading.Lock(), set(), 0, []
        self.port = self.server_address[1]

    def get_request(self):
        conn, address = super().get_request()
        if self.wrapped:
            conn.settimeout(20)
            conn = self.tls.wrap_socket(conn, server_side=True)
        return conn, address

    def handle_error(self, request, address):
        self.note("error: %s" % (sys.exc_info()[1],))

    def mode(self):
        try:
            return open(os.path.join(self.folder, "mode")).read().strip()
        except FileNotFoundError:
            return ""

    def note(self, line):
        with self.lock:
            self.said.append(line)
            with open(os.path.join(self.folder, "log"), "a") as f:
                f.write(line + "\n")

    def keep(self, sender, to, body):
        with self.lock:
            self.n += 1
            path = os.path.join(self.folder, "%06d.eml" % self.n)
            with open(path + ".part", "wb") as f:
                f.write(b"X-Envelope: <%s> <%s>\r\n" % (sender.encode(), to.encode()) + body)
            os.rename(path + ".part", path)

    def start(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self


if __name__ == "__main__":
    sink = Sink(sys.argv[1])
    os.write(1, b"%d\n" % sink.port)
    threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
    sink.serve_forever()
