"""Every check finds its fault and is silent without it. A row is a case: what happened, and the rule that speaks."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from applications.conftest import TODAY, ZHANG
from gongkai.applications.checks import answer as answers
from gongkai.applications.checks import outcome as outcomes
from gongkai.applications.checks import registry
from gongkai.applications.checks.case import Written, cases
from gongkai.applications.checks.catalogue import CODES, RULES, is_private_courier
from gongkai.applications.domain import confirming, entering, inquiring, papers, receiving, secrecy
from gongkai.applications.domain.projection import course_of
from gongkai.applications.domain.receiving import Arrival, Request
from gongkai.applications.errors import ForbiddenByLawError
from gongkai.applications.models import Application, Medium, PaperKind
from gongkai.applications.queries.checks import findings, findings_of
from gongkai.files.domain import store
from gongkai.law.outcomes import outcomes as catalogue
from gongkai.law.remedies import Agency, AgencyKind, Part, remedy
from gongkai.units.models import Guide

pytestmark = pytest.mark.django_db
D = date.fromisoformat
RECEIVED = D("2024-02-05")
NUMBER = "岚水公开〔2024〕5号"


@dataclass(frozen=True)
class Told:
    """A case in a line: how it came on 2024-02-05, what happened, what is on file. ``proven`` events have a paper."""

    events: tuple = ()
    medium: str = Medium.COUNTER
    papers: tuple = (PaperKind.FORM,)
    confirmed: date | None = None
    attempts: tuple = ()
    searched: bool = False
    secret: bool = False
    imported: bool = False
    mail: str = ""
    proven: tuple = ()
    received: date = RECEIVED
    today: date = TODAY


def answer(day="2024-02-28", outcome="A2", **params):
    return (day, "answer", {"outcome": outcome, "number": NUMBER, "mode": "posted", "mail": "1234567890123"} | params)


def consulted(*, received=True, consent=True):
    yield ("2024-02-08", "third_party_sent", {"party": "第三方1"})
    if received:
        yield ("2024-02-19", "third_party_received", {"party": "第三方1"})
        yield ("2024-02-23", "third_party_opinion", {"party": "第三方1", "consent": consent})


SENT, OPINION = "third_party_sent", "third_party_opinion"
MAIL = Told(medium=Medium.EMAIL, confirmed=D("2024-02-06"))
CORRECTED = ("2024-02-07", "correction_notice", {"period_days": 15})
EXTENDED = ("2024-03-01", "extension", {"days": 20, "approver": "陈主任", "notified": D("2024-03-01")})
FEE = {"amount": 10, "schedule": "pages", "count": 31}

# 规则 / 有问题的案件 / 没有问题的案件
ROWS = [
    ("F1a", Told(papers=()), Told()),
    (
        "F1a",
        Told(medium=Medium.REGISTERED_POST, papers=()),
        Told(medium=Medium.REGISTERED_POST, papers=(), mail="1234"),
    ),
    ("F1a", replace(MAIL, papers=()), replace(MAIL, medium=Medium.WEB_FORM, papers=())),
    ("F1b", replace(MAIL, confirmed=D("2024-02-08")), replace(MAIL, confirmed=D("2024-02-06"))),
    (
        "F1b",
        replace(MAIL, confirmed=D("2024-02-08")),
        replace(MAIL, confirmed=D("2024-02-08"), attempts=(D("2024-02-05"),)),
    ),
    ("F1c", replace(MAIL, confirmed=None), replace(MAIL, confirmed=None, attempts=(D("2024-02-05"),))),
    ("F1c", replace(MAIL, confirmed=None), replace(MAIL, confirmed=None, today=D("2024-02-06"))),
    ("F2a", Told((("2024-02-07", "correction_notice", {}),)), Told((CORRECTED,))),
    ("F2b", Told((CORRECTED,)), Told((CORRECTED,), proven=("correction_notice",))),
    ("F2c", Told((CORRECTED,)), Told((CORRECTED,), today=D("2024-02-08"))),
    (
        "F2c",
        Told((("2024-02-26", "fee_notice", FEE),)),
        Told((("2024-02-26", "fee_notice", FEE),), today=D("2024-03-25")),
    ),
    ("F3a", Told((answer("2024-03-11"),)), Told((answer("2024-03-08"),))),
    ("F3a", Told(), Told(today=D("2024-03-08"))),
    ("F3b", Told((EXTENDED,)), Told((EXTENDED,), proven=("extension",))),
    (
        "F3c",
        Told((("2024-03-01", "extension", {"approver": "陈主任"}),)),
        Told((EXTENDED,)),
    ),
    ("F4a", Told(tuple(consulted())), Told(tuple(consulted()), proven=(SENT,))),
    ("F4b", Told(tuple(consulted(received=False))), Told(tuple(consulted()))),
    ("F4c", Told(tuple(consulted())), Told(tuple(consulted()), proven=(OPINION,))),
    ("F4c", Told(tuple(consulted())), Told(tuple(consulted()), papers=(PaperKind.OPINION,))),
    ("F4d", Told((*consulted(received=False), answer())), Told((*consulted(), answer()))),
    ("F4e", Told((*consulted(consent=False), answer())), Told((*consulted(), answer()))),
    ("F4e", Told((*consulted(consent=False), answer())), Told((*consulted(consent=False), answer(outcome="N4")))),
    (
        "F5a",
        Told((("2024-02-20", "reasons_requested", {}),)),
        Told((("2024-02-20", "reasons_requested", {}),), proven=("reasons_requested",)),
    ),
    ("F6a", Told((("2024-02-26", "fee_notice", FEE | {"amount": 20}),)), Told((("2024-02-26", "fee_notice", FEE),))),
    ("F6b", Told((("2024-02-26", "fee_notice", {"amount": 10}),)), Told((("2024-02-26", "fee_notice", FEE),))),
    (
        "F6c",
        Told((("2024-02-26", "fee_notice", {"amount": 200, "schedule": "items", "count": 31}),)),
        Told((("2024-02-26", "fee_notice", FEE),)),
    ),
    (
        "F6d",
        Told((("2024-02-26", "fee_notice", FEE), ("2024-03-04", "fee_paid", {}), answer("2024-03-05", "A1"))),
        Told((("2024-02-26", "fee_notice", FEE), ("2024-03-04", "fee_paid", {}), answer("2024-03-05", "A2"))),
    ),
    (
        "C5",
        Told((answer(outcome="A2", parts=[{"outcome": "P"}, {"outcome": "N5"}]),)),
        Told((answer(outcome="P", parts=[{"outcome": "P"}, {"outcome": "N5"}]),)),
    ),
    (
        "C5",
        Told((answer(outcome="N5", parts=[{"outcome": "A2"}]),)),
        Told((answer(outcome="A1", parts=[{"outcome": "A2"}]),)),
    ),
    (
        "C9",
        Told((answer(outcome="D2"),), imported=True),
        Told((answer(outcome="D2", earlier_answer_number="岚水公开〔2023〕1号"),), imported=True),
    ),
    (
        "C10",
        Told((answer(outcome="D4"),), imported=True),
        Told((("2024-02-20", "reasons_requested", {}), answer(outcome="D4")), imported=True),
    ),
    ("C11", Told((answer(outcome="N4"),), imported=True), Told((*consulted(), answer(outcome="N4")), imported=True)),
    (
        "C12",
        Told((answer(outcome="N1", classification_level="秘密"),), imported=True, secret=True),
        Told(
            (answer(outcome="N1", classification_level="秘密", classification_period="十年"),),
            imported=True,
            secret=True,
        ),
    ),
    ("U1", Told((answer(outcome="U1a"),), imported=True), Told((answer(outcome="U1a"),), imported=True, searched=True)),
    (
        "N3",
        Told((answer(outcome="N3"),), imported=True),
        Told((answer(outcome="N3", harm_evidence="公安机关意见"),), imported=True),
    ),
    ("F7a", Told((answer(number=""),)), Told((answer(),))),
    ("F7b", Told((answer(outcome="P"),)), Told((answer(outcome="P", parts=[{"outcome": "P"}, {"outcome": "N5"}]),))),
    ("F8b", Told((answer(outcome="N5"),)), Told((answer(outcome="U2"),))),
    (
        "F8b",
        Told((answer("2024-01-02", "N5"),), received=D("2023-12-20")),
        Told((answer("2023-12-29", "N5"),), received=D("2023-12-20")),
    ),
    ("F10a", Told((answer(mail=""),)), Told((answer(),))),
    ("F10b", Told((answer(mail="SF1234567890123"),)), Told((answer(mail="EB123456789CN"),))),
    ("F10c", Told((answer(mode="direct"),)), Told((answer(mode="direct"),), proven=("answer",))),
    (
        "F10c",
        Told((answer(mode="entrusted"),)),
        Told((answer(mode="entrusted"), ("2024-02-29", "delivered", {"by": "本人"}))),
    ),
    (
        "F10d",
        Told((answer(), ("2024-03-04", "mail_returned", {"reason": "查无此人"}))),
        Told(
            (
                answer(),
                ("2024-03-04", "mail_returned", {"reason": "查无此人"}),
                ("2024-03-05", "redelivered", {"mail": "1234567890124"}),
            )
        ),
    ),
    (
        "F10b",
        Told((answer(), ("2024-03-05", "redelivered", {"mail": "YT1234567890"}))),
        Told((answer(), ("2024-03-05", "redelivered", {"mail": "1234567890124"}))),
    ),
]
LETTERS = {"F7c", "F7d", "F7e", "F8a", "F9"}
ELSEWHERE = LETTERS | {"C8", "D6", "F11a", "F11b", "F12", "F13a", "F13b", "F14", "F15"}


@pytest.fixture
def tell(bureau, staff):
    """Make the case of a row."""
    blob = store.keep(data="凭证".encode(), name="凭证.txt")

    def made(told):
        facts = {"user": staff.handler, "today": told.today}
        application = receiving.receive(
            unit=bureau,
            arrival=Arrival(told.medium, told.received, mail=told.mail),
            applicant_kind="natural_person",
            applicants=[ZHANG],
            request=Request(title="2023年河道采砂许可台账"),
            is_imported=told.imported,
            **facts,
        )
        for day in told.attempts:
            confirming.attempt(application=application, day=day, way="电话", result="无人接听", **facts)
        if told.confirmed:
            confirming.confirm(application=application, day=told.confirmed, way="电话", **facts)
        for number, kind in enumerate(told.papers):
            data = f"第{number}份材料".encode()
            papers.add(application=application, kind=kind, data=data, name=f"材料{number}.txt", **facts)
        if told.searched:
            where = {"searcher": "林经办", "system": "档案系统", "keywords": "采砂", "found": "没有"}
            inquiring.log_search(application=application, day=told.received, **where, **facts)
        if told.secret:
            secrecy.mark_secret(application=application, **facts)
        for day, kind, params in told.events:
            proof = {"evidence": blob, "evidence_name": "凭证.txt"} if kind in told.proven else {}
            entering.enter(application=application, kind=kind, day=D(day), **facts, **proof, **params)
        return Application.objects.get(pk=application.pk)

    return made


def rules_of(application, day=TODAY, *, is_deep=False):
    return [finding.rule for finding in findings(application, course_of(application, day), is_deep=is_deep)]


@pytest.mark.parametrize(("rule", "faulty", "clean"), ROWS, ids=[f"{row[0]}-{place}" for place, row in enumerate(ROWS)])
def test_a_check_finds_its_fault_and_is_silent_without_it(tell, rule, faulty, clean):
    assert rule in rules_of(tell(faulty), faulty.today)
    assert rule not in rules_of(tell(clean), clean.today)


def test_every_rule_has_a_row_or_a_test_of_its_own():
    assert {row[0] for row in ROWS} | ELSEWHERE == set(RULES)
    assert {row[0] for row in ROWS} & ELSEWHERE == set()


def test_every_prerequisite_of_an_outcome_has_a_rule_that_names_it():
    needs = {need.key for code in ("2008", "2019") for one in catalogue(code) for need in one.prerequisites}
    assert needs == set(outcomes._RULE_OF)


# C8: what is counted under 三(四)3, 三(六)1 and 三(六)2 cannot be entered without its notice, imported or not.
@pytest.mark.parametrize("outcome", ["U3", "O1", "O2"])
def test_an_outcome_without_its_notice_cannot_be_entered_at_all(tell, outcome):
    with pytest.raises(ForbiddenByLawError):
        tell(Told((answer(outcome=outcome),), imported=True))


def letter_checks(tell, outcome, text, *, kind=None, mode="posted", day="2024-02-28"):
    """Return what the checks say about the answer's letter with these words."""
    application = tell(Told((answer(day, outcome, mode=mode),), imported=True, received=D("2024-02-05")))
    (case,) = cases([application], TODAY)
    letter = kind or case.outcome.letter
    case.letters = (Written(letter, NUMBER, text, case.answer.pk),)
    return {finding.rule for finding in answers.check(case)} & LETTERS


