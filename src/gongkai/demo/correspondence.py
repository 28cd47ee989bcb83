"""The letters of the demonstration: drafted, reviewed, numbered, stamped and sent by the verbs that people use."""

from __future__ import annotations

import io
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageDraw
from pypdfium2 import PdfBitmap, PdfDocument, PdfImage, PdfMatrix

from gongkai.accounts.models import Role
from gongkai.applications.domain import letters, letters_sealing, letters_sending
from gongkai.applications.domain.letters_sending import Posting
from gongkai.applications.domain.stationery import set_stationery
from gongkai.applications.letters.contents import parts_of
from gongkai.applications.letters.kinds import nature
from gongkai.applications.letters.wording import fields_of
from gongkai.applications.models import Letter, Mode
from gongkai.demo.cases import data
from gongkai.demo.plan import STARTED
from gongkai.files.domain import store
from gongkai.law.outcomes import outcome
from gongkai.review.domain import passage
from gongkai.review.models import Review, ReviewState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.applications.models import Application, Consultee, Matter
    from gongkai.demo.city import City, Place
    from gongkai.demo.founding import Cast

LETTER_OF = {
    "correction_notice": "correction_notice",
    "extension": "extension_notice",
    "third_party_sent": "third_party_consultation",
    "reasons_requested": "reasons_request",
}
"""The kind of letter by the event it enters; an answer goes by its outcome."""

_WORD = "公开"
_SEAL, _DOTS, _RED = 116, 240, (200, 30, 30, 220)
"""How wide the seal is in points and in dots, and its colour."""


def equip(city: City, cast: Cast, places: Iterable[Place] | None = None) -> None:
    """Give ``places``, or every body, its letterhead: 机关代字, and whom its answers may be contested before."""
    for place in city.places if places is None else places:
        if (place.code, Role.OFFICE_HEAD) in cast.people:
            set_stationery(
                unit=cast.units[place.code],
                user=cast.people[place.code, Role.OFFICE_HEAD],
                today=city.reform + timedelta(days=1) if place.is_new else STARTED,
                agency_word=place.mark + _WORD,
                court="岚州市中级人民法院" if place.kind == "government" else city.court,
                online_channel="https://fuyi.example.cn",
                payment=f"{city.name}财政非税收入账户",
            )


