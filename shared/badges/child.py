"""The render process: draws badges and pages, reads pictures, holds no secret, reaches nothing."""

import pickle
import sys
from collections.abc import Callable
from io import BytesIO
from multiprocessing.connection import Connection
from typing import Any

from shared.badges.facts import SIZES, BadgeFacts, Words
from shared.lib import sandbox

READY, DONE, UNFIT, FAILED = b"R", b"D", b"U", b"F"
MOST_DPI = 600


class Press:
    """WeasyPrint with one font configuration for its whole life, and a fetcher that knows data: addresses only."""

    def __init__(self) -> None:
        from weasyprint import CSS, HTML
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher

        from shared.badges.page import STYLE

        self.fonts = FontConfiguration()
        fetcher = URLFetcher(allowed_protocols={"data"}, allow_redirects=False)
        self.read: Callable[[str], Any] = lambda html: HTML(string=html, url_fetcher=fetcher)
        self.style: Callable[[str], Any] = lambda css: CSS(string=css, url_fetcher=fetcher, font_config=self.fonts)
        self.badge_style = self.style(STYLE.read_text("utf-8"))

    def badge(self, facts: BadgeFacts, words: Words, size: str) -> bytes:
        from shared.badges.page import page

        drawn = page(facts, words, SIZES[size])
        return self._pdf(drawn.html, [self.badge_style, self.style(drawn.css)])

    def document(self, html: str, css: str) -> bytes:
        return self._pdf(html, [self.style(css)] if css else [])

    def png(self, pdf: bytes, dpi: int) -> bytes:
        import pypdfium2

        out = BytesIO()
        with pypdfium2.PdfDocument(pdf) as document:
            document[0].render(scale=min(dpi, MOST_DPI) / 72).to_pil().save(out, "PNG")
        return out.getvalue()

    def picture(self, data: bytes) -> bytes:
        from shared.badges.photo import kept

        return kept(data)

    def warm(self) -> None:
        """Draws one badge with the face and the fonts behind it, so that the first visitor does not wait."""
        nobody = BadgeFacts("访客 Aa", "䶮", "V000", "1", "warm")
        self.png(self.badge(nobody, Words("zh_Hans", "en", "访", "V", "须", "E", "到", "日", "当"), "62x100"), 72)

    def _pdf(self, html: str, styles: list[Any]) -> bytes:
        drawn: bytes = self.read(html).write_pdf(
            stylesheets=styles, font_config=self.fonts, optimize_images=True, dpi=300
        )
        return drawn


def serve(requests: Connection, replies: Connection, megabytes: int) -> None:
    """Answers one request after the other until the desk closes its end."""
    sandbox.fence(megabytes)
    press = Press()
    press.warm()
    replies.send_bytes(READY)
    while True:
        try:
            verb, seconds, arguments = pickle.loads(requests.recv_bytes())
        except EOFError:
            return
        sandbox.processor_time(seconds)
        replies.send_bytes(_answer(getattr(press, verb), arguments))


def _answer(work: Callable[..., bytes], arguments: tuple[Any, ...]) -> bytes:
    from shared.badges.photo import Unfit

    try:
        return DONE + work(*arguments)
    except Unfit as unfit:
        return UNFIT + str(unfit).encode()
    except Exception as error:
        return FAILED + type(error).__name__.encode()


if __name__ == "__main__":
    serve(
        Connection(int(sys.argv[1]), writable=False),
        Connection(int(sys.argv[2]), readable=False),
        int(sys.argv[3]),
    )
