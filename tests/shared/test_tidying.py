"""Answered keys, and the passes in their sealed answers, are gone after thirty days."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from shared import tidying
from shared.lib import clock, db
from shared.lib.web.once import Repeat, once


def kept() -> int:
    with db.reading() as session:
        return session.scalar(select(func.count()).select_from(Repeat)) or 0


def test_an_answered_key_is_kept_for_thirty_days_and_no_longer(database: str) -> None:
    with Flask("desk").test_request_context("/", method="POST", headers={"Idempotency-Key": "one"}, json={}):
        once(lambda: {"pass": "secret"})
    start = clock.now()
    clock.set_clock(lambda: start + timedelta(days=29))
    tidying.tidy()
    assert kept() == 1
    clock.set_clock(lambda: start + timedelta(days=31))
    assert tidying.tidy() >= 1
    assert kept() == 0
    with pytest.raises(RuntimeError):
        db.connection()
