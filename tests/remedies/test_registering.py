"""A case is registered as it came; who claims stays sealed; an order to answer opens another round."""

from datetime import date

import pytest

from applications.conftest import TODAY
from gongkai.applications.domain import archiving, closing, secrecy
from gongkai.applications.domain.projection import course_of
from gongkai.applications.errors import StruckError
from gongkai.applications.models import Application
from gongkai.applications.models import Stage as ApplicationStage
from gongkai.journal.models import Entry
from gongkai.remedies.domain import registering
from gongkai.remedies.domain.registering import Plaintiff
from gongkai.remedies.errors import (
    ChangedMeanwhileError,
    DuplicateError,
    IncompleteError,
    NotAuthorisedError,
    SecretContentError,
    WrongDayError,
    WrongObjectError,
)
from gongkai.remedies.models import Claimant, PartyRole, Remedy, RemedyKind

pytestmark = pytest.mark.django_db
D = date.fromisoformat
LI = Plaintiff(Claimant.THIRD_PARTY, "natural_person", "李海生")


def timeline(application):
    return [
        (event.day.isoformat(), event.payload.get("text", "")) for event in application.events.filter(kind="remedied")
    ]


def test_a_case_is_numbered_and_shown_on_the_applications_timeline(answered, contest, other_bureau, city):
    application = answered()
    remedy = contest(application, case_number="岚政复〔2024〕9号", others=[(city, PartyRole.REVIEWER)])
    suit = contest(application, kind=RemedyKind.DIRECT)
    assert [remedy.number, suit.number] == ["HL-012-FY-2024-001", "HL-012-SS-2024-001"]
    assert remedy.answer.payload["number"] == "岚水公开〔2024〕5号"
    assert [(party.unit.code, party.role) for party in remedy.parties.all()] == [
        ("HL-012", "respondent"),
        ("HL-001", "reviewer"),
    ]
    assert timeline(application)[0] == (
        "2024-03-20",
        "行政复议：收到海岚市人民政府通知（岚政复〔2024〕9号）",
    )


def test_who_claims_is_sealed_masked_and_revealed_with_a_reason_on_record(answered, contest, staff):
    remedy = contest(answered(), claimant=LI)
    row = Remedy.objects.filter(pk=remedy.pk).values().get()
    assert "李海生" not in str(row)
    assert registering.masked(remedy) == "李**"
    assert Remedy.objects.get(claimant_index__in=registering.indexes(" 李 海生")) == remedy
    with pytest.raises(IncompleteError):
        registering.reveal(remedy=remedy, user=staff.handler, today=TODAY, reason=" ")
    with pytest.raises(NotAuthorisedError):
        registering.reveal(remedy=remedy, user=staff.auditor, today=TODAY, reason="看看")
    assert registering.reveal(remedy=remedy, user=staff.handler, today=TODAY, reason="撰写答复书") == "李海生"
    assert repr(LI) == "Plaintiff(…)"
    entries = Entry.objects.filter(subject=f"remedies.remedy:{remedy.pk}")
    assert [entry.act for entry in entries] == ["remedies.registered", "remedies.revealed"]
    assert "李海生" not in str(list(Entry.objects.values()))


# 名称 / 登记内容 / 错误 / 字段
REFUSED = [
    ("没有种类", {"kind": "arbitration"}, IncompleteError, "kind"),
    ("没有针对的行为", {"ground": "whatever"}, IncompleteError, "ground"),
    ("没有机关", {"body": " "}, IncompleteError, "body"),
    ("日期未到", {"day": D("2024-06-04"), "today": D("2024-06-03")}, WrongDayError, "day"),
    ("提出晚于通知", {"filed_on": D("2024-03-21")}, WrongDayError, "filed_on"),
    ("早于申请", {"day": D("2024-02-01")}, WrongDayError, "day"),
    ("第三方没有姓名", {"claimant": Plaintiff(Claimant.THIRD_PARTY)}, IncompleteError, "name"),
    ("复议后起诉没有复议", {"kind": RemedyKind.AFTER}, IncompleteError, "follows"),
    ("没有申请也没有行为日期", {"application": None, "claimant": LI}, IncompleteError, "act_on"),
    ("没有申请却是申请人", {"application": None, "act_on": D("2024-03-01")}, WrongObjectError, "claimant"),
]


