"""Table 四: every case in one cell of one block, for the right unit and year, with the cases behind each number."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from gongkai.law.remedies_results import Counting, counting
from gongkai.remedies.domain.registering import Plaintiff
from gongkai.remedies.models import Claimant, PartyRole, RemedyKind
from gongkai.remedies.queries.table4 import TOTAL, counts

pytestmark = pytest.mark.django_db
D = date.fromisoformat
LATE, MARCH = D("2025-12-31"), D("2024-03-20")


@pytest.fixture
def case(contest, happen):
    """Register a case of 2024-03-20 about a publication, and let what is listed happen to it."""

    def made(*events, day=MARCH, kind=RemedyKind.RECONSIDERATION, **facts):
        remedy = contest(
            None,
            day,
            kind,
            ground="third_party_harm",
            act_on=D("2022-03-01"),
            claimant=Plaintiff(Claimant.OTHER, "natural_person", "李海生"),
            today=LATE,
            **({"earlier_decision": "岚政复决〔2023〕1号"} if kind == RemedyKind.AFTER else {}),
            **facts,
        )
        for on, name, params in events:
            remedy = happen(remedy, name, D(on), today=LATE, **params)
        return remedy

    return made


def decided(day, result, **params):
    return (day, "decided", {"result": result, **params})


def cell(unit, year, remedy, *, rules=None):
    """Return the cells the case stands in, without the total."""
    found = counts({unit.pk}, date(year, 12, 31), rules=rules)
    return [column for column, ids in found.cases[remedy.kind].items() if remedy.pk in ids]


def test_the_year_of_the_issue_8_0_3_1_and_one_direct_suit_upheld(case, bureau):
    upheld = [case(decided("2024-05-10", "upheld")).pk for _ in range(8)]
    other = [case(("2024-05-10", kind, {})).pk for kind in ("withdrawn", "mediated", "settled")]
    pending = case().pk
    suit = case(decided("2024-09-10", "claims_rejected"), kind=RemedyKind.DIRECT).pk
    found = counts({bureau.pk}, D("2024-12-31"))
    numbers = found.numbers()
    assert len(numbers) == 15
    assert {key: number for key, number in numbers.items() if number} == {
        "remedies.reconsideration.upheld": 8,
        "remedies.reconsideration.other": 3,
        "remedies.reconsideration.pending": 1,
        "remedies.reconsideration.total": 12,
        "remedies.litigation_direct.upheld": 1,
        "remedies.litigation_direct.total": 1,
    }
    assert found.of("reconsideration", "upheld") == tuple(upheld)
    assert found.of("reconsideration", TOTAL) == tuple(sorted([*upheld, *other, pending]))
    assert found.of("litigation_direct", "upheld") == (suit,)


# 名称 / 种类 / 收到通知 / 事项 / 各年度所在的列（结转再计） / （不再计）
YEARS = [
    (
        "当年审结",
        "reconsideration",
        "2024-03-20",
        [decided("2024-05-10", "upheld")],
        {2023: [], 2024: ["upheld"], 2025: []},
        {2024: ["upheld"], 2025: []},
    ),
    (
        "跨年审结：次年再计其结果",
        "reconsideration",
        "2023-12-01",
        [decided("2024-01-20", "revoked")],
        {2023: ["pending"], 2024: ["corrected"], 2025: []},
        {2023: ["pending"], 2024: []},
    ),
    (
        "两年未结",
        "litigation_direct",
        "2023-06-01",
        [],
        {2023: ["pending"], 2024: ["pending"], 2025: ["pending"]},
        {2023: ["pending"], 2024: []},
    ),
    (
        "审结之日为一月一日，仍属次年",
        "reconsideration",
        "2023-12-01",
        [decided("2024-01-01", "upheld")],
        {2023: ["pending"], 2024: ["upheld"]},
        {2024: []},
    ),
    (
        "次年上诉，再次未结",
        "litigation_after_reconsideration",
        "2023-06-01",
        [decided("2023-12-25", "claims_rejected"), ("2024-01-05", "appealed", {"by": "claimant"})],
        {2023: ["upheld"], 2024: ["pending"], 2025: ["pending"]},
        {2023: ["upheld"], 2024: []},
    ),
    (
        "次年上诉并维持",
        "litigation_direct",
        "2023-06-01",
        [
            decided("2023-12-25", "revoked"),
            ("2024-01-05", "appealed", {"by": "us"}),
            decided("2024-03-25", "affirmed"),
        ],
        {2023: ["corrected"], 2024: ["corrected"], 2025: []},
        {2023: ["corrected"], 2024: []},
    ),
]


@pytest.mark.parametrize(
    ("kind", "notified", "events", "again", "once"), [row[1:] for row in YEARS], ids=[row[0] for row in YEARS]
)
def test_which_years_count_a_case(case, bureau, kind, notified, events, again, once):
    remedy = case(*events, day=D(notified), kind=kind)
    assert {year: cell(bureau, year, remedy) for year in again} == again
    rules = Counting(counts_carried_cases=False, counts_before_effect=True)
    assert {year: cell(bureau, year, remedy, rules=rules) for year in once} == once


def test_a_judgment_counts_when_it_is_given_or_by_the_setting_when_it_binds(case, bureau):
    remedy = case(decided("2024-12-25", "claims_rejected"), day=D("2024-06-01"), kind=RemedyKind.DIRECT)
    early = case(decided("2024-11-01", "claims_rejected"), day=D("2024-06-01"), kind=RemedyKind.DIRECT)
    assert cell(bureau, 2024, remedy) == ["upheld"]
    binding = Counting(counts_carried_cases=True, counts_before_effect=False)
    assert cell(bureau, 2024, remedy, rules=binding) == ["pending"]
    assert cell(bureau, 2025, remedy, rules=binding) == ["upheld"]
    assert cell(bureau, 2024, early, rules=binding) == ["upheld"]
    assert cell(bureau, 2025, early, rules=binding) == []


def test_where_no_period_for_appeal_was_in_force_a_judgment_counts_when_it_is_given(case, bureau):
    remedy = case(decided("2008-04-20", "claims_rejected"), day=D("2008-04-01"), kind=RemedyKind.DIRECT)
    binding = Counting(counts_carried_cases=True, counts_before_effect=False)
    assert cell(bureau, 2008, remedy, rules=binding) == ["upheld"]


def test_a_reviewing_body_sued_together_is_not_counted_and_one_sued_alone_is(case, bureau, city):
    shared = case(decided("2024-05-10", "upheld"), others=[(city, PartyRole.REVIEWER)])
    suit = case(kind=RemedyKind.AFTER, others=[(city, PartyRole.CO_DEFENDANT)])
    for remedy, column in ((shared, "upheld"), (suit, "pending")):
        assert cell(bureau, 2024, remedy) == [column]
        assert cell(city, 2024, remedy) == []
    both = counts({bureau.pk, city.pk}, D("2024-12-31"))
    assert both.of(suit.kind, "pending") == (suit.pk,)


def test_two_agencies_that_answered_together_count_it_each_and_their_superior_once(case, bureau, other_bureau):
    joint = case(decided("2024-05-10", "upheld"), others=[(other_bureau, PartyRole.RESPONDENT)])
    assert cell(bureau, 2024, joint) == cell(other_bureau, 2024, joint) == ["upheld"]
    assert counts({bureau.pk, other_bureau.pk}, D("2024-12-31")).of("reconsideration", TOTAL) == (joint.pk,)


def test_a_frozen_report_does_not_see_what_was_entered_later(case, bureau):
    remedy = case()
    frozen = timezone.now()
    case(decided("2024-05-10", "upheld"))
    found = counts({bureau.pk}, D("2024-12-31"), known_at=frozen)
    assert found.of("reconsideration", TOTAL) == (remedy.pk,)
    assert counts({bureau.pk}, D("2024-12-31"), known_at=frozen - timedelta(days=1)).of("reconsideration", TOTAL) == ()


def test_the_number_of_queries_does_not_grow_with_the_cases(case, bureau, django_assert_num_queries):
    case()
    for _ in range(3):
        with django_assert_num_queries(2):
            counts({bureau.pk}, D("2024-12-31"))
        case()


def test_the_defaults_are_those_of_the_law():
    assert counting() == Counting(counts_carried_cases=True, counts_before_effect=True)
