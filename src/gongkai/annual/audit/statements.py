"""What a number in prose states about the tables: the target of ``statements.toml`` it speaks of, or nothing.

Precision comes first. A number whose words limit it to another year, another unit, a part of the year, one channel or
other business of the office is not compared at all.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from gongkai.annual.audit.lexicon import CASES, GROUPS
from gongkai.annual.audit.mentions import DECISIONS, DOCUMENTS, OUTCOMES, REMEDY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gongkai.annual.audit.mentions import Mention

LEAVES = GROUPS["leaf"]
_CHANNELS = GROUPS["channel"]
_RESULTS = GROUPS["result"]
_APPLICANTS = ("natural", "organisations", "commercial", "research", "public_welfare", "legal_service")
_ANY_APPLICANT = frozenset(_APPLICANTS)
_ENDINGS = OUTCOMES | LEAVES
_ACTS = frozenset({"received", "done", "carried"})
_DELTA = frozenset({"up", "down", "than"})
_ABOUT_DISCLOSURE = re.compile("信息公开|公开申请|依申请|政务公开")
_PART_OF_YEAR = re.compile(
    r"截[至止](?!年底|年末|\d{4}年年?底|\d{4}年末|(?:\d{4}年)?12月31日)|\d月?[-至—~到]\d+月(?!31日)|上半年|下半年|季度"
    r"|历年|以来|同期|每月|每年|近[两三五]年"
)
_PERIODS = re.compile("[截月半季历以同每近]")  # every match of the pattern above holds one of these
_QUALIFIED = re.compile("其他|途径|告知|免于|更改|补充|更正|重点|疑难|复杂|转办|转送|代为|牵头")
_TOTAL = re.compile(r"公开的?(?:各类)?(?:政府)?(?:信息|文件)(?:总?数量?|总量)?(?:共计?|合计|总计|为|达到?|是|约|近)*$")
_CHARGED = re.compile("收费|征收|收取|金额")
_SO_FAR = re.compile(r"历年累计(?:主动)?公开(?:政府)?(?:信息|文件)?(?:总?数量?)?(?:共计?|为|达)?$")
_EVERY_WAY = re.compile("等(?:各种|多种|各类)?(?:渠道|方式|途径|形式)")
_ONWARD = re.compile(r"[转延]结?[至到入]")
_WHOLE_DAY = re.compile(r"1月1日[起]?[-至—~到](?:\d{4}年)?12月31日")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a statement: the words for it and, per table, the cells whose sum it is."""

    words: str
    cells: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Target:
    """What a statement speaks of: its plain reading and the others its words allow."""

    name: str
    plain: Reading
    also: tuple[Reading, ...] = ()


def _reading(words: str, cells: list[list[str]]) -> Reading:
    return Reading(words, tuple(tuple(keys) for keys in cells))


def _targets() -> Mapping[str, Target]:
    data: dict[str, dict[str, Any]] = tomllib.loads(
        resources.files(__package__).joinpath("statements.toml").read_text(encoding="utf-8")
    )
    return MappingProxyType(
        {
            name: Target(
                name,
                _reading(entry["words"], entry["cells"]),
                tuple(_reading(other["words"], [other["cells"]]) for other in entry.get("also", ())),
            )
            for name, entry in data.items()
        }
    )


TARGETS: Mapping[str, Target] = _targets()
"""The targets by name, as declared."""


def target_of(mention: Mention, year: int | None) -> Target | None:
    """Return what ``mention`` states about a table of the report of ``year``, or ``None``."""
    rule = _BY_NOUN.get(mention.noun)
    if rule is None or (mention.year is not None and mention.year != year):
        return None
    target = rule(mention)
    if target is TARGETS["disclosed_so_far"]:
        return target
    return None if target is None or _elsewhere(mention) else target


def _elsewhere(mention: Mention) -> bool:
    """Tell whether the words limit the number to last year or a part of a year, or make it a difference."""
    if not _DELTA.isdisjoint(mention.left) or "extended" in mention.left or "withdrawn" in mention.left:
        return True
    if "last" in mention.left and "carried" not in mention.left and "carried" not in mention.right:
        return True
    words = mention.leading
    if _PERIODS.search(words) is None:
        return False
    return _PART_OF_YEAR.search(words) is not None and _PART_OF_YEAR.search(_WHOLE_DAY.sub("", words)) is not None


