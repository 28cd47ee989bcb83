"""Letters of a bureau: drafted, approved, sealed, sent, in a few words."""

import io
from datetime import date
from types import SimpleNamespace

import pytest
from PIL import Image

from applications.conftest import ZHANG
from builders.browser import in_browser  # noqa: F401 -- a fixture
from builders.city import person
from gongkai.accounts.models import Role
from gongkai.applications.domain import letters, letters_sealing, letters_sending, matters
from gongkai.applications.domain.letters_sending import Posting
from gongkai.applications.domain.stationery import set_stationery
from gongkai.applications.letters.contents import parts_of
from gongkai.applications.letters.kinds import nature
from gongkai.applications.letters.wording import fields_of
from gongkai.applications.models import Letter, LetterState, MatterKind
from gongkai.review.domain import passage
from gongkai.review.models import Review, ReviewState
from gongkai.units.models import Guide

FEB5, FEB20 = date(2024, 2, 5), date(2024, 2, 20)


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


@pytest.fixture
def centre(city):
    """The people of the competent department, who handle complaints, review and sign their letters."""
    Guide.objects.create(
        unit=city, office="政务公开科", address="海岚市中心路1号", hours="工作日", telephone="0", updated_on=FEB5
    )
    found = SimpleNamespace(
        office=person("zhu", city, Role.COMPETENT, name="朱主管", with_subtree=True),
        head=person("mi", city, Role.OFFICE_HEAD, name="米主任"),
        legal=person("lv", city, Role.FINAL_REVIEWER, name="吕法制"),
        secrecy=person("mo", city, Role.SECRECY_REVIEWER, name="莫保密"),
    )
    set_stationery(unit=city, user=found.head, today=FEB5, agency_word="岚政公开")
    return found


@pytest.fixture
def bring(city, bureau, staff, stationery, centre):
    """Register a matter of a kind: complaints at the city about the bureau, the others at the bureau."""

    def made(kind, **facts):
        is_complaint = kind == MatterKind.COMPLAINT
        about = {"about": bureau} if is_complaint else {}
        if kind == MatterKind.APPEAL:
            about = {"about_name": "海岚市自来水公司", "sector": "供水"}
        whole = {
            "kind": kind,
            "unit": city if is_complaint else bureau,
            "day": FEB5,
            "applicant": ZHANG,
            "title": "水价表没有公布",
            "text": "请求处理。\n附照片。",
            "user": centre.office if is_complaint else staff.handler,
            "today": FEB5,
        }
        return matters.receive(**{**whole, **about, **facts})

    return made


@pytest.fixture
def desk(staff, centre):
    """Take a letter of a matter as far as is asked: drafted, approved, sealed, sent."""

    def who(matter):
        return (centre.office, centre) if matter.kind == MatterKind.COMPLAINT else (staff.handler, staff)

    def draft(matter, kind, day=FEB20, **more):
        user, _ = who(matter)
        if kind == "supervision_order":
            more = {"options": {"until": date(2024, 3, 15)}, **more}
        letter = letters.draft(case=matter, kind=kind, user=user, today=day, **more)
        return fill(letter, day, user)

    def approved(matter, kind, day=FEB20, **more):
        user, people = who(matter)
        letter = letters.submit(letter=draft(matter, kind, day, **more), user=user, today=day)
        approve(letter, people, day)
        return Letter.objects.get(pk=letter.pk)

    def sealed(matter, kind, day=FEB20, **more):
        user, _ = who(matter)
        letter = letters_sealing.seal(letter=approved(matter, kind, day, **more), user=user, today=day)
        return letters_sealing.scan_back(letter=letter, data=scan(), name="扫描.pdf", user=user, today=day)

    def send(letter, day=FEB20):
        user, _ = who(letter.matter)
        posting = Posting("ems", "EX123456789CN")
        return letters_sending.send(letter=letter, day=day, user=user, today=day, mode="posted", posting=posting)

    def sent(matter, kind, day=FEB20, **more):
        return send(sealed(matter, kind, day, **more), day)

    return SimpleNamespace(draft=draft, approved=approved, sealed=sealed, send=send, sent=sent)
