from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.annual.aggregate import (
    Contribution,
    DeductionError,
    DifferentYearsError,
    Lack,
    Lacking,
    LeftOut,
    NothingToAggregateError,
    Part,
    Relation,
    aggregate,
)
from gongkai.annual.report import Cell, Provenance, Report, State, Unreadable
from gongkai.annual.shared import Shared, co_defendants, joint_document, transferred

MADE = "proactive.normative_documents.made"
FEES = "proactive.charges.amount_wan"
RULES = "proactive.rules.made"
GRANTED = "requests.granted.natural_person"


def report(unit, values, *, year=2024, edition="2021", unreadable=(), **extra):
    cells = {}
    for key, value in values.items():
        if value is None or value == "/":
            state = State.BLANK if value is None else State.NOT_APPLICABLE
            cells[key] = Cell(key, state, None, value or "")
        else:
            cells[key] = Cell(key, State.VALUE, value, str(value), Provenance(table=1))
    return Report(
        edition=edition,
        cells=cells,
        file=f"{unit}.html",
        body=unit,
        year=year,
        unreadable={key: Unreadable(key, (key,), "11") for key in unreadable},
        **extra,
    )


def own(values, **extra):
    return Part("云溪县人民政府", report("云溪县人民政府", values, **extra), Relation.OWN)


def below(unit, values, **extra):
    return Part(unit, report(unit, values, **extra))


def county(parts, **options):
    return aggregate(parts, body="云溪县", **options)


def test_a_cell_is_the_own_level_plus_the_units_and_says_who_gave_what():
    result = county([own({MADE: 3}), below("县教育局", {MADE: 2})])
    assert result.sums[MADE].so_far == 5
    assert result.sums[MADE].contributions == (
        Contribution("云溪县人民政府", "云溪县人民政府.html", Provenance(table=1), 3),
        Contribution("县教育局", "县教育局.html", Provenance(table=1), 2),
    )
    assert result.report().value(MADE) == 5
    assert (result.body, result.year, result.missing) == ("云溪县", 2024, ())


def test_amounts_are_added_as_decimals():
    result = county([own({FEES: Decimal("10.25")}), below("县教育局", {FEES: Decimal("0.75")})])
    assert result.report().value(FEES) == Decimal("11.00")


def test_rules_are_taken_from_the_own_level_alone():
    result = county([own({RULES: 1}), below("县教育局", {RULES: 9}, year=2024)], roster=["县财政局"])
    assert result.sums[RULES].so_far == 1
    assert result.sums[RULES].complete


def test_a_unit_on_the_roster_without_a_report_is_named_and_the_cell_is_not_read():
    result = county([own({MADE: 3})], roster=["云溪县人民政府", "县财政局"])
    assert result.missing == ("县财政局",)
    assert result.sums[MADE].lacking == (Lacking("县财政局", Lack.NO_REPORT),)
    assert result.report().value(MADE) is None
    assert result.report().unread_keys == frozenset({MADE})


def test_without_the_own_level_no_cell_is_whole_because_the_government_has_figures_of_its_own():
    result = county([below("县教育局", {MADE: 2, RULES: 0})])
    assert result.missing == ("云溪县（本级）",)
    assert result.sums[RULES].lacking == (Lacking("云溪县（本级）", Lack.NO_REPORT),)
    assert result.report().unread_keys == frozenset({MADE, RULES})


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        (below("县教育局", {}, unreadable=[MADE]), Lack.UNREADABLE),
        (below("县教育局", {MADE: None}), Lack.BLANK),
        (below("县教育局", {}), Lack.NOT_PRINTED),
        (below("县教育局", {MADE: 2}, edition="2019"), Lack.OTHER_EDITION),
    ],
)
def test_what_a_unit_did_not_fill_in_is_never_zero(part, reason):
    result = county([own({MADE: 3}), part])
    assert result.sums[MADE].lacking == (Lacking("县教育局", reason),)
    assert result.sums[MADE].so_far == 3


def test_a_stroke_says_that_the_cell_does_not_apply_and_lacks_nobody():
    result = county([own({MADE: 3, RULES: "/"}), below("县教育局", {MADE: "/"})])
    assert result.report().value(MADE) == 3
    assert result.report().cells[RULES].state is State.NOT_APPLICABLE


def test_a_joint_document_counts_once_at_the_unit_that_leads_it():
    document = joint_document("云政规〔2024〕1号", ["县教育局", "县财政局"], ["made"])
    parts = [own({MADE: 1}), below("县财政局", {MADE: 2}), below("县教育局", {MADE: 4})]
    result = county(parts, shared=[document])
    assert result.sums[MADE].so_far == 6
    assert [part.deducted for part in result.sums[MADE].contributions] == [(), ("云政规〔2024〕1号",), ()]


def test_a_joint_document_whose_leader_is_not_in_the_sum_still_counts_once():
    document = joint_document("泉政规〔2024〕1号", ["市教育局", "县财政局", "县教育局"], ["made"])
    result = county([own({MADE: 0}), below("县财政局", {MADE: 2}), below("县教育局", {MADE: 4})], shared=[document])
    assert result.sums[MADE].so_far == 5


