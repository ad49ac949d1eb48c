"""What a visitor touches: the kiosk, and the page on their own phone."""

from importlib import import_module

PARTS = ("check_in", "check_out", "help", "invitation", "pairing", "people", "shell", "visitor")
BLUEPRINTS = tuple(import_module(f"kiosk.{part}").blueprint for part in PARTS)
