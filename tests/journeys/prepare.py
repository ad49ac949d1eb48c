"""Fills an empty desk for the journeys and prints what the actors need to know, as JSON."""

import json
import sys
from datetime import timedelta

from shared import accounts, company, deadlines, directory
from shared.accounts import NewAccount, passwords
from shared.lib import clock, control
from shared.migrations import models
from tests import cast

PASSWORD = "tall green bamboo 42"
NEW = "new"  # a desk at which nothing has happened yet


def main() -> None:
    models.load()
    with control.opened():
        people = cast.people()
        cast.built()
        company.change(company.Company(name="星禾信息科技", name_en="Xinghe Information Technology"))
        if NEW not in sys.argv:
            keeps_rooms_clear()
        secret = passwords.hashed(PASSWORD)
        wanted = {"lin": ("林晓彤", ["receptionist"], None), "han": ("韩雪梅", ["admin_manager"], None)}
        wanted |= {"wang": ("王建明", ["employee"], people.host.id), "yuchi": ("尉迟明", ["employee"], people.other.id)}
        for login, (name, roles, person) in wanted.items():
            email = "wang@example.com" if login == "wang" else ""
            new = NewAccount(name=name, login=login, email=email, roles=frozenset(roles), person_id=person)
            accounts.add_account(new, password_hash=secret)
        _device, kiosk = accounts.add_device("East door")
        token = accounts.create_token(accounts.NewToken(name="journey", scope="reception"))[1]
        found = {"password": PASSWORD, "kiosk": kiosk, "token": token, "host": directory.ref_of(people.host)}
        print(json.dumps(found))


def keeps_rooms_clear() -> None:
    """A few rooms that were cleared an hour ago, one of them late: something for the report to show."""
    for room, seconds in enumerate((40, 70, 70, 100, 150)):
        begun = clock.now() - timedelta(hours=1)
        deadlines.start("T05", f"room:{room}", at=begun)
        deadlines.meet("T05", f"room:{room}", at=begun + timedelta(seconds=seconds))


if __name__ == "__main__":
    main()
