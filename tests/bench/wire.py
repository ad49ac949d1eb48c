"""Raw HTTP and WebSocket clients over asyncio, light enough to leave the server its core."""

import asyncio
import base64
import json
import os
import struct
from typing import Any


class Http:
    """One kept-alive connection."""

    def __init__(self, port: int, headers: dict[str, str]) -> None:
        self.port, self.headers = port, headers
        self.lock = asyncio.Lock()
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter

    async def ask(self, method: str, path: str, body: Any = None, **extra: str) -> tuple[int, dict[str, str], bytes]:
        async with self.lock:
            if self.reader is None:
                self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
            content = b"" if body is None else json.dumps(body).encode()
            headers = {"Host": f"127.0.0.1:{self.port}", "Content-Length": str(len(content)), **self.headers, **extra}
            if body is not None:
                headers["Content-Type"] = "application/json"
            head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
            self.writer.write(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + content)
            return await self._answer()

    async def _answer(self) -> tuple[int, dict[str, str], bytes]:
        assert self.reader is not None
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        status = int(head[0].split(" ")[1])
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
        length = int(headers.get("content-length", "0"))
        content = await self.reader.readexactly(length) if length else b""
        if headers.get("connection", "").lower() == "close":
            self.writer.close()
            self.reader = None
        return status, headers, content


class Socket:
    """A Socket.IO client of one namespace: hears `changed`, answers pings, says nothing else."""

    def __init__(self, port: int, namespace: str, headers: dict[str, str]) -> None:
        self.port, self.namespace, self.headers = port, namespace, headers
        self.heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def open(self) -> None:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        key = base64.b64encode(os.urandom(16)).decode()
        headers = {
            "Host": f"127.0.0.1:{self.port}",
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Key": key,
            "Sec-WebSocket-Version": "13",
            "Origin": f"http://127.0.0.1:{self.port}",
            **self.headers,
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self.writer.write(f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n{head}\r\n".encode())
        answer = await self.reader.readuntil(b"\r\n\r\n")
        if b" 101 " not in answer.split(b"\r\n")[0]:
            raise ConnectionError(answer.decode("latin-1"))
        await self._frame()
        self._send(f"40{self.namespace},")
        joined = await self._frame()
        if not joined.startswith("40"):
            raise ConnectionError(joined)
        self.task = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        while True:
            text = await self._frame()
            if text == "2":
                self._send("3")
            elif text.startswith("42"):
                message = json.loads(text[text.index("[") :])
                self.heard.put_nowait(message[1])

    async def _frame(self) -> str:
        first, second = await self.reader.readexactly(2)
        length = second & 127
        if length == 126:
            length = struct.unpack(">H", await self.reader.readexactly(2))[0]
        elif length == 127:
            length = struct.unpack(">Q", await self.reader.readexactly(8))[0]
        content = await self.reader.readexactly(length)
        if first & 15 == 8:
            raise ConnectionError("closed")
        return content.decode()

    def _send(self, text: str) -> None:
        content = text.encode()
        mask = os.urandom(4)
        masked = bytes(byte ^ mask[place % 4] for place, byte in enumerate(content))
        length = bytes([128 | len(content)]) if len(content) < 126 else bytes([254]) + struct.pack(">H", len(content))
        self.writer.write(b"\x81" + length + mask + masked)
