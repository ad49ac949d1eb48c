"""A sealed file opens with its key, whole, or says in one sentence why not."""

import os
from io import BytesIO

import pytest

from shared.backups.sealed import BLOCK, HEAD, MAGIC, SIZE, Key, NotOpened, Opening, Sealing
from shared.lib import i18n

KEY = Key("correct horse")
START = len(MAGIC) + HEAD.size


def sealed(content: bytes, key: Key = KEY) -> bytes:
    file = BytesIO()
    sealing = Sealing(file, key)
    sealing.write(content)
    sealing.close()
    return file.getvalue()


def opened(raw: bytes, key: Key = KEY) -> bytes:
    opening, found = Opening(BytesIO(raw), key), bytearray()
    while block := opening.read(70_000):
        found += block
    opening.end()
    return bytes(found)


def why(raw: bytes, key: Key = KEY) -> str:
    with i18n.use("en"), pytest.raises(NotOpened) as refusal:
        opened(raw, key)
    return refusal.value.sentence


@pytest.mark.parametrize("size", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK + 5])
def test_what_was_sealed_is_read_again(size: int) -> None:
    content = os.urandom(size)
    assert opened(sealed(content), Key("correct horse")) == content


def test_nothing_of_it_can_be_read_in_the_file() -> None:
    content = b"Chen Jiahao of Shenlan IoT " * 40_000
    raw = sealed(content)
    assert b"Chen" not in raw
    assert len({sealed(b"the same") for _ in range(3)}) == 3


def test_another_key_and_none_are_told() -> None:
    raw = sealed(b"names")
    assert why(raw, Key("wrong")) == "The key does not fit this back-up, or its first bytes are damaged."
    assert why(raw, Key()) == "The back-up is sealed: DESK_BACKUP_KEY or DESK_BACKUP_KEY_FILE opens it."


def test_a_plain_one_opens_for_anybody() -> None:
    raw = sealed(b"names", Key())
    assert opened(raw, Key()) == opened(raw, Key("some key")) == b"names"


def test_a_file_that_was_cut_off_is_told_wherever_it_was_cut() -> None:
    raw = sealed(os.urandom(2 * BLOCK + 9))
    first = START + SIZE.size + int.from_bytes(raw[START : START + 4], "big")
    for end, blocks in ((len(raw) - 1, 2), (first + 2, 1), (first, 1), (START + 9, 0), (START, 0)):
        assert why(raw[:end]) == f"The back-up is cut off after block {blocks}."
    assert why(raw[: START - 1]) == why(b"") == why(b"PK" + raw) == "This is not a back-up of the desk."


def test_every_flipped_byte_is_told() -> None:
    raw = sealed(os.urandom(BLOCK + 5))
    places = [*range(START + 8), *range(START + 8, len(raw), 40009), *range(len(raw) - 30, len(raw), 3)]
    for place in places:
        assert why(raw[:place] + bytes([raw[place] ^ 16]) + raw[place + 1 :])


def test_blocks_in_another_order_and_what_stands_behind_the_end_are_told() -> None:
    raw = sealed(os.urandom(3 * BLOCK - 100))
    size = SIZE.size + int.from_bytes(raw[START : START + 4], "big")
    one, two = raw[START : START + size], raw[START + size : START + 2 * size]
    assert len(one) == len(two)
    swapped = raw[:START] + two + one + raw[START + 2 * size :]
    assert why(swapped) == "Block 1 of the back-up is damaged, or not in its place."
    left_out = raw[:START] + one + raw[START + 2 * size :]
    assert why(left_out) == "Block 2 of the back-up is damaged, or not in its place."
    assert why(raw + b"x") == "Something stands behind the end of the back-up."
