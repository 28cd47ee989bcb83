"""The volume of a matter: sealed, catalogued, kept and exported as that of an application."""

import io
import json
import zipfile
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from applications.conftest import TODAY
from applications.letters.conftest import FEB5, FEB20
from builders.city import person
from gongkai.accounts.models import Role
from gongkai.accounts.queries.scope import scope_of
from gongkai.applications.checks import matter as checks
from gongkai.applications.domain import archiving, letters_sending, matters
from gongkai.applications.errors import BeforeApplicationError, ChangedMeanwhileError, NotAuthorisedError, StruckError
from gongkai.applications.models import Letter, Matter, MatterKind, Retention, Volume
from gongkai.applications.queries import beside
from gongkai.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(bring, desk, staff):
    """A rectification that was told and whose letter arrived."""
    matter = bring(MatterKind.RECTIFICATION)
    letter = desk.sent(matter, "rectification")
    letters_sending.deliver(letter=letter, day=FEB20, user=staff.handler, today=FEB20)
    return Matter.objects.get(pk=matter.pk)


def rules_of(matter):
    return [one.rule for one in checks.findings(Matter.objects.get(pk=matter.pk))]


def test_a_matter_that_was_told_is_sealed_with_its_letter_in_it(told, staff):
    volume = archiving.close(case=told, user=staff.handler, today=TODAY, retention=Retention.THIRTY)
    assert (volume.number, volume.keep_until) == ("HL-012-GZJ-2024-0001", date(2054, 12, 31))
    assert volume.case == told
    assert [(piece["number"], piece["title"]) for piece in volume.catalogue] == [(1, "政府信息更正告知书.pdf")]
    packed = zipfile.ZipFile(io.BytesIO(archiving.export(volume=volume, user=staff.head, today=TODAY)))
    assert set(packed.namelist()) == {"卷内目录.json", "办理经过.json", "001.pdf"}
    assert json.loads(packed.read("卷内目录.json"))["摘要"] == volume.digest
    history = json.loads(packed.read("办理经过.json"))
    assert [line["事项"] for line in history] == ["收到", "予以更正", "签收", "归档"]
    assert Entry.objects.last().act == "applications.volume_exported"
    assert Entry.objects.last().subject == f"applications.matter:{told.pk}"


def test_after_that_nothing_is_entered_and_nothing_written(told, staff, desk):
    archiving.close(case=told, user=staff.handler, today=TODAY)
    told.refresh_from_db()
    with pytest.raises(NotAuthorisedError, match="已于 2024-06-03 归档"):
        desk.draft(told, "rectification")
    with pytest.raises(StruckError, match="已于 2024-02-20 办结"):
        matters.do(matter=told, act="checked", text="甲", day=FEB20, user=staff.handler, today=TODAY)
    with pytest.raises(NotAuthorisedError):
        archiving.close(case=told, user=staff.handler, today=TODAY)


def test_an_open_matter_is_not_archived_and_none_before_it_came(bring, told, staff):
    with pytest.raises(StruckError, match="尚未办结") as caught:
        archiving.close(case=bring(MatterKind.RECTIFICATION), user=staff.handler, today=TODAY)
    assert "第四十五条" in caught.value.article
    with pytest.raises(BeforeApplicationError):
        archiving.close(case=told, user=staff.handler, today=TODAY, day=date(2024, 1, 2))
    with pytest.raises(ChangedMeanwhileError):
        archiving.close(case=told, user=staff.handler, today=TODAY, seen=1)


def test_who_was_not_told_must_be_explained(bring, staff):
    matter = bring(MatterKind.RECTIFICATION)
    matters.do(matter=matter, act="refused", text="甲", day=FEB20, user=staff.handler, today=FEB20)
    with pytest.raises(StruckError, match="M1 已按“不予更正”办结，没有发出告知书"):
        archiving.close(case=matter, user=staff.handler, today=TODAY)
    volume = archiving.close(case=matter, user=staff.handler, today=TODAY, note="没有留下地址和电话")
    assert volume.catalogue == []
    assert matter.events.last().payload == {"years": 10, "note": "没有留下地址和电话"}


