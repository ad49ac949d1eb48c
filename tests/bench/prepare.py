"""Fills an empty desk for the load: people, tokens for kiosks, consoles and host pages; prints them as JSON."""

import json
import sys

from shared import accounts, directory
from shared.accounts import NewAccount, NewToken
from shared.lib import control, db
from shared.lib.config import settings
from shared.migrations import models

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平"


@db.act
def fill(count: int) -> dict[str, list[str]]:
    department = directory.add_department(directory.DepartmentForm(name="市场部", name_en="Marketing"))
    people, hosts = [], []
    for number in range(count):
        name = SURNAMES[number % 20] + GIVEN[number // 20 % 20] + GIVEN[number // 7 % 20]
        email = f"host{number}@example.com" if settings().smtp_url else None
        form = directory.PersonForm(name=name, department=department.token, number=str(number), email=email)
        person = directory.add_person(form)
        people.append(directory.ref_of(person))
        login = f"host{number}"
        accounts.add_account(NewAccount(name=name, login=login, roles=["employee"], person_id=person.id))
        hosts.append(accounts.create_token(NewToken(name=login, scope="me", account=login))[1])
    kiosks = [accounts.create_token(NewToken(name=f"kiosk{n}", scope="kiosk"))[1] for n in range(8)]
    consoles = [accounts.create_token(NewToken(name=f"console{n}", scope="reception"))[1] for n in range(20)]
    return {"people": people, "hosts": hosts, "kiosks": kiosks, "consoles": consoles}


def main() -> None:
    models.load()
    with control.opened():
        print(json.dumps(fill(int(sys.argv[1]))))


if __name__ == "__main__":
    main()
