#!/usr/bin/python3
"""A mail server that others wrote (Debian's python3-aiosmtpd), with STARTTLS and
a user: real.py FOLDER CERTIFICATE KEY prints its port, keeps FOLDER/N.eml, and
ends with its standard input.  never@ is refused for good, grey@ the first time."""
import asyncio
import os
import ssl
import sys
import threading

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

folder, certificate, key = sys.argv[1:4]


class Keep:
    n = 0
    met = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        wish = address.split("@")[0]
        if wish == "never":
            return "550 5.1.1 no such user here"
        if wish == "grey" and wish not in self.met:
            self.met.add(wish)
            return "451 4.7.1 greylisted, come again"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server, session, envelope):
        self.n += 1
        head = "X-Envelope: <%s> <%s>\r\nX-Tls: %s\r\nX-User: %s\r\n" % (
            envelope.mail_from, envelope.rcpt_tos[0], bool(session.ssl), session.authenticated and "crm")
        with open(os.path.join(folder, "%06d.part" % self.n), "wb") as f:
            f.write(head.encode() + envelope.original_content)
        os.rename(os.path.join(folder, "%06d.part" % self.n), os.path.join(folder, "%06d.eml" % self.n))
        return "250 2.0.0 kept"


def believe(server, session, envelope, mechanism, data):
    ok = isinstance(data, LoginPassword) and (data.login, data.password) == (b"crm", "però € 1".encode())
    return AuthResult(success=ok, handled=ok)


async def serve():
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(certificate, key)
    keep = Keep()
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(keep, hostname="real.example", tls_context=tls, require_starttls=True, authenticator=believe,
                     auth_required=True, auth_require_tls=True), "127.0.0.1", 0)
    os.write(1, b"%d\n" % server.sockets[0].getsockname()[1])
    await server.serve_forever()


threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
asyncio.run(serve())
