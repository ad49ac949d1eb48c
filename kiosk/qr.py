"""An address as a QR code, drawn as SVG so that it is sharp on every screen."""

from io import BytesIO

from flask import Response


def drawing(address: str) -> Response:
    """The code of `address`, without a margin: the page gives it one."""
    import qrcode  # only when somebody looks: it brings Pillow, which stays in memory
    from qrcode.image.svg import SvgPathImage

    file = BytesIO()
    qrcode.make(address, image_factory=SvgPathImage, border=0).save(file)
    return Response(file.getvalue(), mimetype="image/svg+xml")