def told_of(outcome, day="2024-02-28", channel=None):
    """Return a letter as the law words it."""
    told = remedy(D(day), [Part(outcome)], Agency(AgencyKind.DEPARTMENT), online_channel=channel).text
    articles = next(one for one in catalogue("2019") if one.code == outcome).articles
    return f"依据{'、'.join(articles)}，答复如下。{told}"


@pytest.mark.parametrize("outcome", ["A1", "A2", "N5", "N8", "U2", "D1"])
def test_a_letter_as_the_law_words_it_has_no_fault(tell, outcome):
    assert letter_checks(tell, outcome, told_of(outcome)) == set()


def test_a_letter_of_another_kind_article_or_without_remedies_is_found(tell):
    assert letter_checks(tell, "A2", told_of("A2"), kind="refused") == {"F7c"}
    assert letter_checks(tell, "N5", told_of("U2")) == {"F7d", "F8a"}
    assert letter_checks(tell, "U2", "依据《政府信息公开条例》第三十八条，答复如下。") == {"F7e"}


def test_a_refusal_since_2024_must_say_reconsideration_first(tell):
    old = told_of("N5", "2023-12-29")
    assert "应当先" not in old
    assert letter_checks(tell, "N5", old) == {"F8a"}


def test_what_is_delivered_online_must_name_an_online_channel(tell):
    assert letter_checks(tell, "A2", told_of("A2"), mode="electronic") == {"F9"}
    assert letter_checks(tell, "A2", told_of("A2", channel="https://fy.example"), mode="electronic") == set()
    assert letter_checks(tell, "A2", told_of("A2")) == set()


