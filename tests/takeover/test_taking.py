"""Pages of an old site become records, once, whatever interrupts the run; what cannot is said page by page."""

import io
import zipfile
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from builders.old_site import HOST, UNIT, Piece, lay, ordinary, page_of, wxr
from gongkai.accounts.models import Role
from gongkai.files.domain import store
from gongkai.indexing.models import Dirty
from gongkai.journal.models import Entry
from gongkai.journal.queries.chain import verify
from gongkai.records.models import Category, IndexAlias, Record, Stage
from gongkai.records.snapshot import digest_of, snapshot_of
from gongkai.takeover.domain import going_through, taking
from gongkai.takeover.errors import ConcurrentRunError, NotAuthorisedError
from gongkai.takeover.mapping import Plan, Rule
from gongkai.takeover.models import OldAddress, PageLine, PageState, TakeOver
from gongkai.takeover.queries.published import target_of
from gongkai.takeover.reading.table import corrections

from .conftest import BASIS, TODAY, person, unit

pytestmark = pytest.mark.django_db
WORDS = ("各镇街应当于每月五日前报送进展情况，逾期不报的予以通报，并纳入年度考核。",)


def line(piece):
    return PageLine.objects.get(address=piece.path)


def test_a_site_becomes_published_records_with_their_old_days(take, mirror, head, bureau):
    pieces = [ordinary(n) for n in range(9)]
    outcome = take(mirror(pieces))
    assert outcome.states == {PageState.TAKEN: 9, PageState.LISTING: 1}
    for piece in pieces:
        record = line(piece).record
        assert (record.title, record.document_number) == (piece.title, piece.document_number)
        assert (record.made_on, record.published_on) == (piece.made_on, piece.published_on)
        assert (record.stage, record.unit, record.author) == (Stage.PUBLISHED, bureau, head)
        assert record.index_number.startswith("HL06012-9000-2015-")
        assert not record.awaits_read_back


def test_the_journal_says_by_what_decision_and_who_reviewed_it_before(take, mirror):
    take(mirror([ordinary(n) for n in range(9)]))
    (entry,) = Entry.objects.filter(act="records.taken_over")
    records = Record.objects.order_by("pk")
    assert entry.actor == "head"
    assert entry.detail["ids"] == [records[0].pk, records[8].pk]
    assert entry.detail["records"] == 9
    assert (entry.detail["basis"], entry.detail["source"]) == (BASIS, f"{HOST}（mirror）")
    assert "保密审查" in entry.detail["review"]
    assert len(entry.detail["sha256"]) == 64
    assert verify().broken is None
    assert Dirty.objects.filter(key__startswith="records.record:").count() == 9


def test_the_version_that_is_kept_is_the_record_as_it_stands(take, mirror):
    take(mirror([ordinary(0, files=(("a.txt", "附件"),), links=(3,)), ordinary(3)]))
    for record in Record.objects.all():
        version = record.versions.last()
        assert version.snapshot == snapshot_of(record)
        assert version.digest == digest_of(version.snapshot)


def test_a_second_run_takes_nothing_twice(take, mirror):
    folder = mirror([ordinary(n) for n in range(6)])
    take(folder)
    lay(folder, [ordinary(n) for n in range(8)])
    outcome = take(folder)
    assert (outcome.known, outcome.states[PageState.TAKEN]) == (6, 2)
    assert Record.objects.count() == 8
    assert TakeOver.objects.count() == 2


