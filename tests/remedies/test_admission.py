"""What could be objected: a table of cases as a jurist reads them."""

from datetime import date

import pytest

from gongkai.applications.domain.projection import course_of
from gongkai.applications.queries.checks import findings
from gongkai.remedies.domain.registering import Plaintiff
from gongkai.remedies.models import Claimant, Remedy, RemedyKind
from gongkai.remedies.queries.admission import acted_on, hints, must_go_to_review_first, routes_of

pytestmark = pytest.mark.django_db
D = date.fromisoformat
REVIEW, DIRECT, AFTER = RemedyKind.RECONSIDERATION, RemedyKind.DIRECT, RemedyKind.AFTER
FIRST = "《行政复议法》（2023年）第二十三条第一款第四项、第二款"
PARTS = [{"outcome": "P"}, {"outcome": "N5"}, {"outcome": "U2"}]

# 名称 / 答复（日期、结果、其他） / 种类 / 针对的行为 / 提出日 / 提示（性质、其中的话、依据）
CASES = [
    (
        "2024年以后不予公开，直接起诉",
        ("2024-03-01", "N5", {}),
        DIRECT,
        "refusal",
        "2024-04-01",
        [("late", "应当先申请行政复议", FIRST), ("normal", "应当在 2024-09-02 前提出", "《行政诉讼法》第四十六条")],
    ),
    (
        "2023年不予公开，直接起诉",
        ("2023-12-29", "N5", {}),
        DIRECT,
        "refusal",
        "2024-04-01",
        [("normal", "应当在 2024-07-01 前提出", "《行政诉讼法》第四十六条")],
    ),
    (
        "不存在，直接起诉",
        ("2024-03-01", "U1b", {}),
        DIRECT,
        "not_provided",
        "2024-04-01",
        [("normal", "未超过期限", "《行政诉讼法》第四十六条")],
    ),
    (
        "部分公开，直接起诉",
        ("2024-03-01", "P", {"parts": PARTS}),
        DIRECT,
        "refusal",
        "2024-04-01",
        [("late", "其余部分可以直接起诉", FIRST), ("normal", "未超过期限", "《行政诉讼法》第四十六条")],
    ),
    (
        "复议超过六十日",
        ("2024-03-01", "N5", {}),
        REVIEW,
        "refusal",
        "2024-05-06",
        [("late", "应当在 2024-04-30 前提出，2024-05-06 提出已超过期限", "《行政复议法》第二十条")],
    ),
    (
        "复议在六十日内",
        ("2024-03-01", "N5", {}),
        REVIEW,
        "refusal",
        "2024-04-30",
        [("normal", "未超过期限", "《行政复议法》第二十条")],
    ),
    (
        "单独对延期不服",
        ("2024-03-01", "N5", {}),
        REVIEW,
        "extension",
        "2024-04-01",
        [
            ("late", "不能单独申请行政复议。可以在对最终答复不服时一并提出。", "国办函〔2021〕132号第三条第一项"),
            ("normal", "未超过期限", "《行政复议法》第二十条"),
        ],
    ),
    (
        "直接要求履行主动公开职责",
        ("2024-03-01", "N5", {}),
        DIRECT,
        "proactive_duty",
        "2024-04-01",
        [
            ("late", "应当先向行政机关申请获取", "国办函〔2021〕132号第三条、第四条"),
            ("late", "应当先申请", FIRST),
            ("normal", "", ""),
        ],
    ),
    ("没有登记提出日期", ("2024-03-01", "N5", {}), REVIEW, "refusal", None, [("soon", "没有登记提出日期", "")]),
    (
        "1989年行政诉讼法时的期限不在册",
        ("2014-03-03", "N5", {}),
        DIRECT,
        "refusal",
        "2014-04-01",
        [],
    ),
]


@pytest.mark.parametrize(
    ("told", "kind", "ground", "filed", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_hints(answered, contest, told, kind, ground, filed, expected):
    day, outcome, params = told
    received = D("2014-02-10") if day < "2015" else D("2023-12-20") if day < "2024" else D("2024-02-05")
    application = answered(D(day), outcome, received=received, **params)
    notice = D("2024-06-03") if day > "2015" else D("2014-04-10")
    remedy = contest(application, notice, kind, ground=ground, filed_on=filed and D(filed))
    found = hints(remedy)
    assert len(found) == len(expected)
    for hint, (tone, words, article) in zip(found, expected, strict=True):
        assert hint.tone == tone
        assert words in hint.text
        assert article in hint.article


def test_the_period_runs_from_the_delivery_where_it_is_known(answered, contest, enter):
    application = enter(answered(), "delivered", D("2024-03-06"), by="本人")
    (hint,) = hints(contest(application, D("2024-05-10"), filed_on=D("2024-05-06")))
    assert (hint.tone, "自收到答复之日（2024-03-06）起算，应当在 2024-05-06 前提出" in hint.text) == ("normal", True)


def test_a_suit_after_reconsideration_has_fifteen_days_from_its_service(answered, contest, happen):
    application = answered()
    earlier = contest(application)
    suit = {"kind": AFTER, "follows": earlier}
    assert hints(contest(application, filed_on=D("2024-03-20"), **suit)) == []
    happen(earlier, "decided", D("2024-05-08"), result="upheld", served=D("2024-05-10"))
    late = contest(application, D("2024-06-03"), filed_on=D("2024-05-28"), **suit)
    (hint,) = hints(Remedy.objects.get(pk=late.pk))
    assert (hint.tone, "应当在 2024-05-27 前提出" in hint.text) == ("late", True)
    assert hints(contest(application, D("2024-06-03"), kind=AFTER, earlier_decision="甲〔2024〕1号")) == []


def test_complaining_of_silence_before_the_period_is_over(receive, contest):
    application = receive(D("2024-02-05"))
    early = hints(contest(application, D("2024-03-12"), ground="non_answer", filed_on=D("2024-03-08")))
    assert [hint.tone for hint in early] == ["normal", "late"]
    assert "答复期限尚未届满（至 2024-03-08）" in early[1].text
    after = contest(application, D("2024-03-12"), ground="non_answer", filed_on=D("2024-03-11"))
    assert [hint.tone for hint in hints(after)] == ["normal"]
    assert "自答复期限届满之日（2024-03-08）起算，应当在 2024-05-07 前提出" in hints(after)[0].text
    assert [route.kind for route in routes_of(after)] == ["either"]


def test_an_act_beside_any_application_has_its_own_day(contest):
    claimant = Plaintiff(Claimant.OTHER, "natural_person", "李海生")
    facts = {"ground": "third_party_harm", "claimant": claimant}
    remedy = contest(None, D("2024-05-10"), act_on=D("2024-03-01"), filed_on=D("2024-05-06"), **facts)
    assert acted_on(remedy) == D("2024-03-01")
    assert routes_of(remedy) == ()
    assert [hint.tone for hint in hints(remedy)] == ["late"]


def test_a_direct_suit_against_such_an_answer_is_a_finding_of_the_case(answered, contest):
    application = answered()
    suit = contest(application, kind=DIRECT)
    assert must_go_to_review_first(suit)
    found = [one.message for one in findings(application, course_of(application, D("2024-06-03"))) if one.rule == "D6"]
    assert found == [f"{suit.number} 登记为未经复议直接起诉，所涉答复（2024-03-01）应当先申请行政复议。"]
    reviewed = answered()
    assert not must_go_to_review_first(contest(reviewed))
    assert "D6" not in [one.rule for one in findings(reviewed, course_of(reviewed, D("2024-06-03")))]
