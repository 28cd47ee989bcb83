"""The draft says what is known, in the words of the form, and nothing where nothing is known."""

from gongkai.reporting.domain.drafting import draft
from gongkai.reporting.models import Campaign, Submission
from gongkai.reporting.queries.cells import Value
from gongkai.reporting.queries.figures import keys
from gongkai.reporting.queries.work import Work


def drafted(edition="2021", year=2024, work=None, **numbers):
    """Return the sections of a draft by number; cells that are not named are 0, and those named ``None`` unknown."""
    submission = Submission(campaign=Campaign(year=year, edition=edition))
    given = {key.replace("__", "."): value for key, value in numbers.items()}
    found = {key: Value(key, given.get(key, 0), "counted", None) for key in keys(edition)}
    sections = draft(submission, found, {}, work or Work())
    return {number: text for number, _, text in sections}


def test_the_ways_of_ending_are_those_of_the_form():
    made = drafted(
        requests__received__total=9,
        requests__outcome_total__total=9,
        requests__granted__total=4,
        requests__enforcement_file__total=1,
        requests__process_information__total=1,
        requests__not_held__total=2,
        requests__fee_unpaid__total=1,
    )
    assert "办结的申请中，予以公开4件、不予公开2件、无法提供2件、其他处理1件。" in made[1]


def test_the_form_of_2019_has_its_other_ways_in_one_row():
    made = drafted(
        "2019", 2020, requests__received__total=2, requests__outcome_total__total=2, requests__other__total=2
    )
    assert "办结的申请中，其他处理2件。" in made[1]


def test_a_figure_that_nobody_knows_makes_no_sentence():
    made = drafted(requests__received__total=None, proactive__normative_documents__made=None)
    assert "新收政府信息公开申请" not in made[1]
    assert "制发行政规范性文件" not in made[1]


def test_of_what_nobody_typed_in_there_is_no_word_and_the_numbering_goes_on():
    assert [line[:6] for line in drafted()[1].splitlines()] == ["（一）主动公", "（二）依申请"]
    made = drafted(work=Work(cumulative=8))
    assert made[1].splitlines()[2].startswith("（三）政府信息管理。")
    assert "未填报" not in made[1]


def test_lateness_and_corrections_are_told_among_the_problems():
    made = drafted(work=Work(late=2), remedies__reconsideration__corrected=1)
    assert made[5].splitlines() == [
        "有2件申请未在法定期限内答复，办理时限管理需要加强。",
        "有1件行政复议、行政诉讼案件的结果被纠正，答复质量需要提高。",
    ]
    assert drafted()[5] == ""


def test_fees_are_told_with_what_was_given_back():
    assert drafted()[6] == "本年度未收取信息处理费。"
    made = drafted(work=Work(fee_notices=3, fees_yuan=300, refunded_yuan=100))
    assert made[6] == "本年度发出信息处理费收费通知3件，收取300元，退还100元。"


def test_the_period_and_the_six_parts_are_there():
    submission = Submission(campaign=Campaign(year=2024, edition="2021"))
    sections = draft(submission, {}, {}, Work())
    assert [number for number, _, _ in sections] == [0, 1, 2, 3, 4, 5, 6]
    assert "自2024年1月1日起，至2024年12月31日止" in sections[0][2]
