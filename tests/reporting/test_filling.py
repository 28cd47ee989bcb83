from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from gongkai.accounts.models import Role
from gongkai.annual.writer import write
from gongkai.journal.models import Entry
from gongkai.reporting.domain import auditing, facts, filling
from gongkai.reporting.errors import (
    ChangedMeanwhileError,
    FactError,
    NotAuthorisedError,
    ReasonMissingError,
    StateError,
    UnknownCellError,
    UnreadableFileError,
    WrongBodyError,
    WrongValueError,
    WrongYearError,
)
from gongkai.reporting.models import Fact, Scope, State
from gongkai.reporting.queries.cells import cells
from gongkai.reporting.queries.report import report_of

from .conftest import TODAY, answered, grounds, report

pytestmark = pytest.mark.django_db
RECEIVED = "requests.received.natural_person"


@pytest.fixture
def bureau(campaign, city):
    return report(campaign, city.bureau)


@pytest.fixture
def officer(city):
    return city.people["bureau", Role.HANDLER]


def test_an_override_shows_both_values_and_its_reason(bureau, officer):
    filling.override(submission=bureau, key=RECEIVED, value=Decimal(3), reason="漏登一件", user=officer, today=TODAY)
    found = cells(bureau)[RECEIVED]
    assert (found.number, found.counted, found.override.computed, found.override.reason) == (3, 2, 2, "漏登一件")
    bureau.refresh_from_db()
    assert {one["code"] for one in bureau.findings if one["severity"] == "error"} == {"row-sum", "balance"}
    assert Entry.objects.filter(act="reporting.overridden").count() == 1


def test_an_override_taken_back_leaves_the_figure_of_the_cases_and_stays_on_record(bureau, officer):
    filling.override(submission=bureau, key=RECEIVED, value=Decimal(3), reason="甲", user=officer, today=TODAY)
    filling.override(submission=bureau, key=RECEIVED, value=Decimal(4), reason="乙", user=officer, today=TODAY)
    filling.take_back(submission=bureau, key=RECEIVED, user=officer, today=TODAY)
    assert cells(bureau)[RECEIVED].number == 2
    assert [(one.value, one.ended_at is None) for one in bureau.overrides.all()] == [(3, False), (4, False)]


@pytest.mark.parametrize(
    ("key", "value", "reason", "error"),
    [
        (RECEIVED, 3, "  ", ReasonMissingError),
        ("requests.received.martians", 3, "甲", UnknownCellError),
        (RECEIVED, -1, "甲", WrongValueError),
        (RECEIVED, "1.5", "甲", WrongValueError),
    ],
)
def test_an_override_that_cannot_be_is_refused_and_changes_nothing(bureau, officer, key, value, reason, error):
    with pytest.raises(error):
        filling.override(submission=bureau, key=key, value=Decimal(value), reason=reason, user=officer, today=TODAY)
    assert not bureau.overrides.exists()


def test_nobody_of_another_unit_fills_a_report(bureau, city):
    with pytest.raises(NotAuthorisedError):
        filling.refill(submission=bureau, user=city.people["finance", Role.HANDLER], today=TODAY)


def test_of_two_officers_at_once_the_second_is_told(bureau, officer):
    seen = bureau.version
    filling.write(submission=bureau, texts={5: "甲"}, user=officer, today=TODAY, seen=seen)
    with pytest.raises(ChangedMeanwhileError):
        filling.write(submission=bureau, texts={5: "乙"}, user=officer, today=TODAY, seen=seen)
    bureau.refresh_from_db()
    assert bureau.sections[5][2] == "甲"


def test_a_late_case_comes_in_when_the_report_is_filled_again(bureau, officer, city):
    answered(city.bureau)
    assert report_of(bureau).value(RECEIVED) == 2
    again = filling.refill(submission=bureau, user=officer, today=TODAY)
    assert report_of(again).value(RECEIVED) == 3
    assert "新收政府信息公开申请2件" in again.sections[1][2]
    redrafted = filling.refill(submission=again, user=officer, today=TODAY, redraft=True)
    assert "新收政府信息公开申请3件" in redrafted.sections[1][2]


def test_a_narrative_against_the_table_is_found_on_saving(bureau, officer):
    texts = {1: "本年新收政府信息公开申请7件，上年结转0件；办结1件，结转下年度1件。"}
    saved = filling.write(submission=bureau, texts=texts, user=officer, today=TODAY)
    assert "narrative-table" in {one["code"] for one in saved.findings}


