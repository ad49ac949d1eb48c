"""What keeps a tablet alive by itself: its service worker, the page shown without network, the version it runs."""

from urllib.parse import quote

from flask import Blueprint, jsonify, request, send_from_directory
from flask.typing import ResponseReturnValue

from kiosk import qr, words
from shared.lib import web
from shared.lib.actor import actor
from shared.lib.config import settings
from shared.lib.web.assets import STATIC, version

blueprint = Blueprint("kiosk_shell", __name__, template_folder="templates")


@web.route(blueprint, "/kiosk/sw.js", needs="public")
def worker() -> ResponseReturnValue:
    """The service worker, allowed to answer for `/kiosk` itself."""
    answer = send_from_directory(STATIC / "js" / "kiosk", "sw.js")
    answer.headers["Service-Worker-Allowed"] = "/kiosk"
    return answer


@web.route(blueprint, "/kiosk/offline", needs="public")
def offline() -> ResponseReturnValue:
    """What a tablet shows when it is started without network; nothing personal, so that it may be kept."""
    return web.render("kiosk/offline.html", words=words.catalogue())


@web.route(blueprint, "/kiosk/build", needs="public")
def build() -> ResponseReturnValue:
    """The version that is being served, and whether this tablet still belongs to the desk."""
    return jsonify(build=version(), paired=actor().kind == "device")


@web.route(blueprint, "/kiosk/pairing/qr.svg", needs="public")
def pairing_qr() -> ResponseReturnValue:
    """Where a signed-in phone approves the code that this tablet shows."""
    return qr.drawing(f"{settings().url}/console/devices?code={quote(request.args.get('code', '')[:12])}")
