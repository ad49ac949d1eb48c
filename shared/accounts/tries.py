"""Wrong passwords: five a minute for one name, twenty an hour from one address; then even the right one waits."""

import ipaddress

from shared.lib import limits
from shared.lib.i18n import _

NAME, ADDRESS, LINKS = "5 per minute", "20 per hour", "3 per 15 minutes"


def check(login: str, address: str) -> None:
    """TooMany while `login` or `address` has used up its wrong tries; the same for names that do not exist."""
    for name, rate, key in _counted(login, address):
        limits.check(name, rate, key, _("Too many wrong tries. Wait a minute, then try again."))


def wrong(login: str, address: str) -> None:
    """Counts a wrong password."""
    for counted in _counted(login, address):
        limits.allowed(*counted)


def link_allowed(email: str) -> bool:
    """Whether another sign-in link may go to `email`: three in a quarter of an hour."""
    return limits.allowed("sign-in link to", LINKS, email)


def _counted(login: str, address: str) -> list[tuple[str, str, str]]:
    of_name = [("wrong password", NAME, login)]
    return of_name + ([("wrong password from", ADDRESS, _neighbourhood(address))] if address else [])


def _neighbourhood(address: str) -> str:
    """An IPv4 address, or the /64 that one household of IPv6 has."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return address if parsed.version == 4 else str(ipaddress.ip_network(f"{address}/64", strict=False))
