"""What stands beside applications: precedents, publication of what was asked for, volumes, 更正, 投诉, 申诉."""

import io
import json
import zipfile
from datetime import date

import pytest

from applications.conftest import TODAY, ZHANG
from builders.city import person
from gongkai.accounts.models import Role
from gongkai.applications.domain import archiving, closing, converting, guiding, matters, papers
from gongkai.applications.errors import (
    BeforeApplicationError,
    ChangedMeanwhileError,
    IncompleteError,
    NotAuthorisedError,
    StruckError,
)
from gongkai.applications.models import Application, FixedActError, Matter, MatterKind, MatterStage, PaperKind, Volume
from gongkai.applications.searching import PRECEDENTS
from gongkai.indexing import building, place
from gongkai.journal.models import Entry
from gongkai.records.models import Attribute, Record, Stage
from gongkai.search.port import Query

pytestmark = pytest.mark.django_db

FEB5 = date(2024, 2, 5)


@pytest.fixture
def office(city):
    """The competent department: over everybody."""
    return person("zhu", city, Role.COMPETENT, name="朱主管", with_subtree=True)


@pytest.fixture
def answered(receive, enter):
    said = {"outcome": "A2", "number": "甲〔2024〕1号", "mode": "posted", "mail": "1234567890123"}
    return enter(receive(FEB5), "answer", date(2024, 2, 20), **said)


# Conversion (Art 44)


def test_what_was_given_becomes_a_draft_without_the_applicant(answered, staff):
    begun = converting.convert(
        application=answered,
        user=staff.handler,
        today=TODAY,
        title="采砂许可台账",
        reason="多人申请<同一内容>",
    )
    record = Record.objects.get()
    assert begun.key == f"records.record:{record.pk}"
    assert (record.stage, record.attribute) == (Stage.DRAFT, Attribute.PROACTIVE)
    assert "张晓岚" not in str(Record.objects.values().get())
    answered.refresh_from_db()
    assert answered.events.last().payload["record"] == begun.key
    with pytest.raises(StruckError, match="已经转为主动公开"):
        converting.convert(application=answered, user=staff.handler, today=TODAY, title="甲", reason="乙")


def test_where_nothing_was_given_nothing_is_published(receive, enter, staff):
    refused = enter(receive(FEB5), "answer", date(2024, 2, 20), outcome="N5")
    with pytest.raises(StruckError, match="没有向申请人提供信息") as caught:
        converting.convert(application=refused, user=staff.handler, today=TODAY, title="甲", reason="乙")
    assert "第四十四条" in caught.value.article


# Guidance


def ask(application, user, question="第三方不同意公开，如何把握公共利益？"):
    return guiding.ask(application=application, title="公共利益的把握", question=question, user=user, today=TODAY)


def find(text):
    building.rebuild()
    return place.reader().search(Query(text=text, access=frozenset({PRECEDENTS}))).total


def test_an_answer_becomes_a_precedent_that_every_unit_finds(receive, staff, office):
    asked = ask(receive(FEB5), staff.handler)
    facts = {"outcome": "N4", "articles": "第十五条", "keywords": "公共利益 第三方"}
    guiding.reply(
        guidance=asked,
        answer="须说明理由。",
        user=office,
        today=TODAY,
        is_precedent=True,
        facts=facts,
    )
    assert find("公共利益") == 1
    asked.refresh_from_db()
    guiding.withdraw_precedent(guidance=asked, user=office, today=TODAY, reason="规定已改")
    assert find("公共利益") == 0
    asked.refresh_from_db()
    assert asked.answer.startswith("须说明")


def test_only_the_competent_department_answers_and_once(receive, staff, office, stranger):
    asked = ask(receive(FEB5), staff.handler)
    for user in (staff.handler, staff.head, stranger):
        with pytest.raises(NotAuthorisedError):
            guiding.reply(guidance=asked, answer="甲", user=user, today=TODAY)
    guiding.reply(guidance=asked, answer="甲", user=office, today=TODAY)
    with pytest.raises(StruckError, match="已于 2024-06-03 答复"):
        guiding.reply(guidance=asked, answer="乙", user=office, today=TODAY)


def test_a_question_that_names_somebody_by_number_is_not_sent(receive, staff):
    with pytest.raises(IncompleteError, match="能认出申请人") as caught:
        ask(receive(FEB5), staff.handler, question="申请人身份证 350500199001011237 要求公开")
    assert "个人信息保护法" in caught.value.article


# Volumes (Art 45)


def test_a_finished_case_is_sealed_and_nothing_is_entered_any_more(answered, enter, staff):
    papers.add(
        application=answered,
        kind=PaperKind.FORM,
        data="申请表".encode(),
        name="../申请表.txt",
        user=staff.handler,
        today=TODAY,
    )
    volume = archiving.close(case=answered, user=staff.handler, today=TODAY)
    assert volume.number == "HL-012-YSQ-2024-0001"
    assert volume.keep_until == date(2034, 12, 31)
    assert [piece["title"] for piece in volume.catalogue] == ["申请表：申请表.txt"]
    with pytest.raises(NotAuthorisedError, match="已于 2024-06-03 归档"):
        enter(answered, "note", TODAY, text="补记")
    packed = zipfile.ZipFile(io.BytesIO(archiving.export(volume=volume, user=staff.head, today=TODAY)))
    assert set(packed.namelist()) == {"卷内目录.json", "办理经过.json", "001.text"}
    assert json.loads(packed.read("卷内目录.json"))["摘要"] == volume.digest
    assert Entry.objects.last().act == "applications.volume_exported"


