"""Fills an empty desk for the journeys and prints what the actors need to know, as JSON."""

import json

from shared import accounts, company, directory
from shared.accounts import NewAccount, passwords
from shared.lib import control
from shared.migrations import models
from tests import cast

PASSWORD = "tall green bamboo 42"


def main() -> None:
    models.load()
    with control.opened():
        people = cast.people()
        cast.built()
        company.change(company.Company(name="星禾信息科技", name_en="Xinghe Information Technology"))
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


if __name__ == "__main__":
    main()