def test_an_interrupted_run_goes_on_where_it_stopped(take, mirror, monkeypatch):
    monkeypatch.setattr(going_through, "LOT", 4)
    folder = mirror([ordinary(n) for n in range(10)])
    keep, calls = store.keep, []

    def failing(**given):
        calls.append(given["name"])
        if len(calls) == 2:
            raise OSError(28, "disk full")
        return keep(**given)

    lay(folder, [ordinary(n, files=((f"f{n}.txt", "附件"),)) for n in (1, 8)])
    with monkeypatch.context() as patched:
        patched.setattr(store, "keep", failing)
        with pytest.raises(OSError, match="disk full"):
            take(folder)
    assert 0 < Record.objects.count() < 10
    assert Record.objects.count() == OldAddress.objects.filter(kind="page").count()
    take(folder)
    assert Record.objects.count() == OldAddress.objects.filter(kind="page").count() == 10
    assert len(set(Record.objects.values_list("index_number", flat=True))) == 10
    assert verify().broken is None


def test_a_page_that_changed_after_it_was_taken_is_told_and_not_taken(take, mirror):
    folder, piece = mirror([ordinary(0)]), ordinary(0)
    take(folder)
    (folder / piece.file).write_bytes(page_of(ordinary(0, title="改过的标题")))
    outcome = take(folder)
    assert (outcome.known, outcome.changed) == (1, 1)
    assert "有改动" in line(piece).notes
    assert Record.objects.get().title == piece.title
    take(folder)
    assert line(piece).notes.count("有改动") == 1


def test_the_same_words_at_two_addresses_are_one_record_that_both_lead_to(take, mirror):
    first, second = ordinary(0, column="甲"), ordinary(0, column="乙")
    folder = mirror([first], files=[("other/t9.html", page_of(second))])
    outcome = take(folder)
    assert outcome.states[PageState.SAME] == 1
    record = Record.objects.get()
    assert target_of(first.path) == target_of("/other/t9.html") == f"/records/{record.pk}/"


def test_twins_in_different_lots_are_one_record_too(take, mirror, monkeypatch):
    monkeypatch.setattr(going_through, "LOT", 1)
    take(mirror([ordinary(0)], files=[("other/t9.html", page_of(ordinary(0)))]))
    assert Record.objects.count() == 1
    assert OldAddress.objects.filter(kind="page").count() == 2


def test_a_document_number_used_twice_is_for_a_person_to_settle(take, mirror):
    take(mirror([ordinary(0), ordinary(3, document_number=ordinary(0).document_number)]))
    bad = PageLine.objects.get(state=PageState.BAD)
    assert "也用在" in bad.problems
    assert Record.objects.count() == 1


# 所缺 / 改动 / 说明
LACKING = (
    ("没有生成日期", {"made_on": None}, "生成日期：没有读到"),
    ("没有发布日期", {"published_on": None}, "发布日期：没有读到"),
    ("没有发布机构", {"unit": ""}, "发布机构：没有读到"),
    ("机构不认识", {"unit": "海岚市不存在局"}, "没有登记过“海岚市不存在局”"),
    ("标题太长", {"title": "关于" * 160}, "超过 300 字"),
    ("日期颠倒", {"published_on": date(2015, 3, 1)}, "早于生成日期"),
    ("日期在后", {"published_on": date(2026, 7, 1)}, "晚于今天"),
    ("密级标志", {"paragraphs": ("机密★5年", *WORDS)}, "密级标志"),
    ("身份证号", {"paragraphs": ("收款人身份证号11010519491231002X。", *WORDS)}, "个人信息保护法"),
)


@pytest.mark.parametrize(("name", "changed", "words"), LACKING, ids=[case[0] for case in LACKING])
def test_what_a_page_lacks_keeps_it_away_and_is_said(take, mirror, name, changed, words):
    piece = ordinary(0, paragraphs=WORDS, style="meta")
    piece = Piece(**{**{field: getattr(piece, field) for field in piece.__dataclass_fields__}, **changed})
    take(mirror([piece]))
    assert words in line(piece).problems
    assert Record.objects.count() == 0
    assert target_of(piece.path) is None


def test_the_day_of_publication_stands_in_only_by_decision(take, mirror):
    piece = ordinary(0, made_on=None)
    take(mirror([piece]), takes_published=True)
    record = Record.objects.get()
    assert record.made_on == record.published_on == piece.published_on
    assert "以发布日期为准" in line(piece).notes


