"""Whatever is typed, the pages together hold what a look at every row finds: each row once, the newest first."""

import random

from sqlalchemy import select

from shared import register
from shared.lib import db
from shared.phone import REGISTER, CallForm, take
from shared.phone.model import Call
from shared.register.grams import Wanted
from shared.register.search import find
from tests.cast import people

NAMES = ("陈嘉豪", "陈家豪", "陈", "单小红", "Anna Reyes", "Ann", "欧阳雪", "苏婉", "王建明", "chen")
WORDS = ("青木设计", "税务局", "设计院", "Aoki 设计", "")
TYPED = ("陈", "chen", "chenjiahao", "cjh", "嘉豪", "设计", "青木 陈", "an", "ann", "reyes", "税务", "sw", "陈 chen",
         "王建明", "ouyang", "1207", "15400001207", "-")  # fmt: skip
LIMITS = (1, 3, 7, 60)


def naive(typed: str, also: list[object]) -> list[int]:
    """Every row is looked at."""
    wanted, sure = Wanted(typed), set()
    with db.reading() as session:
        for condition in also:
            sure |= set(session.scalars(select(Call.id).where(condition)))
        rows = session.execute(REGISTER.rows()).all()
    fits = {row.id for row in rows if wanted.fits(REGISTER.held_by(row))}
    return sorted(sure | (fits if wanted.readings() else set()), reverse=True)


def paged(typed: str, also: list[object], limit: int) -> list[int]:
    found, before = list[int](), None
    while True:
        ids, before = find(REGISTER, typed, also=also, before=before, limit=limit)
        found += ids
        if before is None:
            return found


def test_the_pages_hold_what_a_look_at_every_row_finds(database: str) -> None:
    people()
    dice = random.Random(7)
    for count in range(120):
        given = {"number": f"154 0000 {dice.choice(('1207', '0333', '1208'))}", "caller_name": dice.choice(NAMES)}
        given |= {"caller_company": dice.choice(WORDS), "outcome": "answered", "content": "问前台几点下班"}
        take(CallForm.model_validate(given))
        if count == 80:
            while register.index(REGISTER, 40):
                pass
    wrong = []
    for typed in TYPED:
        also = REGISTER.also(typed) if REGISTER.also else []
        expected = naive(typed, also)
        wrong += [(typed, limit) for limit in LIMITS if paged(typed, also, limit) != expected]
    assert wrong == []