def test_whoever_withdrew_need_not_be_told(bring, staff):
    matter = bring(MatterKind.APPEAL)
    matters.do(matter=matter, act="withdrawn", day=FEB20, user=staff.handler, today=FEB20)
    assert archiving.close(case=matter, user=staff.handler, today=TODAY).number == "HL-012-SSJ-2024-0001"


def test_a_letter_that_is_left_over_is_sent_or_made_void_whatever_is_explained(bring, desk, staff):
    matter = bring(MatterKind.RECTIFICATION)
    desk.draft(matter, "rectification_refused")
    desk.sent(matter, "rectification")
    assert rules_of(matter) == ["M2", "M3"]
    with pytest.raises(StruckError, match="M2 《政府信息不予更正告知书》现在是“草稿”") as caught:
        archiving.close(case=matter, user=staff.handler, today=TODAY, note="无")
    assert "M3" not in str(caught.value)


def test_an_order_without_a_report_and_a_letter_without_its_receipt_are_found(bring, desk, centre):
    matter = bring(MatterKind.COMPLAINT)
    desk.sent(matter, "supervision_order")
    assert rules_of(matter) == []  # nothing is asked of an open matter
    desk.sent(matter, "complaint_upheld")
    assert rules_of(matter) == ["M3", "M3", "M4"]
    reported = bring(MatterKind.COMPLAINT)
    acting = {"day": FEB20, "user": centre.office, "today": FEB20}
    matters.do(matter=reported, act="ordered", text="甲", until=TODAY, **acting)
    matters.do(matter=reported, act="reported", text="乙", **acting)
    desk.sent(reported, "complaint_upheld")
    assert rules_of(reported) == ["M3"]


def test_the_volume_of_a_complaint_is_closed_and_seen_by_the_department_alone(bring, desk, centre, city, staff):
    matter = bring(MatterKind.COMPLAINT)
    desk.sent(matter, "complaint_dismissed")
    with pytest.raises(NotAuthorisedError):
        archiving.close(case=matter, user=centre.head, today=TODAY, note="甲")
    volume = archiving.close(case=matter, user=centre.office, today=TODAY, note="邮局没有退回签收回执")
    auditor = person("cha", city, Role.AUDITOR, name="查审计")
    sees = {
        user.name: beside.volumes(scope_of(user, TODAY)).filter(pk=volume.pk).exists()
        for user in (centre.office, auditor, centre.head, staff.handler)
    }
    assert sees == {"朱主管": True, "查审计": True, "米主任": False, "林经办": False}
    with pytest.raises(NotAuthorisedError):
        archiving.export(volume=volume, user=centre.head, today=TODAY)


def test_volumes_are_numbered_by_kind_without_gaps(told, bring, receive, enter, staff):
    for _ in range(2):
        other = bring(MatterKind.RECTIFICATION)
        matters.do(matter=other, act="withdrawn", day=FEB20, user=staff.handler, today=FEB20)
        archiving.close(case=other, user=staff.handler, today=TODAY)
    archiving.close(case=told, user=staff.handler, today=TODAY)
    numbers = list(Volume.objects.order_by("pk").values_list("number", flat=True))
    assert numbers == [f"HL-012-GZJ-2024-000{n}" for n in (1, 2, 3)]


@pytest.mark.parametrize("row", [Letter, Volume])
def test_what_belongs_to_two_cases_or_to_none_is_no_row(row, told, receive, staff):
    facts = {"unit": told.unit, "kind": "granted", "regulation": "2019", "drafted_by": staff.handler}
    if row is Volume:
        facts = {"number": "卷", "closed_on": FEB5, "digest": "0" * 64, "closed_by": staff.handler}
    for cases in ({}, {"matter": told, "application": receive(FEB5)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.objects.create(**facts, **cases)
