"""Importing decisions: the good rows in, the bad rows out with what is wrong, nothing lost and nothing doubled."""

import csv
import io
from datetime import date

import pytest

from gongkai.decisions.domain import importing
from gongkai.decisions.errors import AlreadyImportedError, FinishedBatchError
from gongkai.decisions.models import BatchState, Decision, DecisionKind, ImportBatch, PartyKind, RejectedRow
from gongkai.decisions.queries.proof import Proof, prove
from gongkai.decisions.queries.rejected import error_file
from gongkai.journal.domain.entry import SYSTEM
from gongkai.journal.models import Entry
from gongkai.journal.queries import chain
from gongkai.units.domain import structure

from .conftest import CAPTIONS, line, table

pytestmark = pytest.mark.django_db
ONCE = "同一机构同一类别的文号不得重复，请核对"


def counts(batch):
    batch.refresh_from_db()
    return batch.rows_read, batch.rows_in, batch.rows_filled, batch.rows_same, batch.rows_bad


def problems(batch):
    return {row.place: row.problems for row in RejectedRow.objects.filter(batch=batch)}


def errors_of(batch):
    return list(csv.reader(io.StringIO(b"".join(error_file(batch)).decode("utf-8-sig"))))


def test_a_row_is_stored_as_it_was_meant(bring, city):
    batch = bring(
        table(line(1, 相对人名称=" 陈水生 ", 相对人类别="个人", 决定日期="2024年5月20日", 公示日期="20240524"))
    )
    decision = Decision.objects.get()
    assert counts(batch) == (1, 1, 0, 0, 0)
    assert batch.state == BatchState.FINISHED
    assert (decision.unit, decision.kind, decision.number) == (city.bureau, DecisionKind.PERMIT, "岚水许〔2024〕1号")
    assert (decision.party, decision.party_kind) == ("陈水生", PartyKind.PERSON)
    assert (decision.decided_on, decision.published_on) == (date(2024, 5, 20), date(2024, 5, 24))
    assert decision.due_on == date(2024, 5, 29)
    assert (decision.batch, decision.row) == (batch, 2)


def test_columns_may_stand_anywhere_under_the_captions_offices_use(bring):
    captions = ["序号", "处罚决定日期", "被处罚人", "行政处罚决定书文号（必填）", "违法事实", "处罚机关", "备注"]
    batch = bring(
        table(["1", "2024/5/6", "李四", "岚水罚[2024]7号", "无证采砂", "海岚市水利局", ""], captions=captions)
    )
    decision = Decision.objects.get()
    assert (decision.kind, decision.number, decision.item) == (DecisionKind.PENALTY, "岚水罚〔2024〕7号", "无证采砂")
    assert batch.notes == ["文件中没有用到的列：序号、备注。"]
    assert decision.party_kind == PartyKind.PERSON
    assert decision.published_on is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_files_are_read_in_the_encodings_offices_save(bring, encoding):
    assert counts(bring(table(line(1), encoding=encoding))) == (1, 1, 0, 0, 0)


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"决定书文号": ""}, "决定书文号：未填写"),
        ({"相对人名称": "——"}, "相对人名称：未填写"),
        ({"事项": "无"}, "事项：未填写"),
        ({"决定日期": ""}, "决定日期：未填写"),
        ({"决定日期": "2024-02-31"}, "决定日期：“2024-02-31”不是存在的日期"),
        ({"决定日期": "2024-06-04", "公示日期": ""}, "决定日期：2024-06-04 晚于今天（2024-06-03）"),
        ({"决定日期": "45432"}, "决定日期：“45432”不是日期，请写成 2024-01-31 的形式"),
        ({"决定日期": "1924-05-20"}, "决定日期：1924-05-20 早于 1949-10-01，请核对年份"),
        ({"公示日期": "2024-05-19"}, "公示日期：2024-05-19 早于决定日期 2024-05-20"),
        ({"决定类别": "行政裁决"}, "决定类别：“行政裁决”不在行政许可、其他对外管理服务事项、行政处罚、行政强制之列"),
        ({"决定类别": ""}, "决定类别：未填写"),
        ({"相对人类别": "外星人"}, "相对人类别：“外星人”不在自然人、法人及非法人组织、个体工商户之列"),
        (
            {"决定书文号": "3.50582E+15"},
            "决定书文号：“3.50582E+15”是科学计数法，原文号的数字已丢失，请把该列设为文本格式后重新填写",
        ),
        (
            {"决定书文号": "2024-05-01"},
            "决定书文号：“2024-05-01”是日期，原文号已被表格软件改动，请把该列设为文本格式后重新填写",
        ),
        ({"决定书文号": "待编"}, "决定书文号：“待编”不是文号：须有数字，2 至 80 个汉字、字母、数字或括号、横线"),
        ({"相对人名称": "水" * 121}, "相对人名称：有 121 个字，超过 120 字的上限，请精简"),
        ({"决定机关": "水务局"}, "决定机关：没有名为“水务局”的机构，请填写机构代码或与机构名录一致的名称"),
        ({"决定机关": "HL-002"}, "决定机关：“HL-002”不在您可以录入的机构范围内，请由该机构或其主管部门录入"),
        (
            {"决定机关": "海岚市渔业局"},
            (
                "决定机关：“海岚市渔业局”已于 2024-03-01 撤销，不能作出 2024-05-20 的决定；"
                "现由海岚市水利局行使职权，请核对决定日期或改填该机构"
            ),
        ),
        (
            {"决定日期": "2009-05-20", "公示日期": ""},
            "决定机关：“HL-001”2010-01-01 才设立，不能作出 2009-05-20 的决定，请核对日期或机构",
        ),
    ],
)
def test_a_bad_row_says_which_field_breaks_which_rule(bring, cells, problem):
    batch = bring(table(line(1), line(2, **cells)))
    assert counts(batch) == (2, 1, 0, 0, 1)
    assert problems(batch) == {"3": problem}


