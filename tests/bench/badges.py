"""Badges beside bare WeasyPrint: the same page, the same face, one font configuration, nothing around it."""

import json
import os
import statistics
import subprocess
import sys
import time
from dataclasses import replace

from shared.badges.facts import SIZES, BadgeFacts
from shared.badges.render import FONTS, ROOT, Renderer
from shared.badges.words import tidy, words

WEARER = BadgeFacts(
    company="星禾信息科技",
    company_en="Xinghe Information Technology",
    visitor_name="陈嘉豪",
    visitor_company="深蓝物联",
    department="市场部",
    department_en="Marketing",
    date_text="11月4日 周二",
    number="V012",
    escort=True,
    qr_text="https://frontdesk.example.com/v/AbCdEfGhIjKlMnOpQrStUvWxYz0",
    code="K7M4QX",
)
ROUND = 10


def measure(times: int) -> dict[str, float]:
    """Medians of `times` rounds in turns, warm, in milliseconds; what a cold start takes; size of the file in kB."""
    began = time.perf_counter()
    renderer = Renderer(seconds=30)
    size = len(renderer.pdf(WEARER))
    cold = time.perf_counter() - began
    bare = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.badges"],
        cwd=ROOT, env=os.environ | {"FONTCONFIG_FILE": str(FONTS)}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    assert bare.stdin is not None and bare.stdout is not None
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(times + 1):
        ours += _timed(renderer)
        print(file=bare.stdin, flush=True)
        theirs += json.loads(bare.stdout.readline())
    bare.stdin.close()
    bare.wait()
    renderer.stop()
    warm, floor = statistics.median(ours[ROUND:]), statistics.median(theirs[ROUND:])
    return {
        "warm ms": round(warm * 1000, 1),
        "bare WeasyPrint ms": round(floor * 1000, 1),
        "times bare": round(warm / floor, 2),
        "cold start s": round(cold, 2),
        "kB": round(size / 1000, 1),
    }


def _timed(renderer: Renderer) -> list[float]:
    spent = []
    for number in range(ROUND):
        began = time.perf_counter()
        renderer.pdf(replace(WEARER, number=f"V{number:03d}"))
        spent.append(time.perf_counter() - began)
    return spent


def bare() -> None:
    """Draws a round for every line that comes in, and tells how long each badge took."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    from shared.badges.page import STYLE, page

    drawn = page(tidy(WEARER), words("zh_Hans"), SIZES["62x100"])
    fonts = FontConfiguration()
    styles = [CSS(string=STYLE.read_text("utf-8"), font_config=fonts), CSS(string=drawn.css, font_config=fonts)]
    for _ in sys.stdin:
        spent = []
        for _ in range(ROUND):
            began = time.perf_counter()
            HTML(string=drawn.html).write_pdf(stylesheets=styles, font_config=fonts)
            spent.append(time.perf_counter() - began)
        print(json.dumps(spent), flush=True)


if __name__ == "__main__":
    bare()