def test_a_channel_must_stand_in_the_guide(tell, bureau):
    application = tell(MAIL)
    assert "F14" not in rules_of(application)
    Guide.objects.filter(unit=bureau).update(channels=["fax"])
    assert "F14" in rules_of(application)
    Guide.objects.filter(unit=bureau).update(channels=["internet"])
    assert "F14" not in rules_of(application)
    assert "F14" not in rules_of(tell(Told()))


def test_a_number_used_twice_is_found_in_both_cases(tell):
    first, second = tell(Told((answer(),))), tell(Told((answer(),)))
    other = tell(Told((answer(number="岚水公开〔2024〕6号"),)))
    (found,) = [one for one in findings(first, course_of(first, TODAY)) if one.rule == "F15"]
    assert found.message == f"文号 {NUMBER} 已用于 {second.number}。"
    assert "F15" in rules_of(second)
    assert "F15" not in rules_of(other)


def test_who_asks_again_is_found_and_an_earlier_answer_must_exist(tell):
    first = tell(Told((answer(),)))
    again = tell(Told())
    assert "F11a" in rules_of(again, is_deep=True)
    assert "F11a" not in rules_of(again)
    assert "F11a" not in rules_of(first, is_deep=True)
    repeated = {"outcome": "D2", "number": "岚水公开〔2024〕7号"}
    wrong = tell(Told((answer(**repeated, earlier_answer_number="岚水公开〔2020〕1号"),)))
    right = tell(Told((answer(**repeated, earlier_answer_number=NUMBER),)))
    assert {"F11a", "F11b"} & set(rules_of(wrong, is_deep=True)) == {"F11b"}
    assert {"F11a", "F11b"} & set(rules_of(right, is_deep=True)) == set()