def test_a_warning_is_answered_once_and_again_when_it_changes(bureau, officer):
    bureau = filling.refill(submission=bureau, user=officer, today=TODAY)
    (warning,) = auditing.unanswered(bureau)
    auditing.explain(submission=bureau, fingerprint=warning["fingerprint"], words="将补写。", user=officer, today=TODAY)
    assert auditing.unanswered(bureau) == []
    with pytest.raises(ReasonMissingError):
        auditing.explain(submission=bureau, fingerprint="0" * 16, words="甲", user=officer, today=TODAY)


def test_a_figure_nobody_counts_is_typed_with_its_source(bureau, officer, city):
    facts.enter(
        submission=bureau,
        key="interpretations.texts",
        value=Decimal(63),
        grounds=grounds(evidence=("清单.txt", "解读清单".encode())),
        user=officer,
        today=TODAY,
    )
    redrafted = filling.refill(submission=bureau, user=officer, today=TODAY, redraft=True)
    assert "文字解读63篇" in redrafted.sections[1][2]
    fact = Fact.objects.get()
    assert (fact.unit, fact.signatory, fact.evidence_name, fact.entered_by) == (
        city.bureau,
        "李四",
        "清单.txt",
        officer,
    )


def test_a_cell_without_cases_takes_a_typed_figure_and_one_with_cases_does_not(bureau, officer):
    typed = {"submission": bureau, "grounds": grounds(), "user": officer, "today": TODAY}
    facts.enter(key="proactive.permits.decisions", value=Decimal(12), **typed)
    assert cells(bureau)["proactive.permits.decisions"].number == 12
    with pytest.raises(FactError, match="人工修正"):
        facts.enter(key=RECEIVED, value=Decimal(12), **typed)


@pytest.mark.parametrize(
    ("key", "options"),
    [
        ("channels.unknown", {}),
        ("channels.posts", {"source": ""}),
        ("channels.posts", {"signatory": " "}),
        ("channels.posts", {"period_from": date(2023, 1, 1)}),
        ("channels.posts", {"period_from": date(2024, 6, 1), "period_to": date(2024, 5, 1)}),
    ],
)
def test_a_figure_without_grounds_is_refused(bureau, officer, key, options):
    with pytest.raises(FactError):
        facts.enter(submission=bureau, key=key, value=Decimal(1), grounds=grounds(**options), user=officer, today=TODAY)
    assert not Fact.objects.exists()


def uploaded(bureau, officer, made, name="报告.docx"):
    return filling.upload(submission=bureau, data=write(made, "docx"), name=name, user=officer, today=TODAY)


def test_an_uploaded_report_is_read_and_its_contradictions_with_the_cases_are_errors(bureau, officer):
    made = report_of(bureau)
    same = uploaded(bureau, officer, made)
    assert report_of(same).value(RECEIVED) == 2
    assert [one for one in same.findings if one["code"] == "file-against-cases"] == []
    total = "requests.received.total"
    wrong = {key: replace(made.cells[key], value=5, printed="5") for key in (RECEIVED, total)}
    other = replace(made, cells={**made.cells, **wrong})
    told = uploaded(same, officer, other)
    assert {tuple(one["cells"]) for one in told.findings if one["code"] == "file-against-cases"} == {
        (RECEIVED,),
        (total,),
    }
    back = filling.drop_upload(submission=told, user=officer, today=TODAY)
    assert report_of(back).value(RECEIVED) == 2


def test_a_file_of_another_year_or_body_or_none_is_refused(bureau, officer):
    made = report_of(bureau)
    with pytest.raises(WrongYearError):
        uploaded(bureau, officer, replace(made, year=2023, title=made.title.replace("2024", "2023")))
    with pytest.raises(WrongBodyError):
        uploaded(bureau, officer, replace(made, body="丁市水利局", title="丁市水利局2024年政府信息公开工作年度报告"))
    with pytest.raises(UnreadableFileError):
        filling.upload(submission=bureau, data="不是报告".encode(), name="甲.txt", user=officer, today=TODAY)
    bureau.refresh_from_db()
    assert (bureau.basis, bureau.upload) == ("cases", None)


def test_the_whole_is_neither_filled_from_cases_nor_uploaded(campaign, city):
    whole, user = report(campaign, city.root, Scope.WHOLE), city.people["root", Role.HANDLER]
    with pytest.raises(StateError):
        filling.refill(submission=whole, user=user, today=TODAY)
    with pytest.raises(StateError):
        filling.upload(submission=whole, data=b"x", name="x.txt", user=user, today=TODAY)


def test_a_report_that_went_up_is_not_changed(bureau, officer):
    bureau.state = State.SIGNED
    bureau.save()
    with pytest.raises(StateError, match="请上级退回"):
        filling.write(submission=bureau, texts={5: "甲"}, user=officer, today=TODAY)
