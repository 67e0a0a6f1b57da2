#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A mail server for one test, on a free port of this machine: aiosmtpd with a handler that answers by
recipient and keeps what it accepts as JSON, decoded by Python's own mail reader.

usage: smtp_server.py FOLDER [--cert FILE --key FILE] [--tls-from-start] [--user NAME --password WORD]
Prints its port and runs until it is ended.
"""
import argparse
import asyncio
import collections
import email
import email.policy
import json
import pathlib
import ssl

from aiosmtpd.smtp import SMTP, AuthResult


class Handler:
    def __init__(self, folder):
        self.folder = folder
        self.asked = collections.Counter()
        self.kept = 0

    async def handle_MAIL(self, server, session, envelope, address, options):
        if address.startswith("stranger"):
            return f"553 5.7.1 <{address}> is not welcome"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.asked[address] += 1
        (self.folder / "asked.json").write_text(json.dumps(self.asked))
        if address.startswith("unknown"):
            return f"550 5.1.1 <{address}> no such user"
        if address.startswith("busy") and self.asked[address] == 1:
            return f"451 4.2.0 <{address}> try again later"
        if address.startswith("always-busy"):
            return f"452 4.2.2 <{address}> mailbox full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        if envelope.rcpt_tos[0].startswith("spam"):
            return "554 5.6.0 content refused"
        self.kept += 1
        (self.folder / f"{self.kept:04}.json").write_text(json.dumps({
            "sender": envelope.mail_from,
            "recipients": envelope.rcpt_tos,
            "encrypted": session.ssl is not None,
            "signed_in": bool(session.authenticated),
            "headers": {name.lower(): str(value) for name, value in mail.items()},
            "longest_line": max(len(line) for line in envelope.content.split(b"\r\n")),
            "ascii": envelope.content.isascii(),
            "text": mail.get_content().replace("\r\n", "\n"),
        }))
        return "250 2.0.0 OK"


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--cert")
    parser.add_argument("--key")
    parser.add_argument("--tls-from-start", action="store_true")
    parser.add_argument("--user")
    parser.add_argument("--password")
    args = parser.parse_args()
    context = None
    if args.cert:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(args.cert, args.key)
    handler = Handler(args.folder)

    def sign_in(server, session, envelope, mechanism, data):
        right = data.login == args.user.encode() and data.password == args.password.encode()
        return AuthResult(success=right, handled=right)

    def protocol():
        starttls = None if args.tls_from_start else context
        return SMTP(handler, hostname="localhost", enable_SMTPUTF8=False, tls_context=starttls,
                    require_starttls=starttls is not None, auth_required=bool(args.user),
                    auth_require_tls=not args.tls_from_start,
                    authenticator=sign_in if args.user else None)

    server = await asyncio.get_running_loop().create_server(
        protocol, "127.0.0.1", 0, ssl=context if args.tls_from_start else None)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
