"""Letters of a bureau: drafted, approved, sealed, sent, in a few words."""

import io
from datetime import date

import pytest
from PIL import Image

from builders.browser import in_browser  # noqa: F401 -- a fixture
from gongkai.applications.domain import letters, letters_sealing, letters_sending
from gongkai.applications.domain.letters_sending import Posting
from gongkai.applications.domain.stationery import set_stationery
from gongkai.applications.letters.contents import parts_of
from gongkai.applications.letters.kinds import nature
from gongkai.applications.letters.wording import fields_of
from gongkai.applications.models import Letter, LetterState
from gongkai.review.domain import passage
from gongkai.review.models import Review, ReviewState


def scan():
    """Return a page as a scanner gives it: a picture without words."""
    stream = io.BytesIO()
    Image.new("L", (60, 85), 255).save(stream, "PDF")
    return stream.getvalue()


@pytest.fixture
def stationery(bureau, staff):
    return set_stationery(
        unit=bureau, user=staff.head, today=date(2024, 1, 2), agency_word="岚水公开", payment="海岚市财政非税账户"
    )


@pytest.fixture
def drafted(staff):
    """Draft a letter with something in every field that the case does not tell."""

    def made(application, kind, day, *, filled=True, **more):
        letter = letters.draft(case=application, kind=kind, user=more.pop("user", staff.handler), today=day, **more)
        if filled:
            fill(letter, day, staff.handler)
        return Letter.objects.get(pk=letter.pk)

    return made


def fill(letter, day, user):
    """Fill in what is lacking, whatever it is."""
    fields = dict(letter.fields)
    parts = [dict(part) for part in letter.parts]
    if parts:
        for part, worded in zip(parts, parts_of(letter), strict=True):
            for key, caption in fields_of(worded.kind, letter.regulation).items():
                if not worded.values.get(key):
                    part[key] = f"关于{caption}的说明"
    else:
        for key, caption in fields_of(letter.kind, letter.regulation).items():
            fields.setdefault(key, "30" if key == "amount" else f"关于{caption}的说明")
    return letters.revise(letter=letter, user=user, today=day, fields=fields, parts=parts)


@pytest.fixture
def approved(staff, drafted):
    """Take a letter through its chain."""

    def made(application, kind, day, **more):
        letter = drafted(application, kind, day, **more)
        letter = letters.submit(letter=letter, user=staff.handler, today=day)
        approve(letter, staff, day)
        return Letter.objects.get(pk=letter.pk)

    return made


def approve(letter, staff, day):
    """Pass every step by whoever has its role."""
    by_role = {"secrecy_reviewer": staff.secrecy, "final_reviewer": staff.legal, "office_head": staff.head}
    kind = nature(letter.kind, letter.regulation).review
    while review := Review.objects.filter(kind=kind, key=letter.pk, state=ReviewState.OPEN).first():
        step = review.steps.get(state="current")
        passage.approve(review=review, user=by_role[step.role], day=day)


@pytest.fixture
def sealed(staff, stationery, approved):
    """Seal a letter on paper and bring the scan back."""

    def made(application, kind, day, *, copies=1, **more):
        letter = approved(application, kind, day, **more)
        assert letter.state == LetterState.APPROVED
        letter = letters_sealing.seal(letter=letter, user=staff.head, today=day, copies=copies)
        letters_sealing.scan_back(letter=letter, data=scan(), name="扫描件.pdf", user=staff.handler, today=day)
        return Letter.objects.get(pk=letter.pk)

    return made


@pytest.fixture
def sent(staff, sealed):
    """Post a letter."""

    def made(application, kind, day, *, mail="EX123456789CN", **more):
        letter = sealed(application, kind, day, **more)
        letters_sending.send(
            letter=letter, day=day, user=staff.handler, today=day, mode="posted", posting=Posting("ems", mail)
        )
        return Letter.objects.get(pk=letter.pk)

    return made


@pytest.fixture
def today(monkeypatch):
    """Let the pages take 19 February 2024 for today."""
    day = date(2024, 2, 19)
    monkeypatch.setattr("gongkai.site.middleware.timezone.localdate", lambda: day)
    return day


@pytest.fixture
def browse(client, today):
    """Ask for a page as somebody; a redirect is followed."""

    def ask(user, address, data=None):
        client.force_login(user)
        if data is None:
            return client.get(address, follow=True)
        return client.post(address, data, follow=True)

    return ask
