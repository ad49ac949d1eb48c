"""After its time nothing of a visitor is anywhere: database, log, files, printed papers, lists, a new back-up (4.6)."""

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select

from shared import accounts, company, drafts, register, visits
from shared.accounts import NewToken
from shared.backups import Key
from shared.backups.contents import unpack
from shared.lib import control
from shared.lib.config import settings
from shared.visits import Picture
from tests import conftest, postgres
from tests.moving_clock import WHERE, MovingClock
from tests.safety import canary
from tests.serving import Desk, desk, wait_for

KEY = "a long sentence of the operator's"


@dataclass
class Aviary:
    """A desk, its clock, and everywhere that a bird may be."""

    desk: Desk
    time: MovingClock
    tokens: dict[str, str]
    people: list[str]
    pixels: list[bytes]

    def ask(self, who: str, path: str, /, **values: object) -> dict[str, object]:
        """A change by one of the tokens; it must be done."""
        status, _headers, body = self.desk.ask("POST", path, values, Authorization=f"Bearer {self.tokens[who]}")
        assert status in (200, 201), (path, body)
        return dict(json.loads(body)) if body.startswith(b"{") else {"text": body}

    def reads(self, path: str) -> dict[str, object]:
        answer = self.desk.ask("GET", path, Authorization=f"Bearer {self.tokens['console']}")[2]
        return dict(json.loads(answer))

    def files(self) -> set[str]:
        """Every file of the desk, what it wrote elsewhere, and what its database's own program says."""
        dump = self.desk.data.parent / "dump.sql"
        if self.url.startswith("postgresql"):
            dump.write_bytes(dumped(self.url))
        return canary.seen([self.desk.data.parent], self.pixels)

    def rows(self) -> set[str]:
        """The tables in which somebody with the key finds something."""
        return canary.unsealed(settings().database, self.pixels)

    def back_up(self) -> set[str]:
        """The same for a back-up that is made now, opened and taken apart."""
        file, folder = self.desk.data.parent / "one.backup", self.desk.data.parent / "opened"
        folder.mkdir(exist_ok=True)
        self.desk.command("backup", str(file))
        unpack(file, Key(KEY), folder)
        if self.url.startswith("postgresql"):
            packed = folder / "desk.db"
            packed.write_bytes(restored(packed))
        found = canary.seen([folder], self.pixels)
        for path in folder.iterdir():
            path.unlink()
        return found

    @property
    def url(self) -> str:
        return self.desk.settings.get("DESK_DATABASE_URL", "")


def dumped(url: str) -> bytes:
    """The whole database as SQL."""
    return postgres.output("pg_dump", "--inserts", url)


def restored(packed: Path) -> bytes:
    """What a back-up of PostgreSQL holds, as SQL."""
    return postgres.output("pg_restore", "--file=-", str(packed))


@pytest.fixture(params=["sqlite", "postgresql"])
def aviary(
    request: pytest.FixtureRequest, tmp_path: Path, fresh_settings: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Aviary]:
    """A desk that asks for pictures, with a folder as its printer; the clock can be moved."""
    data, elsewhere, time = tmp_path / "all" / "desk", tmp_path / "all" / "temporary", MovingClock(tmp_path / "clock")
    data.mkdir(parents=True)
    elsewhere.mkdir()
    monkeypatch.setenv("DESK_DATA", str(data))
    own: dict[str, str] = {}
    if request.param == "postgresql":
        server: postgres.Server = request.getfixturevalue("postgres_server")
        own["DESK_DATABASE_URL"] = server.url(server.create())
        monkeypatch.setenv("DESK_DATABASE_URL", own["DESK_DATABASE_URL"])
    conftest.look_again()
    moved = {WHERE: str(time.path), "DESK_PRINTER": "folder:", "TMPDIR": str(elsewhere), "DESK_BACKUP_KEY": KEY}
    with desk(data, **moved, **own) as made:
        made.program = "tests.moving_clock"
        filled = made.prepared()
        tokens = {"kiosk": filled["kiosks"][0], "console": filled["consoles"][0], "admin": furnished()}
        made.start()
        yield Aviary(made, time, tokens, filled["people"], [])
    if own:
        server.drop(own["DESK_DATABASE_URL"].rpartition("/")[2])


def furnished() -> str:
    """The desk asks for photo and signature; somebody keeps a view and a draft. Gives the token of an administrator."""
    with control.opened():
        asks = {"kiosk_photo": True, "kiosk_signature": True}
        company.change(company.facts().model_copy(update=asks))
        register.keep_view(visits.REGISTER, 1, "bird", f"q={canary.NAME.split()[0]}")
        drafts.keep(1, "message", "canarydraft")
        return accounts.create_token(NewToken(name="admin", scope="admin"))[1]