def test_a_mended_report_lets_a_page_in_the_next_run(take, mirror, tmp_path):
    piece = ordinary(0, made_on=None, unit="不认识的单位")
    folder = mirror([piece])
    take(folder)
    mended = tmp_path / "mended.csv"
    mended.write_text(f"原地址,标题,生成日期,发布机构\n{piece.path},,2015-03-01,{UNIT}\n", encoding="utf-8-sig")
    outcome = take(folder, corrections=corrections(mended, HOST, TODAY))
    assert outcome.states[PageState.TAKEN] == 1
    assert Record.objects.get().made_on == date(2015, 3, 1)
    assert line(piece).problems == ""


def test_personal_data_goes_out_only_where_a_person_decided_so(take, mirror, tmp_path):
    piece = ordinary(0, paragraphs=("联系人电话13800000000。", *WORDS))
    folder = mirror([piece])
    take(folder)
    assert Record.objects.count() == 0
    mended = tmp_path / "mended.csv"
    mended.write_text(f"原地址,标题,处理\n{piece.path},,核定公开\n", encoding="utf-8")
    take(folder, corrections=corrections(mended, HOST, TODAY))
    assert "已核定公开" in line(piece).notes
    assert Record.objects.count() == 1


def test_a_page_may_be_left_out(take, mirror, tmp_path):
    pieces = [ordinary(0), ordinary(3, column="部门新闻")]
    mended = tmp_path / "mended.csv"
    mended.write_text(f"原地址,标题,处理\n{pieces[0].path},,不收\n", encoding="utf-8")
    plan = Plan({"部门新闻": Rule(is_left_out=True), "*": Rule()})
    outcome = take(mirror(pieces), plan=plan, corrections=corrections(mended, HOST, TODAY))
    assert outcome.states[PageState.LEFT_OUT] == 2
    assert Record.objects.count() == 0


def test_columns_become_categories_subjects_and_redirects(take, mirror):
    plan = Plan(
        {"通知公告": Rule(category=Category.NOTICE, subject="农业、林业、水利", scope_item="20.01", target="/open/")}
    )
    take(mirror([ordinary(0)]), plan=plan)
    record = Record.objects.get()
    assert (record.category, record.subject, record.scope_item) == ("notice", "农业、林业、水利", "20.01")
    assert record.index_number.split("-")[1] == "2001"
    assert target_of("/col/通知公告/index.html") == "/open/"


def test_a_column_that_nobody_decided_on_keeps_its_pages_away(take, mirror):
    take(mirror([ordinary(0)]), plan=Plan({"别的": Rule()}))
    assert "对照表里没有“政务公开 / 通知公告”" in line(ordinary(0)).problems


def test_a_unit_is_known_by_every_name_it_had(take, mirror, bureau):
    water = unit("HL-013", "海岚市教育局", "教育局")
    pieces = [ordinary(0, unit="教育局"), ordinary(3, unit="海岚市教委"), ordinary(6, unit="HL-012")]
    plan = Plan({"*": Rule()}, {"海岚市教委": "HL-013"})
    person_of = person("chief", water, Role.COMPETENT)
    with pytest.raises(NotAuthorisedError):
        take(mirror(pieces), plan=plan)
    assert Record.objects.count() == 0
    assert person_of is not None


def test_the_competent_department_takes_over_for_units_below_it(take, mirror, bureau):
    below = unit("HL-013", "海岚市教育局", "教育局", bureau)
    chief = person("chief", bureau, Role.COMPETENT)
    chief.grants.update(with_subtree=True)
    take(mirror([ordinary(0, unit="教育局")]), user=chief)
    assert Record.objects.get().unit == below


