"""The short way through a row gives what the long way gives; the two databases store alike."""

import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import city as build
from gongkai.decisions.datasets.decision_fields import FIELDS
from gongkai.decisions.datasets.decisions import TABLE, DecisionExaminer
from gongkai.decisions.datasets.places import Places
from gongkai.decisions.masking import masked
from gongkai.decisions.models import Charge, Dataset, Decision, ImportBatch, Procurement
from gongkai.decisions.store import Conflict, Store
from gongkai.tables import cells
from gongkai.tables.captions import Layout
from gongkai.tables.cells import CellError

from .conftest import TODAY, line, table

pytestmark = pytest.mark.django_db

ODD = st.sampled_from(
    [
        "",
        " ",
        "-",
        "无",
        "None",
        "null",
        "N/A",
        "'=1",
        "=1",
        "甲  乙",
        " 甲",
        "\u3000",
        "⼀二",
        "a\u034fb",
        "\u200b甲",
        "甲\n乙",
        "海",
    ]
)
TEXT = st.one_of(ODD, st.text(alphabet=string.ascii_letters + string.digits + "水利局（）〔〕、。 \t", max_size=12))
NUMBER = st.one_of(
    ODD,
    st.text(alphabet=string.digits + "岚水许〔〕（）[]().-号E+", max_size=12),
    st.sampled_from(
        ["岚〔2024〕1号", "岚(2024)1号", "（2024）1", "2024-01-02", "2024-1", "1E15", "3.5E+5", "12E", "〔2024）7"]
    ),
)
DAY = st.one_of(
    ODD, st.sampled_from(["2024-05-20", "2024/5/20", "20240520", "2024.5.20", "2025-01-01", "2024-02-30", "45432"])
)
ROW = st.tuples(
    st.sampled_from(["HL-001", "", "HL-002", "HL-009", "海岚市水利局", "海岚市渔业局", " HL-001"]),
    st.sampled_from(["行政许可", "行政处罚", "", "其他", "裁决", " 行政许可"]),
    NUMBER,
    TEXT,
    st.sampled_from(["", "自然人", "个人", "外星人"]),
    TEXT,
    DAY,
    DAY,
    TEXT,
)
LAYOUT = Layout(tuple(field.caption for field in FIELDS), {field.name: n for n, field in enumerate(FIELDS)}, 1)


@pytest.fixture
def examiner(city):
    def made():
        places = Places(allowed=[city.bureau.pk], today=TODAY)
        found = DecisionExaminer(batch=1, unit="HL-001", kind="", places=places, today=TODAY, serial=False)
        found.begin(LAYOUT)
        return found

    return made


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(ROW, min_size=1, max_size=3))
def test_the_short_way_gives_what_the_long_way_gives(examiner, rows):
    warm, plain = examiner(), examiner()
    warm.sort([list(row) for row in rows], 2)
    short = warm.sort([list(row) for row in rows], 2)
    wanted = [plain._examine(row, position) for position, row in enumerate(rows, 2) if any(c.strip() for c in row)]
    assert short.good == [outcome for outcome in wanted if isinstance(outcome, tuple)]
    assert [list(bad.problems) for bad in short.bad] == [outcome for outcome in wanted if isinstance(outcome, list)]
    assert short.read == len(wanted)


@given(cell=NUMBER)
def test_a_number_that_is_plain_stays_as_it_is(cell):
    if cells.is_number(cell):
        assert cells.number(cell) == cell


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("1002.3819", 1_002_381_900),
        ("1,002.3819", 1_002_381_900),
        ("０.０００００１", 1),
        ("0", 0),
        ("12万", None),
        ("-1", None),
        ("0.0000001", None),
        ("", None),
        ("NaN", None),
    ],
)
def test_amounts_in_wan_are_whole_fen(cell, found):
    if found is None:
        with pytest.raises(CellError):
            cells.fen(cell, 1_000_000)
    else:
        assert cells.fen(cell, 1_000_000) == found