def test_a_changed_catalogue_is_not_exported_as_if_nothing_were(answered, staff):
    closing.explain(application=answered, user=staff.handler, today=TODAY, note="原件在档案室")
    volume = archiving.close(case=answered, user=staff.handler, today=TODAY)
    Volume.objects.update(catalogue=[{"title": "混入"}])
    volume.refresh_from_db()
    with pytest.raises(StruckError, match="与归档时的摘要不符"):
        archiving.export(volume=volume, user=staff.head, today=TODAY)


def test_an_unfinished_case_is_not_archived(receive, staff):
    with pytest.raises(StruckError, match="尚未办结"):
        archiving.close(case=receive(FEB5), user=staff.handler, today=TODAY)
    assert Application.objects.get().archived_on is None


def test_what_another_room_holds_open_stays_open(answered, staff, monkeypatch):
    monkeypatch.setattr(archiving, "_holds", ["复议尚未审结".format_map])
    with pytest.raises(StruckError, match="复议尚未审结"):
        archiving.close(case=answered, user=staff.handler, today=TODAY)


# 更正, 投诉, 申诉


@pytest.fixture
def bring(bureau, staff, office):
    def made(kind, **facts):
        user = office if kind == MatterKind.COMPLAINT else staff.handler
        whole = {
            "unit": bureau,
            "day": FEB5,
            "applicant": ZHANG,
            "title": "事由",
            "text": "",
            "user": user,
            "today": TODAY,
        }
        return matters.receive(kind=kind, **{**whole, **facts})

    return made


def do(matter, act, user, day=date(2024, 2, 20), **said):
    return matters.do(matter=matter, act=act, day=day, user=user, today=TODAY, **said)


def test_only_a_rectification_can_be_forwarded(bring, staff):
    matter = do(bring(MatterKind.RECTIFICATION), "forwarded", staff.handler, to="市公安局")
    assert (matter.stage, matter.result, matter.number) == (MatterStage.ENDED, "forwarded", "HL-012-GZ-2024-0001")
    with pytest.raises(StruckError, match="已于 2024-02-20 办结"):
        do(matter, "checked", staff.handler, text="甲")


def test_a_complaint_is_handled_by_the_competent_department(bring, city, bureau, staff, office):
    matter = bring(MatterKind.COMPLAINT, unit=city, about=bureau)
    with pytest.raises(NotAuthorisedError):
        do(matter, "checked", staff.handler, text="甲")
    matter = do(matter, "ordered", office, text="限期公开", until=date(2024, 3, 1))
    assert matter.stage == MatterStage.ORDERED
    matter = do(matter, "criticised", office, text="通报", document="岚政办〔2024〕3号")
    matter = do(matter, "upheld", office, text="已整改")
    assert [event.kind for event in matter.events.all()] == ["received", "ordered", "criticised", "upheld"]
    assert matter.events.get(kind="ordered").payload["until"] == "2024-03-01"


def test_an_appeal_names_the_enterprise_and_its_sector(bring):
    with pytest.raises(IncompleteError, match="不完整") as caught:
        bring(MatterKind.APPEAL, about_name="海岚市自来水公司", sector="矿业")
    assert caught.value.fields == {"about_name": "请填写公共企事业单位并选择行业。"}
    assert bring(MatterKind.APPEAL, about_name="海岚市自来水公司", sector="供水").number == "HL-012-SS-2024-0001"


def test_an_act_asks_for_its_words_and_fits_its_kind(bring, staff):
    matter = bring(MatterKind.RECTIFICATION)
    with pytest.raises(IncompleteError) as caught:
        do(matter, "corrected", staff.handler)
    assert caught.value.fields == {"text": "请填写更正内容。"}
    assert caught.value.article == "《政府信息公开条例》第四十一条"
    with pytest.raises(StruckError, match="没有“criticised”"):
        do(matter, "criticised", staff.handler, text="甲", document="乙")
    with pytest.raises(BeforeApplicationError):
        do(matter, "checked", staff.handler, day=date(2024, 2, 1), text="甲")


def test_two_at_once_on_a_matter(bring, staff):
    matter = bring(MatterKind.RECTIFICATION)
    do(matter, "checked", staff.handler, seen=1, text="甲")
    with pytest.raises(ChangedMeanwhileError):
        do(matter, "refused", staff.colleague, seen=1, text="乙")


def test_acts_of_a_matter_stay_and_its_person_is_sealed(bring):
    matter = bring(MatterKind.RECTIFICATION)
    assert "张晓岚" not in str(Matter.objects.values().get())
    event = matter.events.get()
    event.day = TODAY
    with pytest.raises(FixedActError):
        event.save()
