from __future__ import annotations

import struct
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from gongkai.annual.compare import compare
from gongkai.annual.plot import PANELS, describe, figure, png
from gongkai.annual.plot_panels import Series, shares
from gongkai.annual.plot_svg import COLOURS, Canvas, apart, shorten, spaced, text_width, ticks
from gongkai.annual.report import Cell, Report, State, Unreadable

SVG = "{http://www.w3.org/2000/svg}"
RECEIVED, CONCLUDED = "requests.received.total", "requests.outcome_total.total"
OUTCOMES = {
    "requests.granted.total": 60,
    "requests.partial.total": 30,
    "requests.not_held.total": 9,
    "requests.needs_creation.total": 1,
    "requests.still_unclear.total": 0,
}


def report(year, values, *, body="云溪县", edition="2021", unreadable=()):
    cells = {
        key: Cell(key, State.BLANK if value is None else State.VALUE, value, str(value))
        for key, value in values.items()
    }
    unread = {key: Unreadable(key, (key,), "11") for key in unreadable}
    return Report(edition=edition, cells=cells, body=body, year=year, file=f"{body}{year}", unreadable=unread)


def drawn(reports, *panels):
    return etree.fromstring(figure(compare(reports), panels or PANELS).encode())


def texts(root):
    return ["".join(node.itertext()) for node in root.iter(f"{SVG}text")]


def tooltips(root):
    return [node.text for node in root.iter(f"{SVG}title")][1:]


def test_a_figure_tells_its_title_and_every_number_to_those_who_do_not_see_it():
    root = drawn([report(2023, {RECEIVED: 1200}), report(2024, {}, unreadable=[RECEIVED])])
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "云溪县2023—2024年政府信息公开情况对比"
    assert root.findtext(f"{SVG}desc") == (
        "云溪县2023—2024年政府信息公开情况对比。新收申请（件）：2023年 1\u00a0200，2024年 未能读出。"
    )
    assert root.get("aria-labelledby") == "chart-title chart-description"


def test_the_same_numbers_give_the_same_bytes():
    reports = [report(2023, {RECEIVED: 1} | OUTCOMES), report(2024, {RECEIVED: 3})]
    assert figure(compare(reports)) == figure(compare(reports))


def test_nothing_is_loaded_from_elsewhere():
    text = figure(compare([report(2023, {RECEIVED: 1} | OUTCOMES)]))
    assert text.replace("http://www.w3.org/2000/svg", "").count("http") == 0


def test_years_become_a_line_with_a_mark_per_year_and_a_name_at_its_end():
    root = drawn([report(2022, {RECEIVED: 10}), report(2023, {RECEIVED: 30}), report(2024, {RECEIVED: 20})])
    assert len(list(root.iter(f"{SVG}path"))) == 1
    assert tooltips(root) == ["新收申请 2022年 10", "新收申请 2023年 30", "新收申请 2024年 20"]
    assert texts(root)[-1] == "新收申请 20"
    assert [word for word in texts(root) if word.startswith("202")] == ["2022", "2023", "2024"]


def test_a_year_that_was_not_read_is_a_gap_with_a_cross_never_a_zero():
    years = [report(2021, {RECEIVED: 1}), report(2022, {RECEIVED: 2}), report(2023, {RECEIVED: None})]
    root = drawn([*years, report(2024, {RECEIVED: 4}), report(2025, {RECEIVED: 4})])
    assert len(list(root.iter(f"{SVG}path"))) == 2
    assert texts(root).count("×") == 1
    assert len(tooltips(root)) == 4


def test_a_row_the_form_of_a_year_does_not_have_is_a_gap_without_a_cross():
    found = Series("x", ((2021, 1), (2023, 3)), (2022,))
    assert found.runs == [[(2021, 1)], [(2023, 3)]]
    assert Series("x", ((2021, 1), (2023, 3))).runs == [[(2021, 1), (2023, 3)]]


def test_a_change_of_form_is_marked_between_the_years_and_named_where_there_is_room():
    reports = [
        report(2017, {"summary_2008.requests_received.year": 5}, edition="2008"),
        report(2019, {RECEIVED: 6}, edition="2019"),
        report(2021, {RECEIVED: 7}),
        report(2024, {RECEIVED: 7}),
    ]
    root = drawn(reports)
    assert len(root.xpath("//*[@stroke-dasharray]")) == 2
    assert texts(root).count("报表格式变更") == 2
    close = [report(year, {RECEIVED: 1}, edition="2008") for year in range(2008, 2019)]
    root = drawn([*close, report(2019, {RECEIVED: 6}, edition="2019"), report(2020, {RECEIVED: 7})])
    assert len(root.xpath("//*[@stroke-dasharray]")) == 2
    assert texts(root).count("报表格式变更") == 1


def test_many_years_are_not_all_labelled():
    root = drawn([report(year, {RECEIVED: 1}) for year in range(2014, 2026)])
    assert [word for word in texts(root) if word.isdigit() and len(word) == 4] == [
        "2015", "2017", "2019", "2021", "2023", "2025",
    ]  # fmt: skip


def test_outcomes_become_shares_that_say_their_percentage_where_it_fits():
    root = drawn([report(2024, OUTCOMES)], "outcomes")
    assert "60.0%" in texts(root)
    assert "云溪县" not in texts(root)
    assert "2024年 予以公开 60 件（60.0%）" in tooltips(root)
    assert "100 件" in texts(root)
    widths = [float(bar.get("width")) for bar in root.iter(f"{SVG}rect") if bar.get("height") == "21.0"]
    assert widths[0] == pytest.approx(widths[1] * 2, rel=0.02)


