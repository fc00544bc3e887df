"""A witness (C2SP tlog-witness) in Python, with nothing of the register's own code: it remembers in memory, and forgets when it ends.

    python3 witness.py <vkey of the log>

Prints its own vkey and the port that it listens at.
"""

import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

import base64

from check import Refused, open_checkpoint, roots_by_consistency, sha256, unbase64

LOG = sys.argv[1]
NAME = "outside.example/python"
KEY = Ed25519PrivateKey.generate()
TYPED = b"\x04" + KEY.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
KEY_ID = sha256(NAME.encode() + b"\n" + TYPED)[:4]
EMPTY = (0, sha256(b""))

last = EMPTY


def judge(body):
    """(status, type, answer)"""
    global last
    head, _, note = body.partition("\n\n")
    old, *hashes = head.split("\n")
    if note.split("\n")[0] != LOG.split("+")[0]:
        return 404, "text/plain", "unknown log\n"
    try:
        size, root = open_checkpoint(note, {"logVkey": LOG})
    except (InvalidSignature, Refused):
        return 403, "text/plain", "not signed by the log\n"
    if int(old[4:]) > size:
        return 400, "text/plain", "old is greater\n"
    if int(old[4:]) != last[0]:
        return 409, "text/x.tlog.size", "%d\n" % last[0]
    try:
        proof = [unbase64(line) for line in hashes]
        if last[0] == 0:
            grown = not proof
        else:
            grown = roots_by_consistency(last[0], size, proof, True, last[1]) == (last[1], root)
    except Refused:
        grown = False
    if not grown:
        return 422, "text/plain", "not consistent\n"
    last = (size, root)
    text, now = note.rpartition("\n\n")[0] + "\n", int(time.time())
    signature = KEY.sign(b"cosignature/v1\ntime %d\n" % now + text.encode())
    line = base64.b64encode(KEY_ID + now.to_bytes(8, "big") + signature).decode()
    return 200, "text/plain; charset=utf-8", "\u2014 %s %s\n" % (NAME, line)


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        status, kind, answer = judge(body) if self.path == "/prefix/add-checkpoint" else (404, "text/plain", "not here\n")
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(answer.encode())

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Handler)
print("%s+%s+%s %d" % (NAME, KEY_ID.hex(), base64.b64encode(TYPED).decode(), server.server_port), flush=True)
server.serve_forever()
