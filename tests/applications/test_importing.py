"""A paper register is taken over row by row: what stands becomes a case, what does not goes back with its reason."""

import csv
import io
from datetime import date

import pytest
from openpyxl import Workbook

from applications.conftest import TODAY
from gongkai.applications.domain import identity, importing
from gongkai.applications.errors import IncompleteError, NotAuthorisedError
from gongkai.applications.models import Application, LineState, RegisterImport, RegisterLine, Stage
from gongkai.applications.queries import imports
from gongkai.files.errors import ClassifiedError
from gongkai.journal.models import Entry
from gongkai.tables.errors import HeaderError

pytestmark = pytest.mark.django_db

HEAD = (
    "登记号,收到日期,收到途径,申请人,申请人类别,身份证号,申请内容,告知补正日期,补正期限,补正日期,"
    "延期日期,延期天数,批准人,答复日期,办理结果,答复文号,送达方式"
)
GOOD = (
    "2021-1,2021-03-05,网上,李海,自然人,350500198001011234,采砂许可台账,,,,,,,"
    "2021-03-20,予以公开,岚水复〔2021〕1号,邮寄"
)


def table(*rows, head=HEAD):
    return "\n".join([head, *rows]).encode("gb18030")


@pytest.fixture
def take_in(bureau, staff):
    def taken(data, name="登记簿.csv", user=None):
        batch = importing.take_in(data=data, name=name, unit=bureau, user=user or staff.handler, day=TODAY)
        importing.run(batch=batch.pk)
        return batch

    return taken


def states(batch):
    return [line.state for line in batch.lines.all()]


def test_a_row_becomes_a_case_with_its_events(take_in):
    batch = take_in(table(GOOD))
    assert states(batch) == [LineState.STORED]
    application = Application.objects.get()
    assert (application.register_number, application.is_imported, application.outcome) == ("2021-1", True, "A2")
    assert (application.stage, application.started_on, application.ended_on) == (
        Stage.ANSWERED,
        date(2021, 3, 5),
        date(2021, 3, 20),
    )
    assert [event.kind for event in application.events.all()] == ["received", "confirmed", "answer"]
    assert identity.opened(application.applicants.get()).name == "李海"


# 名称 / 行 / 退回的理由
BAD = [
    ("日期不存在", GOOD.replace("2021-03-05", "2021-02-30"), "收到日期：“2021-02-30”不是存在的日期"),
    ("答复早于收到", GOOD.replace("2021-03-20", "2021-03-01"), "申请到达之前不可能办理"),
    ("没有写申请人", GOOD.replace("李海", ""), "申请人：未填写"),
    ("类别不认识", GOOD.replace("自然人", "外星人"), "申请人类别：“外星人”不是"),
    ("结果不认识", GOOD.replace("予以公开", "搁置"), "2019年条例没有办理结果“搁置”"),
    ("新条例没有三需要", GOOD.replace("予以公开", "S1"), "2019年条例没有办理结果“S1”"),
    ("有答复没有结果", GOOD.replace("予以公开", ""), "有答复日期而没有办理结果"),
    ("有结果没有答复", GOOD.replace("2021-03-20", ""), "有办理结果而没有答复日期"),
    (
        "期满后延期",
        "2021-2,2021-03-05,当面,李海,自然人,,台账,,,,2021-05-10,20,陈主任,2021-05-20,A1,,",
        "延期应在期限届满前批准并告知",
    ),
    (
        "补正晚于7个工作日",
        "2021-3,2021-03-05,当面,李海,自然人,,台账,2021-04-01,10,2021-04-02,,,,2021-04-20,A1,,",
        "第三十条",
    ),
    ("还没有补正就逾期不补正", GOOD.replace("予以公开", "逾期不补正"), "没有正在等待的补正"),
    ("申请早于条例施行", GOOD.replace("2021-03-05", "2008-04-01").replace("2021-03-20", "2008-04-20"), "2008"),
]


@pytest.mark.parametrize(("name", "row", "reason"), BAD)
def test_a_row_that_cannot_be_goes_back_with_its_reason(take_in, name, row, reason):
    batch = take_in(table(row, GOOD.replace("2021-1", "2021-9")))
    assert states(batch) == [LineState.BAD, LineState.STORED]
    line = batch.lines.first()
    assert reason in line.problems
    assert Application.objects.count() == 1


def test_a_case_under_the_old_regulation_is_judged_by_it(take_in):
    row = "2018-1,2018-03-01,当面,李海,自然人,,台账,,,,,,,2018-03-22,S1,,"
    assert states(take_in(table(row))) == [LineState.STORED]
    application = Application.objects.get()
    assert (application.regulation, application.due_on, application.is_late) == ("2008", date(2018, 3, 22), False)


