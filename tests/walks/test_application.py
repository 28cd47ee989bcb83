"""An application from the counter to the answer that a reconsideration demanded, in the browser, by five people.

In person, corrected, a third party consulted, extended, answered in part with a redacted paper and told to go to
reconsideration first, contested, revoked, answered again.
"""

import io
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace

import pdfplumber
import pytest
from PIL import Image

from builders.city import person
from builders.hiding import NUMBER, SECRET, typeset
from gongkai.accounts.models import Role
from gongkai.applications.domain.stationery import set_stationery
from gongkai.applications.models import Application, Event, Paper, PaperKind, Stage
from gongkai.files.domain import store
from gongkai.journal.models import Entry
from gongkai.remedies.models import Remedy
from gongkai.units.models import Guide

TITLE = "2023年河道采砂许可台账"
CONFIRMED = (
    "不含国家秘密（条例第十四条）",
    "不含工作秘密（保密法第六十四条）",
    "不危及国家安全、公共安全、经济安全和社会稳定",
    "不损害第三方商业秘密、个人隐私，或已征得同意（条例第十五条）",
    "个人信息已按规定处理",
)
PAGES = (
    "2023年河道采砂许可台账\n\n许可证号：水采2023第1号\n\n采砂人：海岚砂石有限公司",
    f"联系人：{SECRET}\n\n身份证号：{NUMBER}\n\n采区：东港河段",
)


@pytest.fixture
def office(city, staff):
    """What the head has set before anything arrives."""
    Guide.objects.create(
        unit=city.water,
        office="水利局办公室",
        address="海岚市滨海路1号",
        hours="工作日",
        telephone="0599-0000000",
        channels=["internet"],
        updated_on=date(2024, 1, 2),
    )
    set_stationery(unit=city.water, user=staff.head, today=date(2024, 1, 2), agency_word="岚水公开")


@pytest.fixture
def files(tmp_path):
    """The papers on the desk: a register, a scan of a stamped letter."""
    register, scan = tmp_path / "许可台账.pdf", tmp_path / "用印件.pdf"
    register.write_bytes(typeset(*PAGES))
    picture = io.BytesIO()
    Image.new("L", (60, 85), 255).save(picture, "PDF")
    scan.write_bytes(picture.getvalue())
    return SimpleNamespace(register=register, scan=scan)


@dataclass
class Desk:
    """The people of the bureau, the leaf of the calendar, the papers, and the page of the case."""

    lin: object
    head: object
    secrecy: object
    legal: object
    calendar: object
    files: object
    case: str = ""

    def writes(self, caption, **fields):
        """Begin the letter that the case page offers, fill it in, send it to review; return where it is."""
        self.lin.opens(self.case).follows(caption).presses("下一步").types(**fields).presses("保存，去送审")
        return self.lin.presses("送审").sees("已送审").path

    def passes(self, reviewer, words, *boxes):
        """Let a reviewer find the letter among what waits and pass it."""
        reviewer.opens("/office/review/").takes_up(words).ticks(*boxes).presses("提交审核结论").sees("已办理。")

    def passes_all(self, words):
        """Pass the three steps of a letter that tells about information."""
        self.passes(self.secrecy, words, *CONFIRMED)
        self.passes(self.legal, words)
        self.passes(self.head, words)

    def goes_out(self, letter, mail):
        """Number, stamp, scan and post an approved letter."""
        self.lin.opens(letter).presses("用印").sees("已编号并登记用印")
        self.lin.fills(盖章后的扫描件=self.files.scan).presses("传回用印件")
        self.lin.fills(送达方式="邮寄送达", 日期=self.calendar.today, 邮件号码=mail)
        self.lin.presses("发出").sees("已发出，事项已登记。")


def test_an_application_is_walked_from_the_counter_to_the_answer_after_reconsideration(
    enter, calendar, worker, office, staff, city, files
):
    calendar.today = date(2024, 3, 4)
    clerk = enter("桂台前", person("gui", city.water, Role.HANDLER, name="桂台前"))
    people = [("林一诺", staff.author), ("何负责", staff.head), ("鲍密", staff.secrecy), ("钟审", staff.final)]
    desk = Desk(*(enter(*one) for one in people), calendar, files)
    desk.case = registers(clerk)
    corrected(desk)
    consulted(desk)
    extended(desk)
    redacted(desk, worker)
    answered_in_part(desk)
    contested(desk)
    answered_again(desk)
    found = Application.objects.get()
    assert (found.stage, found.outcome, found.is_late) == (Stage.ANSWERED, "A2", False)
    assert Event.objects.filter(kind="answer").count() == 2
    assert not Entry.objects.filter(act="applications.revealed").exists()


def registers(clerk):
    """Fill in the form of the counter from top to bottom and hand out the slip."""
    clerk.opens("/office/").follows("当面受理").fills(姓名或者名称="张晓岚", 电话="13800001234", 通信地址="滨海路8号")
    clerk.fills(所需信息名称="采砂材料", 提供形式="纸质", 获取途径="邮寄")
    clerk.sees("没有提供身份证明。")
    clerk.presses("登记并出具回执").sees("政府信息公开申请登记回执", "HL-010-2024-00001", "2024年4月1日前答复")
    clerk.sees_no("张晓岚").follows("办理 HL-010-2024-00001").sees("现在可以办", "还有 20 个工作日")
    return clerk.path