@pytest.mark.parametrize(("facts", "error", "field"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_does_not_fit_is_refused_by_field(answered, contest, facts, error, field):
    facts = {"application": answered()} | facts
    with pytest.raises(error) as refused:
        contest(facts.pop("application"), **facts)
    assert list(refused.value.fields) == [field]
    assert not Remedy.objects.exists()


def test_an_application_answer_or_reconsideration_of_others_does_not_fit(answered, contest, other_bureau, stranger):
    application, another = answered(), answered()
    with pytest.raises(WrongObjectError, match="由机构 HL-012 办理，不是 HL-013"):
        contest(application, unit=other_bureau, user=stranger)
    with pytest.raises(WrongObjectError, match="不属于所涉申请"):
        contest(application, answer=another.events.get(kind="answer"))
    with pytest.raises(WrongObjectError, match="不是该机构的行政复议案件"):
        contest(application, kind=RemedyKind.AFTER, follows=contest(application, kind=RemedyKind.DIRECT))
    with pytest.raises(WrongObjectError, match="只有“复议后起诉”"):
        contest(application, kind=RemedyKind.DIRECT, follows=contest(application))


def test_a_suit_after_reconsideration_follows_one_here_or_names_the_decision(answered, contest):
    application = answered()
    earlier = contest(application)
    assert contest(application, kind=RemedyKind.AFTER, follows=earlier).follows == earlier
    assert contest(application, kind=RemedyKind.AFTER, earlier_decision="岚政复决〔2023〕1号").follows is None


def test_the_same_case_is_registered_once(answered, contest):
    application = answered()
    contest(application, case_number="岚政复〔2024〕9号")
    with pytest.raises(DuplicateError, match="已登记为 HL-012-FY-2024-001"):
        contest(application, case_number=" 岚政复〔2024〕9号 ")


def test_a_case_about_secrets_holds_no_claims(receive, contest, staff):
    application = secrecy.mark_secret(application=receive(), user=staff.handler, today=TODAY)
    with pytest.raises(SecretContentError):
        contest(application, claims="请求公开某某文件", ground="non_answer")
    assert contest(application, ground="non_answer").claims == ""


def test_acts_beside_applications_are_contested_too(contest):
    remedy = contest(None, ground="third_party_harm", act_on=D("2024-03-01"), act_number="网站公开", claimant=LI)
    assert (remedy.application, remedy.answer, remedy.claimant_kind) == (None, None, "natural_person")


def test_only_those_of_the_unit_register_and_act(answered, contest, happen, stranger, staff):
    application = answered()
    for nobody in (stranger, staff.auditor, staff.supervisor, staff.legal):
        with pytest.raises(NotAuthorisedError):
            contest(application, user=nobody)
    remedy = contest(application)
    with pytest.raises(NotAuthorisedError):
        happen(remedy, "answered", D("2024-03-25"), user=stranger)


def test_of_two_officers_one_wins(answered, contest, happen):
    remedy = contest(answered())
    happen(remedy, "answered", D("2024-03-25"), seen=remedy.version)
    with pytest.raises(ChangedMeanwhileError):
        happen(remedy, "heard", D("2024-03-26"), seen=remedy.version)


def test_a_decision_that_orders_an_answer_opens_another_round_in_the_same_transaction(answered, contest, happen):
    application = answered()
    remedy = contest(application)
    happen(
        remedy,
        "decided",
        D("2024-05-10"),
        result="revoked_answer_again",
        document="岚政复决〔2024〕9号",
        served=D("2024-05-13"),
        until=D("2024-06-14"),
    )
    application.refresh_from_db()
    found = course_of(application, TODAY)
    assert (found.rounds, found.due, application.stage, application.due_on) == (
        2,
        D("2024-06-14"),
        ApplicationStage.OPEN,
        D("2024-06-14"),
    )
    order = application.events.get(kind="reanswer")
    said = {"until": "2024-06-14", "document": "岚政复决〔2024〕9号", "body": "海岚市人民政府"}
    decided = remedy.events.get(kind="decided")
    assert (order.day, order.payload) == (D("2024-05-13"), said | {"source": f"remedies.event:{decided.pk}"})
    assert timeline(application)[-1] == (
        "2024-05-10",
        "行政复议：海岚市人民政府（岚政复决〔2024〕9号）撤销并责令重新答复",
    )


def test_without_a_day_in_the_order_a_full_period_runs_from_its_arrival(answered, contest, happen):
    application = answered()
    happen(contest(application), "decided", D("2024-05-10"), result="ordered", served=D("2024-05-13"))
    assert course_of(application, TODAY).due == D("2024-06-11")


def test_an_archived_case_is_taken_up_again_by_the_order(answered, contest, happen):
    application = answered()
    remedy = contest(application)
    Application.objects.filter(pk=application.pk).update(archived_on=D("2024-04-30"))
    happen(remedy, "decided", D("2024-05-10"), result="revoked_answer_again")
    application.refresh_from_db()
    assert (application.archived_on, application.stage) == (None, ApplicationStage.OPEN)


def test_an_answer_still_owed_stays_owed_with_the_order_on_its_timeline(receive, contest, happen):
    application = receive()
    remedy = contest(application, ground="non_answer")
    happen(remedy, "decided", D("2024-05-10"), result="ordered", until=D("2024-06-28"))
    application.refresh_from_db()
    assert (application.stage, application.is_late, course_of(application, TODAY).rounds) == ("open", True, 1)
    assert timeline(application)[-1] == ("2024-05-10", "海岚市人民政府责令限期答复，应于 2024-06-28 前答复")


def test_a_refused_order_leaves_neither_the_decision_nor_the_round(answered, contest, happen):
    application = answered()
    remedy = contest(application)
    with pytest.raises(WrongDayError, match="不晚于作出之日"):
        happen(remedy, "decided", D("2024-05-10"), result="ordered", until=D("2024-05-10"))
    with pytest.raises(WrongDayError, match="早于作出之日"):
        happen(remedy, "decided", D("2024-05-10"), result="ordered", served=D("2024-05-09"))
    assert remedy.events.count() == 1
    assert not application.events.filter(kind="reanswer").exists()


def test_a_suit_about_an_application_never_confirmed_is_shown_too(receive, contest):
    application = receive(medium="email")
    contest(application, ground="non_answer")
    assert len(timeline(application)) == 1


def test_a_volume_stays_open_while_a_case_about_it_is_pending(answered, contest, happen, staff):
    application = answered(mode="posted", mail="1234567890123")
    closing.explain(application=application, user=staff.handler, today=TODAY, note="原件在档案室")
    remedy = contest(application)
    with pytest.raises(StruckError, match=r"复议、诉讼尚未审结（HL-012-FY-2024-001）"):
        archiving.close(case=application, user=staff.handler, today=TODAY)
    happen(remedy, "decided", D("2024-05-10"), result="upheld")
    assert archiving.close(case=application, user=staff.handler, today=TODAY).closed_on == TODAY
