"""Fences of a process that works on what strangers wrote: memory, network, time without a parent."""

import ctypes
import os
import resource
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

NEW_USER, NEW_NET = 0x10000000, 0x40000000
FORBIDDEN = (
    "socket.connect",
    "socket.bind",
    "socket.sendto",
    "socket.getaddrinfo",
    "subprocess",
    "os.exec",
    "os.posix_spawn",
    "os.system",
    "os.fork",
)
DEAD, TOO_BIG = 70, 71


def fence(megabytes: int) -> None:
    """No core files, no network, and at most `megabytes` of memory; before any thread is started."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (megabytes << 20, megabytes << 20))
    if sys.platform == "linux":
        _leave_the_network()
    sys.addaudithook(_refuse)
    follow_parent(most=megabytes << 20)


def follow_parent(last: Callable[[], object] = lambda: None, *, most: int = sys.maxsize) -> None:
    """Ends this process when its parent is gone, after `last`; or when it holds more than `most` bytes."""
    threading.stack_size(512 << 10)
    threading.Thread(target=_watch, args=(os.getppid(), most, last), name="watch", daemon=True).start()


def processor_time(seconds: float) -> None:
    """The kernel ends this process when it computes for more than `seconds` from now, even if its parent is gone."""
    used = time.process_time()
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(used + seconds) + 2, hard))


def _leave_the_network() -> None:
    """A network of its own, with nothing in it, where the kernel allows that."""
    unshare: Callable[[int], int] = ctypes.CDLL(None).unshare
    user, group = os.getuid(), os.getgid()
    if unshare(NEW_NET) == 0 or unshare(NEW_USER | NEW_NET) != 0:
        return
    for name, text in (("uid_map", f"{user} {user} 1"), ("setgroups", "deny"), ("gid_map", f"{group} {group} 1")):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(text)


def _refuse(event: str, _args: tuple[Any, ...]) -> None:
    if event.startswith(FORBIDDEN):
        raise PermissionError(event)


def _watch(parent: int, most: int, last: Callable[[], object]) -> None:
    """Ends the process when its parent is gone, or when it holds too much memory where the kernel does not count."""
    while True:
        if os.getppid() != parent:
            last()
            os._exit(DEAD)
        if sys.platform == "darwin" and resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > most:
            os._exit(TOO_BIG)
        time.sleep(0.2)
