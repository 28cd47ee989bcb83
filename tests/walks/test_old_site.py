"""An old site is taken over by the command line; every address it had leads to a page that holds what stood there."""

import csv
import io
import re

import pytest
from django.utils import timezone

from builders.old_site import HOST, UNIT, lay, ordinary
from gongkai.accounts.domain import people
from gongkai.accounts.models import Role, User
from gongkai.cli import main
from gongkai.journal.domain.entry import SYSTEM
from gongkai.journal.queries.chain import verify
from gongkai.records.models import Record
from gongkai.takeover.models import OldAddress
from gongkai.units.domain import structure
from gongkai.units.models import Kind

pytestmark = pytest.mark.django_db
FOUNDED = timezone.localdate().replace(year=2012)
MAPPING = """原栏目,原机构,类别,公开事项,机构代码,新地址
通知公告,,通知公告,20.01,,/policies/
,海岚市水务局,,,HL-012,
*,,,,,
"""


@pytest.fixture
def head(db):
    unit = structure.establish(
        code="HL-012",
        kind=Kind.DEPARTMENT,
        name=UNIT,
        short_name="水利局",
        parent=None,
        day=FOUNDED,
        document="甲",
        actor=SYSTEM,
    )
    user = User.objects.create_user("zhou", name="周主任")
    made = people.register(user=user, unit=unit, position="主任", telephone="0", day=FOUNDED, actor=SYSTEM)
    people.record_training(officer=made, day=FOUNDED, training="跟岗", actor=SYSTEM)
    people.grant(user=user, role=Role.OFFICE_HEAD, unit=unit, day=FOUNDED, actor=SYSTEM)
    return user


def pieces():
    made = [ordinary(n, links=((n + 1) % 12,)) for n in range(10)]
    files = (("表.txt", "申报表"),)
    return [*made, ordinary(10, made_on=None, style="meta"), ordinary(11, unit="海岚市水务局", files=files)]


def takeover(*words):
    return main(["takeover", *map(str, words), "--site", HOST])


def rows_of(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def test_every_old_address_leads_to_what_stood_there(
    head, client, tmp_path, capsys, django_capture_on_commit_callbacks
):
    site, mapping, report = tmp_path / "mirror", tmp_path / "mapping.csv", tmp_path / "report.csv"
    lay(site, pieces())
    mapping.write_text(MAPPING, encoding="utf-8-sig")

    # 先看：什么也不写，有错的一页说明原因。
    assert takeover("examine", site, "--mapping", mapping, "--report", report) == 1
    said = capsys.readouterr().out
    assert "网页：13（可接收 11，栏目页 1，有错未收 1）" in said
    assert "水利局：" in said
    assert "生成日期 1" in said
    assert Record.objects.count() == OldAddress.objects.count() == 0
    (bad,) = [row for row in rows_of(report) if row["状态"] == "有错未收"]
    assert bad["错误"] == "生成日期：没有读到"

    # 接收：有错的一页留下，其余成为政府信息。
    act = ("--mapping", mapping, "--user", "zhou", "--basis", "岚政办〔2026〕3号", "--report", report)
    with django_capture_on_commit_callbacks(execute=True):
        assert takeover("take", site, *act) == 1
    assert Record.objects.count() == 11

    # 更正报告，交回，再接收。
    rows = rows_of(report)
    for row in rows:
        if row["状态"] == "有错未收":
            row["生成日期"] = "2015-03-12"
    with report.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    capsys.readouterr()
    assert takeover("take", site, *act, "--corrections", report) == 0
    assert "此前已接收：11 页" in capsys.readouterr().out
    assert Record.objects.count() == 12

    # 每个旧地址都跳转到写有原标题的网页。
    for piece in pieces():
        answer = client.get(piece.path)
        assert answer.status_code == 301, piece.path
        page = client.get(answer["Location"])
        assert page.status_code == 200
        assert piece.title in page.content.decode()
        for link in re.findall(r'href="(/records/\d+/[^"]*)"', page.content.decode()):
            assert client.get(link).status_code == 200
    file = client.get("/files/表.txt")
    assert client.get(file["Location"]).status_code == 200
    assert client.get("/col/通知公告/")["Location"] == "/policies/"
    lost = client.get("/zwgk/tzgg/99/t9999.html")
    assert lost.status_code == 404
    assert "搜索" in lost.content.decode()
    assert verify().broken is None


def test_a_record_that_is_taken_down_answers_at_its_old_address_why(head, client, tmp_path):
    lay(tmp_path / "mirror", [ordinary(0)])
    assert takeover("take", tmp_path / "mirror", "--user", "zhou", "--basis", "甲") == 0
    Record.objects.update(stage="withdrawn", withdrawn_reason="内容有误，正在更正")
    answer = client.get(ordinary(0).path)
    page = client.get(answer["Location"])
    assert page.status_code == 410
    assert "内容有误，正在更正" in page.content.decode()
    Record.objects.update(stage="draft", withdrawn_reason="")
    assert client.get(ordinary(0).path).status_code == 404


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("take", "mirror", "--user", "nobody", "--basis", "甲"), "没有用户“nobody”"),
        (("take", "mirror", "--user", "zhou", "--basis", " "), "没有写明接收的依据"),
        (("take", "nothing", "--user", "zhou", "--basis", "甲"), "请核对路径"),
        (("examine", "mirror", "--report", "a.doc"), "扩展名"),
        (("examine", "mirror", "--unit", "HL-999"), "没有机构代码 HL-999"),
        (("examine", "mirror", "--mapping", "bad.csv"), "没有类别“奇怪”"),
        (("report", "--report", "a.csv"), "没有接收过"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_line(head, tmp_path, capsys, monkeypatch, words, said):
    monkeypatch.chdir(tmp_path)
    lay(tmp_path / "mirror", [ordinary(0)])
    (tmp_path / "bad.csv").write_text("原栏目,类别\n通知公告,奇怪\n", encoding="utf-8")
    assert takeover(*words) == 1
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert not Record.objects.exists()


def test_a_report_of_a_site_may_be_written_again(head, tmp_path):
    lay(tmp_path / "mirror", [ordinary(0), ordinary(3, made_on=None)])
    takeover("take", tmp_path / "mirror", "--user", "zhou", "--basis", "甲")
    assert takeover("report", "--only", "bad", "--report", tmp_path / "r.xlsx") == 0
    assert takeover("report", "--report", tmp_path / "r.csv") == 0
    states = [row["状态"] for row in rows_of(tmp_path / "r.csv")]
    assert sorted(states) == ["已接收", "有错未收", "栏目页"]
    assert (tmp_path / "r.xlsx").read_bytes().startswith(b"PK")
