"""Calls that are being written down: several at once, each a draft of the account that writes."""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared import drafts
from shared.lib.actor import actor
from shared.lib.i18n import format_time

PREFIX = "pad-"
PAD = re.compile(r"[a-z0-9]{6,12}")


@dataclass(frozen=True, slots=True)
class Pad:
    """A call that is being written down."""

    id: str
    name: str
    opened: datetime
    values: dict[str, Any]


def begun() -> list[Pad]:
    """The pads of this account in which something was written, the newest first."""
    if actor().kind != "account":
        return []
    return [_pad(kind.removeprefix(PREFIX), draft) for kind, draft in drafts.begun(actor().id, PREFIX).items()]


def _pad(pad: str, draft: drafts.Draft) -> Pad:
    try:
        kept = json.loads(draft.data)
    except ValueError:
        kept = {}
    values = kept if isinstance(kept, dict) else {}
    try:
        opened = datetime.fromisoformat(str(values.get("call_at", "")))
    except ValueError:
        opened = draft.at
    name = str(values.get("caller_name") or values.get("number") or format_time(opened))[:20]
    return Pad(pad, name, opened if opened.tzinfo else draft.at, values)


def forget(pad: str) -> None:
    """The call is saved: what was typed is in the register."""
    if pad and actor().kind == "account":
        drafts.drop(actor().id, f"{PREFIX}{pad}")
