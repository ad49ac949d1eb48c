"""Call lists as exchanges write them."""

from datetime import UTC, datetime

from shared.phone import cdr

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # Monday 10:00 in Shanghai
SHANGHAI = "Asia/Shanghai"
ASTERISK = cdr.Asked(profile="asterisk", zone=SHANGHAI)
GENERIC = cdr.Asked(profile="generic", zone=SHANGHAI)
HEADINGS = "时间,号码,是否接听,振铃秒数"


def asterisk(
    start: str = "2026-11-23 09:00:00", src: str = "15400000921", *, lasted: object = 20, talked: object = 0,
    became: str = "NO ANSWER", id: str | None = None, context: str = "ext-group", channel: str = "PJSIP/trunk-00000001",
    dst: str = "600",
) -> str:  # fmt: skip
    """A line of Master.csv; without an id the last two columns are left out, as Asterisk does unless it is told."""
    cells = ["", src, dst, context, f'"苏婉" <{src}>', channel, "PJSIP/1001-00000002", "Dial", "PJSIP/1001,30", start,
             "", start, lasted, talked, became, "DOCUMENTATION"]  # fmt: skip
    cells += [] if id is None else [id, ""]
    return ",".join(str(cell) if isinstance(cell, int) else '"' + str(cell).replace('"', '""') + '"' for cell in cells)


def generic(*lines: str, headings: str = HEADINGS) -> bytes:
    """A list with headings."""
    return "\n".join((headings, *lines, "")).encode()


def file(*lines: str) -> bytes:
    """A file of these lines."""
    return "\n".join((*lines, "")).encode()


def read(data: bytes, asked: cdr.Asked = GENERIC) -> cdr.Reading:
    return cdr.read(data, asked, now=NOW)
