"""An application is taken in as Art 31 has it, whoever it comes from and however."""

from datetime import date

import pytest

from applications.conftest import TODAY, ZHANG
from gongkai.accounts.sealing import unseal
from gongkai.applications.domain import confirming, identity, receiving
from gongkai.applications.domain.identity import Identity
from gongkai.applications.domain.receiving import Arrival, Request
from gongkai.applications.errors import (
    ChangedMeanwhileError,
    ChannelNotAnnouncedError,
    ForbiddenByLawError,
    FutureDayError,
    IncompleteError,
    NotAuthorisedError,
    NotStartedError,
    UnitEndedError,
)
from gongkai.applications.models import Applicant, ApplicantKind, Application, IdentityProof, Medium, Stage
from gongkai.applications.queries.register import called
from gongkai.journal.domain.entry import SYSTEM
from gongkai.journal.models import Entry
from gongkai.units.domain import structure

pytestmark = pytest.mark.django_db

# 名称 / 到达日 / 途径 / 确认日 / 状态 / 应答复日 / 依据
RECEIPTS = [
    ("当面提交，以提交之日为收到之日", date(2024, 2, 5), Medium.COUNTER, None, Stage.OPEN, date(2024, 3, 8), "31(1)"),
    (
        "挂号信，以签收之日为收到之日",
        date(2022, 9, 30),
        Medium.REGISTERED_POST,
        None,
        Stage.OPEN,
        date(2022, 11, 2),
        "31(2)",
    ),
    ("平常信函，确认之前不起算", date(2024, 2, 5), Medium.ORDINARY_POST, None, Stage.UNCONFIRMED, None, "31(2)"),
    ("网上申请，确认之前不起算", date(2024, 2, 5), Medium.WEB_FORM, None, Stage.UNCONFIRMED, None, "31(3)"),
    (
        "电子邮件同互联网，以确认之日起算",
        date(2024, 2, 4),
        Medium.EMAIL,
        date(2024, 2, 5),
        Stage.OPEN,
        date(2024, 3, 8),
        "31(3)",
    ),
    ("传真，以确认之日起算", date(2024, 2, 4), Medium.FAX, date(2024, 2, 5), Stage.OPEN, date(2024, 3, 8), "31(3)"),
    ("旧条例，15个工作日", date(2019, 5, 14), Medium.COUNTER, None, Stage.OPEN, date(2019, 6, 4), "旧24"),
    ("新条例施行首日，20个工作日", date(2019, 5, 15), Medium.COUNTER, None, Stage.OPEN, date(2019, 6, 13), "33"),
]


@pytest.mark.parametrize(("name", "day", "medium", "confirmed", "stage", "due", "basis"), RECEIPTS)
def test_the_clock_starts_by_channel(receive, name, day, medium, confirmed, stage, due, basis):
    application = receive(day, medium, confirmed=confirmed, today=day if confirmed is None else confirmed)
    assert (application.stage, application.due_on) == (stage, due)


def test_an_attempt_in_vain_leaves_the_clock_unstarted_and_is_kept(receive, staff):
    application = receive(medium=Medium.FAX)
    confirming.attempt(
        application=application, day=date(2024, 2, 5), way="电话", result="无人接听", user=staff.handler, today=TODAY
    )
    application.refresh_from_db()
    assert (application.stage, application.due_on) == (Stage.UNCONFIRMED, None)
    with pytest.raises(IncompleteError, match="须以此证明期限没有起算"):
        confirming.attempt(
            application=application, day=date(2024, 2, 6), way="电话", result=" ", user=staff.handler, today=TODAY
        )


def test_a_second_confirmation_is_refused(receive, staff):
    application = receive(medium=Medium.FAX, confirmed=date(2024, 2, 5))
    with pytest.raises(ForbiddenByLawError, match="已经确认收到"):
        confirming.confirm(application=application, day=TODAY, way="电话", user=staff.handler, today=TODAY)


def test_in_person_there_is_nothing_to_confirm(receive, staff):
    with pytest.raises(IncompleteError, match="无须确认"):
        confirming.confirm(application=receive(), day=TODAY, way="电话", user=staff.handler, today=TODAY)


def test_nothing_is_done_on_an_application_whose_receipt_is_not_confirmed(receive, enter):
    application = receive(medium=Medium.WEB_FORM)
    with pytest.raises(NotStartedError, match=r"尚未起算.*请先联系申请人确认") as caught:
        enter(application, "answer", TODAY, outcome="A1")
    assert caught.value.article == "《政府信息公开条例》第三十一条"


def test_numbers_run_without_gaps_even_after_a_failure(receive, bureau):
    first = receive()
    with pytest.raises(FutureDayError):
        receive(date(2024, 6, 4), today=TODAY)
    assert [first.number, receive().number] == ["HL-012-2024-00001", "HL-012-2024-00002"]


def test_a_form_to_several_agencies_makes_one_application_for_each(bureau, other_bureau):
    made = receiving.receive_form(
        units=[bureau, other_bureau, bureau],
        arrival=Arrival(Medium.REGISTERED_POST, TODAY),
        applicant_kind=ApplicantKind.NATURAL_PERSON,
        applicants=[ZHANG],
        request=Request(title="预算"),
        user=None,
        today=TODAY,
    )
    assert [one.unit for one in made] == [bureau, other_bureau]
    assert len({one.form for one in made}) == 1


def test_joint_applicants_are_one_application(receive):
    application = receive(applicants=[ZHANG, Identity(name="李海")])
    assert (Application.objects.count(), application.applicants.count()) == (1, 2)


