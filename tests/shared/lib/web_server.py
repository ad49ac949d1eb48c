"""An https server with a certificate of its own authority, and a trap that counts who knocks."""

import datetime
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

NAME = "calendar.example"
HERE, ELSEWHERE = "127.0.0.2", "127.0.0.1"
Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Server:
    """Answers as it is told; `asked` is every path in order."""

    port: int
    authority: Path
    asked: list[str] = field(default_factory=list)
    answer: Answer = lambda request: gives(request, b"hello")
    closing: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str = "/mine.ics") -> str:
        return f"https://{NAME}:{self.port}{path}"

    def trusted(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.authority))


def gives(request: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> None:
    request.send_response(status)
    for name, value in {"Content_Length": str(len(body)), **headers}.items():
        if value:
            request.send_header(name.replace("_", "-"), value)
    request.end_headers()
    request.wfile.write(body)


@contextmanager
def serving(folder: Path, address: str = HERE, name: str = NAME) -> Iterator[Server]:
    """A server at `address`, whose certificate is for `name`."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append(self.path)
            try:
                made.answer(self)
            except OSError:
                return

        def log_message(self, *_words: Any) -> None:
            return

    certificate, authority = _certificate(folder, name)
    server = ThreadingHTTPServer((address, 0), Handler)
    server.daemon_threads = True
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    made = Server(server.server_address[1], authority)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield made
    made.closing.set()
    server.shutdown()
    server.server_close()


@contextmanager
def trap(port: int, address: str = ELSEWHERE) -> Iterator[list[Any]]:
    """Everybody who connects to this port here; nobody should."""
    caught: list[Any] = []
    listening = socket.create_server((address, port))
    listening.settimeout(0.05)
    over = threading.Event()

    def watch() -> None:
        while not over.is_set():
            try:
                connection, where = listening.accept()
            except TimeoutError:
                continue
            caught.append(where)
            connection.close()

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    yield caught
    over.set()
    thread.join()
    listening.close()


def _certificate(folder: Path, name: str) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(named)
        .issuer_name(named)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    public = made.public_bytes(serialization.Encoding.PEM)
    (folder / "both.pem").write_bytes(secret + public)
    (folder / "authority.pem").write_bytes(public)
    return folder / "both.pem", folder / "authority.pem"