def test_a_row_names_all_that_is_wrong_with_it(bring):
    batch = bring(table(line(1, 决定书文号="", 事项="", 决定日期="昨天")))
    assert problems(batch) == {
        "2": "决定日期：“昨天”不是日期，请写成 2024-01-31 的形式；决定书文号：未填写；事项：未填写"
    }


def test_a_row_with_shifted_cells_is_bad_as_a_whole(bring):
    batch = bring(table([*line(1), "多出一格"]))
    assert problems(batch) == {"2": "整行：有 10 格，表头只有 9 列；多半是内容里的逗号或引号使各格错位"}


def test_what_a_unit_decided_before_it_ended_is_brought_in_by_its_successor(bring, city):
    bring(table(line(1, 决定机关="海岚市渔业局", 决定日期="2024-02-20", 公示日期="")))
    assert Decision.objects.get().unit == city.ended


def test_a_unit_abolished_yesterday_decides_until_the_day_before_and_its_heir_brings_it_in(bring, city):
    yesterday = date(2024, 6, 2)
    structure.abolish(unit=city.other, day=yesterday, document="岚政〔2024〕9号", actor=SYSTEM, successor=city.bureau)
    made = [line(n, 决定机关="海岚市林业局", 决定日期=f"2024-06-0{n}", 公示日期="") for n in (1, 2, 3)]
    batch = bring(table(*made))
    ended = "决定机关：“海岚市林业局”已于 2024-06-02 撤销，不能作出 {} 的决定；现由海岚市水利局行使职权"
    assert Decision.objects.get().unit == city.other
    assert [words.partition("，请")[0] for words in problems(batch).values()] == [
        ended.format(day) for day in ("2024-06-02", "2024-06-03")
    ]


def test_rows_that_name_no_unit_are_those_of_the_unit_chosen(bring, city):
    assert counts(bring(table(line(1, 决定机关="")))) == (1, 1, 0, 0, 0)
    captions, row = CAPTIONS[1:], line(2)[1:]
    assert counts(bring(table(row, captions=captions), kind="")) == (1, 1, 0, 0, 0)
    assert {decision.unit for decision in Decision.objects.all()} == {city.bureau}