def test_a_channel_the_guide_does_not_announce_is_guided_to_those_it_does(receive, bureau):
    bureau.guide.channels, bureau.guide.email = ["fax"], ""
    bureau.guide.save()
    with pytest.raises(ChannelNotAnnouncedError, match="请引导申请人改用：当面提交、邮政寄送、传真") as caught:
        receive(medium=Medium.EMAIL)
    assert caught.value.article == "国办公开办函〔2017〕19号"
    assert receive(medium=Medium.ORDINARY_POST).stage == Stage.UNCONFIRMED


def test_a_unit_abolished_yesterday_takes_no_application_and_says_who_does(receive, bureau, other_bureau):
    structure.merge(units=[bureau], into=other_bureau, day=date(2024, 6, 2), document="岚政〔2024〕9号", actor=SYSTEM)
    bureau.refresh_from_db()
    with pytest.raises(UnitEndedError, match="HL-013"):
        receive(TODAY)


def test_an_application_without_content_is_not_invented(receive):
    with pytest.raises(IncompleteError, match="录入“未写明”并告知补正"):
        receive(request=Request(title="  "))


def test_an_application_before_the_regulation_is_refused(receive):
    with pytest.raises(IncompleteError, match="2008"):
        receive(date(2008, 4, 30))


def test_a_person_of_another_unit_registers_nothing_here(receive, stranger):
    with pytest.raises(NotAuthorisedError, match="HL-012"):
        receive(user=stranger)


def test_what_another_part_of_the_agency_had_earlier_is_kept_but_does_not_count(bureau, staff):
    application = receiving.receive(
        unit=bureau,
        arrival=Arrival(Medium.REGISTERED_POST, date(2024, 2, 5), elsewhere_on=date(2024, 2, 1), mail="EMS1"),
        applicant_kind=ApplicantKind.NATURAL_PERSON,
        applicants=[ZHANG],
        request=Request(title="台账"),
        user=staff.handler,
        today=TODAY,
    )
    assert application.started_on == date(2024, 2, 5)
    assert application.events.get().payload == {
        "medium": "registered_post",
        "elsewhere_on": "2024-02-01",
        "mail": "EMS1",
    }


def test_who_applies_is_sealed_and_nowhere_else_in_clear(receive):
    application = receive()
    row = Applicant.objects.values().get(application=application)
    assert "张晓岚" not in str(row)
    assert "13800001234" not in str(row)
    assert unseal(row["name"], identity.PURPOSE) == "张晓岚"
    assert "张晓岚" not in "".join(str(entry.detail) for entry in Entry.objects.all())


@pytest.mark.parametrize("cipher", ["aes", "sm4"])
def test_either_cipher_opens_what_the_other_sealed(receive, settings, cipher):
    settings.FIELD_CIPHER = cipher
    applicant = receive().applicants.get()
    settings.FIELD_CIPHER = "sm4" if cipher == "aes" else "aes"
    assert identity.opened(applicant).proof_number == "350500199001011234"


def test_an_applicant_is_found_by_name_number_and_telephone_whatever_the_spacing(receive, settings):
    application = receive()
    settings.FIELD_KEYS = ["11" * 32, *settings.FIELD_KEYS]
    for text in ("张晓岚", " 张 晓岚", "350500199001011234", "138-0000-1234", application.number.lower()):
        assert list(Application.objects.filter(called(text))) == [application]
    assert not Application.objects.filter(called("张晓")).exists()


def test_an_applicant_is_shown_masked(receive):
    shown = identity.masked(receive().applicants.get())
    assert (shown.name, shown.proof_number, shown.telephone) == ("张**", "*" * 14 + "1234", "*" * 7 + "1234")
    assert "张" not in repr(shown)


def test_an_organisation_is_shown_by_its_name(receive):
    firm = Identity(
        name="海岚砂石有限公司",
        proof=IdentityProof.CREDIT_CODE,
        proof_number="91350500MA00000000",
        representative="王海",
    )
    shown = identity.masked(receive(applicants=[firm], applicant_kind=ApplicantKind.COMMERCIAL).applicants.get())
    assert (shown.name, shown.representative) == ("海岚砂石有限公司", "王*")


def test_every_look_at_an_identity_is_in_the_journal(receive, staff):
    application = receive()
    assert identity.reveal(application=application, user=staff.head, today=TODAY, reason="寄送答复")[0].name == "张晓岚"
    entry = Entry.objects.last()
    assert (entry.act, entry.actor, entry.detail) == ("applications.revealed", "chen", {"reason": "寄送答复"})


@pytest.mark.parametrize("who", ["auditor", "supervisor", "secrecy"])
def test_who_need_not_know_sees_no_identity(receive, staff, who):
    with pytest.raises(NotAuthorisedError):
        identity.reveal(application=receive(), user=getattr(staff, who), today=TODAY, reason="好奇")


def test_a_receipt_entered_wrongly_is_corrected_and_stays_to_be_seen(receive, staff):
    application = receive(date(2024, 2, 5))
    receiving.correct_receipt(
        application=application,
        user=staff.head,
        today=TODAY,
        arrival=Arrival(Medium.COUNTER, date(2024, 2, 2)),
        reason="登记时看错日期",
    )
    application.refresh_from_db()
    assert (application.started_on, application.due_on) == (date(2024, 2, 2), date(2024, 3, 6))
    assert [event.kind for event in application.events.all()] == ["received", "struck", "received"]


def test_of_two_officers_at_once_one_wins_and_the_other_is_told(receive, enter):
    application = receive()
    seen = application.version
    enter(application, "correction_notice", date(2024, 2, 6), seen=seen, period_days=10)
    with pytest.raises(ChangedMeanwhileError, match="您的操作没有登记"):
        enter(application, "answer", TODAY, seen=seen, outcome="A1")
