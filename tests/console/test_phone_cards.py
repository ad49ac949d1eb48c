"""What is said on the phone, at the console: written in Settings, shown on each pad and to whoever calls back."""

import json
import re

import pytest
from flask import Flask

from shared import directory, phone
from shared.directory import PersonView
from shared.lib.actor import acting_as
from shared.phone import Words
from shared.presence import PresenceForm, set_to
from tests.cast import people
from tests.console.reception import Reception

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def host(pages: Flask) -> PersonView:
    return people().host


@pytest.fixture
def lin(pages: Flask, host: PersonView) -> Reception:
    return Reception(pages)


@pytest.fixture
def manager(pages: Flask) -> Reception:
    return Reception(pages, "韩雪梅", ("admin_manager",))


def card(html: str, key: str) -> str:
    """The words of a card, without what is around them."""
    found = re.search(rf'data-card="{key}"[^>]*><q>(.*?)</q>', html)
    assert found, key
    return re.sub(r"<[^>]*>", "", found[1])


def form_of(html: str, key: str) -> str:
    return html.partition(f'id="card-{key}"')[2].partition("</form>")[0]


def test_every_situation_stands_in_settings_with_both_languages_and_its_clause(manager: Reception) -> None:
    html = manager.opens("/console/phone/settings").text
    for key, one in phone.cards().items():
        assert one.words.zh in form_of(html, key) and one.words.en in form_of(html, key), key
        assert "/default" not in form_of(html, key), "nothing to put back"
    assert "<i>2.1.3</i>" in form_of(html, "absent")
    assert '<a href="/console/phone/settings"' in manager.opens("/console/settings").text


def test_own_words_show_on_the_pad_and_can_be_put_back(lin: Reception, manager: Reception) -> None:
    assert card(lin.part("/console/phone").text, "greeting") == "Hello, Front desk."
    path = "/console/phone/settings/greeting"
    assert (
        manager.tells(path, zh="您好。", en="{company}, good morning.").json["say"] == "Saved. It shows on every pad."
    )
    assert card(lin.part("/console/phone").text, "greeting") == "Front desk, good morning."
    shown = form_of(manager.opens("/console/phone/settings").text, "greeting")
    assert f"{path}/default" in shown and "Hello, {company}." in shown, "what it said before"
    assert manager.tells(f"{path}/default").status_code == 200
    assert card(lin.part("/console/phone").text, "greeting") == "Hello, Front desk."
    assert "settings changed: Greeting" in manager.opens("/console/journal").text


def test_a_placeholder_that_stands_for_nothing_is_said_once_at_its_field(manager: Reception) -> None:
    answer = manager.tells("/console/phone/settings/absent", zh="{boss}不在", en="Out, says {person}")
    assert answer.status_code == 422
    assert answer.json["fields"] == {"zh": "{boss} stands for nothing. There are {person}, {company}, {caller}."}
    assert not phone.cards()["absent"].own


def test_a_card_without_words_is_not_shown(lin: Reception, manager: Reception) -> None:
    assert 'data-card="greeting"><q>' in lin.part("/console/phone").text
    manager.tells("/console/phone/settings/greeting", zh="您好", en="")
    assert 'data-card="greeting" hidden><q></q>' in lin.part("/console/phone").text


def test_who_is_wanted_and_away_is_named_on_the_card(lin: Reception, host: PersonView) -> None:
    set_to(host.id, PresenceForm.model_validate({"tap": "out day"}), source="reception")
    wanted = {"name": "Wang Jianming", "value": directory.ref_of(host), "department": "Research"}
    lin.tells("/console/drafts/pad/aaaaaaaa", data=json.dumps({"wanted": wanted, "caller_name": "苏婉"}))
    html = lin.part("/console/phone/pads/aaaaaaaa").text
    assert card(html, "absent").startswith("Wang Jianming is not available right now.")
    assert re.search(r'data-away="out[^"]*"', html)
    assert card(lin.part("/console/phone/pads/bbbbbbbb").text, "absent").startswith("The person you want to reach is")


def test_words_and_names_are_text_and_nothing_else(lin: Reception, manager: Reception) -> None:
    manager.tells("/console/phone/settings/greeting", zh="", en="<b>Hi</b> {caller}")
    lin.tells("/console/drafts/pad/aaaaaaaa", data=json.dumps({"caller_name": "<i>Eve</i>"}))
    html = lin.part("/console/phone/pads/aaaaaaaa").text
    assert "&lt;b&gt;Hi&lt;/b&gt;" in html and "&lt;i&gt;Eve&lt;/i&gt;" in html
    assert "<b>Hi" not in html and "<i>Eve" not in html


def test_who_is_called_back_hears_the_apology_as_it_was_written(lin: Reception) -> None:
    with acting_as(lin.actor):
        phone.write_card("back", Words(zh="抱歉，刚才没接到。", en="{company}: sorry that we missed you."))
    answer = lin.tells("/console/phone", number="154 0000 0921", became="missed")
    token = answer.json["token"]
    said = "Front desk: sorry that we missed you."
    assert card(lin.part(f"/console/phone/{token}").text, "back") == said
    assert card(lin.part(f"/console/phone/pads/backaaaa?back={token}").text, "back") == said


def test_reception_says_the_words_but_does_not_write_them(lin: Reception) -> None:
    assert lin.opens("/console/phone/settings").status_code == 403
    assert lin.tells("/console/phone/settings/greeting", zh="", en="").status_code == 403
    assert lin.tells("/console/phone/settings/greeting/default").status_code == 403