def test_empty_rows_do_not_count_but_keep_the_numbering(bring):
    batch = bring(table(line(1), [""] * 9, [], ["  "] * 9, line(2, 事项="")))
    assert counts(batch) == (2, 1, 0, 0, 1)
    assert list(problems(batch)) == ["6"]


def test_the_same_file_again_adds_nothing(bring, receive, city):
    data = table(line(1), line(2))
    bring(data)
    with pytest.raises(AlreadyImportedError, match="同一文件已于 2024-06-03 全部导入"):
        receive(data)
    assert Decision.objects.count() == 2
    renamed = receive(data, name="同一内容换了名.csv", unit=city.root, user=city.competent)
    importing.run(batch=renamed.pk)
    assert (counts(renamed), Decision.objects.count()) == ((2, 0, 0, 2, 0), 2)


def test_the_same_file_while_it_waits_is_refused(receive):
    receive(table(line(1)))
    with pytest.raises(AlreadyImportedError, match="正在导入"):
        receive(table(line(1)))


def test_a_file_with_bad_rows_may_come_again_and_its_stored_rows_are_not_doubled(bring):
    data = table(line(1), line(2, 事项=""))
    bring(data)
    assert counts(bring(data)) == (2, 0, 0, 1, 1)
    assert Decision.objects.count() == 1


def test_the_error_file_can_be_corrected_and_uploaded(bring):
    batch = bring(table(line(1), line(2, 事项=""), line(3, 决定日期="2024-13-01", 相对人名称="=HYPERLINK(1)")))
    captions, *rows = errors_of(batch)
    assert captions == [*CAPTIONS, "行号", "错误"]
    assert [row[-2:] for row in rows] == [
        ["3", "事项：未填写"],
        ["4", "决定日期：“2024-13-01”不是存在的日期"],
    ]
    assert rows[1][3] == "'=HYPERLINK(1)"
    rows[0][5], rows[1][6] = "取水许可（延续）", "2024-05-13"
    again = bring(table(*rows, captions=captions))
    assert counts(again) == (2, 2, 0, 0, 0)
    assert again.notes == []
    assert sorted(Decision.objects.values_list("party", flat=True)) == [
        "=HYPERLINK(1)",
        "澜江建材有限公司",
        "澜江建材有限公司",
    ]


def test_one_number_for_two_decisions_is_bad_whether_in_the_file_or_stored(bring):
    batch = bring(table(line(1), line(1, 事项="取水许可（变更）"), line(2)))
    assert problems(batch) == {"3": f"决定书文号：“岚水许〔2024〕1号”与本文件第 2 行重复，而事项不同。{ONCE}"}
    later = bring(table(line(2, 相对人名称="别家公司"), line(3)))
    assert problems(later) == {"2": f"决定书文号：“岚水许〔2024〕2号”与已入库的决定重复，而相对人名称不同。{ONCE}"}
    assert Decision.objects.count() == 3


def test_the_same_number_of_another_kind_is_another_decision(bring):
    assert counts(bring(table(line(1), line(1, 决定类别="行政强制")))) == (2, 2, 0, 0, 0)


def test_a_row_that_says_the_same_is_counted_and_not_stored_again(bring):
    assert counts(bring(table(line(1), line(1), line(2)))) == (3, 2, 0, 1, 0)


def test_a_later_file_may_supply_the_day_of_publication(bring):
    bring(table(line(1, 公示日期="")))
    assert counts(bring(table(line(1)))) == (1, 0, 1, 0, 0)
    assert Decision.objects.get().published_on == date(2024, 5, 24)


def test_each_lot_leaves_an_entry_with_its_range_counts_and_digest(bring, monkeypatch):
    monkeypatch.setattr(importing, "LOT", 2)
    batch = bring(table(*[line(n) for n in range(1, 6)]))
    entries = Entry.objects.filter(subject=f"decisions.batch:{batch.pk}", act="decisions.imported")
    assert [(entry.detail["rows"], entry.detail["rows_in"]) for entry in entries] == [
        ([2, 3], 2),
        ([4, 5], 2),
        ([6, 6], 1),
    ]
    assert prove(batch) == Proof(lots=3, broken=())
    assert chain.verify().broken is None


