"""The desk's side of the render process: asks, waits no longer than it must, and replaces it when it dies."""

import logging
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from shared.badges.facts import DEFAULT_SIZE, BadgeFacts
from shared.badges.words import tidy, words
from shared.lib.errors import Invalid
from shared.lib.i18n import _

log = logging.getLogger("foyer.badges")
ROOT = Path(__file__).resolve().parents[2]
FONTS = Path(__file__).with_name("fonts.conf")
MOST_UPLOAD = 5 << 20
MOST_REPLY = 64 << 20
PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "XDG_CACHE_HOME", "DYLD_FALLBACK_LIBRARY_PATH")


_shared: "Renderer | None" = None
_choosing = threading.Lock()


def shared_renderer() -> "Renderer":
    """The render process of this desk, started when it is first needed."""
    global _shared
    with _choosing:
        if _shared is None or _shared.closed:
            _shared = Renderer()
        return _shared


class RenderFailed(Exception):
    """It could not be drawn; `reason` is slow, died, memory, closed or the name of the error."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Renderer:
    """One render process, warmed in the background, with a limit of time and memory for everything it is asked."""

    def __init__(self, *, seconds: float = 5.0, megabytes: int = 256, start_seconds: float = 60.0) -> None:
        self.seconds, self.megabytes, self.start_seconds = seconds, megabytes, start_seconds
        self._lock = threading.Lock()
        self._child: _Child | None = None
        self.closed = False

    def start(self) -> None:
        """Warms the process up while the desk goes on."""
        threading.Thread(target=self._warm, name="renderer", daemon=True).start()

    def stop(self) -> None:
        """Ends the process; nothing can be drawn afterwards."""
        self.closed = True
        child = self._child
        if child is not None:
            child.kill()
        with self._lock:
            self._drop()

    @property
    def pid(self) -> int | None:
        """The process that draws at the moment; None while there is none."""
        child = self._child
        return child.process.pid if child is not None and child.lives() else None

    def pdf(self, facts: BadgeFacts, size: str = DEFAULT_SIZE) -> bytes:
        """A badge as a PDF of one page. Raises RenderFailed, or Invalid when the facts cannot be on a badge."""
        harmless = tidy(facts)
        return self._ask("badge", harmless, words(harmless.language), size)

    def document(self, html: str, css: str = "") -> bytes:
        """Any page of the house as a PDF, with the same limits."""
        return self._ask("document", html, css)

    def png(self, pdf: bytes, dpi: int = 150) -> bytes:
        """The first page of one of our PDFs as a picture."""
        return self._ask("png", pdf, dpi)

    def picture(self, data: bytes) -> bytes:
        """An uploaded photo or signature as we keep it: JPEG, at most 480 pixels and 200 kB. Raises Invalid."""
        if len(data) > MOST_UPLOAD:
            raise Invalid(_unfit("size"))
        try:
            return self._ask("picture", data)
        except RenderFailed as failed:
            if failed.reason in ("MemoryError", "died", "slow"):
                raise Invalid(_unfit("pixels")) from failed
            raise

    def _ask(self, verb: str, *arguments: Any) -> bytes:
        with self._lock:
            child = self._ready_child()
            try:
                return child.ask(verb, self.seconds, arguments)
            finally:
                if not child.lives():
                    self._drop()
                    self.start()

    def _warm(self) -> None:
        with self._lock:
            try:
                self._ready_child()
            except RenderFailed as failed:
                if not self.closed:
                    log.error("the render process does not start: %s", failed.reason)

    def _ready_child(self) -> "_Child":
        if self.closed:
            raise RenderFailed("closed")
        if self._child is not None and not self._child.lives():
            self._drop()
        if self._child is None:
            self._child = _Child.spawn(self.megabytes)
        self._child.wait_until_ready(self.start_seconds)
        return self._child

    def _drop(self) -> None:
        if self._child is not None:
            self._child.close()
            self._child = None


@dataclass(slots=True)
class _Child:
    """A spawned interpreter with two pipes: what it sends is read as bytes, never unpickled."""

    process: subprocess.Popen[bytes]
    requests: Connection
    replies: Connection
    ready: bool = False

    @classmethod
    def spawn(cls, megabytes: int) -> "_Child":
        theirs_in, requests = Pipe(duplex=False)
        replies, theirs_out = Pipe(duplex=False)
        ends = theirs_in.fileno(), theirs_out.fileno()
        environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        process = subprocess.Popen(
            [sys.executable, "-m", "shared.badges.child", *map(str, ends), str(megabytes)],
            cwd=ROOT,
            env=environment | {"FONTCONFIG_FILE": str(FONTS)},
            pass_fds=ends,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        theirs_in.close()
        theirs_out.close()
        return cls(process, requests, replies)

    def wait_until_ready(self, seconds: float) -> None:
        if not self.ready:
            self._within(seconds, lambda: None)
            self.ready = True

    def ask(self, verb: str, seconds: float, arguments: tuple[Any, ...]) -> bytes:
        request = pickle.dumps((verb, seconds, arguments))
        reply = self._within(seconds, lambda: self.requests.send_bytes(request))
        kind, rest = reply[:1], reply[1:]
        if kind == b"D":
            return rest
        if kind == b"U":
            raise Invalid(_unfit(rest.decode("ascii", "replace")))
        reason = rest.decode("ascii", "replace")[:40]
        if reason == "MemoryError":
            self.kill()
        raise RenderFailed(reason)

    def _within(self, seconds: float, send: Callable[[], None]) -> bytes:
        """Sends and receives; the process is killed when that takes longer than `seconds`, whatever it is doing."""
        late = threading.Event()

        def too_late() -> None:
            late.set()
            self.kill()

        timer = threading.Timer(seconds, too_late)
        timer.daemon = True
        timer.start()
        try:
            send()
            return self.replies.recv_bytes(MOST_REPLY)
        except (EOFError, OSError):
            self.kill()
            raise RenderFailed("slow" if late.is_set() else "died") from None
        finally:
            timer.cancel()
            if late.is_set():
                self.kill()

    def lives(self) -> bool:
        return self.process.poll() is None

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def close(self) -> None:
        self.kill()
        self.requests.close()
        self.replies.close()


def _unfit(code: str) -> str:
    sentences = {
        "size": _("That picture is larger than 5 MB. Take a smaller one."),
        "format": _("That is not a picture the desk can read. A JPEG, PNG or WebP of ordinary size will do."),
        "frames": _("A moving picture cannot be kept. Take a still one."),
        "pixels": _("That picture is too large. Take a smaller one."),
    }
    return sentences.get(code, _("That picture is damaged. Take it again."))
