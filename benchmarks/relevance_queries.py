"""Judged queries for ``relevance.py``: made from the documents by rule and seed, before any ranking was looked at.

A query is made from one document X. What is titled as X is worth 3 (X alone where its number is asked for), what
interprets such a document 2, what bears a 文号 of the same series (the same issuer and year) as X 1, everything else
nothing. 40 of 100 queries are misspelt or colloquial. The colloquial words are not taken from the synonyms that the
program ships with: some it does not know.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import TYPE_CHECKING

from pypinyin import lazy_pinyin

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gongkai.search.port import Document

SHARES = {"title": 15, "half": 20, "question": 10, "number": 10, "index": 5, "misspelt": 25, "colloquial": 15}
"""Kinds of queries in a hundred."""
EXACT = ("title", "number", "index")

_INNER = re.compile(r"《(?:海岚市)?([^《》]{4,40})》")
_ABOUT = re.compile(r"关于(.{4,40}?)的?(通知|通报|批复|决定|公告|意见|若干意见|函|复函)(?:（.*）)?$")
_SERIES = re.compile(r"^(.+)〔(\d{4})〕(\d+)号$")
_QUESTIONS = ("{}怎么办理", "{}有什么规定", "请问{}在哪里看", "{}是什么", "哪里能查到{}")
_BRACKETS = (
    "{}[{}]{}号", "{}（{}）{}号", "{} 〔{}〕 {} 号", "{}【{}】{}号", "{}{}年{}号", "{}{}第{}号",
    "{}({}){}", "{}﹝{}﹞{}号",
)  # fmt: skip
_COLLOQUIAL = {
    "公共租赁住房": ("公租房", "廉租房"),
    "最低生活保障": ("低保", "低保金"), "城乡居民医保": ("居民医疗保险", "新农合"),
    "不动产登记": ("房产证", "房产过户"), "物业管理": ("小区物业", "物业"), "烟花爆竹": ("放鞭炮", "鞭炮"),
    "养犬管理": ("养狗", "遛狗"), "电动自行车管理": ("电动车", "电瓶车"), "农村宅基地": ("建房用地", "宅基地"),
    "农房建设": ("农村建房", "自建房"), "危房改造": ("危旧房", "破房子改造"), "户外广告": ("广告牌", "招牌"),
    "停车泊位": ("停车位", "车位"), "土地征收": ("征地", "拆迁"), "出租汽车": ("出租车", "的士"),
    "公共交通": ("公交车", "公交"), "噪声污染": ("噪音", "噪音扰民"), "生活垃圾分类": ("垃圾分类", "倒垃圾"),
    "学前教育": ("幼儿园", "托儿所"), "义务教育招生": ("小学入学", "学区划片"), "校外培训机构": ("补习班", "辅导班"),
    "托育服务": ("托班", "托儿"), "养老服务": ("养老院", "养老"), "老年食堂": ("老人食堂", "长者饭堂"),
    "殡葬管理": ("丧葬", "殡仪馆"), "疫苗接种": ("打疫苗", "打预防针"), "家庭医生签约": ("签约医生", "家庭医生"),
    "就业补助": ("就业补贴", "找工作补助"), "工资支付": ("欠薪", "拖欠工资"), "职业技能培训": ("技能培训", "学手艺"),
    "退役军人安置": ("退伍军人安置", "退伍兵安排"), "企业登记": ("注册公司", "开公司"), "政府采购": ("招投标", "招标"),
    "行政复议": ("复议", "告政府"), "非物质文化遗产": ("非遗", "老手艺"), "河道采砂": ("挖沙", "采沙"),
    "农村供水": ("农村自来水", "自来水"), "法律援助": ("免费律师", "法援"), "建设项目环评": ("环评", "环境评估"),
    "烟草零售许可": ("烟草证", "卖烟许可证"), "特种设备": ("电梯锅炉", "压力容器"), "居住登记": ("居住证", "暂住证"),
    "信访事项办理": ("上访", "信访"), "民宿管理": ("农家乐", "民宿"), "专项资金": ("补助资金", "专款"),
    "防汛防台风": ("抗台风", "防台"), "政务新媒体": ("政务公众号", "公众号"), "优抚对象": ("军属优待", "烈属优待"),
}  # fmt: skip
# Characters that are mixed up because they look alike.
_ALIKE = [
    "己已",
    "未末",
    "土士",
    "人入",
    "日曰",
    "未末",
    "治冶",
    "拆折",
    "场扬",
    "仓仑",
    "析折",
    "侯候",
    "拔拨",
    "赢嬴",
    "茶荼",
    "贷货",
    "券卷",
    "徽微",
    "晴睛",
    "幕墓",
    "辩辨",
    "暑署",
    "历厉",
    "坐座",
    "管菅",
    "理埋",
    "农衣",
    "保堡",
    "险验",
    "检捡",
    "规观",
    "许计",
    "设没",
    "范苑",
    "通涌",
    "知和",
    "决快",
    "定宁",
    "办力",
    "法注",
    "施拖",
    "细组",
    "则侧",
    "考老",
    "核该",
    "项顷",
    "目日",
    "住往",
    "房户",
    "医区",
    "教救",
    "育肓",
    "养着",
    "老考",
    "服报",
    "务备",
    "卫工",
    "生主",
    "环坏",
    "境竟",
    "水永",
    "利刮",
    "土王",
    "地他",
    "政致",
    "府附",
    "公分",
    "开升",
    "信倍",
    "息想",
]
_NOT_TOUCHED = re.compile(r"[0-9A-Za-z〔〕（）《》、\s]")


@dataclass(frozen=True, slots=True)
class Judged:
    """A query, the kind it is of, and what each document is worth to it."""

    kind: str
    text: str
    grades: dict[str, int]


class Judge:
    """Makes queries from ``documents``; ``interprets`` leads from the key of an interpretation to what it is of."""

    def __init__(self, documents: Iterable[Document], interprets: dict[str, str]) -> None:
        self.documents = [document for document in documents if document.kind in {"record", "interpretation"}]
        self._by_title: dict[str, list[str]] = {}
        self._by_series: dict[tuple[str, str], list[str]] = {}
        self._interpreting: dict[str, list[str]] = {}
        for document in self.documents:
            self._by_title.setdefault(document.title, []).append(document.key)
            if series := _series(document):
                self._by_series.setdefault(series, []).append(document.key)
        for key, of in interprets.items():
            self._interpreting.setdefault(of, []).append(key)

    def queries(self, count: int, seed: int) -> list[Judged]:
        """Return ``count`` queries."""
        random = Random(seed)
        kinds = [kind for kind, share in SHARES.items() for _ in range(round(share * count / 100))]
        found: list[Judged] = []
        seen: set[str] = set()
        for kind in kinds:
            while True:
                document = random.choice(self.documents)
                text = getattr(self, f"_{kind}")(document, random)
                if text and text not in seen:
                    break
            seen.add(text)
            # Words cannot tell documents of one title apart; a number can.
            same = [document.key] if kind in {"number", "index"} else self._by_title[document.title]
            found.append(Judged(kind, text, self._grades(document, same)))
        return found

    def _grades(self, document: Document, same: list[str]) -> dict[str, int]:
        grades = dict.fromkeys(self._by_series.get(_series(document) or ("", ""), ()), 1)
        for key in same:
            grades |= dict.fromkeys(self._interpreting.get(key, ()), 2)
        return grades | dict.fromkeys(same, 3)

    @staticmethod
    def _title(document: Document, random: Random) -> str:
        del random
        return document.title

    @staticmethod
    def _half(document: Document, random: Random) -> str:
        inner = core(document.title)
        if not inner:
            return ""
        about = _ABOUT.search(document.title)
        return random.choice([inner, f"{inner} {document.title[:6]}", f"{inner}{about[2]}" if about else inner])

    @staticmethod
    def _question(document: Document, random: Random) -> str:
        inner = core(document.title)
        return random.choice(_QUESTIONS).format(inner) if inner else ""

    @staticmethod
    def _number(document: Document, random: Random) -> str:
        match = _SERIES.match(document.numbers[0]) if document.numbers else None
        return random.choice(_BRACKETS).format(*match.groups()) if match else ""

    @staticmethod
    def _index(document: Document, random: Random) -> str:
        numbers = [number for number in document.numbers if not _SERIES.match(number)]
        if not numbers:
            return ""
        return random.choice((numbers[0], numbers[0].lower(), numbers[0].replace("-", " ")))

    @staticmethod
    def _misspelt(document: Document, random: Random) -> str:
        inner = core(document.title)
        return misspell(inner, random) if inner else ""

    @staticmethod
    def _colloquial(document: Document, random: Random) -> str:
        inner = core(document.title)
        topic = next((one for one in _COLLOQUIAL if one in inner), "")
        return inner.replace(topic, random.choice(_COLLOQUIAL[topic])) if topic else ""


def core(title: str) -> str:
    """Return what people remember of a title: what is in its 《》, or what it is about."""
    if inner := _INNER.search(title):
        return inner[1]
    about = _ABOUT.search(title)
    return about[1] if about else ""


def misspell(text: str, random: Random) -> str:
    """Return ``text`` with one mistake of typing: a homophone, a look-alike, a character dropped or two swapped."""
    places = [place for place, char in enumerate(text) if not _NOT_TOUCHED.match(char)]
    for way in random.sample(("homophone", "alike", "dropped", "swapped"), 4):
        for place in random.sample(places, len(places)):
            made = _MISTAKES[way](text, place, random)
            if made and made != text:
                return made
    return ""


def _homophone(text: str, place: int, random: Random) -> str:
    same = _by_sound().get(lazy_pinyin(text)[place] if len(lazy_pinyin(text)) == len(text) else "", ())
    others = [char for char in same if char != text[place]]
    return text[:place] + random.choice(others) + text[place + 1 :] if others else ""


def _alike(text: str, place: int, random: Random) -> str:
    others = [pair[1 - pair.index(text[place])] for pair in _ALIKE if text[place] in pair]
    return text[:place] + random.choice(others) + text[place + 1 :] if others else ""


def _dropped(text: str, place: int, random: Random) -> str:
    del random
    return text[:place] + text[place + 1 :]


def _swapped(text: str, place: int, random: Random) -> str:
    del random
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :] if place + 1 < len(text) else ""


_MISTAKES = {"homophone": _homophone, "alike": _alike, "dropped": _dropped, "swapped": _swapped}


@cache
def _by_sound() -> dict[str, list[str]]:
    """Return the common characters (the first level of GB 2312) by how they are read."""
    found: dict[str, list[str]] = {}
    for high in range(0xB0, 0xD8):
        for low in range(0xA1, 0xFF):
            try:
                char = bytes((high, low)).decode("gb2312")
            except UnicodeDecodeError:
                continue
            found.setdefault(lazy_pinyin(char)[0], []).append(char)
    return found


def _series(document: Document) -> tuple[str, str] | None:
    match = _SERIES.match(document.numbers[0]) if document.numbers else None
    return (match[1], match[2]) if match else None
