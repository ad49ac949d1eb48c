"""A badge as it comes out: nothing overflows, scanners read it, and it says what it should and no more."""

from dataclasses import replace
from io import BytesIO
from itertools import combinations
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from shared.badges.facts import SIZES, BadgeFacts, Size
from shared.badges.render import Renderer
from shared.lib import text
from shared.lib.errors import Invalid
from tests.shared.badges import paper
from tests.shared.badges.conftest import CHEN, PASS

MARGIN = 48
ENGLISH = {"language": "en", "date_text": "Tue 4 November"}
WEARERS = {
    "plain": CHEN,
    "four characters": replace(CHEN, visitor_name="欧阳明翀"),
    "long Latin": replace(CHEN, visitor_name="Maximilian Alexander Wolfeschlegelsteine", **ENGLISH),
    "one long word": replace(CHEN, visitor_name="Wolfeschlegelsteinhausenbergerdorffsohnm", **ENGLISH),
    "40 characters": replace(CHEN, visitor_name="买买提艾合买提阿卜杜拉" * 3 + "买买提艾合买提"),
    "Hangul": replace(CHEN, visitor_name="김민수", visitor_company="삼성전자"),
    "Vietnamese": replace(CHEN, visitor_name="Nguyễn Thị Ánh Tuyết", visitor_company="Công ty cổ phần"),
    "rare": replace(CHEN, visitor_name="䶮𠮷龑", escort=False),
    "wide": replace(CHEN, visitor_name="W" * 40, visitor_company="W" * 120, department="W" * 120, company="W" * 120),
    "long everything": replace(
        CHEN,
        visitor_name="Wolfeschlegelsteinhausenbergerdorff Anna",
        visitor_company="Hellenic Maritime Insurance & Reinsurance Brokers S.A. of Piraeus and Thessaloniki",
        department_en="Strategic Development and Investor Relations",
        company_en="Xinghe Information Technology Research and Development Centre (Shanghai) Company Limited",
        number="V1234",
        **ENGLISH,
    ),
    "nearly nothing": replace(CHEN, visitor_company="", department="", escort=False),
}


def face(color: str = "navy") -> bytes:
    out = BytesIO()
    Image.new("RGB", (360, 480), color).save(out, "JPEG")
    return out.getvalue()


def overlap(one: paper.Word, two: paper.Word) -> bool:
    """Whether two words touch: their boxes without the leading above and below that the face has."""
    wide = min(one.right, two.right) - max(one.left, two.left)
    high = min(one.bottom - one.leading, two.bottom - two.leading) - max(one.top + one.leading, two.top + two.leading)
    return wide > 2 and high > 0


@pytest.mark.parametrize("pictured", [False, True], ids=["without photo", "with photo"])
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("wearer", WEARERS.values(), ids=WEARERS)
def test_everything_stands_within_the_margins_and_nothing_on_top_of_anything(
    renderer: Renderer, wearer: BadgeFacts, size: Size, pictured: bool
) -> None:
    pdf = renderer.pdf(replace(wearer, photo=face() if pictured else None), size.name)
    words = paper.words(pdf, size)
    assert len(words) >= 5
    for word in words:
        assert word.left >= MARGIN - 6 and word.right <= size.width - MARGIN + 6, word
        assert word.top >= 0 and word.bottom <= size.height, word
    assert not [(one.text, two.text) for one, two in combinations(words, 2) if overlap(one, two)]
    white = Image.open(BytesIO(renderer.png(pdf, 150))).convert("L")
    edge = round(MARGIN * white.width / size.width) - 3
    for box in ((0, 0, edge, white.height), (white.width - edge, 0, white.width, white.height)):
        assert white.crop(box).getextrema()[0] > 250


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_a_photo_is_seen_whole_beside_the_name(renderer: Renderer, size: Size) -> None:
    pdf = renderer.pdf(replace(CHEN, photo=face("red"), visitor_name="Anna-Katharina Müller"), size.name)
    red, _, blue = Image.open(BytesIO(renderer.png(pdf, 150))).convert("RGB").split()
    photo = ImageChops.subtract(red, blue).point(lambda level: 255 * (level > 128)).getbbox()
    assert photo is not None
    left, top, right, bottom = (edge * size.width / red.width for edge in photo)
    assert (right - left) / (bottom - top) == pytest.approx(0.8, abs=0.03)
    inside = [word for word in paper.words(pdf, size) if word.right > left and word.bottom - word.leading > top]
    assert not [word for word in inside if word.left < right and word.top + word.leading < bottom]