def test_what_several_ask_for_is_worth_publishing(tell, receive, enter):
    for place in range(2):
        other = replace(ZHANG, name="李海生", proof_number=f"35050019800101111{place}", telephone="")
        receive(applicants=[other])
    application = tell(Told((answer(),)))
    assert "F12" in rules_of(application, is_deep=True)
    assert "F12" not in rules_of(tell(Told((answer(outcome="U2"),))), is_deep=True)
    assert "F12" not in rules_of(enter(application, "converted", TODAY, reason="多人申请"), is_deep=True)


def test_personal_data_in_what_is_given_out_is_found_masked(tell, staff):
    application = tell(Told())
    facts = {"application": application, "user": staff.handler, "today": TODAY}
    papers.add(kind=PaperKind.INFORMATION, data="王某 13800000000".encode(), name="底稿.txt", **facts)
    assert "F13a" not in rules_of(application, is_deep=True)
    papers.add(kind=PaperKind.RELEASED, data="某公司，采砂许可 3 号".encode(), name="台账.txt", **facts)
    assert "F13a" not in rules_of(application, is_deep=True)
    papers.add(kind=PaperKind.RELEASED, data="联系人 13800000000、13800000000".encode(), name="名单.txt", **facts)
    found = [one.message for one in findings(application, course_of(application, TODAY)) if one.code == "F13"]
    assert found == ["“名单.txt”含手机号码 138****0000。"]
    assert "F13a" not in rules_of(application)


