"""A file that only the holder of a key can read: numbered blocks, each sealed, with a mark on the last one."""

import os
import struct
import zlib
from functools import lru_cache
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from shared.lib.errors import Invalid
from shared.lib.i18n import _

MAGIC = b"FOYER BACK-UP 1\n"
BLOCK = 1 << 20
PLAIN, SEALED = 0, 1
COST = 1 << 16  # scrypt with n = 2**16, r = 8: 64 MB and a sixth of a second for every guess
HEAD = struct.Struct(">B16s16s16s")  # kind, salt, name of the file, whether the key fits
SIZE = struct.Struct(">I")
LAST = 1 << 31


class NotOpened(Invalid):
    """A back-up that cannot be read, and why."""

    code = "not-opened"


class Key:
    """The operator's passphrase; without one a file is only guarded against accidents, and anybody can open it."""

    def __init__(self, passphrase: str = "") -> None:
        self.passphrase = passphrase
        self.kind = SEALED if passphrase else PLAIN
        self.salt = os.urandom(16)

    def begin(self) -> tuple[bytes, AESGCM]:
        """The first bytes of a new file and what seals its blocks."""
        name = os.urandom(16)
        return MAGIC + HEAD.pack(self.kind, self.salt, name, self._check(self.salt)), self._blocks(self.salt, name)

    def read(self, head: bytes) -> AESGCM:
        """What opens the blocks of the file that begins so; NotOpened when this key does not."""
        if len(head) < len(MAGIC) + HEAD.size or not head.startswith(MAGIC):
            raise NotOpened(_("This is not a back-up of the desk."))
        kind, salt, name, check = HEAD.unpack(head[len(MAGIC) :])
        if kind == SEALED and self.kind == PLAIN:
            raise NotOpened(_("The back-up is sealed: DESK_BACKUP_KEY or DESK_BACKUP_KEY_FILE opens it."))
        known = self if kind == self.kind else Key()
        if known._check(salt) != check:
            raise NotOpened(_("The key does not fit this back-up, or its first bytes are damaged."))
        return known._blocks(salt, name)

    def _check(self, salt: bytes) -> bytes:
        return _derived(_stretched(self.passphrase, salt), b"", b"check", 16)

    def _blocks(self, salt: bytes, name: bytes) -> AESGCM:
        return AESGCM(_derived(_stretched(self.passphrase, salt), name, b"blocks", 32))


@lru_cache(8)
def _stretched(passphrase: str, salt: bytes) -> bytes:
    if not passphrase:
        return bytes(32)
    return Scrypt(salt=salt, length=32, n=COST, r=8, p=1).derive(passphrase.encode())


def _derived(master: bytes, salt: bytes, use: bytes, size: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=size, salt=salt, info=use).derive(master)


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


class Sealing:
    """Writes a sealed file; what is written is not whole before `close`."""

    def __init__(self, file: BinaryIO, key: Key) -> None:
        self.file, self.number, self.waiting = file, 0, bytearray()
        self.head, self.cipher = key.begin()
        file.write(self.head)

    def write(self, data: bytes) -> int:
        self.waiting += data
        while len(self.waiting) > BLOCK:
            self._seal(bytes(self.waiting[:BLOCK]), last=False)
            del self.waiting[:BLOCK]
        return len(data)

    def close(self) -> None:
        self._seal(bytes(self.waiting), last=True)

    def _seal(self, plain: bytes, *, last: bool) -> None:
        sealed = self.cipher.encrypt(_nonce(self.number, last), zlib.compress(plain, 1), self.head)
        self.file.write(SIZE.pack(len(sealed) | (LAST if last else 0)) + sealed)
        self.number += 1


class Opening:
    """Reads a sealed file from its beginning; NotOpened says what is wrong with it."""

    def __init__(self, file: BinaryIO, key: Key) -> None:
        self.file, self.number, self.ended, self.waiting = file, 0, False, bytearray()
        self.head = file.read(len(MAGIC) + HEAD.size)
        self.cipher = key.read(self.head)

    def read(self, size: int) -> bytes:
        """The next `size` bytes; fewer only at the end."""
        while len(self.waiting) < size and not self.ended:
            self.waiting += self._block()
        found = bytes(self.waiting[:size])
        del self.waiting[:size]
        return found

    def end(self) -> None:
        """Reads what is left, so that the mark on the last block has been seen."""
        while self.read(BLOCK):
            pass
        if self.file.read(1):
            raise NotOpened(_("Something stands behind the end of the back-up."))

    def _block(self) -> bytes:
        marked = self.file.read(SIZE.size)
        size, last = (SIZE.unpack(marked)[0] & ~LAST, marked[0] >> 7 == 1) if len(marked) == SIZE.size else (0, False)
        if size > 2 * BLOCK:
            raise self._damaged()
        sealed = self.file.read(size)
        if len(marked) < SIZE.size or len(sealed) < size:
            raise NotOpened(_("The back-up is cut off after block %(number)s.") % {"number": self.number})
        try:
            plain = zlib.decompress(self.cipher.decrypt(_nonce(self.number, last), sealed, self.head))
        except InvalidTag:
            raise self._damaged() from None
        self.number, self.ended = self.number + 1, last
        return plain

    def _damaged(self) -> NotOpened:
        words = {"number": self.number + 1}
        return NotOpened(_("Block %(number)s of the back-up is damaged, or not in its place.") % words)
