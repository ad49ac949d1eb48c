"""Photos and signatures: what a visitor sends becomes one small clean JPEG, or is refused before it is decoded."""

import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from struct import pack

import pytest
from PIL import Image, ImageChops
from PIL.ExifTags import Base

from shared.badges import photo
from shared.badges.render import Renderer
from shared.lib.errors import Invalid

KEPT = 200_000


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def plain(mode: str, width: int, height: int) -> Image.Image:
    return Image.new(mode, (width, height), 128 if mode in ("1", "L", "P", "I;16") else tuple([128] * len(mode)))


def noise(width: int, height: int) -> Image.Image:
    return Image.effect_noise((width, height), 120).convert("RGB")


def announced(width: int, height: int) -> bytes:
    """A PNG that only says how large it is: whoever decodes it finds nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + chunk(b"IEND", b"")


def frames(kind: str) -> bytes:
    return encoded(plain("RGB", 40, 40), kind, save_all=True, append_images=[Image.new("RGB", (40, 40), "red")])


GOOD: dict[str, Callable[[], bytes]] = {
    "a photo of a tablet": lambda: encoded(noise(1600, 1200), "JPEG", quality=90),
    "a PNG of 25 megapixels": lambda: encoded(plain("RGBA", 5000, 5000), "PNG"),
    "a palette of 25 megapixels": lambda: encoded(plain("P", 5000, 5000), "PNG"),
    "a JPEG of 25 megapixels": lambda: encoded(plain("RGB", 6250, 4000), "JPEG"),
    "a WebP": lambda: encoded(plain("RGB", 1600, 1200), "WEBP"),
    "print colours": lambda: encoded(plain("CMYK", 900, 500), "JPEG"),
    "16 bit grey": lambda: encoded(plain("I;16", 900, 500), "PNG"),
    "black and white": lambda: encoded(plain("1", 900, 500), "PNG"),
    "one pixel": lambda: encoded(plain("RGB", 1, 1), "PNG"),
    "a thread": lambda: encoded(plain("RGB", 9000, 1), "PNG"),
}
BAD: dict[str, Callable[[], bytes]] = {
    "more than 5 MB": lambda: encoded(noise(800, 800), "JPEG") + bytes(5 << 20),
    "13,000 squared": lambda: encoded(plain("1", 13_000, 13_000), "PNG"),
    "a PNG that announces too much": lambda: announced(50_000, 50_000),
    "a PNG without pixels": lambda: announced(100, 100),
    "a GIF": lambda: encoded(plain("P", 40, 40), "GIF"),
    "a TIFF": lambda: encoded(plain("RGB", 40, 40), "TIFF"),
    "an SVG": lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
    "a moving PNG": lambda: frames("PNG"),
    "a moving WebP": lambda: frames("WEBP"),
    "half a JPEG": lambda: encoded(noise(800, 600), "JPEG")[:20_000],
    "half a PNG": lambda: encoded(noise(300, 200), "PNG")[:9_000],
    "text": lambda: b"not a picture",
    "nothing": lambda: b"",
}


@pytest.mark.parametrize("make", GOOD.values(), ids=GOOD)
def test_a_picture_becomes_a_small_jpeg(renderer: Renderer, make: Callable[[], bytes]) -> None:
    kept = renderer.picture(make())
    with Image.open(BytesIO(kept)) as image:
        assert image.format == "JPEG" and image.mode == "RGB"
        assert max(image.size) <= 480
    assert len(kept) <= KEPT


@pytest.mark.parametrize("make", BAD.values(), ids=BAD)
def test_anything_else_is_refused_with_a_sentence_and_the_process_goes_on(
    renderer: Renderer, make: Callable[[], bytes]
) -> None:
    first = renderer.pid
    with pytest.raises(Invalid) as refused:
        renderer.picture(make())
    assert refused.value.sentence.endswith((".", "。"))
    assert first in (None, renderer.pid)


def test_too_many_pixels_are_refused_before_one_of_them_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image.Image, "load", lambda self: pytest.fail("decoded"))
    with pytest.raises(photo.Unfit, match="pixels"):
        photo.kept(announced(5001, 5000))


def test_a_webp_that_eats_memory_is_refused_within_the_limit() -> None:
    process = Renderer(seconds=10, megabytes=160)
    with pytest.raises(Invalid):
        process.picture(encoded(plain("RGB", 5000, 4900), "WEBP"))
    assert process.picture(encoded(plain("RGB", 500, 400), "JPEG"))
    process.stop()


def test_nothing_that_came_along_is_kept(renderer: Renderer) -> None:
    exif = Image.Exif()
    exif[Base.Artist] = "canary artist"
    exif[Base.GPSInfo] = {1: "N", 2: (31.0, 14.0, 0.0)}
    given = encoded(noise(640, 480), "JPEG", exif=exif, comment=b"canary comment", icc_profile=b"canary profile")
    kept = renderer.picture(given)
    assert b"canary" in given and b"canary" not in kept
    assert not Image.open(BytesIO(kept)).getexif()


def test_a_photo_that_was_taken_sideways_stands_upright(renderer: Renderer) -> None:
    exif = Image.Exif()
    exif[Base.Orientation] = 6
    sideways = Image.new("RGB", (400, 200), "white")
    sideways.paste((0, 0, 0), (0, 0, 100, 200))
    kept = Image.open(BytesIO(renderer.picture(encoded(sideways, "JPEG", exif=exif))))
    assert kept.size == (200, 400)
    assert kept.getpixel((100, 20))[0] < 60 < 200 < kept.getpixel((100, 300))[0]


def test_a_signature_on_glass_is_kept_on_white_paper(renderer: Renderer) -> None:
    glass = Image.new("RGBA", (600, 200), (0, 0, 0, 0))
    glass.paste((0, 0, 0, 255), (100, 80, 500, 120))
    kept = Image.open(BytesIO(renderer.picture(encoded(glass, "PNG"))))
    assert kept.getpixel((5, 5)) == (255, 255, 255)
    assert max(kept.getpixel((240, 80))) < 40
    assert ImageChops.invert(kept.convert("L")).getbbox() is not None


def test_what_is_kept_is_always_below_the_limit(tmp_path: Path) -> None:
    assert len(photo.kept(encoded(noise(480, 480), "PNG"))) <= KEPT
