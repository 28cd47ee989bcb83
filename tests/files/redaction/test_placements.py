"""Whatever a page looks like, a word that is marked is gone from the copy, and what is not marked is there."""

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import hiding
from gongkai.files.redaction.boxes import Box, Rect
from gongkai.files.redaction.layer import label_of
from gongkai.files.redaction.making import make
from gongkai.files.redaction.original import open_original
from gongkai.files.redaction.words import Text, covered_words, is_covered, says_enough

from .conftest import found, read

SECRET = "Kepler-7781"
OTHERS = ["alpha", "Bravo", "0517-8360", "delta", "Echo,Foxtrot"]

placements = st.tuples(
    st.integers(10, 330),
    st.integers(10, 270),
    st.sampled_from([7, 10, 14, 22]),
    st.sampled_from(["1 0 0 1", "0 1 -1 0", "-1 0 0 -1", "0 -1 1 0", "0.8 0.6 -0.6 0.8"]),
    st.sampled_from([0, 1, 3]),
)


def page(secrets, others, turn, crop):
    def change(pdf, sheet):
        sheet.obj.Rotate = turn
        if crop:
            sheet.obj.CropBox = pikepdf.Array([0, 0, 398, 296])

    texts = [(SECRET, one) for one in secrets] + [(OTHERS[n % len(OTHERS)], one) for n, one in enumerate(others)]
    lines = [
        f"BT /F {size} Tf {tight} Tc {matrix} {x} {y} Tm ({text}) Tj ET" for text, (x, y, size, matrix, tight) in texts
    ]
    return hiding.written("\n".join(lines), change)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    secrets=st.lists(placements, min_size=1, max_size=3),
    others=st.lists(placements, max_size=5),
    turn=st.sampled_from([0, 90, 180, 270]),
    crop=st.booleans(),
    style=st.sampled_from(["black", "white"]),
)
def test_a_marked_word_is_gone_wherever_it_stands(secrets, others, turn, crop, style):
    data = page(secrets, others, turn, crop)
    boxes = found(data, SECRET)
    if not boxes:  # written across other text, so that not even PDFium reads it as a word
        return
    copy = make(data, "pdf", boxes=boxes, style=style, may_remain=True)
    kept = copy.report["words_remaining"]
    assert kept or hiding.where(copy.data, [SECRET]) == set()
    with open_original(data, "pdf") as original:
        glyphs = original.glyphs(1)
    left = [one for one in glyphs if one.seen and not is_covered(one, [box.rect for box in boxes])]
    if copy.report["pages_without_text"] == []:
        labels = sum(len(label_of(box, (400, 300) if turn % 180 == 0 else (300, 400))) for box in boxes)
        for text in read(copy.data).values():
            assert len(text) == len(left) + labels


@settings(max_examples=12, deadline=None)
@given(
    corner=st.tuples(st.floats(0, 0.95), st.floats(0, 0.95)),
    size=st.tuples(st.floats(0.001, 1), st.floats(0.001, 1)),
    style=st.sampled_from(["black", "white"]),
)
def test_any_box_takes_all_it_covers_and_nothing_else(corner, size, style):
    data = hiding.letter()
    rect = Rect(*corner, min(corner[0] + size[0], 1), min(corner[1] + size[1], 1))
    copy = make(data, "pdf", boxes=[Box(1, rect, "N5")], style=style, may_remain=True)
    with open_original(data, "pdf") as original:
        glyphs = original.glyphs(1)
    left = "".join(one.text for one in glyphs if not is_covered(one, [rect]))
    text = read(copy.data)["pdfium"]
    label = label_of(Box(1, rect, "N5"), (400, 300))
    assert sorted(text.replace(label, "")) == sorted(left + "第二页没有遮盖，文字照旧")


@pytest.mark.parametrize(
    ("text", "wanted", "count"),
    [
        (f"甲{hiding.SECRET}乙{hiding.SECRET}", hiding.SECRET, 2),
        ("欧 阳  慕　容", hiding.SECRET, 1),
        ("ＩＤ：１２３４５", "id:12345", 1),
        ("Zhang San", "zhangsan", 1),
        ("电话 0517-8360 5210", "83605210", 1),
        ("#box(width: 60pt)[申请人欧阳慕容某]", hiding.SECRET, 1),
        ("#grid(columns: (80pt, 80pt), [欧阳], [慕容])", hiding.SECRET, 1),
        ("#rotate(90deg)[欧阳慕容]", hiding.SECRET, 1),
        ("没有", hiding.SECRET, 0),
        ("甲", "", 0),
        ("甲", "  ", 0),
    ],
)
def test_words_are_found_across_blanks_lines_cells_and_forms(text, wanted, count):
    with open_original(hiding.typeset(text), "pdf") as original:
        hits = Text(original.glyphs(1)).search(wanted)
    assert len(hits) == count


def test_a_word_broken_over_lines_has_a_box_on_each():
    with open_original(hiding.typeset("#box(width: 60pt)[申请人欧阳慕容某]"), "pdf") as original:
        glyphs = original.glyphs(1)
    (hit,) = Text(glyphs).search(hiding.SECRET)
    assert len(hit.rects) == 2
    boxes = {1: [Box(1, rect, "N4-privacy") for _, rect in hit.rects]}
    # The halves are no words of their own: they would be found everywhere.
    assert covered_words(glyphs, boxes) == {hiding.SECRET}


def test_a_word_over_the_end_of_a_page_has_a_box_on_both():
    with open_original(hiding.typeset("申请人欧阳", "慕容某"), "pdf") as original:
        (hit,) = Text([*original.glyphs(1), *original.glyphs(2)]).search(hiding.SECRET)
    assert [page for page, _ in hit.rects] == [1, 2]


def test_the_cells_under_a_large_box_are_words_each():
    source = "#grid(columns: (100pt, 150pt), row-gutter: 8pt, [张三丰], [13800001111], [李四光], [13900002222])"
    with open_original(hiding.typeset(source), "pdf") as original:
        words = covered_words(original.glyphs(1), {1: [Box(1, Rect(0, 0, 1, 1), "N4-privacy")]})
    assert {"张三丰", "13800001111", "李四光", "13900002222"} <= words


@pytest.mark.parametrize(
    ("word", "enough"), [("男", False), ("张三", True), ("12", False), ("2024", True), ("a1", False), ("", False)]
)
def test_what_stands_everywhere_is_not_looked_for(word, enough):
    assert says_enough(word) is enough
