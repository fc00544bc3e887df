"""Checks what the register writes, with Python's `cryptography` and nothing of the register's own code.

Written from RFC 6962 and the C2SP specifications: recursion over the definitions where the register folds. Reads a list of cases
from standard input, answers a list of true, or of the reason why not.
"""

import base64
import hashlib
import json
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class Refused(Exception):
    pass


def sha256(data):
    return hashlib.sha256(data).digest()


def leaf_hash(data):
    return sha256(b"\x00" + data)


def node_hash(left, right):
    return sha256(b"\x01" + left + right)


def split(n):
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def tree_hash(leaves):
    if not leaves:
        return sha256(b"")
    if len(leaves) == 1:
        return leaf_hash(leaves[0])
    k = split(len(leaves))
    return node_hash(tree_hash(leaves[:k]), tree_hash(leaves[k:]))


def root_by_inclusion(index, size, leaf, proof):
    """The root that PATH(index, D[size]) of RFC 6962 2.1.1 leads to: taken apart from its end, the root's side."""
    if size == 1:
        if proof:
            raise Refused("hashes left over")
        return leaf
    if not proof:
        raise Refused("hashes missing")
    k = split(size)
    if index < k:
        return node_hash(root_by_inclusion(index, k, leaf, proof[:-1]), proof[-1])
    return node_hash(proof[-1], root_by_inclusion(index - k, size - k, leaf, proof[:-1]))


def roots_by_consistency(old, size, proof, known, old_root):
    """(old root, new root) from SUBPROOF(old, D[size], known) of RFC 6962 2.1.2."""
    if old == size:
        if known:
            if proof:
                raise Refused("hashes left over")
            return old_root, old_root
        if len(proof) != 1:
            raise Refused("not one hash")
        return proof[0], proof[0]
    if not proof:
        raise Refused("hashes missing")
    k = split(size)
    if old <= k:
        before, after = roots_by_consistency(old, k, proof[:-1], known, old_root)
        return before, node_hash(after, proof[-1])
    before, after = roots_by_consistency(old - k, size - k, proof[:-1], False, old_root)
    return node_hash(proof[-1], before), node_hash(proof[-1], after)


def unbase64(text):
    data = base64.b64decode(text, validate=True)
    if base64.b64encode(data).decode() != text:
        raise Refused("base64 in another spelling")
    return data


def read_vkey(vkey, kind):
    name, key_id, encoded = vkey.split("+", 2)
    key = unbase64(encoded)
    if key[0] != kind or len(key) != 33:
        raise Refused("a key of another type")
    if sha256(name.encode() + b"\n" + key)[:4].hex() != key_id:
        raise Refused("a key ID that is not the key's")
    return name, bytes.fromhex(key_id), Ed25519PublicKey.from_public_bytes(key[1:])


def signature_of(lines, name, key_id):
    found = []
    for line in lines:
        dash, signer, encoded = line.split(" ")
        data = unbase64(encoded)
        if dash != "\u2014":
            raise Refused("not a signature line")
        if signer == name and data[:4] == key_id:
            found.append(data[4:])
    if len(found) != 1:
        raise Refused("%d signatures by %s" % (len(found), name))
    return found[0]


def open_checkpoint(note, case):
    text, _, lines = note.rpartition("\n\n")
    text += "\n"
    lines = lines[:-1].split("\n")
    name, key_id, key = read_vkey(case["logVkey"], 0x01)
    key.verify(signature_of(lines, name, key_id), text.encode())
    if case.get("witnessVkey"):
        witness, witness_id, witness_key = read_vkey(case["witnessVkey"], 0x04)
        data = signature_of(lines, witness, witness_id)
        time = int.from_bytes(data[:8], "big")
        witness_key.verify(data[8:], b"cosignature/v1\ntime %d\n" % time + text.encode())
        if time != case["time"]:
            raise Refused("cosigned at %d" % time)
    origin, size, root = text[:-1].split("\n")
    if origin != name:
        raise Refused("another origin")
    return int(size), unbase64(root)


def check_receipt(case):
    head, _, note = case["receipt"].partition("\n\n")
    version, index, *hashes = head.split("\n")
    if version != "c2sp.org/tlog-proof@v1" or not index.startswith("index "):
        raise Refused("not a receipt")
    size, root = open_checkpoint(note, case)
    leaf = leaf_hash(bytes.fromhex(case["leaf"]))
    if root_by_inclusion(int(index[6:]), size, leaf, [unbase64(line) for line in hashes]) != root:
        raise Refused("not included")


def check_growth(case):
    head, _, note = case["request"].partition("\n\n")
    old, *hashes = head.split("\n")
    size, root = open_checkpoint(note, case)
    old_size, old_root = open_checkpoint(case["before"], case)
    if old != "old %d" % old_size:
        raise Refused("another old size")
    if roots_by_consistency(old_size, size, [unbase64(line) for line in hashes], True, old_root) != (old_root, root):
        raise Refused("not consistent")


def check_tiles(case):
    """Every entry from the bundles, every hash of level 0 from its entry, and the root from all of them."""
    size, root = open_checkpoint(case["checkpoint"], case)
    entries = []
    for path in sorted(path for path in case["tiles"] if path.startswith("tile/entries/")):
        bundle, bundled = bytes.fromhex(case["tiles"][path]), []
        while bundle:
            length = int.from_bytes(bundle[:2], "big")
            bundled.append(bundle[2 : 2 + length])
            bundle = bundle[2 + length :]
        beside = case["tiles"][path.replace("entries", "0")]
        if beside != b"".join(map(leaf_hash, bundled)).hex():
            raise Refused("%s is not what is beside it" % path)
        entries += bundled
    if len(entries) != size or tree_hash(entries) != root:
        raise Refused("the entries have another root")


CHECKS = {"receipt": check_receipt, "growth": check_growth, "tiles": check_tiles}


def answer(case):
    try:
        CHECKS[case["kind"]](case)
        return True
    except InvalidSignature:
        return "signature refused"
    except (Refused, ValueError) as error:
        return str(error) or type(error).__name__


if __name__ == "__main__":
    json.dump([answer(case) for case in json.load(sys.stdin)], sys.stdout)
