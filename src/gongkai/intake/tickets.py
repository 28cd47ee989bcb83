"""The ticket of a form page: names the page, carries the code sealed, and what tells a person from a machine.

A ticket is valid for half a day and is the challenge of the proof of work. Whoever has no JavaScript answers one of two
questions instead, made from the ticket's public name: five figures on a picture, or a sum in words, for whoever cannot
see. Nothing is kept on the server, and nobody else is asked.
"""

from __future__ import annotations

import hmac
import io
import json
import time
import unicodedata
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from django.utils import timezone

from gongkai.accounts.sealing import UnsealedError, blind, seal, unseal
from gongkai.intake import codes

if TYPE_CHECKING:
    from datetime import date
    from random import Random

    from PIL import ImageDraw

PURPOSE = "intake.ticket"
VALID_SECONDS = 12 * 3600
SOONEST_SECONDS = 2
"""Nobody fills in a form faster."""
WORK_BITS = 16
"""Leading zero bits of the proof: about 65 000 hashes, a second on a cheap telephone."""
_DIGITS = "零一二三四五六七八九"
_LENGTH = 5


class StaleTicketError(Exception):
    """The page was open for too long, or the ticket is not ours."""


@dataclass(frozen=True)
class Ticket:
    """An open ticket. ``name`` may be shown, ``code`` only to whoever sent the form."""

    text: str
    name: str
    code: str
    at: float

    @property
    def day(self) -> date:
        """Return the day on which the page was opened: it stays the same when the form is sent again after midnight."""
        return timezone.localdate(datetime.fromtimestamp(self.at, UTC))

    @property
    def is_hasty(self) -> bool:
        """Tell whether the form comes back faster than a person could have filled it in."""
        return time.time() - self.at < SOONEST_SECONDS

    @cached_property
    def sum_words(self) -> str:
        """The question for whoever cannot see the picture.

        >>> Ticket("", "0" * 32, "", 0).sum_words.endswith("等于几？")
        True
        """
        first, second = _summands(self.name)
        return f"{_spelled(first)}加{_spelled(second)}等于几？"

    def is_worked(self, nonce: str) -> bool:
        """Tell whether ``nonce`` proves the work: the hash of ticket and nonce begins with ``WORK_BITS`` zeros."""
        if not nonce.isascii() or not nonce.isdigit() or len(nonce) > 12:  # noqa: PLR2004 -- far more than is needed
            return False
        found = sha256(f"{self.text}:{nonce}".encode()).digest()
        return int.from_bytes(found[:4]) >> (32 - WORK_BITS) == 0

    def is_answered(self, picture: str, words: str) -> bool:
        """Tell whether either question was answered."""
        figures = unicodedata.normalize("NFKC", picture).replace(" ", "")
        if figures and hmac.compare_digest(figures.encode(), picture_text(self.name).encode()):
            return True
        return _number(words) == sum(_summands(self.name))


def issue() -> Ticket:
    """Return a ticket for a new page, with a new code in it."""
    name, code, now = str(uuid.uuid4()), codes.fresh_code(), time.time()
    return Ticket(seal(json.dumps([name, code, now]), PURPOSE), name, code, now)


def opened(text: str) -> Ticket:
    """Return the ticket that ``text`` is. Raises ``StaleTicketError``."""
    try:
        name, code, at = json.loads(unseal(text, PURPOSE))
    except (UnsealedError, ValueError, TypeError) as error:
        raise StaleTicketError from error
    if not 0 <= time.time() - at <= VALID_SECONDS:
        raise StaleTicketError
    return Ticket(text, name, code, at)


def picture_text(name: str) -> str:
    """Return the figures on the picture of a ticket."""
    return f"{int(blind(name, 'intake.picture')[0], 16) % 10**_LENGTH:0{_LENGTH}}"


def picture(name: str) -> bytes:
    """Draw the figures, each turned and moved a little, with lines across, as PNG."""
    # Loaded where a picture is drawn: most people never ask for one.
    from random import Random  # noqa: PLC0415 -- the same

    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415 -- the same

    chance = Random(blind(name, "intake.noise")[0])  # noqa: S311 -- it only has to look irregular
    sheet = Image.new("L", (180, 60), 255)
    font = ImageFont.load_default(38)
    for place, figure in enumerate(picture_text(name)):
        tile = Image.new("L", (44, 56), 0)
        ImageDraw.Draw(tile).text((10, 4), figure, fill=255, font=font)
        tile = tile.rotate(chance.randint(-22, 22), resample=Image.Resampling.BICUBIC)
        sheet.paste(30, (6 + place * 34 + chance.randint(-3, 3), chance.randint(0, 6)), tile)
    _scratch(ImageDraw.Draw(sheet), sheet.size, chance)
    stream = io.BytesIO()
    sheet.save(stream, "PNG", optimize=True)
    return stream.getvalue()


def _scratch(pen: ImageDraw.ImageDraw, size: tuple[int, int], chance: Random) -> None:
    width, height = size
    for _ in range(5):
        ends = (0, chance.randrange(height), width, chance.randrange(height))
        pen.line(ends, fill=chance.randint(60, 160), width=1)


def _summands(name: str) -> tuple[int, int]:
    drawn = int(blind(name, "intake.sum")[0], 16)
    return 3 + drawn % 17, 2 + drawn // 17 % 8


def _spelled(number: int) -> str:
    tens, ones = divmod(number, 10)
    return f"{'十' if tens else ''}{_DIGITS[ones] if ones or not tens else ''}"


def _number(words: str) -> int | None:
    """Read a number below 100 in figures or in words."""
    text = unicodedata.normalize("NFKC", words).strip().rstrip("。.")
    if text.isascii() and text.isdigit() and len(text) <= 2:  # noqa: PLR2004 -- the sum has two figures
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if len(tens) > 1 or len(ones) > 1 or not text or not set(tens + ones) <= set(_DIGITS):
        return None
    value = (_DIGITS.index(tens) if tens else 1) * 10 if ten else 0
    return value + (_DIGITS.index(ones) if ones else 0)