def test_a_case_with_co_defendants_counts_at_the_agency_that_acted_first_with_its_totals():
    upheld, total = "remedies.litigation_direct.upheld", "remedies.litigation_direct.total"
    case = co_defendants("（2024）闽05行初1号", "县教育局", ["云溪县人民政府"], upheld)
    result = county([own({upheld: 2, total: 2}), below("县教育局", {upheld: 1, total: 1})], shared=[case])
    assert (result.sums[upheld].so_far, result.sums[total].so_far) == (2, 2)


def test_a_case_of_an_agency_outside_the_sum_is_not_counted_in_it():
    upheld = "remedies.litigation_direct.upheld"
    case = co_defendants("（2024）闽05行初1号", "市教育局", ["云溪县人民政府"], upheld)
    assert county([own({upheld: 2})], shared=[case]).sums[upheld].so_far == 1


def test_an_application_passed_on_counts_where_it_was_answered_in_every_total():
    keys = {
        "requests.received.natural_person": 1,
        "requests.received.total": 1,
        GRANTED: 1,
        "requests.granted.total": 1,
        "requests.outcome_total.natural_person": 1,
        "requests.outcome_total.total": 1,
        "requests.carried_out.total": 0,
    }
    counted = ("requests.received.natural_person", GRANTED)
    passed = transferred("2024-017", "县教育局", {"云溪县人民政府": counted, "县教育局": counted})
    result = county([own(keys), below("县教育局", keys)], shared=[passed])
    assert {key: found.so_far for key, found in result.sums.items()} == keys


def test_more_taken_off_than_was_counted_is_refused():
    document = joint_document("云政规〔2024〕1号", ["县教育局", "云溪县人民政府"], ["made"])
    with pytest.raises(DeductionError, match="填报 0，却有 1 项应在其他单位计数（云政规〔2024〕1号）"):
        county([own({MADE: 0}), below("县教育局", {MADE: 4})], shared=[document])


def test_a_shared_thing_that_nobody_in_the_sum_counted_changes_nothing():
    result = county([own({MADE: 3})], shared=[Shared("x", "市教育局", {"市教育局": (MADE,)})])
    assert result.sums[MADE].so_far == 3


def test_units_under_vertical_management_are_left_out_unless_asked_for():
    tax = Part("县税务局", report("县税务局", {MADE: 5}), Relation.VERTICAL)
    result = county([own({MADE: 3}), tax], roster=["县税务局"])
    assert result.left_out == (LeftOut("县税务局", "垂直管理单位，由其上级主管部门汇总"),)
    assert (result.sums[MADE].so_far, result.missing) == (3, ())
    assert county([own({MADE: 3}), tax], include_vertical=True).sums[MADE].so_far == 8


def test_nobody_is_added_twice():
    town = Part("石桥镇", report("石桥镇", {MADE: 4}), covers=frozenset({"石桥镇财政所"}))
    office = below("石桥镇财政所", {MADE: 1})
    again = below("石桥镇", {MADE: 4})
    result = county([own({MADE: 3}), town, office, again], roster=["石桥镇财政所"])
    assert result.sums[MADE].so_far == 7
    assert result.left_out == (
        LeftOut("石桥镇财政所", "已计入石桥镇的数据"),
        LeftOut("石桥镇", "同一单位已有一份报告计入"),
    )
    assert result.missing == ()


def test_a_mixed_form_is_added_up_table_by_table():
    mixed = {"proactive": "2021", "requests": "2019"}
    result = county(
        [
            own({MADE: 3, GRANTED: 1}, table_editions=mixed),
            below("县教育局", {MADE: 2, GRANTED: 2}, table_editions=mixed),
            below("县财政局", {MADE: 1, GRANTED: 4}),
        ]
    )
    assert result.table_editions == mixed
    assert result.report().value(MADE) == 6
    assert result.sums[GRANTED].lacking == (Lacking("县财政局", Lack.OTHER_EDITION),)
    assert result.report().edition == "2021"


def test_an_older_form_is_added_up_in_its_own_rows_and_local_rows_come_last():
    values = {"statistics_2014.x1": 1, "statistics_2014.meetings": 2, "statistics_2014.disclosed_total": 3}
    result = county([own(values, edition="2014", year=2015)])
    assert list(result.sums) == [
        "statistics_2014.disclosed_total",
        "statistics_2014.meetings",
        "statistics_2014.x1",
    ]
    assert (result.report().edition, result.report().year) == ("2014", 2015)


def test_reports_of_different_years_are_not_added():
    with pytest.raises(DifferentYearsError, match="县教育局（2023）"):
        county([own({MADE: 3}), below("县教育局", {MADE: 2}, year=2023)])


def test_nothing_at_all_is_not_a_sum():
    with pytest.raises(NothingToAggregateError, match="没有可以汇总的报告"):
        county([])
    with pytest.raises(NothingToAggregateError):
        county([own({MADE: 3}, year=None)])


def test_units_alone_use_the_edition_most_of_them_use():
    result = county(
        [
            below("县教育局", {MADE: 2}, edition="2019"),
            below("县财政局", {MADE: 2}),
            below("县民政局", {MADE: 2}),
        ]
    )
    assert result.table_editions == {"proactive": "2021"}
