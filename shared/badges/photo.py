"""Photos and signatures as they are kept: one small JPEG, without anything that came along with it."""

from io import BytesIO

from PIL import Image, ImageFile, ImageOps

MOST_BYTES = 5 << 20
MOST_PIXELS = 25_000_000
KEPT_BYTES = 200_000
LONG_SIDE = 480
FORMATS = ("JPEG", "PNG", "WEBP")


class Unfit(Exception):
    """Not a picture we keep; the argument is size, format, frames, pixels or broken."""


def kept(data: bytes) -> bytes:
    """`data` decoded and written anew as a JPEG of at most 480 pixels and 200 kB; Unfit when it is no such picture."""
    image = _opened(data)
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint allows them
    try:
        image.draft("RGB", (2 * LONG_SIDE, 2 * LONG_SIDE))
        small = ImageOps.exif_transpose(_reduced(image))
    except MemoryError:
        raise
    except Exception as error:
        raise Unfit("broken") from error
    return _written(_on_white(small))


def _opened(data: bytes) -> Image.Image:
    """The picture as far as its header says, nothing decoded."""
    if len(data) > MOST_BYTES:
        raise Unfit("size")
    Image.MAX_IMAGE_PIXELS = None  # the next lines count them
    try:
        image = Image.open(BytesIO(data), formats=FORMATS)
        frames = getattr(image, "n_frames", 1)
    except Exception as error:
        raise Unfit("format") from error
    if frames != 1:
        raise Unfit("frames")
    if image.width * image.height > MOST_PIXELS:
        raise Unfit("pixels")
    return image


def _reduced(image: Image.Image) -> Image.Image:
    """The picture at its final size, channel by channel, so that no second copy of it is ever held."""
    scale = min(1.0, LONG_SIDE / max(image.size))
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    exif = image.getexif()
    if image.mode not in ("1", "L", "LA", "RGB", "RGBA", "CMYK", "YCbCr"):
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    image = image.convert("L") if image.mode == "1" else image
    image.load()
    small = Image.merge(
        image.mode, [image.getchannel(band).resize(size, Image.Resampling.BOX) for band in image.getbands()]
    )
    small.info["exif"] = exif.tobytes()
    return small


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode not in ("LA", "RGBA"):
        return image.convert("RGB")
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image.convert("RGB"), mask=image.getchannel("A"))
    return paper


def _written(image: Image.Image) -> bytes:
    image.info = {}
    for quality in (88, 75, 60, 40):
        out = BytesIO()
        image.save(out, "JPEG", quality=quality, optimize=True)
        if out.tell() <= KEPT_BYTES:
            break
    return out.getvalue()
