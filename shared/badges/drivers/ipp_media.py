"""Which of a printer's media a label is (PWG 5101.1 names: `om_badge_62x100mm`, `custom_max_105x300mm`)."""

import re

from shared.badges.drivers.printer import PrinterError
from shared.badges.facts import Size

_NAME = re.compile(r"(?P<name>.*)_(?P<width>[\d.]+)x(?P<height>[\d.]+)(?P<unit>mm|in)$")
_TO_MM = {"mm": 1.0, "in": 25.4}
WITHIN = 1.0


def media_for(size: Size, supported: list[str]) -> str:
    """The name to ask for; empty when the printer names no media. Raises PrinterError when none fits."""
    known = {name: dimensions for name in supported if (dimensions := _dimensions(name))}
    wanted = size.width_mm, size.height_mm
    for name, (width, height) in known.items():
        if abs(width - wanted[0]) <= WITHIN and abs(height - wanted[1]) <= WITHIN and not _is_bound(name):
            return name
    least = next((dimensions for name, dimensions in known.items() if name.startswith("custom_min_")), None)
    most = next((dimensions for name, dimensions in known.items() if name.startswith("custom_max_")), None)
    if least and most and all(low <= side <= high for low, side, high in zip(least, wanted, most, strict=True)):
        return "custom_{0}x{1}mm_{0}x{1}mm".format(*wanted)
    if supported:
        raise PrinterError("wrong-label", size.name, permanent=True)
    return ""


def _is_bound(name: str) -> bool:
    return name.startswith(("custom_min_", "custom_max_"))


def _dimensions(name: str) -> tuple[float, float] | None:
    match = _NAME.match(name)
    return (
        (float(match["width"]) * _TO_MM[match["unit"]], float(match["height"]) * _TO_MM[match["unit"]])
        if match
        else None
    )