def test_bad_rows_come_back_in_a_file_that_can_be_sent_again(take_in):
    bad = GOOD.replace("2021-03-20", "2021-03-01").replace("2021-1", "2021-7")
    batch = take_in(table(GOOD, bad))
    text = b"".join(imports.error_file(batch)).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == 2
    assert rows[0][-2:] == ["行号", "错误"]
    assert rows[1][-2] == "3"
    corrected = text.replace("2021-03-01", "2021-03-21").encode()
    again = take_in(corrected, "更正.csv")
    assert states(again) == [LineState.STORED]
    assert Application.objects.count() == 2


def test_what_was_taken_over_is_not_doubled_and_what_is_new_is_added(take_in):
    pending = GOOD.replace("2021-03-20", "").replace("予以公开", "").replace("邮寄", "")
    first = take_in(table(pending))
    assert Application.objects.get().stage == Stage.OPEN
    second = take_in(table(GOOD))
    third = take_in(table(GOOD) + b"\n")
    assert [states(one) for one in (first, second, third)] == [["stored"], ["added"], ["known"]]
    assert Application.objects.get().outcome == "A2"


def test_the_same_person_asking_again_the_same_day_without_a_number_is_the_same_row(take_in):
    row = GOOD.replace("2021-1", "")
    take_in(table(row))
    assert states(take_in(table(row, GOOD.replace("2021-1,", ",").replace("李海", "王山")))) == ["known", "stored"]


def test_the_same_file_twice_is_refused(take_in):
    take_in(table(GOOD))
    with pytest.raises(IncompleteError, match="同一文件已于 2024-06-03 导入"):
        take_in(table(GOOD))


def test_nothing_of_a_register_lies_in_clear(take_in):
    take_in(table(GOOD, GOOD.replace("李海", "王山").replace("2021-03-20", "2021-03-01").replace("2021-1", "2")))
    for row in RegisterLine.objects.values():
        assert "王山" not in str(row)
        assert "350500198001011234" not in str(row)
    stored, bad = RegisterLine.objects.order_by("row")
    assert (stored.cells, bool(bad.cells)) == ("", True)


def test_an_interrupted_run_goes_on_where_it_stopped_and_doubles_nothing(bureau, staff):
    rows = [GOOD.replace("2021-1", f"2021-{number}") for number in range(1, 8)]
    batch = importing.take_in(data=table(*rows), name="a.csv", unit=bureau, user=staff.handler, day=TODAY)
    assert importing.run(batch=batch.pk, limit=3) == 3
    assert Application.objects.count() == 3
    assert importing.run(batch=batch.pk) == 4
    assert importing.run(batch=batch.pk) == 0
    numbers = Application.objects.order_by("pk").values_list("number", flat=True)
    assert list(numbers) == [f"HL-012-2021-{n:05d}" for n in range(1, 8)]


def test_a_workbook_with_excel_days_is_read(take_in):
    book = Workbook()
    sheet = book.active
    sheet.append(["依申请公开登记簿"])
    sheet.append(HEAD.split(","))
    row = GOOD.split(",")
    row[1], row[13] = date(2021, 3, 5), date(2021, 3, 20)
    sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    assert states(take_in(stream.getvalue(), "登记簿.xlsx")) == [LineState.STORED]


def test_joint_applicants_and_withdrawals_are_understood(take_in):
    row = GOOD.replace("李海", "李海、王山").replace("予以公开", "申请人撤回")
    take_in(table(row))
    application = Application.objects.get()
    assert (application.applicants.count(), application.stage, application.outcome) == (2, Stage.WITHDRAWN, "O3")


def test_a_table_without_captions_says_which_are_missing(take_in):
    with pytest.raises(HeaderError, match="缺少 “收到日期”"):
        take_in(table(GOOD, head="甲,乙,丙"))


def test_a_classified_register_is_not_let_in(take_in):
    with pytest.raises(ClassifiedError):
        take_in(table(GOOD, head="机密★10年\n" + HEAD))


def test_a_stranger_takes_nothing_over(take_in, stranger):
    with pytest.raises(NotAuthorisedError):
        take_in(table(GOOD), user=stranger)
    assert RegisterImport.objects.count() == 0


def test_a_register_of_many_rows_with_bad_ones_among_them(take_in):
    rows = [GOOD.replace("2021-1", f"2021-{number}") for number in range(1, 101)]
    for number in (10, 50, 90):
        rows[number] = rows[number].replace("2021-03-20", "2021-03-01")
    batch = take_in(table(*rows))
    assert (states(batch).count("stored"), states(batch).count("bad")) == (97, 3)
    assert Entry.objects.filter(act="applications.received").count() == 97