@pytest.mark.parametrize("role", [Role.HANDLER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_nobody_else_takes_over(take, mirror, bureau, role):
    with pytest.raises(NotAuthorisedError, match="工作机构负责人"):
        take(mirror([ordinary(0)]), user=person("other", bureau, role))
    assert not Record.objects.exists()
    assert not OldAddress.objects.exists()


def test_an_interpretation_finds_its_document_though_that_comes_later(take, mirror):
    document = ordinary(8, style="meta", title="海岚市河道采砂管理办法")
    about = ordinary(0, style="meta", title="《海岚市河道采砂管理办法》政策解读", column="政策解读", document_number="")
    lost = ordinary(3, style="meta", title="《没有的办法》政策解读", column="政策解读", document_number="")
    plan = Plan({"政策解读": Rule(category=Category.INTERPRETATION), "*": Rule(category=Category.NORMATIVE)})
    outcome = take(mirror([about, document, lost]), plan=plan)
    assert line(about).record.interprets == line(document).record
    assert "没有找到“没有的办法”" in line(lost).problems
    assert outcome.states == {PageState.TAKEN: 2, PageState.BAD: 1, PageState.LISTING: 2}


def test_old_index_numbers_stay_or_lead_on(take, mirror):
    ours, foreign = "HL06012-0300-2015-00007", "000014349/2015-00012"
    pieces = [
        ordinary(0, index_number=ours, style="meta"),
        ordinary(3, index_number=foreign, style="meta"),
        ordinary(6, index_number=foreign, style="meta"),
        ordinary(9, style="meta"),
    ]
    take(mirror(pieces))
    first, second, third, fourth = (line(piece).record for piece in pieces)
    assert first.index_number == ours
    assert IndexAlias.objects.get(number=foreign).record == second
    assert f"原索引号“{foreign}”已属于另一信息" in line(pieces[2]).notes
    assert [third.index_number, fourth.index_number] == ["HL06012-9000-2015-00009", "HL06012-9000-2015-00010"]


def test_files_come_with_their_page_and_what_does_not_is_said(take, mirror):
    piece = ordinary(0, files=(("表.txt", "申报表"), ("lost.pdf", "办法"), ("a.rar", "压缩包")), pictures=("p.png",))
    folder = mirror([piece])
    (folder / "files" / "lost.pdf").unlink()
    take(folder)
    record = Record.objects.get()
    assert [(one.name, one.position) for one in record.attachments.all()] == [("示意图.png", 1), ("申报表.txt", 2)]
    notes = line(piece).notes
    assert "附件“办法.pdf”没有找到（/files/lost.pdf）" in notes
    assert "附件未收：“压缩包.rar”" in notes
    table = record.attachments.get(name="申报表.txt")
    assert target_of("/files/表.txt") == f"/records/{record.pk}/files/{table.pk}/"
    assert f'href="/records/{record.pk}/files/{table.pk}/"' in record.body
    assert f'href="http://{HOST}/files/lost.pdf"' in record.body


def test_a_file_with_a_classification_mark_keeps_its_page_away(take, mirror):
    piece = ordinary(0, files=(("a.txt", "附件"),))
    folder = mirror([piece])
    (folder / "files" / "a.txt").write_text("秘密★3年\n内容\n")
    take(folder)
    assert "密级标志" in line(piece).problems
    assert not Record.objects.exists()


def test_links_lead_to_the_records_in_whatever_order_they_came(take, mirror, monkeypatch):
    monkeypatch.setattr(going_through, "LOT", 2)
    pieces = [ordinary(n, links=((n + 1) % 6, (n + 4) % 6)) for n in range(6)]
    outcome = take(mirror(pieces))
    for piece in pieces:
        record = line(piece).record
        for number in piece.links:
            assert f'href="/records/{line(ordinary(number)).record_id}/"' in record.body
        assert HOST not in record.body
        assert record.versions.last().snapshot["body"] == record.body
    assert outcome.linked == Entry.objects.filter(act="records.relinked").first().detail["records"]
    assert not PageLine.objects.filter(awaits_links=True).exists()


def test_a_link_to_a_page_that_was_not_taken_leads_where_it_did(take, mirror):
    take(mirror([ordinary(0, links=(3,))]))
    assert f'href="http://{HOST}{ordinary(3).path}"' in Record.objects.get().body
    assert PageLine.objects.filter(awaits_links=True).count() == 1


def test_markup_of_the_old_site_passes_the_policy_of_records(take, mirror):
    evil = '<p onclick="x()">好<script>alert(1)</script><iframe src="//x"></iframe><a href="javascript:x()">坏</a></p>'
    piece = ordinary(0, style="meta")
    page = page_of(piece).replace(b"</div></div>", evil.encode() + b"</div></div>", 1)
    folder = mirror([piece])
    (folder / piece.file).write_bytes(page)
    take(folder)
    body = Record.objects.get().body
    for forbidden in ("script", "iframe", "onclick", "javascript", "style"):
        assert forbidden not in body


@pytest.mark.parametrize("size", [20, 60])
def test_a_lot_takes_one_query_a_page_beside_a_bounded_number(take, mirror, size):
    folder = mirror([ordinary(n) for n in range(size)])
    with CaptureQueriesContext(connection) as queries:
        take(folder)
    assert len(queries) <= 60 + 1.2 * size


def test_a_file_built_to_exhaust_whoever_opens_it_stays_outside(take, mirror):
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (40 << 20))
    piece = ordinary(0, files=(("bomb.docx", "申报表"), ("fake.pdf", "假的")))
    folder = mirror([piece])
    (folder / "files" / "bomb.docx").write_bytes(bomb.getvalue())
    take(folder)
    record = Record.objects.get()
    assert not record.attachments.exists()
    assert "压缩炸弹" in line(piece).notes
    assert "与扩展名不符" in line(piece).notes


def test_two_files_of_the_same_bytes_are_attached_once_in_their_order(take, mirror):
    piece = ordinary(0, files=(("a.txt", "甲"), ("b.txt", "乙"), ("c.txt", "丙")))
    folder = mirror([piece])
    for name in ("a.txt", "c.txt"):
        (folder / "files" / name).write_bytes("同样的内容，每月报送。".encode())
    take(folder)
    record = Record.objects.get()
    assert [one.name for one in record.attachments.all()] == ["甲.txt", "乙.txt"]
    assert target_of("/files/c.txt") == target_of("/files/a.txt")


def test_two_runs_at_once_take_nothing_twice(take, mirror, head, monkeypatch):
    """The other run writes between the judging and the writing of this one."""
    folder = mirror([ordinary(n) for n in range(3)])
    through, is_first = going_through.through, []

    def overtaken(*given, **named):
        for lot in through(*given, **named):
            if not is_first:
                is_first.append(True)
                take(folder)
            yield lot

    monkeypatch.setattr(taking, "through", overtaken)
    with pytest.raises(ConcurrentRunError, match="不会重复接收"):
        take(folder)
    assert Record.objects.count() == 3


def test_an_export_and_a_table_are_taken_over_like_a_mirror(take, tmp_path):
    (tmp_path / "export.xml").write_bytes(wxr([ordinary(n) for n in (1, 2)], encoding="gb18030"))
    rows = [f"http://{HOST}/x{n}.html,关于第{n}批清淤的通知,{UNIT},2019-3-1,2019-3-5,各镇街报送第{n}批" for n in (1, 2)]
    table = "\n".join(["原地址,标题,发布机构,生成日期,发布日期,正文", *rows])
    (tmp_path / "list.csv").write_bytes(table.encode("gb18030"))
    assert take(tmp_path / "export.xml").states[PageState.TAKEN] == 2
    assert take(tmp_path / "list.csv").states[PageState.TAKEN] == 2
    assert target_of("/2.html")
    assert target_of("/x2.html")
