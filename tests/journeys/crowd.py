"""Fills an empty desk for a roll call: the cast of the journeys, staff and visitors, five hundred in all."""

import json

from shared import accounts, directory, notice
from shared.accounts import NewAccount, passwords
from shared.lib import control
from shared.migrations import models
from tests import cast
from tests.journeys.prepare import PASSWORD

STAFF, VISITORS = 400, 97  # and the three of the cast


def main() -> None:
    models.load()
    with control.opened():
        notice.publish()
        host = cast.people().host
        place = directory.departments()[0].token
        for number in range(STAFF):
            directory.add_person(directory.PersonForm(name=f"员工{number}号", department=place, number=str(number)))
        for number in range(VISITORS):
            cast.goes_in(cast.checks_in(host, visitor_name=f"访客{number}号").token)  # with the host: no clock runs
        secret = passwords.hashed(PASSWORD)
        for login, name, role in (("lin", "林晓彤", "receptionist"), ("han", "韩雪梅", "admin_manager")):
            accounts.add_account(NewAccount(name=name, login=login, roles=frozenset({role})), password_hash=secret)
        token = accounts.create_token(accounts.NewToken(name="warden", scope="reception"))[1]
        print(json.dumps({"password": PASSWORD, "kiosk": "", "token": token}))


if __name__ == "__main__":
    main()
