"""Tables in the shapes met in the world, built small: what is read, what is left unread, what is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from gongkai.annual import forms
from gongkai.annual.errors import NotAReportError, SeveralReportsError
from gongkai.annual.reader.recognise import recognise
from gongkai.annual.reader.source import Grid, GridCell, Line, Source
from gongkai.annual.report import Diagnostic, State

TITLE = "海岚市人民政府2023年政府信息公开工作年度报告"
COLUMNS = [column.key for column in forms.table("2021", "requests").blocks[0].columns]
ROWS = forms.table("2021", "requests").rows
KEYS = [row.key for row in ROWS]
HEADS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
ZERO = ["0"] * 7
FIGURES = dict.fromkeys(KEYS, ZERO) | {
    "received": ["12", "3", "0", "0", "0", "1", "16"],
    "carried_in": ["2", "0", "0", "0", "0", "0", "2"],
    "granted": ["7", "2", "0", "0", "0", "0", "9"],
    "not_held": ["5", "1", "0", "0", "0", "1", "7"],
    "outcome_total": ["12", "3", "0", "0", "0", "1", "16"],
    "carried_out": ["2", "0", "0", "0", "0", "0", "2"],
}
TABLE_TWO = """第二十条第（一）项
信息内容 本年制发件数 本年废止件数 现行有效件数
规章 0 0 0
行政规范性文件 6 1 32
第二十条第（五）项
信息内容 本年处理决定数量
行政许可 517
第二十条第（六）项
信息内容 本年处理决定数量
行政处罚 693
行政强制 21
第二十条第（八）项
信息内容 本年收费金额（单位：万元）
行政事业性收费 4068.208"""
TABLE_FOUR = """四、政府信息公开行政复议、行政诉讼情况
行政复议 行政诉讼
未经复议直接起诉 复议后起诉
结果 结果 其他 尚未
总计
维持 纠正 结果 审结
1 1 0 0 2 1 0 0 0 1 2 0 1 0 3"""
FOUR = [1, 1, 0, 0, 2, 1, 0, 0, 0, 1, 2, 0, 1, 0, 3]


def lines(*texts):
    return tuple(Line(line) for text in texts for line in text.split("\n"))


def grid(rows):
    return Grid(tuple(GridCell(text, r, c) for r, row in enumerate(rows) for c, text in enumerate(row)))


def read(*blocks, title=TITLE, **fields):
    return recognise(Source(file="f", kind="text", blocks=blocks, title=title, **fields))


def table_three(figures=FIGURES, *, note="（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"):
    text = ["三、收到和处理政府信息公开申请情况", note, "申请人情况", " ".join(HEADS)]
    text += [f"{row.caption} {' '.join(figures[row.key])}" for row in ROWS]
    return "\n".join(text)


def rows_of(report):
    return {
        key: [report.value(f"requests.{key}.{column}") for column in COLUMNS]
        for key in KEYS
        if f"requests.{key}.total" in report.cells
    }


def numbers(figures):
    return {key: [int(text) for text in row] for key, row in figures.items()}


def codes(report):
    return [(d.severity, d.code, d.where) for d in report.diagnostics]


def test_a_report_of_plain_lines():
    report = read(
        *lines(
            "海岚市人民政府编制本报告，所列数据的统计期限自2023年1月1日起至2023年12月31日止。",
            "一、总体情况",
            "本年度主动公开信息若干条。",
            "二、主动公开政府信息情况",
            TABLE_TWO,
            table_three(),
            TABLE_FOUR,
            "五、存在的主要问题及改进情况",
            "公开不够及时。",
            "六、其他需要报告的事项",
            "无。",
        )
    )
    assert (report.edition, report.year, report.body) == ("2021", 2023, "海岚市人民政府")
    assert report.period == (date(2023, 1, 1), date(2023, 12, 31))
    assert rows_of(report) == numbers(FIGURES)
    assert [report.value(key) for key in tuple(forms.table("2021", "remedies").keys())] == FOUR
    assert report.value("proactive.charges.amount_wan") == Decimal("4068.208")
    assert report.value("proactive.normative_documents.in_force") == 32
    assert [(section.number, section.title, section.text) for section in report.sections] == [
        (1, "总体情况", "本年度主动公开信息若干条。"),
        (2, "主动公开政府信息情况", ""),
        (3, "收到和处理政府信息公开申请情况", ""),
        (4, "政府信息公开行政复议、行政诉讼情况", ""),
        (5, "存在的主要问题及改进情况", "公开不够及时。"),
        (6, "其他需要报告的事项", "无。"),
    ]
    assert report.diagnostics == ()
    assert report.unreadable == {}


def test_a_number_row_may_stand_before_its_label_and_pages_may_break_it():
    # F4: the label wraps, its numbers stand between its lines or above them; page feet are glued to a row.
    text = table_three()
    text = text.replace("1.属于国家秘密 0 0 0 0 0 0 0", "0 0 0 0 0 0 0\n1.属于国家秘密\n三")
    text = text.replace("形，不计其他情形） 0 0 0 0 0 0 0", "形，不\n0 0 0 0 0 0 0\n计其他情形）")
    text = text.replace(
        "1.本机关不掌握相关政府信息 5 1 0 0 0 1 7",
        "（四）无 1.本机关不掌握相关政府信息 5 1 0 0 0 1 7- 5 -\n- 6 -\n法提供",
    )
    assert rows_of(read(*lines(text))) == numbers(FIGURES)


@pytest.mark.parametrize("page", ["第12页", " 第 12 页", "第12页 共30页"])
def test_a_page_number_in_words_behind_a_number_is_no_number(page):
    text = TABLE_TWO.replace("行政强制 21", f"行政强制\n21{page}")
    assert read(*lines(text, table_three())).value("proactive.coercion.decisions") == 21


def test_a_page_number_behind_the_bar_of_a_cell_is_no_number():
    text = TABLE_TWO.replace("行政强制 21", "行政强制 |- 12 -\n21 |")
    assert read(*lines(text, table_three())).value("proactive.coercion.decisions") == 21


def test_the_page_of_something_else_stays_in_the_prose():
    report = read(*lines("一、总体情况\n详见附件第3页", TABLE_TWO, table_three()))
    assert report.sections[0].text == "详见附件第3页"


def test_rows_that_lost_their_labels_take_the_places_between_the_others():
    # F8: labels that wrap are lost or piled up elsewhere.
    figures = FIGURES | {
        "confirm_or_reissue": ["1", "0", "0", "0", "0", "0", "1"],
        "repeated": ["0", "4", "0", "0", "0", "0", "4"],
    }
    rows = [[row.caption, *figures[row.key]] for row in ROWS]
    rows[19] = ["", *figures["confirm_or_reissue"]]
    rows[20] = ["行政机关不再处理其政府信息公", *figures["not_corrected"]]
    rows[21] = ["缴纳费用、", "行政机关不再处理其政", *figures["fee_unpaid"]]
    report = read(*lines("5.要求行政机关确认或重新出具", "已获取信息"), grid(rows))
    assert rows_of(report) == numbers(figures)


def test_rows_without_labels_fill_a_gap_of_their_number():
    # Row 2.重复申请 is not printed, so the order of the whole does not tell; between two labels it does.
    rows = [[row.caption, *FIGURES[row.key]] for row in ROWS if row.key != "repeated"]
    rows[4][0], rows[5][0] = "", "律行政法规禁止公开"
    report = read(grid(rows))
    assert rows_of(report) == numbers({key: row for key, row in FIGURES.items() if key != "repeated"})


def test_pieces_of_a_caption_that_belong_to_another_row_stop_the_filling():
    rows = [[row.caption, *FIGURES[row.key]] for row in ROWS if row.key != "repeated"]
    rows[4][0] = "需要另行制作"
    report = read(grid(rows))
    missing = {where for _, code, where in codes(report) if code == "row-not-found"}
    assert missing == {"requests.state_secret", "requests.repeated"}


def test_a_row_after_its_own_label_is_its_row():
    # Two rows without values on their line, one row of values: it belongs to the label just above it.
    text = table_three().replace("5.属于三类内部事务信息 0 0 0 0 0 0 0", "5.属于三类内部事务信息\n0 0 0 0 0 0 0")
    text = text.replace("6.属于四类过程性信息 0 0 0 0 0 0 0", "6.属于四类过程性信息")
    report = read(*lines(text))
    assert rows_of(report) == numbers({key: row for key, row in FIGURES.items() if key != "process_information"})


def test_labels_out_of_order_are_trusted_but_nothing_is_filled_in():
    rows = [[row.caption, *FIGURES[row.key]] for row in ROWS]
    rows[2], rows[12] = rows[12], rows[2]
    rows[5][0] = ""
    report = read(grid(rows))
    assert rows_of(report) == numbers({key: row for key, row in FIGURES.items() if key != "prohibited_by_law"})


def test_rows_without_any_label_are_read_only_if_all_are_there():
    rows = [FIGURES[row.key] for row in ROWS]
    head = Line("申请人情况")
    assert rows_of(read(head, grid(rows))) == numbers(FIGURES)
    with pytest.raises(NotAReportError):
        read(head, grid(rows[:-1]))
    with pytest.raises(NotAReportError):
        read(head, Line("一、本年新收政府信息公开申请数量"))
    with pytest.raises(NotAReportError):
        read(Line("信息内容 本年处理决定数量"), Line("（表略）"))


def test_a_subtotal_beside_the_sixth_group_is_no_row_of_2021():
    rows = [[row.caption, *FIGURES[row.key]] for row in ROWS]
    rows.insert(20, ["（六）其他处理", *ZERO])
    assert rows_of(read(grid(rows))) == numbers(FIGURES)


def test_one_row_printed_twice_with_other_numbers_is_not_read():
    rows = [[row.caption, *FIGURES[row.key]] for row in ROWS]
    rows.insert(3, ["（一）予以公开", "8", "1", "0", "0", "0", "0", "9"])
    report = read(grid(rows))
    assert rows_of(report) == numbers({key: row for key, row in FIGURES.items() if key != "granted"})


def test_marks_and_zeros_do_not_tell_where_a_cell_is_missing():
    text = table_three().replace("（一）予以公开 7 2 0 0 0 0 9", "（一）予以公开 - - - 9")
    text = text.replace("2.重复申请 0 0 0 0 0 0 0", "2.重复申请 0 0 0 0 0 0")
    report = read(*lines(text))
    assert report.unreadable["requests.granted"].candidates == ()
    assert report.unreadable["requests.repeated"].candidates == ()


def test_cells_without_anything_in_them_are_no_values():
    rows = [[row.caption, *FIGURES[row.key]] for row in ROWS]
    rows[16] = ["2.重复申请", "", ""]
    assert rows_of(read(grid(rows))) == numbers({key: row for key, row in FIGURES.items() if key != "repeated"})


def test_a_row_without_values_is_never_zero():
    text = table_three().replace("2.重复申请 0 0 0 0 0 0 0", "2.重复申请")
    report = read(*lines(TABLE_TWO, text))
    assert rows_of(report) == numbers({key: row for key, row in FIGURES.items() if key != "repeated"})
    assert codes(report) == [
        ("warning", "row-not-found", "requests.repeated"),
        ("error", "table-not-found", "remedies"),
    ]


def test_one_label_and_many_zeros():
    # S9: the labels between rows of zeros were dropped.
    text = table_three()
    start, end = (
        text.index("2.其他法律"),
        text.index("（四）无法提供") if "（四）无法提供" in text else text.index("1.本机关不掌握"),
    )
    zeros = " ".join(ZERO * 8)
    text = text[:start].replace("1.属于国家秘密 " + " ".join(ZERO), "1.属于国家秘密 " + zeros) + text[end:]
    assert rows_of(read(*lines(text))) == numbers(FIGURES)


def test_a_cell_per_line_and_one_missing():
    # S3: with a line missing, the row is unread; its neighbours are not shifted.
    text = table_three()
    for row in ROWS:
        text = text.replace(f"{row.caption} {' '.join(FIGURES[row.key])}", "\n".join([row.caption, *FIGURES[row.key]]))
    assert rows_of(read(*lines(text))) == numbers(FIGURES)
    broken = text.replace("（一）予以公开\n7\n2\n", "（一）予以公开\n7\n")
    report = read(*lines(broken))
    assert rows_of(report) == numbers({key: row for key, row in FIGURES.items() if key != "granted"})
    assert report.unreadable["requests.granted"].printed == "7 0 0 0 0 9"


def test_a_line_broken_inside_a_row_is_put_together():
    text = table_three().replace("（一）予以公开 7 2 0 0 0 0 9", "（一）予以公开 7 2 0\n0 0 0 9")
    assert rows_of(read(*lines(text))) == numbers(FIGURES)


def test_strange_labels_do_not_lend_their_values_to_the_row_before():
    text = table_three().replace("7.属于行政执法案卷 0 0 0 0 0 0 0", "7.厲于行故执沄案巻 9 0 0 0 0 0 9")
    report = read(*lines(text))
    assert rows_of(report) == numbers({key: row for key, row in FIGURES.items() if key != "enforcement_file"})


def test_small_tables_per_row_with_invented_heads():
    # F7
    blocks = [
        Line("三、收到和处理政府信息公开申请情况"),
        Line("申请人情况（自然人）"),
        grid([["（数据项目）", "数量"], ["-", "-"]]),
    ]
    for row in ROWS:
        heads = ["类别", *(f"数据{number}" for number in range(1, 7)), "总计"]
        blocks += [Line(row.caption, heading=True), grid([heads, [row.caption, *FIGURES[row.key]]])]
    assert rows_of(read(*blocks)) == numbers(FIGURES)


def test_heads_in_another_order_move_the_columns():
    order = [6, 0, 1, 2, 3, 4, 5]
    rows = [["", *(HEADS[at] for at in order)]]
    rows += [[row.caption, *(FIGURES[row.key][at] for at in order)] for row in ROWS]
    assert rows_of(read(grid(rows))) == numbers(FIGURES)


def test_spanned_heads_and_blank_cells_of_a_web_page():
    # F1: the head of three rows, groups that span rows, nothing printed for none.
    cells = [GridCell("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 0, 0, 3, 3)]
    cells += [
        GridCell("申请人情况", 0, 3, 1, 7),
        GridCell("自然人", 1, 3, 2),
        GridCell("法人或其他组织", 1, 4, 1, 5),
        GridCell("总计", 1, 9, 2),
    ]
    cells += [GridCell(head, 2, 4 + at) for at, head in enumerate(HEADS[1:6])]
    cells.append(GridCell("三、本年度办理结果", 5, 0, 22))
    for at, row in enumerate(ROWS, 3):
        cells.append(GridCell(row.caption, at, len(row.group), 1, 3 - len(row.group)))
        cells += [GridCell("" if text == "0" else text, at, 3 + c) for c, text in enumerate(FIGURES[row.key])]
    report = read(Grid(tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))))
    assert report.cells["requests.granted.natural_person"].where.column == 4
    assert report.cells["requests.granted.research"].state is State.BLANK
    assert report.value("requests.granted.natural_person") == 7
    assert {cell.state for cell in report.cells.values()} == {State.BLANK, State.VALUE}


def test_a_blank_form_is_read_as_blank():
    # F11
    report = read(
        grid([["一、本年新收政府信息公开申请数量", *[""] * 7], *[[row.caption, *[""] * 7] for row in ROWS[1:]]])
    )
    assert {cell.state for cell in report.cells.values()} == {State.BLANK}
    assert len(report.cells) == 175


def test_blank_cells_at_both_ends_are_placed_by_the_sum_or_not_at_all():
    rows = [[row.caption, "", *FIGURES[row.key], ""] for row in ROWS]
    rows[2] = ["（一）予以公开", "", "7", "2", "", "", "", "", "9", ""]
    assert read(grid(rows)).value("requests.granted.total") == 9
    rows[2] = ["（一）予以公开", "", "", "2", "", "", "", "2", "", ""]
    summing = read(grid(rows))
    assert [summing.value(f"requests.granted.{column}") for column in COLUMNS] == [None, None, 2, None, None, None, 2]
    rows[2] = ["（一）予以公开", "", "", "2", "", "", "", "3", "", ""]
    assert read(grid(rows)).unreadable["requests.granted"].candidates == ()


def test_sums_decide_what_ran_together():
    # F2
    text = "".join(f"{row.caption}{''.join(FIGURES[row.key])}" for row in ROWS)
    report = read(*lines(f"{TABLE_TWO}\n三、收到和处理政府信息公开申请情况申请人情况{''.join(HEADS)}{text}"))
    assert rows_of(report) == numbers(FIGURES)
    assert report.unreadable == {}


def test_where_the_report_is_wrong_the_sums_decide_nothing():
    figures = FIGURES | {"granted": ["33", "0", "0", "0", "0", "0", "33"]}
    text = "".join(f"{row.caption}{''.join(figures[row.key])}" for row in ROWS)
    report = read(*lines(f"申请人情况{''.join(HEADS)}{text}"))
    entry = report.unreadable["requests.granted"]
    assert entry.candidates == ((3, 30, 0, 0, 0, 0, 33), (33, 0, 0, 0, 0, 0, 33))
    assert {code for _, code, _ in codes(report)} == {"sum-fails", "table-not-found"}


def test_printed_values_stay_printed_where_a_sum_fails():
    report = read(*lines(table_three(FIGURES | {"granted": ["7", "2", "0", "0", "0", "0", "8"]})))
    assert report.value("requests.granted.total") == 8


def test_ocr_guesses_are_taken_only_where_a_sum_confirms_them():
    rows = [[row.caption, *FIGURES[row.key]] for row in ROWS]
    rows[0][1] = "\ufffd12|17"
    rows[12][1] = "\ufffd"
    rows[2][7] = "\ufffd8|6"
    report = read(grid(rows), *lines("四、政府信息公开行政复议、行政诉讼情况"))
    assert report.value("requests.received.natural_person") == 12
    assert report.value("requests.received.total") == 16
    assert report.unreadable["requests.not_held.natural_person"].candidates == ()
    assert report.unreadable["requests.granted.total"].candidates == ((8,), (6,))
    assert report.value("requests.granted.commercial") == 2


def test_ocr_guesses_of_several_cells_stay_open_as_a_row():
    row = [ROWS[0].caption, "\ufffd12|13", "\ufffd3|2", *FIGURES["received"][2:]]
    entry = read(grid([row])).unreadable["requests.received"]
    assert entry.keys == ("requests.received.natural_person", "requests.received.commercial")
    assert entry.candidates == ((12, 3), (13, 2))


def test_ocr_guesses_without_a_sum_are_not_taken():
    report = read(grid([["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"], ["规章", "0", "0", "\ufffd0"]]))
    assert report.unreadable["proactive.rules.in_force"].candidates == ((0,),)


def test_a_2019_table_three_has_one_row_for_other_outcomes():
    text = table_three()
    start, end = text.index("1.申请人无正当理由"), text.index("（七）总计")
    report = read(*lines(TABLE_TWO, text[:start] + "（六）其他处理 0 0 0 0 0 0 0\n" + text[end:], TABLE_FOUR))
    assert dict(report.table_editions) == {"proactive": "2021", "requests": "2019", "remedies": "2021"}
    assert report.value("requests.other.total") == 0
    assert "requests.fee_unpaid.total" not in report.cells
    assert codes(report) == [("warning", "mixed-editions", "")]


def test_the_edition_of_table_two_stands_in_where_table_three_does_not_tell():
    report = read(*lines(TABLE_TWO, "申请人情况\n一、本年新收政府信息公开申请数量 1 0 0 0 0 0 1"))
    assert report.table_editions["requests"] == "2021"


def test_an_edition_outside_its_years_is_said():
    report = read(*lines(TABLE_TWO, table_three(), TABLE_FOUR), title="海岚市2020年政府信息公开工作年度报告")
    assert codes(report) == [("warning", "edition-year", "")]


def test_the_other_reading_of_a_file_is_taken_where_the_first_lacks_tables():
    poor = Source(file="f", kind="pdf", blocks=lines(TABLE_TWO), title=TITLE)
    rich = Source(file="f", kind="pdf", blocks=lines(TABLE_TWO, table_three(), TABLE_FOUR), title=TITLE)
    prose = Source(file="f", kind="pdf", blocks=lines("没有表格。"))
    report = read(*prose.blocks, alternatives=(poor, rich))
    assert len(report.cells) == 10 + 175 + 15
    assert report.diagnostics == ()
    both_poor = read(
        *poor.blocks, alternatives=(prose, Source(file="f", kind="pdf", blocks=lines(table_three()), title=TITLE))
    )
    assert rows_of(both_poor) == numbers(FIGURES)
    assert len(read(*lines(table_three()), alternatives=(poor,)).cells) == 175


def test_a_damaged_period_is_told():
    text = "本报告所列数据的统计期限从202311日至1231日止。"
    report = read(*lines(text, TABLE_TWO, table_three(), TABLE_FOUR))
    assert report.period is None
    assert [code for _, code, _ in codes(report)] == ["damaged-period"]


def test_a_cell_may_hold_a_label_and_its_value():
    report = read(grid([["信息内容", "本年处理决定数量"], ["行政许可 517", ""]]))
    assert report.value("proactive.permits.decisions") == 517


def test_what_the_loader_said_is_passed_on():
    said = Diagnostic("info", "wrong-extension", "扩展名不符。")
    assert read(*lines(TABLE_TWO, table_three(), TABLE_FOUR), diagnostics=(said,)).diagnostics == (said,)


@pytest.mark.parametrize("text", ["", "一份通知。", "二、主动公开政府信息情况\n本年度公开信息12条。"])
def test_a_file_without_a_statutory_table_is_no_report(text):
    with pytest.raises(NotAReportError):
        read(*lines(text))


def test_two_reports_in_one_file_are_refused():
    other = FIGURES | {key: ["9", "0", "0", "0", "0", "0", "9"] for key in KEYS}
    with pytest.raises(SeveralReportsError):
        read(*lines(table_three(), table_three(other)))
    with pytest.raises(SeveralReportsError):
        read(*lines(TABLE_TWO, TABLE_TWO.replace("517", "600").replace("693", "1").replace("6 1 32", "7 1 33")))


def test_a_table_printed_twice_alike_is_one_table():
    assert rows_of(read(*lines(table_three(), table_three()))) == numbers(FIGURES)
    assert read(*lines(TABLE_TWO, TABLE_TWO)).value("proactive.permits.decisions") == 517


def test_two_years_on_one_line_are_refused_row_by_row():
    # F6: which half is this year's the heads must say; no half is guessed.
    rows = [[row.caption, *FIGURES[row.key], *FIGURES[row.key]] for row in ROWS]
    for blocks in ([grid(rows)], lines(*(" ".join(row) for row in rows))):
        report = read(*lines(TABLE_TWO), *blocks)
        assert not any(key.startswith("requests") for key in report.cells)
        assert ("error", "two-years", "requests") in codes(report)


def shifted_rows(blank_row):
    """Table 三 of nothing, whose outcome rows stand one column further to the right than the others."""
    rows = []
    for row in ROWS:
        label = [row.caption] if not row.group else ["", row.caption]
        cells = blank_row if row.key == "state_secret" else ZERO
        rows.append([*label, *cells])
    return grid(rows)


def test_among_zeros_in_shifted_columns_nothing_says_which_cell_is_blank():
    report = read(Line(TITLE), Line("三、收到和处理政府信息公开申请情况"), shifted_rows(["", *ZERO[1:]]))
    entry = report.unreadable["requests.state_secret"]
    assert (entry.printed, entry.candidates) == ("0 0 0 0 0 0", ())
    assert [key for key in report.unread_keys if not key.startswith("requests.state_secret.")] == []
    assert report.value("requests.granted.total") == 0


def test_a_number_says_which_cell_is_blank_whatever_the_columns():
    report = read(Line(TITLE), Line("三、收到和处理政府信息公开申请情况"), shifted_rows(["", "2", *ZERO[2:6], "2"]))
    assert [report.value(f"requests.state_secret.{column}") for column in COLUMNS] == [None, 2, 0, 0, 0, 0, 2]


def piled(figures, by_column):
    """Print all labels of table 三 first, and then the numbers: row by row, or column by column."""
    order = [(key, n) for n in range(7) for key in KEYS] if by_column else [(key, n) for key in KEYS for n in range(7)]
    heading = "三、收到和处理政府信息公开申请情况\n申请人情况"
    return "\n".join([heading, *(row.caption for row in ROWS), *(figures[key][n] for key, n in order)])


@pytest.mark.parametrize("by_column", [True, False])
def test_numbers_after_all_the_labels_are_read_the_way_their_sums_hold(by_column):
    report = read(*lines(TITLE, piled(FIGURES, by_column)))
    assert rows_of(report) == numbers(FIGURES)


def test_numbers_after_all_the_labels_are_not_read_where_no_way_makes_sense():
    wrong = FIGURES | {key: ["1", "2", "3", "4", "5", "6", "7"] for key in KEYS[2:9]}
    report = read(*lines(TITLE, TABLE_TWO, piled(wrong, by_column=True)))
    assert rows_of(report) == {}
    assert "requests.granted.total" not in report.cells


def test_numbers_that_are_the_same_either_way_are_read():
    nothing = dict.fromkeys(KEYS, ZERO)
    assert rows_of(read(*lines(TITLE, piled(nothing, by_column=True)))) == numbers(nothing)