class Correspondence:
    """The letters of one body. ``handler`` writes and sends them, ``keeper`` has the seal."""

    def __init__(self, place: Place, cast: Cast, officer: User | None = None) -> None:
        self.place, self.cast = place, cast
        self.handler = officer or self._who(Role.HANDLER)
        self.keeper = officer or self._who(Role.OFFICE_HEAD)

    def send(self, application: Application, event: str, day: date, mode: str, **params: Any) -> Letter:  # noqa: ANN401 -- parameters of events
        """Write the letter for ``event`` and send it on ``day``; with it the event happens."""
        letter = self.sealed(application, event, day, mode=mode, **params)
        return self.out(letter, day)

    def out(self, letter: Letter, day: date) -> Letter:
        """Send a sealed letter as it was written to go."""
        posting = Posting("ems", f"1{letter.pk:010d}CN") if letter.mode == Mode.POSTED else None
        return letters_sending.send(letter=letter, day=day, user=self.handler, today=day, posting=posting)

    def sealed(self, application: Application, event: str, day: date, **params: Any) -> Letter:  # noqa: ANN401 -- the same
        """Take a letter as far as its stamped copy."""
        return self.seal(self.approved(application, event, day, **params), day)

    def seal(self, letter: Letter, day: date) -> Letter:
        """Give an approved letter its number and its stamp."""
        letter = letters_sealing.seal(letter=letter, user=self.keeper, today=day)
        return letters_sealing.scan_back(
            letter=letter, data=stamped(letter), name="用印扫描件.pdf", user=self.handler, today=day
        )

    def approved(self, application: Application, event: str, day: date, **params: Any) -> Letter:  # noqa: ANN401 -- the same
        """Take a letter through its review."""
        return self.approve(self.submitted(application, event, day, **params), day)

    def approve(self, letter: Letter, day: date) -> Letter:
        """Have everybody on the chain of a submitted letter agree."""
        what = nature(letter.kind, letter.regulation)
        assert what is not None
        review = Review.objects.filter(kind=what.review, key=letter.pk, state=ReviewState.OPEN).first()
        while review is not None and review.state == ReviewState.OPEN:
            step = review.steps.get(state="current")
            review = passage.approve(review=review, user=self._who(step.role), day=day, opinion="同意")
        letter.refresh_from_db()
        return letter

    def submitted(self, application: Application, event: str, day: date, **params: Any) -> Letter:  # noqa: ANN401 -- the same
        """Write a letter and send it to review."""
        return self.submit(self.drafted(application, event, day, **params), day)

    def submit(self, letter: Letter, day: date) -> Letter:
        """Send a draft to review."""
        return letters.submit(letter=letter, user=self.handler, today=day)

    def tell(self, matter: Matter, kind: str, day: date, until: date | None = None, **fields: str) -> Letter:
        """Send a letter of a matter to review: with ``fields``, and what the matter tells by itself."""
        options = {"until": until} if until else {}
        acting = {"user": self.handler, "today": day}
        return self.submit(letters.draft(case=matter, kind=kind, fields=fields, options=options, **acting), day)

    def drafted(
        self,
        application: Application,
        event: str,
        day: date,
        *,
        consultee: Consultee | None = None,
        **params: Any,  # noqa: ANN401 -- the same
    ) -> Letter:
        """Write a letter, with the demonstration's words where the case tells nothing."""
        application.refresh_from_db()
        code = str(params.pop("outcome", ""))
        kind = outcome(code, application.regulation).letter if event == "answer" else LETTER_OF[event]
        params.pop("party", None)
        mode = str(params.pop("mode", ""))
        letter = letters.draft(
            case=application,
            kind=kind,
            user=self.handler,
            today=day,
            consultee=consultee,
            mode=mode,
            parts=[{"outcome": code, **({"label": "第1项"} if code == "P" else {})}] if code else (),
            options={key: value for key, value in params.items() if key != "approver"},
        )
        return self._fill(letter, day)

    def _fill(self, letter: Letter, day: date) -> Letter:
        words = {key: text.replace("{city}", self.cast.city.name) for key, text in data()["fields"].items()}
        fields, parts = dict(letter.fields), [dict(part) for part in letter.parts]
        for part, worded in zip(parts, parts_of(letter) if parts else (), strict=True):
            for key in fields_of(worded.kind, letter.regulation):
                if not worded.values.get(key):
                    part[key] = words[key]
        if letter.kind == LETTER_OF["extension"]:  # its reason is not that of a decision (条例 第三十三条)
            delays = data()["words"]["delays"]
            words["reason"] = delays[letter.pk % len(delays)]
        if not parts:
            for key in fields_of(letter.kind, letter.regulation):
                fields[key] = fields.get(key) or words[key]
        return letters.revise(letter=letter, user=self.handler, today=day, fields=fields, parts=parts)

    def _who(self, role: str) -> User:
        return self.cast.people[self.place.code, role]


def stamped(letter: Letter) -> bytes:
    """Return the whole letter as PDF, with the red seal on its last page."""
    assert letter.pdf is not None
    document = PdfDocument(store.read(letter.pdf))
    try:
        page = document[len(document) - 1]
        seal = PdfImage.new(document)
        seal.set_bitmap(PdfBitmap.from_pil(_seal()))
        width, height = page.get_size()
        seal.set_matrix(PdfMatrix().scale(_SEAL, _SEAL).translate(width * 0.7 - _SEAL / 2, height * 0.28 - _SEAL / 2))
        page.insert_obj(seal)
        page.gen_content()
        stream = io.BytesIO()
        document.save(stream)
    finally:
        document.close()
    return stream.getvalue()


@cache
def _seal() -> Image.Image:
    picture = Image.new("RGBA", (_DOTS, _DOTS))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((3, 3, _DOTS - 4, _DOTS - 4), outline=_RED, width=6)
    draw.regular_polygon((_DOTS / 2, _DOTS / 2, _DOTS // 6), 5, fill=_RED)
    return picture
