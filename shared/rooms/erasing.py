"""What a use of a room forgets with the visit it was for: notes; that it was used, served and cleared stays."""

from sqlalchemy import update

from shared.lib import db
from shared.rooms.model import RoomUse


def erase_words(use_id: int) -> None:
    """What was written about who sat there. Only inside an act."""
    db.session().execute(update(RoomUse).where(RoomUse.id == use_id).values(note=""))
