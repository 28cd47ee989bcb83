"""What lies on the desks beside applications: 更正, 投诉 and 申诉, each with its letter, one as far as its volume."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.accounts.models import Role
from gongkai.applications.domain import archiving, letters_sending, matters
from gongkai.applications.models import MatterKind
from gongkai.demo.correspondence import Correspondence
from gongkai.law.calendar import CHINA

if TYPE_CHECKING:
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.applications.models import Letter, Matter
    from gongkai.demo.present import Desk

DEPARTMENT = "HL-002"
"""The body that the competent department belongs to: complaints are made to it."""


def to_correct(desk: Desk) -> None:
    """Lay out a rectification that waits to be checked."""
    day = desk.day(5)
    _receive(
        desk,
        MatterKind.RECTIFICATION,
        day,
        title="网站公布的门牌号与产权证不一致",
        text="请求更正本人房屋的门牌号。",
        target_on=CHINA.add(day, 15),
    )


def corrected(desk: Desk) -> None:
    """Lay out a rectification that was told, delivered and archived."""
    matter = _receive(
        desk,
        MatterKind.RECTIFICATION,
        desk.day(30),
        title="企业名录中的联系电话有误",
        text="请求更正本人个体工商户的电话。",
    )
    told, arrived = desk.day(21), desk.day(18)
    _do(matter, "checked", told, desk.handler, text="登记档案中的电话与申请人所述一致，名录录入有误。")
    letter = _sent(desk.office, matter, "rectification", told, result="名录中的电话已更正，网站同日更新。")
    letters_sending.deliver(letter=letter, day=arrived, user=desk.handler, today=arrived)
    archiving.close(case=matter, user=desk.handler, today=desk.day(10))


def not_corrected(desk: Desk) -> None:
    """Lay out a rectification that was refused and whose letter is on its way."""
    matter = _receive(
        desk,
        MatterKind.RECTIFICATION,
        desk.day(12),
        title="低保公示名单中的住址有误",
        text="认为公示的住址应为户籍地址。",
    )
    day = desk.day(2)
    _do(matter, "checked", day, desk.handler, text="公示的住址为申请时填写并经核实的实际居住地址。")
    reason = "公示内容依照规定为实际居住地址，与审核档案一致，不存在不准确的情形。"
    _sent(desk.office, matter, "rectification_refused", day, reason=reason)


def complained(desk: Desk) -> None:
    """Lay out a complaint on which the unit was told to put things right, and whose answer is being reviewed."""
    office = _department(desk)
    matter = _complaint(desk, desk.day(9), "网站栏目长期没有更新", "反映财政预算栏目去年以来没有更新。")
    _do(matter, "checked", desk.day(6), office.handler, text="该机构网站财政预算栏目自去年3月以来没有更新。")
    day = desk.day(4)
    letter = _order(office, matter, day, "限期补充发布预算、决算信息，并建立栏目更新责任制。")
    letters_sending.deliver(letter=letter, day=desk.day(3), user=office.handler, today=desk.day(3))
    office.tell(matter, "complaint_upheld", desk.day(1), result="已责令该机构限期补充发布，并将整改情况纳入考核。")


def criticised(desk: Desk) -> None:
    """Lay out a complaint that went as far as a notice of criticism, and was answered."""
    office = _department(desk)
    matter = _complaint(desk, desk.day(40), "公开指南的电话无人接听", "多次拨打指南公布的电话均无人接听。")
    _do(matter, "checked", desk.day(35), office.handler, text="指南公布的电话已停用，新号码没有公布。")
    _order(office, matter, desk.day(33), "立即更新公开指南，落实专人接听。")
    reported, told = desk.day(22), desk.day(20)
    _do(matter, "reported", reported, office.handler, text="指南已更新，但逾期十日。")
    criticism = "该机构逾期整改，予以通报批评。各机构应当引以为戒，及时更新公开指南。"
    _sent(office, matter, "supervision_criticism", told, criticism=criticism)
    _sent(office, matter, "complaint_upheld", told, result="该机构已更新公开指南，并被通报批评。")


def appealed(desk: Desk) -> None:
    """Lay out an appeal against a public enterprise whose letter waits for the seal."""
    matter = _receive(
        desk,
        MatterKind.APPEAL,
        desk.day(11),
        title="供水企业没有公开水质检测结果",
        text="认为供水企业应当按月公开水质检测结果。",
        about_name="海岚市自来水有限公司",
        sector="供水",
    )
    day = desk.day(3)
    _do(matter, "handled", day, desk.handler, text="该公司近三个月没有公开水质检测结果。")
    result = "已责令海岚市自来水有限公司于15日内公开近三个月的水质检测结果，此后按月公开。"
    office = desk.office
    office.approve(office.tell(matter, "appeal_upheld", day, result=result), day)


SCENES = (to_correct, corrected, not_corrected, complained, criticised, appealed)


def _department(desk: Desk) -> Correspondence:
    """Return where the letters of complaints are written: by the competent department, under its own letterhead."""
    places = {place.code: place for place in desk.stock.city.places}
    place = places.get(DEPARTMENT, places["HL-001"])
    return Correspondence(place, desk.cast, desk.cast.people["", Role.COMPETENT])


def _receive(desk: Desk, kind: str, day: date, **facts: object) -> Matter:
    return matters.receive(
        kind=kind,
        unit=desk.cast.units[desk.place.code],
        day=day,
        applicant=desk.stock.applicant("natural_person"),
        user=desk.handler,
        today=day,
        **facts,
    )


def _complaint(desk: Desk, day: date, title: str, text: str) -> Matter:
    office = _department(desk)
    codes = (desk.place.code, *(place.code for place in desk.stock.city.places if place.is_local))
    about = next(code for code in codes if code != office.place.code)
    return matters.receive(
        kind=MatterKind.COMPLAINT,
        unit=desk.cast.units[office.place.code],
        about=desk.cast.units[about],
        day=day,
        applicant=desk.stock.applicant("natural_person"),
        title=title,
        text=text,
        user=office.handler,
        today=day,
    )


def _do(matter: Matter, act: str, day: date, user: User, **said: object) -> None:
    matters.do(matter=matter, act=act, day=day, user=user, today=day, **said)


def _order(office: Correspondence, matter: Matter, day: date, requirements: str) -> Letter:
    """Send an order with ten working days to follow it."""
    letter = office.tell(matter, "supervision_order", day, requirements=requirements, until=CHINA.add(day, 10))
    return office.out(office.seal(office.approve(letter, day), day), day)


def _sent(office: Correspondence, matter: Matter, kind: str, day: date, **fields: str) -> Letter:
    letter = office.approve(office.tell(matter, kind, day, **fields), day)
    return office.out(office.seal(letter, day), day)
