"""The demo's sign-ins and the tablet's link: made at random, kept beside the keys, told at each start."""

import json
import os
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from rich.cells import cell_len

from cli.demo import staff
from shared import accounts, company, directory
from shared.accounts import ROLES, passwords
from shared.lib import i18n
from shared.lib.config import Settings
from shared.lib.i18n import lazy

LINK_LASTS = timedelta(days=1)
FILE = "demo-sign-ins.json"
GAP = "   "


class SignIns:
    """Passwords by name, and the tablet's secret. The file holds nothing that opens anything but this demo."""

    def __init__(self, given: Settings) -> None:
        self.given, self.path = given, given.data / FILE
        self.kept: dict[str, Any] = {}

    def invent(self) -> dict[str, str]:
        """New passwords for everybody; gives what the accounts keep of them."""
        self.kept = {"passwords": {name: passwords.made_up() for name in staff.ACCOUNTS}}
        return {name: passwords.hashed(password) for name, password in self.kept["passwords"].items()}

    def recall(self) -> None:
        """The passwords of the last start; new ones when the file is gone."""
        if self.path.exists():
            self.kept = json.loads(self.path.read_text(encoding="utf-8"))
            return
        hashes, known = self.invent(), {one.name: one for one in accounts.accounts()}
        for name in self.kept["passwords"].keys() & known.keys():
            accounts.keep_password(known[name].token, hashes[name])

    def keep(self) -> None:
        """Writes the file, readable by its owner only."""
        descriptor, fresh = tempfile.mkstemp(dir=self.path.parent, prefix=FILE)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(self.kept, file, ensure_ascii=False)
        Path(fresh).replace(self.path)

    def kiosk(self) -> int:
        """The demo's tablet; a new one when it was taken out of service."""
        in_service = {one.id for one in accounts.devices() if one.revoked_at is None}
        if self.kept.get("device") not in in_service:
            device, self.kept["secret"] = accounts.add_device(staff.KIOSK)
            self.kept["device"] = device.id
        return int(self.kept["device"])

    def kiosk_link(self) -> str:
        """An address that makes one browser the demo's tablet."""
        return f"{self.given.url}/kiosk/open/{accounts.offer_device(self.kiosk(), self.kept['secret'], LINK_LASTS)}"

    def told(self) -> str:
        """Everything somebody needs to look around, in both languages; the columns fit whatever is in them."""
        facts = company.facts()
        known = [one for one in accounts.accounts() if one.name in self.kept["passwords"] and one.disabled_at is None]
        order = list(staff.ACCOUNTS)
        rows = [[_both(lazy("Role")), _both(lazy("Name")), _both(lazy("Sign-in name")), _both(lazy("Password"))]]
        for one in sorted(known, key=lambda one: order.index(one.name)):
            role = _both(ROLES[staff.ACCOUNTS[one.name]])
            rows.append([role, _name(one), one.login, self.kept["passwords"][one.name]])
        addresses = [
            [_both(lazy("Kiosk, paired, opens once")), self.kiosk_link()],
            [_both(lazy("Sign in")), f"{self.given.url}/sign-in"],
        ]
        heading = f"{_both(lazy('Demo company'))}: {facts.name} {facts.name_en}"
        return "\n".join(["", heading, "", *_aligned(rows), "", *_aligned(addresses), ""])


def _name(one: accounts.Account) -> str:
    person = directory.person(one.person_id) if one.person_id else None
    return f"{one.name} {person.pinyin}" if person else one.name


def _both(message: str) -> str:
    """Chinese and English side by side."""
    with i18n.use("zh_Hans"):
        chinese = i18n.gettext(message)
    return f"{chinese} {message}" if chinese != message else message


def _aligned(rows: list[list[str]]) -> list[str]:
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    padded = ([cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)] for row in rows)
    return [GAP.join(row).rstrip() for row in padded]