def corrected(desk):
    """Claim the case, ask for a correction by a letter, and enter what came in."""
    desk.lin.opens(desk.case).follows("我来承办").presses("我来承办").sees("您已承办此件。")
    desk.calendar.today = date(2024, 3, 6)
    letter = desk.writes("告知补正", items_to_correct="请写明所需材料的名称、年度")
    desk.passes(desk.head, "补正")
    desk.goes_out(letter, "EX000000001CN")
    desk.lin.opens(desk.case).sees("待申请人补正", "停止计算")
    desk.calendar.today = date(2024, 3, 11)
    desk.lin.follows("收到补正").presses("收到补正").sees("已登记补正，答复期限重新计算。", "2024年4月9日")


def consulted(desk):
    """Ask the company whose permit it is; it does not consent."""
    lin = desk.lin
    lin.follows("登记征求意见对象").fills(类别="第三方", 姓名或者名称="海岚砂石有限公司").presses("登记征求意见对象")
    lin.sees("第三方1")
    desk.calendar.today = date(2024, 3, 12)
    lin.follows("发出第三方征求意见书").fills(征求意见对象="第三方1").presses("下一步")
    lin.types(information="许可台账中的联系人").presses("保存，去送审")
    letter = lin.presses("送审").sees("已送审").path
    desk.passes_all("征求第三方意见书")
    desk.goes_out(letter, "EX000000002CN")
    lin.opens(desk.case).sees("征求意见中")
    desk.calendar.today = date(2024, 3, 14)
    lin.opens(letter).fills(签收日期=desk.calendar.today).presses("登记送达").sees("送达已登记。")
    desk.calendar.today = date(2024, 3, 20)
    lin.opens(desk.case).follows("收到第三方意见").fills(征求意见对象="第三方1", 意见="不同意公开")
    lin.presses("收到征求意见回复").sees("第三方1；不同意公开")


def extended(desk):
    """Extend the period by a letter that the head approves."""
    desk.calendar.today = date(2024, 3, 27)
    letter = desk.writes("延期答复", reason="所涉信息需要核对", days="20")
    desk.passes(desk.head, "延期")
    desk.goes_out(letter, "EX000000003CN")
    desk.lin.opens(desk.case).sees("延长 20 个工作日")


def redacted(desk, worker):
    """Take the register in, cover a name and a number in it, and file the copy as what is given."""
    lin = desk.lin
    lin.follows("添加材料").fills(种类="拟提供的信息", 文件=desk.files.register).presses("添加材料")
    lin.takes_up("遮盖后提供").covers(SECRET).covers(NUMBER).presses("制作遮盖件").sees("正在")
    worker()
    lin.opens(desk.case).presses("归入案卷提供").sees("已归入案卷，作为提供给申请人的信息")
    with pdfplumber.open(io.BytesIO(store.read(Paper.objects.get(kind=PaperKind.RELEASED).blob))) as pdf:
        words = "".join("".join(page.extract_text().split()) for page in pdf.pages)
    assert "水采2023第1号" in words
    assert SECRET not in words
    assert NUMBER not in words


def answered_in_part(desk):
    """Give what may be given and refuse the rest; whoever is refused goes to reconsideration first."""
    lin = desk.lin
    lin.follows("答复").fills(文书="P　部分公开（区分处理）").presses("下一步")
    lin.types(part__0__delivered="遮盖后的许可台账，随函寄送", part__0__withheld="台账中的联系人信息")
    lin.types(part__0__reason="涉及第三方合法权益", add="N4").presses("保存，继续修改").sees("已保存。")
    lin.types(part__0__label="台账正文", part__1__label="联系人信息")
    lin.types(part__1__reason="第三方不同意公开，公开会损害其合法权益").presses("保存，去送审")
    letter = lin.presses("送审").sees("已送审").path
    desk.passes_all("部分公开告知书")
    desk.goes_out(letter, "EX000000004CN")
    assert "应当先自收到" in lin.text.replace("\n", "")
    lin.opens(desk.case).sees("已答复", "部分公开")


def contested(desk):
    """A reconsideration comes in and ends with the answer revoked."""
    lin = desk.lin
    desk.calendar.today = date(2024, 5, 8)
    lin.opens(desk.case).follows("登记复议、诉讼")
    lin.fills(种类="行政复议", 案号="岚政复〔2024〕9号", 收到通知日期=desk.calendar.today)
    lin.types(body="海岚市人民政府").presses("登记").sees("岚政复〔2024〕9号")
    desk.calendar.today = date(2024, 5, 31)
    lin.opens(f"/office/remedies/{Remedy.objects.get().pk}/").unfolds("作出决定（裁判）")
    lin.fills(作出日期=desk.calendar.today, 结果="撤销并责令重新答复", 重新答复的最后期限=date(2024, 6, 28))
    lin.presses("登记").sees("撤销并责令重新答复")
    lin.opens(desk.case).sees("第 2 次答复", "2024年6月28日")


def answered_again(desk):
    """Answer anew within the period that the decision set."""
    lin = desk.lin
    desk.calendar.today = date(2024, 6, 12)
    lin.opens(desk.case).follows("答复").fills(文书="A2　可以公开，提供该信息或者告知获取方式、途径和时间")
    lin.presses("下一步").types(part__0__delivered=f"《{TITLE}》全文，随函寄送").presses("保存，去送审")
    letter = lin.presses("送审").sees("已送审").path
    desk.passes_all("予以公开告知书")
    desk.goes_out(letter, "EX000000005CN")
    lin.opens(desk.case).sees("已答复")
