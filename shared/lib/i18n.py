"""Two complete languages: gettext by the person's language, times in the site's zone."""

import gettext as gettext_library
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path

from babel.dates import format_date as babel_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from shared.lib.config import settings

LANGUAGES = {"zh_Hans": "中文", "en": "English"}
HTML_LANG = {"zh_Hans": "zh-Hans", "en": "en"}
CATALOGUES = Path(__file__).resolve().parents[1] / "translations"

_language: ContextVar[str] = ContextVar("language", default="")


def language() -> str:
    """Language of what is being said now; the site's first language when nobody chose."""
    return _language.get() or settings().locale


def known(value: str | None) -> str | None:
    """`zh`, `zh-CN`, `zh_Hans`, `en-GB` … as one of ours, None when it is neither."""
    lowered = (value or "").lower()
    return "zh_Hans" if lowered.startswith("zh") else "en" if lowered.startswith("en") else None


@contextmanager
def use(chosen: str) -> Iterator[None]:
    """Everything said inside is said in `chosen`."""
    mark = _language.set(chosen)
    try:
        yield
    finally:
        _language.reset(mark)


@cache
def catalogue(chosen: str) -> gettext_library.NullTranslations:
    """The compiled messages of a language; English is what the source says."""
    path = CATALOGUES / chosen / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return gettext_library.NullTranslations()
    with path.open("rb") as file:
        messages = read_po(file, locale=chosen)
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return gettext_library.GNUTranslations(compiled)


def gettext(message: str) -> str:
    """`message` in the present language."""
    return _said(language(), message) if message else ""


@lru_cache(5000)
def _said(chosen: str, message: str) -> str:
    return catalogue(chosen).gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """`one` or `many` in the present language, by `count`."""
    return catalogue(language()).ngettext(one, many, count)


def lazy(message: str) -> str:
    """Marks a message that is said later, with `gettext`."""
    return message


_ = gettext


def local(moment: datetime) -> datetime:
    """`moment` on the clock of the site."""
    return moment.astimezone(settings().zone)


def today(moment: datetime) -> date:
    """The site's day at `moment`."""
    return local(moment).date()


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """When the site's day begins and when it ends."""
    start = datetime.combine(day, time.min, settings().zone)
    return start, start + timedelta(days=1)


def format_time(moment: datetime, *, seconds: bool = False) -> str:
    """10:30, or 10:30:05, at the site."""
    return local(moment).time().isoformat("seconds" if seconds else "minutes")


def format_date(moment: datetime | date, style: str = "") -> str:
    """11月4日 星期二 or Tue 4 November, at the site."""
    pattern = style or ("M月d日 EEEE" if language() == "zh_Hans" else "EEE d MMMM")
    return _spelled(local(moment).date() if isinstance(moment, datetime) else moment, pattern, language())


@lru_cache(1000)
def _spelled(day: date, pattern: str, chosen: str) -> str:
    return str(babel_date(day, pattern, locale=chosen))


def format_datetime(moment: datetime) -> str:
    """2026-11-23 10:30:05 at the site: exact, for what is looked at under the pointer."""
    return local(moment).replace(tzinfo=None).isoformat(" ", "seconds")
