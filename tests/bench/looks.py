"""Who is calling, asked of a phone register of so many calls: the pad's request, and the bare indexed query."""

import contextlib
import json
import random
import sqlite3
import statistics
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from tests.bench.register import GIVEN, SURNAMES, _took

APART = 55  # seconds from call to call: half a million within the year
CALLERS = 20_000
TURNS = 7
OUTCOMES = (("answered", ""), ("transferred", ""), ("absent", "message"), ("absent", "call_back"))
CALL = """INSERT INTO phone_call (id, token, reg_no, state, direction, source, call_at, number, number_key, caller_name,
  caller_company, caller_title, spoken, wanted_text, content, outcome, transfer_result, offer, complained, remark,
  created_at, settled_at, row_version) VALUES (?1, ?2, ?3, 'handled', 'in', 'console', ?4, ?5, ?6, ?7, ?8, '',
  'mandarin', '前台', ?9, ?10, '', ?11, 0, '', ?4, ?4, 1)"""
DAY = "date(call_at / 1000000 + 28800, 'unixepoch')"  # of Shanghai, which keeps one time all year
COUNT = f"INSERT INTO register_day SELECT 'phone', {DAY}, count(*) FROM phone_call GROUP BY 2"
BY_NUMBER = "SELECT * FROM phone_call WHERE number_key = ? ORDER BY id DESC LIMIT 20"
BY_NAME = """SELECT c.* FROM register_gram AS g JOIN register_gram AS h ON h.gram = ? AND h.row_id = g.row_id
  JOIN phone_call AS c ON c.id = g.row_id WHERE g.gram = ? ORDER BY g.row_id DESC LIMIT 20"""


def main(calls: int) -> dict[str, float]:
    """Milliseconds of each look, of the desk and of the bare file."""
    import app as product
    from shared import accounts
    from shared.lib import db
    from shared.lib.config import settings
    from shared.phone.model import key_of
    from shared.register.grams import number

    path = settings().data / "desk.db"
    fill(settings().database, path, calls)
    db.start(settings().database)
    product.join()
    _token, bearer = accounts.create_token(accounts.NewToken(name="pad", scope="reception"))
    headers, client = {"Authorization": f"Bearer {bearer}"}, product.create_app().test_client()
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as bare:
        key, grams = key_of(f"+86{NUMBER}"), [number("phone", piece) for piece in (NAME[:2], NAME[1:])]

        def asks(**what: str) -> Callable[[], object]:
            address = "/console/phone/callers?" + "&".join(f"{name}={quote(value)}" for name, value in what.items())
            found = client.get(address, headers=headers)
            assert found.status_code == 200 and found.get_json()["callers"], found.data
            return lambda: client.get(address, headers=headers)

        questions: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
            "empty request": (lambda: client.get("/healthz"), lambda: bare.execute("SELECT 1").fetchall()),
            "by number": (asks(number=NUMBER), lambda: bare.execute(BY_NUMBER, (key,)).fetchall()),
            "by name": (asks(name=NAME), lambda: bare.execute(BY_NAME, grams).fetchall()),
            "by pinyin": (asks(name="ouyang"), lambda: bare.execute(BY_NAME, grams).fetchall()),
        }
        found = in_turns({f"{name}, {side}": ask for name, both in questions.items() for side, ask in _sides(both)})
    db.stop()
    return found


def _sides(both: tuple[Callable[[], object], Callable[[], object]]) -> Iterator[tuple[str, Callable[[], object]]]:
    return zip(("desk", "bare"), both, strict=True)


def in_turns(asks: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Milliseconds of each, the median of several series; all in turns, so that they share what the machine does."""
    times: dict[str, list[float]] = {name: [] for name in asks}
    for _ in range(TURNS):
        for name, ask in asks.items():
            times[name].append(_took(ask))
    return {name: statistics.median(spent) for name, spent in times.items()}


def fill(url: str, path: Path, calls: int) -> None:
    """Calls of the past year, filed as the desk files them, written without its acts."""
    from shared import phone
    from shared.lib import text
    from shared.phone.model import key_of
    from shared.register.definition import Texts
    from shared.register.grams import number, pieces
    from tests.conftest import make_tables

    path.parent.mkdir(parents=True, exist_ok=True)
    make_tables(url)
    pick = random.Random(7)
    firms = ["".join(pick.choices(GIVEN, k=4)) + pick.choice(("科技", "物联", "设计", "银行")) for _ in range(500)]
    names = [pick.choice(SURNAMES) + "".join(pick.choices(GIVEN, k=2)) for _ in range(3000)]
    said = [text.seal(f"第{n}批样张什么时候到") for n in range(200)]
    callers = []
    for n in range(min(CALLERS, calls)):
        name, firm, digits = (NAME if n % 4000 == 0 else pick.choice(names)), pick.choice(firms), f"+86{FIRST + n}"
        filed = pieces(Texts(names=(name,), words=(firm, "前台")))
        grams = sorted({number(phone.REGISTER.key, piece) for piece in filed})
        callers.append((text.seal(digits), key_of(digits), name, firm, grams))
    began = datetime.now(UTC) - timedelta(seconds=APART * (calls + 60))
    with contextlib.closing(sqlite3.connect(path)) as base:
        base.execute("PRAGMA journal_mode=WAL")
        base.execute("PRAGMA synchronous=OFF")
        base.execute("PRAGMA cache_size=-200000")
        for start in range(0, calls, 100_000):
            made, filed_under = [], []
            for row in range(start + 1, min(start + 100_000, calls) + 1):
                *who, grams = callers[row % len(callers)] if row % 3 else pick.choice(callers)
                at = round((began + timedelta(seconds=APART * row)).timestamp() * 1_000_000)
                made.append((row, f"t{row}", f"TEL-{row}", at, *who, said[row % 200], *OUTCOMES[row % 4]))
                filed_under += [(gram, row) for gram in grams]
            filed_under.sort()
            base.executemany(CALL, made)
            base.executemany("INSERT INTO register_gram (gram, row_id) VALUES (?, ?)", filed_under)
            base.commit()
        base.execute(COUNT)
        base.execute("INSERT INTO counter (name, value) VALUES ('filed:phone:id', ?), ('filed:phone:seq', 0)", (calls,))
        base.commit()
        base.execute("ANALYZE")
        base.commit()


NAME = "欧阳雪"
FIRST = 15400000000
NUMBER = str(FIRST + 1)

if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
