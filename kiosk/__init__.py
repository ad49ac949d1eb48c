"""What a visitor touches: the kiosk, and the page on their own phone."""

from kiosk import check_in, check_out, help, invitation, pairing, people, shell, visitor

BLUEPRINTS = tuple(part.blueprint for part in (check_in, check_out, help, invitation, pairing, people, shell, visitor))