def test_the_digests_show_which_lot_was_changed_behind_the_programs_back(bring, monkeypatch):
    monkeypatch.setattr(importing, "LOT", 2)
    batch = bring(table(*[line(n) for n in range(1, 6)]))
    Decision.objects.filter(row=4).update(published_on=date(2024, 5, 30))
    assert prove(batch).broken == ()
    Decision.objects.filter(row=4).update(party="另一家公司")
    assert prove(batch) == Proof(lots=3, broken=((4, 5),))


def test_an_interrupted_import_goes_on_behind_its_last_lot(receive, monkeypatch):
    monkeypatch.setattr(importing, "LOT", 2)
    batch = receive(table(*[line(n, 事项="" if n == 2 else "取水许可") for n in range(1, 8)]))

    class PowerCutError(Exception):
        pass

    def cut(state):
        if state.position >= 5:
            raise PowerCutError

    with pytest.raises(PowerCutError):
        importing.run(batch=batch.pk, progress=cut)
    batch.refresh_from_db()
    assert (batch.state, batch.position, batch.rows_read) == (BatchState.RUNNING, 5, 4)
    importing.run(batch=batch.pk)
    assert counts(batch) == (7, 6, 0, 0, 1)
    assert sorted(Decision.objects.values_list("row", flat=True)) == [2, 4, 5, 6, 7, 8]


def test_two_runs_of_one_batch_do_not_double_it(receive, monkeypatch):
    monkeypatch.setattr(importing, "LOT", 2)
    batch = receive(table(*[line(n) for n in range(1, 6)]))

    def overtaken(_):
        ImportBatch.objects.filter(pk=batch.pk).update(position=99)

    with pytest.raises(importing.ConcurrentRunError, match="正由另一个进程导入"):
        importing.run(batch=batch.pk, progress=overtaken)
    assert Decision.objects.count() == 2


def test_a_finished_batch_is_not_run_again(bring):
    batch = bring(table(line(1)))
    with pytest.raises(FinishedBatchError):
        importing.run(batch=batch.pk)


def test_a_file_that_breaks_off_keeps_what_came_before(bring):
    data = table(*[line(number) for number in range(100)]) + ('"' + "水" * 140_000).encode()
    batch = bring(data)
    assert (batch.state, counts(batch)) == (BatchState.FAILED, (100, 100, 0, 0, 0))
    assert "多半是引号没有成对" in batch.notes[-1]


def test_twenty_thousand_rows_with_three_hundred_bad_ones(bring):
    rows = [line(n, 相对人名称=f"第{n}建材有限公司", 公示日期="") for n in range(20_000)]
    broken = [{5: ""}, {6: "2024-02-30"}, {2: ""}, {1: "裁决"}, {0: "水务局"}]
    for place in range(300):
        for column, cell in broken[place % 5].items():
            rows[place * 66][column] = cell
    batch = bring(table(*rows, encoding="gb18030"))
    assert counts(batch) == (20_000, 19_700, 0, 0, 300)
    assert Decision.objects.count() == 19_700
    captions, *bad = errors_of(batch)
    assert [int(row[-2]) for row in bad] == [place * 66 + 2 for place in range(300)]
    for row in bad:
        number = int(row[-2]) - 2
        row[:] = line(number, 相对人名称=f"第{number}建材有限公司", 公示日期="") + row[-2:]
    again = bring(table(*bad, captions=captions))
    assert counts(again) == (300, 300, 0, 0, 0)
    assert chain.verify().broken is None


def test_nobody_brings_in_what_is_dated_after_the_day_of_the_upload(receive):
    batch = receive(table(line(1)), day=date(2024, 5, 22))
    importing.run(batch=batch.pk)
    assert problems(batch) == {"2": "公示日期：2024-05-24 晚于今天（2024-05-22）"}
