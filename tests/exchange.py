"""A small Asterisk manager interface, from its documentation: signs in by challenge, tells of calls, answers pings."""

import contextlib
import hashlib
import itertools
import socket
import threading
from collections.abc import Iterator

NAME, SECRET = "foyer", "a secret of the exchange"


class Manager:
    """The exchange on a port of this machine; a test says what happens at it."""

    def __init__(self, *, banner: str = "Asterisk Call Manager/9.0.0") -> None:
        self.banner = banner
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        self.signed_in = threading.Semaphore(0)
        self.told = 0
        self.asked: list[dict[str, str]] = []
        self.pings = threading.Semaphore(0)
        self.answers_pings, self.refuses = True, False
        self.pong = _message(Response="Success", Ping="Pong", Timestamp="1795741200.000000")
        self._there: list[socket.socket] = []
        self._ids = itertools.count(1)
        threading.Thread(target=self._accept, daemon=True).start()

    def url(self, *, secret: str = SECRET, lines: str = "") -> str:
        """What `DESK_EXCHANGE_URL` says of it."""
        return f"ami://{NAME}:{secret.replace(' ', '%20')}@127.0.0.1:{self.port}" + (f"?lines={lines}" if lines else "")

    def tells(self, event: str, **fields: str) -> None:
        """Everybody who signed in hears it."""
        self.told += 1
        self.says(_message(Event=event, Privilege="call,all", **fields))

    def says(self, data: bytes) -> None:
        """These bytes, to everybody who signed in."""
        for link in list(self._there):
            with contextlib.suppress(OSError):
                link.sendall(data)

    def rings(self, number: str = "15400000921", *, group: str = "600", context: str = "from-trunk") -> str:
        """A call comes in, and a telephone of the desk rings; gives its id."""
        call = f"1795741200.{next(self._ids) * 10}"
        caller = {"Channel": f"PJSIP/trunk-{call}", "CallerIDNum": number, "CallerIDName": "<unknown>",
                  "Uniqueid": call, "Linkedid": call}  # fmt: skip
        self.tells("Newchannel", **caller, Context=context, Exten=group, ChannelStateDesc="Ring")
        leg = {"Channel": f"PJSIP/1001-{call}", "Uniqueid": f"{call}1", "Linkedid": call, "CallerIDNum": "1001"}
        self.tells("Newchannel", **leg, Context="from-internal", Exten="", ChannelStateDesc="Down")
        self.tells("DialBegin", **caller, Exten=group, DialString="1001", DestChannel=leg["Channel"])
        return call

    def answers(self, call: str, status: str = "ANSWER") -> None:
        """What became of dialling the desk's telephone."""
        self.tells("DialEnd", Uniqueid=call, Linkedid=call, DestChannel=f"PJSIP/1001-{call}", DialStatus=status)

    def hangs_up(self, call: str) -> None:
        """Both channels of a call go, the desk's telephone first."""
        self.tells("Hangup", Uniqueid=f"{call}1", Linkedid=call, Cause="16")
        self.tells("Hangup", Uniqueid=call, Linkedid=call, Cause="16")

    def starts_again(self) -> None:
        """Its clock is set back: the ids of calls begin where they began."""
        self._ids = itertools.count(1)

    def drops(self) -> None:
        """Every connection breaks."""
        for link in self._there:
            with contextlib.suppress(OSError):
                link.shutdown(socket.SHUT_RDWR)
        self._there.clear()

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.drops()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                link, _address = self.listener.accept()
                threading.Thread(target=self._serve, args=(link,), daemon=True).start()

    def _serve(self, link: socket.socket) -> None:
        challenge = "840415273"
        with contextlib.suppress(OSError):
            link.sendall(f"{self.banner}\r\n".encode())
            for said in _messages(link):
                self.asked.append(said)
                action = said.get("Action")
                if action == "Challenge":
                    link.sendall(_message(Response="Success", Challenge=challenge))
                elif action == "Login":
                    proof = hashlib.md5((challenge + SECRET).encode(), usedforsecurity=False).hexdigest()
                    if self.refuses or said.get("Username") != NAME or said.get("Key") != proof:
                        link.sendall(_message(Response="Error", Message="Authentication failed"))
                        return link.close()
                    link.sendall(_message(Response="Success", Message="Authentication accepted"))
                    link.sendall(_message(Event="FullyBooted", Privilege="system,all", Status="Fully Booted"))
                    self._there.append(link)
                    self.signed_in.release()
                elif action == "Ping":
                    self.pings.release()
                    if self.answers_pings:
                        link.sendall(self.pong)
        return None


def _message(**fields: str) -> bytes:
    return ("".join(f"{name}: {value}\r\n" for name, value in fields.items()) + "\r\n").encode()


def _messages(link: socket.socket) -> Iterator[dict[str, str]]:
    found: dict[str, str] = {}
    for line in link.makefile("r", encoding="utf-8", errors="replace", newline="\r\n"):
        name, _, value = line.strip().partition(": ")
        if name:
            found[name] = value
        elif found:
            yield found
            found = {}