def _application(mention: Mention) -> Target | None:
    if mention.unit not in CASES:
        return None
    left = mention.left
    if not _ENDINGS.isdisjoint(left):
        return _outcome(left)
    applicant = "" if _ANY_APPLICANT.isdisjoint(left) else next(name for name in _APPLICANTS if name in left)
    channels = frozenset() if _EVERY_WAY.search(mention.label) else _CHANNELS.intersection(left)
    found = _carried(mention)
    if found is None and applicant:
        found = TARGETS.get(applicant) or _applicant(applicant)
    elif found is None and channels and not (len(channels) > 1 and "joint" in left):
        found = _channel(mention, channels)
    elif found is None and "joint" in left and "app" not in left:
        found = TARGETS["pool"] if "carried" in _before(mention) else None
    elif found is None and not _QUALIFIED.search(mention.label):
        found = _act(mention)
    return found


def _act(mention: Mention) -> Target | None:
    """Return the target of what was done with applications: received, answered, handled, or only named."""
    left = mention.left
    if "received" in left:
        return TARGETS["received"] if "新收" not in mention.label else _only(TARGETS["received"])
    if "done" in left:
        return TARGETS["done"]
    if "handled" in left:
        return TARGETS["handled"]
    named = "app" in left and not mention.inherited and "政府信息公开申请" in mention.label
    return TARGETS["applications"] if named else None


def _only(target: Target) -> Target:
    return Target(target.name, target.plain)


def _before(mention: Mention) -> frozenset[str]:
    """Return the words of the sentence before the number."""
    return frozenset(mention.passage.words(mention.sentence.start, mention.start))


def _outcome(left: tuple[str, ...]) -> Target:
    """Return a group of outcomes, several groups together, or a single row.

    Where both kinds stand before the number the last one counts: 因信访、重复申请等不予处理 is the group.
    """
    last = next(symbol for symbol in reversed(left) if symbol in _ENDINGS)
    if last in LEAVES:
        leaves = dict.fromkeys(symbol for symbol in left if symbol in LEAVES)
        return Target("leaf", Reading("该项办理结果", (tuple(f"requests.{row}.total" for row in leaves),)))
    names = list(dict.fromkeys(symbol for symbol in left if symbol in OUTCOMES))
    if len(names) == 1:
        return TARGETS[last]
    plain = [TARGETS[name].plain for name in names]
    tables = min(len(reading.cells) for reading in plain)
    cells = tuple(tuple(key for reading in plain for key in reading.cells[table]) for table in range(tables))
    return Target("outcomes", Reading("、".join(reading.words for reading in plain), cells))


def _carried(mention: Mention) -> Target | None:
    """Return which of the two carry-overs is meant: by 上年 or 下年, else by 至 and the year named.

    结转下年度办理 before the number is carried, 结转后办结 is done; after the number the first word counts.
    """
    for symbols, place in ((mention.left, -1), (mention.right, 0)):
        acts = [symbol for symbol in symbols if symbol in _ACTS]
        carried = bool(acts) and acts[place] == "carried"
        if "ongoing" in symbols or (carried and "next" in symbols):
            return TARGETS["carried_out"]
        if carried and "last" in symbols:
            return TARGETS["carried_in"]
        if carried:
            years = [int(symbol[5:]) for symbol in symbols if symbol.startswith("year:")]
            if not years:
                return TARGETS["carried"]
            onward = years[0] > (mention.passage.year or years[0]) or _ONWARD.search(mention.around)
            return TARGETS["carried_out" if onward else "carried_in"]
    return None


def _applicant(name: str) -> Target:
    return Target(
        name,
        Reading("该类申请人的申请", ((f"requests.received.{name}",),)),
        (
            Reading("新收加上年结转", ((f"requests.received.{name}", f"requests.carried_in.{name}"),)),
            Reading("办结", ((f"requests.outcome_total.{name}",),)),
        ),
    )


def _channel(mention: Mention, channels: frozenset[str]) -> Target | None:
    """Return the row of the older forms for one way in which applications came; the newer forms have none."""
    if "app" not in mention.left and "app" not in mention.right:
        return None
    rows = sorted(f"requests_{name}" for name in channels)
    if rows == ["requests_fax", "requests_letter"]:
        rows = ["requests_letter_fax"]
    if len(rows) != 1:
        return None
    return Target(
        "channel",
        Reading("该渠道的申请", ((f"summary_2008.{rows[0]}.year",), (f"statistics_2014.{rows[0]}",))),
    )


