"""IPP on the wire (RFC 8010): requests as bytes, answers as groups of attributes."""

import struct
from dataclasses import dataclass
from itertools import count
from typing import Any

OPERATION, JOB, END, PRINTER = 0x01, 0x02, 0x03, 0x04
INTEGER, BOOLEAN, ENUM = 0x21, 0x22, 0x23
NAME, KEYWORD, URI, CHARSET, LANGUAGE, MIME = 0x42, 0x44, 0x45, 0x47, 0x48, 0x49
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a request."""

    tag: int
    name: str
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Status of an answer and its attribute groups, each a group tag with names and lists of values."""

    status: int
    groups: tuple[tuple[int, dict[str, list[Any]]], ...]

    def group(self, tag: int) -> dict[str, list[Any]]:
        """The first group of a kind; empty when there is none."""
        return next((attributes for kind, attributes in self.groups if kind == tag), {})

    def all(self, tag: int) -> list[dict[str, list[Any]]]:
        """Every group of a kind, one for each job."""
        return [attributes for kind, attributes in self.groups if kind == tag]


def request(operation: int, uri: str, attributes: list[Attribute], job: list[Attribute] | None = None) -> bytes:
    """An IPP/1.1 request; a document may follow it."""
    head = [
        Attribute(CHARSET, "attributes-charset", ("utf-8",)),
        Attribute(LANGUAGE, "attributes-natural-language", ("en",)),
        Attribute(URI, "printer-uri", (uri,)),
    ]
    parts = [struct.pack(">BBHI", 1, 1, operation, next(_numbers) & 0x7FFFFFFF), bytes([OPERATION])]
    parts += [_encoded(attribute) for attribute in head + attributes]
    if job:
        parts += [bytes([JOB]), *(_encoded(attribute) for attribute in job)]
    return b"".join([*parts, bytes([END])])


def answer(data: bytes) -> Answer:
    """What came back. Raises ValueError when it is not IPP."""
    try:
        status = int(struct.unpack_from(">H", data, 2)[0])
        return Answer(status, tuple(_groups(data)))
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise ValueError("not an IPP answer") from error


def _encoded(attribute: Attribute) -> bytes:
    out = b""
    for at, value in enumerate(attribute.values):
        name = attribute.name.encode() if at == 0 else b""
        raw = struct.pack(">i", value) if attribute.tag in (INTEGER, ENUM) else value.encode()
        out += struct.pack(">BH", attribute.tag, len(name)) + name + struct.pack(">H", len(raw)) + raw
    return out


def _groups(data: bytes) -> list[tuple[int, dict[str, list[Any]]]]:
    groups: list[tuple[int, dict[str, list[Any]]]] = []
    at, name = 8, ""
    while data[at] != END:
        tag = data[at]
        at += 1
        if tag < 0x10:
            groups.append((tag, {}))
            continue
        length = struct.unpack_from(">H", data, at)[0]
        name = data[at + 2 : at + 2 + length].decode() or name
        at += 2 + length
        size = struct.unpack_from(">H", data, at)[0]
        groups[-1][1].setdefault(name, []).append(_value(tag, data[at + 2 : at + 2 + size]))
        at += 2 + size
    return groups


def _value(tag: int, raw: bytes) -> Any:
    if tag in (INTEGER, ENUM):
        return struct.unpack(">i", raw)[0]
    if tag == BOOLEAN:
        return raw != b"\0"
    return raw.decode("utf-8", "replace") if 0x40 <= tag < 0x4A or tag in (0x30, 0x41) else raw
