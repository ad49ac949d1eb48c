"""Telephone numbers as people write them, and the one form in which they are compared (procedure 0.4)."""

import re
import unicodedata
from typing import NamedTuple

from shared.lib.i18n import _

_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"0[1-9]\d{8,10}")  # area code of 3 or 4 digits, then 7 or 8
_SERVICE = re.compile(r"[48]00\d{7}")
_SHORT = re.compile(r"95\d{3,8}")
_HOME = re.compile(r"(?:\+|00)?\(?86\)?(?=1[3-9]|0?[1-9])")
_EXTENSION = re.compile(r"(?:转|轉|分机|分機|ext\.?|extension|x|#|;ext=|,)\s*(\d{1,6})$", re.IGNORECASE)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－~_", "-"))


class Phone(NamedTuple):
    """A number: as it was written, as it is compared (+8613800138000, +8675512345678;ext=801, 95588), and its kind."""

    raw: str
    normal: str
    kind: str


def read(value: str, region: str = "CN") -> Phone | None:
    """The number in `value`, None when there is none. Kinds: mobile, landline, service, abroad."""
    raw = " ".join(unicodedata.normalize("NFKC", value).translate(_DASHES).split())
    body, extension = _without_extension(raw)
    digits = re.sub(r"[\s().\-]", "", body)
    if not re.fullmatch(r"\+?\d{3,18}", digits) or len(raw) > 40:
        return None
    found = _chinese(digits, body) if region == "CN" else None
    found = found or _abroad(digits, region)
    if found is None or (extension and found[1] in ("mobile", "short")):
        return None
    normal, kind = found
    return Phone(raw, f"{normal};ext={extension}" if extension else normal, "service" if kind == "short" else kind)


def normalise(value: str) -> str:
    """The form in which numbers are compared; ValueError with a sentence when it is not a number."""
    found = read(value)
    if found is None:
        raise ValueError(_("This is not a phone number. Write it as 138 0013 8000, 0755-12345678 or +49 30 123456."))
    return found.normal


def shown(normal: str) -> str:
    """A compared form for the eye: 138 0013 8000, 0755-12345678-801, +49 30 123456."""
    number, _sep, extension = normal.partition(";ext=")
    home = number.removeprefix("+86")
    if number.startswith("+86") and _MOBILE.fullmatch(home):
        return f"{home[:3]} {home[3:7]} {home[7:]}"
    if number.startswith("+86") and _SERVICE.fullmatch(home):
        return f"{home[:3]}-{home[3:6]}-{home[6:]}"
    if number.startswith("+86"):
        area = 2 if home[0] in "12" else 3
        return f"0{home[:area]}-{home[area:]}" + (f"-{extension}" if extension else "")
    return _foreign(number) + (f" ext. {extension}" if extension else "")


def mask(normal: str) -> str:
    """A number that can be told from others and not dialled: 138****8000."""
    digits = normal.partition(";")[0].removeprefix("+86")
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) > 8 else f"{digits[:2]}***"


def _without_extension(raw: str) -> tuple[str, str]:
    found = _EXTENSION.search(raw)
    if found:
        return raw[: found.start()], found.group(1)
    dashed = re.fullmatch(r"(.*\d) ?- ?(\d{1,6})", raw)
    if dashed and _LANDLINE.fullmatch(_national(re.sub(r"[\s().\-]", "", dashed.group(1)))):
        return dashed.group(1), dashed.group(2)
    return raw, ""


def _national(digits: str) -> str:
    """A Chinese number as it is dialled at home: without +86, with the 0 of its area code."""
    home = _HOME.sub("", digits, count=1) if digits.startswith(("+86", "0086", "86")) else digits
    if home == digits or home.startswith(("0", "400", "800", "95")) or _MOBILE.fullmatch(home):
        return home
    return "0" + home


def _chinese(digits: str, body: str) -> tuple[str, str] | None:
    home = _national(digits)
    if _MOBILE.fullmatch(home):
        return f"+86{home}", "mobile"
    if _LANDLINE.fullmatch(home):
        return f"+86{home[1:]}", "landline"
    if _SERVICE.fullmatch(home):
        return f"+86{home}", "service"
    if _SHORT.fullmatch(home) and not body.startswith("+"):
        return home, "short"
    return None


def _abroad(digits: str, region: str) -> tuple[str, str] | None:
    import phonenumbers  # 0.2 s to load, and most numbers are settled before

    written = "+" + digits[2:] if digits.startswith("00") else digits
    if region == "CN" and not written.startswith("+"):
        return None
    try:
        number = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return None
    if number.country_code == 86 or not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), "abroad"


def _foreign(number: str) -> str:
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return number
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL))