def comes_and_goes(aviary: Aviary) -> str:
    """A visitor leaves something in every place there is, and then leaves."""
    notice = str(aviary.reads("/api/v1/notice")["version"])
    images = {
        name: "data:image/png;base64," + base64.b64encode(canary.picture("PNG", seed)).decode()
        for seed, name in enumerate(("photo", "signature"))
    }
    visit = {
        "visitor_name": canary.NAME, "visitor_company": canary.COMPANY, "purpose": "other",
        "purpose_note": canary.NOTE, "host": canary.HOST, "notice_version": notice, "consent": True,
        "language": "en", "phone": canary.PHONE, "party_size": 1, **images,
    }  # fmt: skip
    token = str(aviary.ask("kiosk", "/api/v1/visits", **visit)["token"])
    shown = aviary.reads(f"/api/v1/visits/{token}")
    wrong = {"visitor_company": f"{canary.COMPANY} Ltd", "remark": canary.REMARK, "reason": canary.REASON}
    aviary.ask("console", f"/console/visits/{token}/correction", row_version=shown["row_version"], **wrong)
    aviary.ask("console", "/api/v1/roll-calls", drill=True)
    asked = {"wanted": "phone", "outcome": "refused"}
    aviary.ask("console", f"/console/visits/{token}/contact-requests", about={"ref": aviary.people[1]}, **asked)
    leaves_a_message(aviary, token)
    aviary.ask("console", f"/api/v1/visits/{token}/departure", badge_returned=True)
    aviary.ask("admin", f"/console/visits/{token}/hold", reason=canary.HELD)
    aviary.ask("admin", f"/console/visits/{token}/hold/removal")
    for form in ("csv", "xlsx"):
        aviary.ask("admin", "/console/visits/export", form=form, reason="archive")
    return token


def leaves_a_message(aviary: Aviary, token: str) -> None:
    """Nobody takes it by voice, so that it is printed; it was wrong, and it is replied to."""
    to, said = {"ref": aviary.people[0]}, {"from_name": canary.NAME, "company": canary.COMPANY}
    aviary.ask("console", f"/console/visits/{token}/host", host=to)
    said |= {"number": canary.PHONE, "message": canary.MESSAGE}
    message = str(aviary.ask("console", "/api/v1/relays", visit=token, read_back=True, **said)["token"])
    for _try in range(2):
        tried = {"channel": "extension", "result": "no_answer", "note": canary.TRIED}
        aviary.ask("console", f"/api/v1/relays/{message}/attempts", **tried)
    wait_for(lambda: len(list((aviary.desk.data / "printed").glob("*.pdf"))) == 2, "the badge and the slip")
    aviary.ask("console", f"/api/v1/relays/{message}/reply", summary=canary.REPLY)


def test_4_6_after_60_days_nothing_of_a_visitor_is_found_anywhere(aviary: Aviary) -> None:
    token = comes_and_goes(aviary)
    aviary.pixels += pieces()
    assert len(aviary.pixels) > 15
    before, papers = aviary.files(), {path.name for path in (aviary.desk.data / "printed").glob("*.pdf")}
    assert papers < before and len(papers) == 2
    assert before & {"desk.db", "desk.db-wal", "dump.sql"}
    assert {"visit", "visit_picture", "relay", "relay_attempt", "roll_call_person", "visit_correction",
            "register_hold", "saved_view", "draft"} <= aviary.rows()  # fmt: skip
    assert aviary.back_up() == {"desk.db"}
    aviary.time.reaches(datetime.now(UTC) + timedelta(days=60, hours=1))
    assert aviary.desk.command("purge", "--dry-run") == "Nothing was erased: this was a rehearsal."
    assert papers < aviary.files()
    aviary.desk.command("purge")
    assert (aviary.files(), aviary.rows(), aviary.back_up()) == (set(), set(), set())
    assert aviary.reads(f"/api/v1/visits/{token}")["visitor_name"] == "K**"
    assert aviary.reads("/api/v1/visits?q=Kanarien")["visits"] == []


def pieces() -> list[bytes]:
    """Pieces of the pictures as the desk keeps them; nothing else came along with those."""
    engine = create_engine(settings().database)
    with engine.connect() as connection:
        kept = list(connection.scalars(select(Picture.jpeg)))
    engine.dispose()
    assert len(kept) == 2 and not any(canary.EXIF.encode() in jpeg for jpeg in kept)
    return [piece for jpeg in kept for piece in canary.slices(jpeg)]