@pytest.mark.parametrize(("cell", "found"), [("2024", 2024), ("2024年", 2024), ("2024年度", 2024), ("2024.0", 2024)])
def test_years_are_read_as_people_write_them(cell, found):
    assert cells.year(cell, 2024) == found


@pytest.mark.parametrize("cell", ["", "24", "2025", "1948", "两千"])
def test_other_years_are_refused(cell):
    with pytest.raises(CellError):
        cells.year(cell, 2024)


def row_of(unit, batch, number, row, item="取水许可"):
    return (
        unit,
        "permit",
        f"岚〔2024〕{number}号",
        "甲\\公司",
        "organisation",
        item,
        "2024-05-20",
        None,
        "2024-05-29",
        "",
        batch,
        row,
    )


def test_what_is_taken_is_reported_with_what_is_stored_and_the_rest_goes_in(city, receive):
    batch = receive(table(line(1)))
    unit = city.bureau.pk
    store = Store(TABLE)
    first = [row_of(unit, batch.pk, number, number + 2) for number in range(3)]
    assert store.insert(first) == []
    second = [row_of(unit, batch.pk, 5, 10), row_of(unit, batch.pk, 1, 11, "别的"), row_of(unit, batch.pk, 5, 12)]
    assert store.insert(second) == [Conflict(second[1], first[1]), Conflict(second[2], second[0])]
    assert store.insert([row_of(unit, batch.pk, 6, 13)]) == []
    assert store.insert([]) == []
    assert sorted(Decision.objects.values_list("row", flat=True)) == [2, 3, 4, 10, 13]
    assert set(Decision.objects.values_list("party", "published_on")) == {("甲\\公司", None)}


def test_charges_and_procurement_come_in_by_file_too(bring, city):
    captions = ["单位", "年度", "收费项目", "金额(万元)"]
    rows = [
        ["海岚市水利局", "2023", "水资源费", "1002.3819"],
        ["海岚市水利局", "2023", "水资源费", "3"],
        ["", "2024", "档案费", "十"],
    ]
    batch = bring(table(*rows, captions=captions), dataset=Dataset.CHARGES)
    assert (batch.rows_in, batch.rows_bad) == (1, 2)
    assert [row.problems for row in batch.rejected.all()] == [
        "收费项目：“水资源费”（2023 年）与本文件第 2 行重复，而内容不同。请核对；需要更正金额的，在列表页修改",
        "金额(万元)：“十”不是数字，请只填数字，不写单位",
    ]
    again = bring(
        table(rows[0], ["HL-001", "2025", "甲费", "1"], ["HL-001", "", "乙费", "1"], captions=captions),
        dataset=Dataset.CHARGES,
    )
    assert (again.rows_same, [row.problems for row in again.rejected.all()]) == (
        1,
        ["年度：2025 年不在 1949 至 2024 年之间", "年度：未填写"],
    )
    bought = bring(
        table(
            ["海岚市渔业局", "2024", "渔政船", "186500.5"],
            captions=["采购人", "年份", "采购项目名称", "成交金额（元）"],
        ),
        dataset=Dataset.PROCUREMENT,
    )
    assert bought.rows_in == 1
    assert Procurement.objects.get().unit == city.ended
    assert Charge.objects.get().amount_fen == 1_002_381_900


def test_no_unit_is_guessed_where_two_have_the_name(bring, city):

    build.unit("HL-031", "分局", parent=city.bureau)
    build.unit("HL-032", "分局", parent=city.bureau)
    batch = bring(table(line(1, 决定机关="分局")))
    assert batch.rejected.get().problems == "决定机关：2024-05-20 有 2 个机构叫“分局”，请改填机构代码"


def test_names_are_masked_to_their_first_character():
    assert [masked(name) for name in ("陈水生", "李四", "王", "阿依古丽·买买提")] == ["陈**", "李*", "王*", "阿***"]


def test_a_batch_says_how_far_it_is():
    batch = ImportBatch(size=200, bytes_read=100)
    assert (batch.percent, batch.is_open) == (50, True)
    assert ImportBatch(size=0).percent == 0