def test_a_picture_cannot_be_read_and_says_so(tell, staff):
    application = tell(Told())
    png = bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001"
        "e221bc330000000049454e44ae426082"
    )
    papers.add(
        application=application, kind=PaperKind.RELEASED, data=png, name="图.png", user=staff.handler, today=TODAY
    )
    assert "F13b" in rules_of(application, is_deep=True)


def test_findings_name_article_and_what_to_do_the_gravest_first(tell):
    application = tell(Told((answer("2024-03-11", number="", mail=""),)))
    found = findings(application, course_of(application, TODAY))
    assert [(one.rule, one.severity_caption) for one in found] == [
        ("F7a", "须改正"),
        ("F3a", "须说明"),
        ("F10a", "须说明"),
    ]
    assert found[1].message == "应当在 2024-03-08 前答复，2024-03-11 才答复。"
    assert all(one.article and one.todo for one in found)
    assert (found[0].code, RULES["C10"].code) == ("F7", "C10")
    assert CODES["F7"].startswith("答复没有文号、")


def test_an_application_received_later_has_no_findings_yet(tell):
    assert list(findings_of([tell(Told())], D("2024-02-04"))) == []


def test_many_cases_are_checked_without_more_queries(tell, django_assert_num_queries):
    applications = []
    for count in (1, 2):
        applications += [tell(Told((answer(),))) for _ in range(count)]
        kept = list(Application.objects.filter(pk__in=[one.pk for one in applications]))
        with django_assert_num_queries(6):  # events, letters, papers, guides, numbers of answers, searches
            assert len(list(findings_of(kept, TODAY))) == len(kept)


def test_rooms_above_bring_checks(tell, monkeypatch):
    monkeypatch.setattr(registry, "_brought", {})
    registry.register("remedies", lambda case: [RULES["D6"].finding(number=case.application.number, day=TODAY)])
    assert rules_of(tell(Told((answer(),)))) == ["D6"]


@pytest.mark.parametrize(
    ("mail", "private"),
    [("1234567890123", False), ("EB123456789CN", False), ("sf1234", True), (" JD0001", True), ("", False)],
)
def test_private_couriers_are_known_by_their_numbers(mail, private):
    assert is_private_courier(mail) is private
