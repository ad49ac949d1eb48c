"""The greeting and the phrase cards: ours until somebody writes their own, filled in, and put back (B1.1, B1.2)."""

import pytest
from pydantic import ValidationError

from shared import company, journal, phone
from shared.lib import db, i18n
from shared.lib.errors import NotFound
from shared.phone import Words
from shared.phone.cards import PhoneCard


def test_every_situation_has_our_words_in_both_languages(database: str) -> None:
    cards = phone.cards()
    assert list(cards) == [
        "greeting", "answering", "absent", "busy", "message", "number", "complaint", "back", "wrong", "closing",
    ]  # fmt: skip
    for card in cards.values():
        assert card.words.zh and card.words.en and card.words.zh != card.words.en and not card.own
    assert cards["greeting"].spoken("zh_Hans") == "您好，{company}。"
    assert cards["greeting"].spoken("en") == "Hello, {company}."
    assert "非常抱歉" in cards["back"].words.zh and "sorry" in cards["back"].words.en


def test_own_words_are_kept_and_ours_come_back(database: str) -> None:
    own = Words(zh="您好，星禾，我是前台。", en="Xinghe, front desk.")
    phone.write_card("greeting", own)
    phone.forget_cards()
    assert (phone.cards()["greeting"].words, phone.cards()["greeting"].own) == (own, True)
    phone.write_card("greeting", phone.our_words("greeting"))
    assert (phone.cards()["greeting"].words, phone.cards()["greeting"].own) == (phone.our_words("greeting"), False)
    with db.reading() as session:
        assert session.query(PhoneCard).count() == 0, "ours are no row"


def test_the_journal_says_which_card_changed_and_not_to_what(database: str) -> None:
    before = journal.last_seq()
    phone.write_card("absent", Words(zh="他不在。", en="Out."))
    phone.write_card("absent", Words(zh="他不在。", en="Out."))
    [event] = journal.events(before, 10)
    assert (event.action, event.subject, event.data) == (
        "settings.changed", "phone_card:absent", {"names": ["phone_card_absent"]},
    )  # fmt: skip


def test_what_was_emptied_in_one_language_stays_in_the_other(database: str) -> None:
    phone.write_card("wrong", Words(zh="", en="Wrong number, goodbye."))
    card = phone.cards()["wrong"]
    assert (card.spoken("zh_Hans"), card.spoken("en")) == ("", "Wrong number, goodbye.")


@pytest.mark.parametrize("said", ["{name} is out", "{Person} is out", "{} is out", "{person is out", "person} is out"])
def test_a_placeholder_that_stands_for_nothing_is_refused_by_name(said: str) -> None:
    with i18n.use("en"), pytest.raises(ValidationError) as refused:
        Words(zh="", en=said)
    [found] = refused.value.errors()
    assert "stands for nothing. There are {person}, {company}, {caller}." in found["msg"]
    assert found["loc"] == ("en",)


def test_punctuation_stays_as_it_was_written_and_lines_become_one(database: str) -> None:
    assert Words(zh=" 您好，\n{company}？\u202e ").zh == "您好， {company}？"


def test_what_is_said_while_nobody_is_named_begins_a_sentence_like_one() -> None:
    with i18n.use("en"):
        assert phone.parts("{person} is out. {caller} may wait, {person}.") == [
            ("", "person", "The person you want to reach"),
            (" is out. ", "caller", "You"),
            (" may wait, ", "person", "the person you want to reach"),
            (".", "", ""),
        ]


def test_a_card_of_no_situation_is_not_kept(database: str) -> None:
    with pytest.raises(NotFound):
        phone.write_card("weather", Words(zh="晴", en="Sunny"))


def test_the_greeting_says_the_name_the_company_has_now(database: str) -> None:
    company.change(company.facts().model_copy(update={"name": "星禾信息科技"}))
    assert (
        phone.cards()["greeting"].spoken("zh_Hans").replace("{company}", company.facts().name) == "您好，星禾信息科技。"
    )