def test_a_sliver_has_no_words_on_it():
    values = OUTCOMES | {"requests.granted.total": 6000}
    assert "0.5%" not in texts(drawn([report(2024, values)], "outcomes"))


def test_shares_of_nothing_or_of_half_read_results_are_words_not_a_bar():
    nothing = dict.fromkeys(OUTCOMES, 0)
    unread = {key: value for key, value in OUTCOMES.items() if "partial" not in key}
    years = [
        report(2022, OUTCOMES | {"requests.partial.total": 0}),
        report(2023, nothing),
        report(2024, unread, unreadable=["requests.partial.total"]),
    ]
    root = drawn(years, "outcomes")
    assert "没有办理结果" in texts(root)
    assert "数据不全，未作图" in texts(root)


def test_bodies_become_bars_with_their_values_and_words_for_what_is_not_known():
    bodies = [
        report(2024, {RECEIVED: 1000, CONCLUDED: 0}, body="云溪县"),
        report(2024, {RECEIVED: None}, body="一个名称特别特别长因而要截短的石桥镇人民政府办公室"),
    ]
    root = drawn(bodies, "requests")
    assert "1\u00a0000" in texts(root)
    assert "新收申请：未读出或空白" in texts(root)
    assert "办理结果：无此项" in texts(root)
    assert any(word.endswith("…") for word in texts(root))
    bars = [bar for bar in root.iter(f"{SVG}rect") if bar.get("height") == "14.0"]
    assert len(bars) == 1  # A zero is a number beside an empty place, not a bar.


def test_several_bodies_over_several_years_are_one_line_each():
    reports = [report(year, {RECEIVED: 5}, body=body) for year in (2023, 2024) for body in ("云溪县", "石桥镇")]
    root = drawn([*reports, report(2024, {}, body="没有数据的镇")])
    assert len(list(root.iter(f"{SVG}path"))) == 2
    assert "新收申请，件" in texts(root)
    assert texts(root)[-2:] == ["云溪县 5", "石桥镇 5"]


def test_only_the_panels_asked_for_are_drawn():
    values = {RECEIVED: 1, "proactive.permits.decisions": 3}
    assert "行政决定（件）" in texts(drawn([report(2024, values)]))
    assert "行政决定（件）" not in texts(drawn([report(2024, values)], "requests"))


def test_without_numbers_the_figure_says_so():
    assert texts(drawn([report(2024, {"requests.received.commercial": 1})]))[-1] == "这些报告里没有可以作图的数据。"


def test_a_legend_that_does_not_fit_takes_another_line():
    canvas = Canvas()
    series = [Series(f"很长很长很长很长的第{number}个名称", ((0, 1),)) for number in range(6)]
    shares(canvas, 0, ["2024年"], series)
    places = [piece.split('y="')[1].split('"')[0] for piece in canvas.pieces if 'height="13.0"' in piece]
    assert places == ["3.0"] * 3 + ["25.0"] * 3


def test_colours_and_markup_are_safe():
    assert len(COLOURS) == len(set(COLOURS))
    assert '<title id="chart-title">&lt;b&gt;</title>' in Canvas().svg(10, title="<b>", description="&")


def test_a_png_has_the_size_of_the_drawing():
    svg = figure(compare([report(2024, {RECEIVED: 1})]))
    height = float(etree.fromstring(svg.encode()).get("height"))
    data = png(svg, ppi=72)
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width_px, height_px = struct.unpack(">II", data[16:24])
    assert (width_px, height_px) == pytest.approx((645, height * 0.75), abs=1)


def test_description_names_every_reason_for_a_missing_number():
    zero = {"requests.granted.total": 0, "requests.partial.total": 0, CONCLUDED: 0}
    words = describe(compare([report(2023, zero | {RECEIVED: None}), report(2024, {})]))
    assert "新收申请（件）：2023年 空白，2024年 无此项" in words
    assert "占办理结果）（%）：2023年 无基数" in words


@pytest.mark.parametrize(
    ("largest", "expected"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (3, [0, 1, 2, 3]),
        (7, [0, 2, 4, 6, 8]),
        (100, [0, 50, 100]),
        (351, [0, 100, 200, 300, 400]),
    ],
)
def test_axes_have_round_numbers(largest, expected):
    assert ticks(largest) == expected


@given(st.floats(min_value=1.01, max_value=1e9))
def test_an_axis_reaches_the_largest_value_with_few_steps(largest):
    found = ticks(largest)
    assert found[-1] >= largest
    assert 2 <= len(found) <= 6
    assert len({after - before for before, after in pairwise(found)}) == 1


@given(st.lists(st.floats(min_value=0, max_value=100), min_size=1, max_size=6))
def test_labels_never_touch_and_keep_their_order(wanted):
    placed = apart(wanted, 18, 200)
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    assert all(placed[after] - placed[before] >= 18 - 1e-9 for before, after in pairwise(order))
    assert max(placed) <= 200


def test_labels_that_would_leave_the_page_move_up():
    assert apart([100, 100], 18, 100) == [82, 100]


def test_numbers_have_spaced_thousands_and_a_true_minus():
    assert [spaced(0), spaced(12339), spaced(-1000)] == ["0", "12\u00a0339", "\u22121\u00a0000"]


def test_words_are_cut_to_the_room_they_have():
    assert shorten("石桥镇", 10, 30) == "石桥镇"
    assert shorten("石桥镇人民政府", 10, 45) == "石桥镇…"
    assert text_width("石1", 10) == pytest.approx(15.8)