@pytest.mark.parametrize("name", ["陈嘉豪", "Wolfeschlegelsteinhausenbergerdorff Anna", "買" * 40, "䶮𠮷龑", "김민수"])
def test_a_name_is_printed_whole(renderer: Renderer, name: str) -> None:
    assert name.replace(" ", "") in _said(renderer.pdf(replace(CHEN, visitor_name=name))).replace("-", "")


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("dpi", [203, 300])
def test_a_scanner_reads_the_address_of_the_pass_and_nothing_else(
    renderer: Renderer, size: Size, dpi: int, tmp_path: Path
) -> None:
    assert paper.scanned(renderer.png(renderer.pdf(CHEN, size.name), dpi), tmp_path) == [PASS]


def test_every_pass_can_be_scanned(renderer: Renderer, tmp_path: Path) -> None:
    for _ in range(40):
        address = f"https://desk.example.com/v/{text.token(20)}"
        pdf = renderer.pdf(replace(CHEN, qr_text=address))
        assert paper.scanned(renderer.png(pdf, 203), tmp_path) == [address]


def test_a_badge_whose_characters_are_all_in_the_face_is_small_and_needs_no_other_font(renderer: Renderer) -> None:
    pdf = renderer.pdf(CHEN)
    assert len(pdf) <= 30_000
    assert all(name.startswith("Foyer-Badge") for name in paper.fonts(pdf))


def test_a_character_that_the_face_lacks_comes_from_noto_and_is_drawn(renderer: Renderer) -> None:
    pdf = renderer.pdf(replace(CHEN, visitor_name="䶮"))
    assert any(name.startswith("Noto-Sans-CJK-SC") for name in paper.fonts(pdf))
    assert renderer.png(pdf, 100) != renderer.png(renderer.pdf(replace(CHEN, visitor_name="\U0010ffff丨")), 100)


def test_the_file_says_nothing_about_the_person_beside_what_is_printed(renderer: Renderer) -> None:
    known = paper.information(renderer.pdf(CHEN))
    assert known["Title"] == "V012"
    assert known["Pages"] == "1"
    assert set(known) & {"Author", "Subject", "Keywords", "Creator"} == set()


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_the_page_has_the_size_of_the_label(renderer: Renderer, size: Size) -> None:
    points = paper.information(renderer.pdf(CHEN, size.name))["Page size"].split()
    assert float(points[0]) / paper.POINTS_PER_MM == pytest.approx(size.width_mm, abs=0.1)
    assert float(points[2]) / paper.POINTS_PER_MM == pytest.approx(size.height_mm, abs=0.1)


def test_both_languages_are_printed_the_visitors_own_first(renderer: Renderer) -> None:
    chinese, english = _said(renderer.pdf(CHEN)), _said(renderer.pdf(replace(CHEN, **ENGLISH)))
    assert all(word in chinese for word in ("访客VISITOR", "须陪同", "Escortrequired", "市场部", "星禾信息科技"))
    assert all(word in english for word in ("Visitor访客", "Escortrequired", "须陪同", "Marketing", "Xinghe"))
    assert "须陪同" not in _said(renderer.pdf(replace(CHEN, escort=False)))


def _said(pdf: bytes) -> str:
    return "".join(word.text for word in paper.words(pdf, SIZES["62x100"]))


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=file:///etc/passwd>',
    "{{ 7 * 7 }}{% include 'base.html' %}",
    "\u202eevil\u202c\u2066gnp.exe",
    "a" + "\u0301" * 5000,
    "😀" * 500,
    "x" * 100_000,
    "\x00\x07\x1b[31m\ufeff",
    "]]></style><style>*{display:none}",
]


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_what_a_visitor_writes_stays_text(renderer: Renderer, value: str, tmp_path: Path) -> None:
    pdf = renderer.pdf(replace(CHEN, visitor_name=value, visitor_company=value, department=value, company=value))
    said = " ".join(word.text for word in paper.words(pdf, SIZES["62x100"]))
    assert "V012" in said and "K7M4QX" in said
    assert "49" not in said.replace("7 * 7", "")
    assert not set("\u202e\u2066\x00\x07\x1b\ufeff") & set(said)
    assert paper.scanned(renderer.png(pdf, 203), tmp_path) == [PASS]
    assert b"/EmbeddedFile" not in pdf


def test_an_address_that_does_not_fit_into_a_code_is_refused(renderer: Renderer) -> None:
    with pytest.raises(Invalid):
        renderer.pdf(replace(CHEN, qr_text="https://desk.example.com/" + "x" * 300))
    with pytest.raises(Invalid):
        renderer.pdf(replace(CHEN, qr_text=""))


def test_a_logo_takes_the_place_of_the_mark_and_what_is_no_picture_is_left_out(renderer: Renderer) -> None:
    plain = renderer.png(renderer.pdf(CHEN))
    assert renderer.png(renderer.pdf(replace(CHEN, company_logo=face("black")))) != plain
    assert renderer.png(renderer.pdf(replace(CHEN, company_logo=b"<svg onload=alert(1)>"))) == plain
