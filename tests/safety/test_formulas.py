"""A list that is taken along does nothing when somebody opens it: LibreOffice finds no formula and no link in it."""

import csv
import io
import random
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from flask import Flask

from shared.lib import clock
from shared.visits import history
from tests.console.conftest import desk, pages, quick_hashes
from tests.console.reception import Reception

__all__ = ["desk", "pages", "quick_hashes"]
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
MANY = 1000
BEGINNINGS = ("", " ", "\t", "\r", "\n", "\0", "\ufeff", "\u200b", "\u00a0", "\u3000", "'", '"', ";", ",", "x\n")
SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "=+", "=-", "==", "%3D", "{=", "of:=", "=\t", "")
BODIES = (
    "1+1", "SUM(1;2)", 'HYPERLINK("http://example.com";"look")', 'WEBSERVICE("http://example.com")', "cmd|'/C calc'!A0",
    "DDE(\"soffice\";\"x\";\"y\")", 'IMPORTXML("http://example.com";"//a")', "'file:///etc/passwd'#$Sheet1.A1", "NOW()",
    "http://example.com", "mailto:a@example.com", "internal:Sheet1!A1", "external:other.xlsx", "ftp://example.com/a",
    "8613800138000", "1E5", "2026-01-01", "1/2", "TRUE", 'EXEC("calc")', "A1", "[.A1]", "https://[::1]/",
)  # fmt: skip


def payloads() -> list[str]:
    every = [f"{begin}{sign}{body}" for begin in BEGINNINGS for sign in SIGNS for body in BODIES]
    plainest = [f"{sign}{body}" for sign in ("=", "+", "-", "@", "") for body in BODIES]
    return (plainest + random.Random(5).sample(every, MANY))[:MANY]


@pytest.fixture(scope="module")
def opens(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, bytes], tuple[int, int, str]]:
    """LibreOffice opens a file: how many formulas it finds in it, how many links, and everything that it shows."""
    mac = Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")
    program = shutil.which("soffice") or (str(mac) if mac.exists() else "")
    assert program, "LibreOffice is not here. ./desk test installs it, or: apt-get install libreoffice-calc-nogui"
    folder = tmp_path_factory.mktemp("office")

    def opened(name: str, content: bytes) -> tuple[int, int, str]:
        (folder / name).write_bytes(content)
        command = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "fods"]
        subprocess.run([*command, "--outdir", folder, folder / name], check=True, capture_output=True, timeout=120)
        shown = (folder / name).with_suffix(".fods").read_text("utf-8")
        body = shown.partition("<office:body>")[2]
        return (
            body.count("table:formula="),
            len(re.findall(r"<text:a\b|xlink:href|table:dde|table:table-source", body)),
            body,
        )

    return opened


def taken(pages: Flask, form: str) -> bytes:
    """The register as a list, with a payload in every place somebody can write in, and in the reason."""
    at, rows = clock.now(), []
    for payload in payloads():
        row = {"state": "left", "source": "demo", "language": "en", "visitor_key": "", "host_id": None, "left_at": at}
        row |= {"visitor_name": payload[:60], "visitor_company": payload[:80], "host_text": payload[:80] or "-"}
        row |= {"purpose": "sales", "purpose_note": payload, "remark": payload, "arrived_at": at, "left_how": "auto"}
        rows.append(row | {"created_at": at, "expected_at": None, "device_id": None, "receptionist_id": None})
    for start in range(0, MANY, 100):
        history.insert_many(rows[start : start + 100])
    officer = Reception(pages, "韩雪梅", roles=("admin_officer",))
    answer = officer.tells("/console/visits/export", form=form, reason="=1+1")
    assert answer.status_code == 200
    return answer.data


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_thousand_payloads_are_only_words(
    pages: Flask, opens: Callable[[str, bytes], tuple[int, int, str]], form: str
) -> None:
    formulas, links, shown = opens(f"visits.{form}", taken(pages, form))
    assert (formulas, links) == (0, 0)
    assert shown.count("<table:table-row") >= MANY
    assert shown.count("1+1") > 3, "they are there, as words"
    assert "HYPERLINK" in shown


def test_libre_office_would_have_found_them(opens: Callable[[str, bytes], tuple[int, int, str]], database: str) -> None:
    """The same words written without care: the tests above can fail."""
    out = io.StringIO("\ufeff")
    out.seek(1)
    csv.writer(out).writerows([payload] for payload in payloads() if "\0" not in payload)
    assert opens("careless.csv", out.getvalue().encode())[0] > 20
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for place, payload in enumerate(payloads()):
            sheet.write(place, 0, payload.replace("\0", ""))
    formulas, links, _ = opens("careless.xlsx", file.getvalue())
    assert formulas > 20
    assert links > 3