def _remedy(mention: Mention) -> Target | None:
    if mention.unit not in CASES or "aside" in mention.left:
        return None
    passage, sentence = mention.passage, mention.sentence
    text = passage.text[sentence.start : sentence.end]
    if not (_ABOUT_DISCLOSURE.search(text) or _ABOUT_DISCLOSURE.search(sentence.head + passage.title)):
        return None
    column = next((symbol for symbol in reversed(mention.left) if symbol in _RESULTS), "total")
    column = {"other_result": "other"}.get(column, column)
    named = [symbol for symbol in (*mention.left, *mention.right) if symbol in REMEDY]
    blocks = frozenset(named or [mention.noun])
    if blocks & {"direct", "after"}:
        blocks -= {"litigation", "reconsideration"}
    plain = _remedies(blocks, column)
    if named:
        return Target("remedy", plain)
    everything = _remedies(frozenset({"reconsideration", "litigation"}), column)
    return Target("remedy", plain, (everything, _remedies(frozenset({"reconsideration"}), column)))


_BLOCKS = {
    "reconsideration": ("reconsideration",),
    "litigation": ("litigation_direct", "litigation_after_reconsideration"),
    "direct": ("litigation_direct",),
    "after": ("litigation_after_reconsideration",),
}
_NAMES = {"reconsideration": "行政复议", "litigation": "行政诉讼", "direct": "直接起诉", "after": "复议后起诉"}
_COLUMNS = {"upheld": "结果维持", "corrected": "结果纠正", "other": "其他结果", "pending": "尚未审结", "total": "总数"}


@cache
def _remedies(blocks: frozenset[str], column: str) -> Reading:
    order = [name for name in _BLOCKS if name in blocks]
    cells = [tuple(f"remedies.{block}.{column}" for name in order for block in _BLOCKS[name])]
    older = [name for name in order if name in ("reconsideration", "litigation")]
    if column == "total":
        cells.append(tuple(f"summary_2008.{name}s.year" for name in older))
    cells.append(tuple(f"statistics_2014.{name}_{column}" for name in older))
    return Reading("、".join(_NAMES[name] for name in order) + _COLUMNS[column], tuple(filter(None, cells)))


def _document(mention: Mention) -> Target | None:
    if mention.unit not in CASES - {"条"} or "no_document" in mention.left or "no_document" in mention.right[:1]:
        return None
    words = mention.left + tuple(symbol for symbol in mention.right if symbol in DOCUMENTS)
    row = {"rules": "rules", "normative": "normative_documents"}[mention.noun]
    acts = [name for name in ("in_force", "repealed", "made", "published") if name in words]
    if not acts:
        listed = words == (mention.noun,) and "published" in _before(mention)  # 公开规章2件、规范性文件3件
        return _for_row(TARGETS["published"], row) if listed else None
    if acts[0] == "made" and "published" in acts and "新增" in mention.label:
        return _for_row(TARGETS["published"], row)
    return _for_row(TARGETS["in_force" if acts[0] == "published" and "stock" in words else acts[0]], row)


def _decision(mention: Mention) -> Target | None:
    if mention.noun == "charges":
        charged = mention.unit in ("万元", "元") and _CHARGED.search(mention.label) and "处理费" not in mention.label
        return TARGETS["charges"] if charged else None
    if "decided" not in mention.left or mention.noun not in mention.left:
        return None
    return _for_row(TARGETS["decisions"], mention.noun) if mention.unit in CASES | {"项"} else None


@cache
def _for_row(target: Target, row: str) -> Target:
    def filled(reading: Reading) -> Reading:
        return Reading(reading.words, tuple(tuple(key.format(row=row) for key in keys) for keys in reading.cells))

    return Target(target.name, filled(target.plain), tuple(filled(reading) for reading in target.also))


def _disclosed(mention: Mention) -> Target | None:
    if mention.unit in CASES and _SO_FAR.search(mention.label):
        return TARGETS["disclosed_so_far"]
    if mention.unit not in CASES or not _TOTAL.search(mention.label) or not _CHANNELS.isdisjoint(mention.left):
        return None
    return TARGETS["disclosed"]


_BY_NOUN: Mapping[str, Callable[[Mention], Target | None]] = MappingProxyType(
    {
        "app": _application,
        "disclosed": _disclosed,
        **dict.fromkeys(REMEDY, _remedy),
        **dict.fromkeys(DOCUMENTS, _document),
        **dict.fromkeys(DECISIONS, _decision),
    }
)
