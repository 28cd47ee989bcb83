"""Claims without a number of their own against the tables: 零败诉, 均获维持, 未收到申请, 全部办结, 办结率100%."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gongkai.annual.audit.captions import names
from gongkai.annual.audit.registry import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.annual.audit.context import Context
    from gongkai.annual.audit.prose import Passage
    from gongkai.annual.finding import Finding

# One pattern per claim, each beginning with plain characters: a search for those is much faster than an alternation.
_NONE = re.compile(
    r"(?:[未没无][有]?(?:收到|接到|受理|发生|产生|出现)|无(?=因|政府信息|依申请|信息公开|行政|申请))"
    r"[^，。；：（）\d]{0,40}?(?:申请|复议|诉讼|败诉|纠错|纠正)[^，。；：（）]{0,24}"
)
_ZERO = re.compile("零(?:败诉|纠错|纠正)|无一败诉")
_UPHELD = re.compile("[均全都]部?(?:获|被|得到)?(?:结果)?维持")
_RATE = re.compile(r"(?:办结|答复|办理|回复)(?:及时|按时|按期)?率[^，。；\d]{0,8}100%")
_TIMELY = re.compile("及时|按时|按期|期限")
_ALL = re.compile(
    r"[均全都][部已]?(?P<within>(?:在[^，。；]{0,8}期限[^，。；]{0,4}|按[时期规]\S{0,3}|及时|依法)*)"
    r"(?:予以)?(?:办结|办理完毕|办理完成|答复(?!率)|处理完毕)"
)
_NOT_A_CASE = re.compile(
    "因(?:答复|超期|逾期|公开不当|程序)|收费|机关|投诉|申请人|(?:建议|提案)|工作人员|无正当|无法|无障碍|无关"
    "|法人|自然人|当面|涉及|关于|通过|减免|更正|补正|重复|延期"
)
_OTHER_BUSINESS = re.compile("建议|提案|交办件|热线|留言|信件|工单|咨询|信访件|诉求|12345")
_ABOUT_DISCLOSURE = re.compile("信息公开|公开申请|依申请|政务公开")
_RECEIVED = ("requests.received.total", "summary_2008.requests_received.year", "statistics_2014.requests_received")
_REVIEWS = ("remedies.reconsideration.", "summary_2008.reconsiderations.", "statistics_2014.reconsideration_")
_SUITS = (
    "remedies.litigation_direct.",
    "remedies.litigation_after_reconsideration.",
    "summary_2008.litigations.",
    "statistics_2014.litigation_",
)


def check_claims(context: Context) -> Iterator[Finding]:
    """Yield a finding for every claim that the tables contradict."""
    for passage in context.passages:
        text = passage.text
        for mark, pattern, check in _CHECKS:
            if mark.search(text):
                for match in pattern.finditer(text):
                    yield from check(context, passage, match)


def _sentence(passage: Passage, match: re.Match[str]) -> str:
    """Return the sentence up to the end of the claim."""
    start = max(passage.text.rfind(mark, 0, match.start()) for mark in "。！？")
    return passage.text[start + 1 : match.end()]


def _contradicted(
    context: Context, rule: str, passage: Passage, match: re.Match[str], keys: list[str], *, severity: str = ""
) -> Iterator[Finding]:
    present = context.present(keys)
    held = context.summed(present) if present else None
    if held:
        yield RULES[rule].finding(
            cells=present,
            expected=0,
            found=held,
            evidence=passage.printed(match.start(), match.end()),
            where=passage.title,
            severity=severity,
            sum=names(context.report, *(key for key in present if context.numbers.get(key))),
        )


def _blocks(words: str) -> tuple[str, ...]:
    reviews, suits = "复议" in words or "纠" in words, "诉" in words
    return (_REVIEWS if reviews or not suits else ()) + (_SUITS if suits or not reviews else ())


def _none(context: Context, passage: Passage, match: re.Match[str]) -> Iterator[Finding]:
    words = match[0]
    sentence = _sentence(passage, match)
    if _NOT_A_CASE.search(words) or _OTHER_BUSINESS.search(sentence):
        return
    remedies = "复议" in words or "诉" in words or "纠" in words
    if remedies and not (_ABOUT_DISCLOSURE.search(sentence) or _ABOUT_DISCLOSURE.search(passage.title)):
        return
    if "败诉" in words or "纠错" in words or "纠正" in words:
        yield from _contradicted(context, "D2", passage, match, [f"{key}corrected" for key in _blocks(words)])
    elif remedies:
        yield from _contradicted(context, "E1z", passage, match, _totals(_blocks(words)))
    elif _ABOUT_DISCLOSURE.search(sentence + passage.title) and words.startswith(_NOTHING):
        yield from _contradicted(context, "E1z", passage, match, [*_RECEIVED])


_NOTHING = (
    "未收到",
    "未接到",
    "未受理",
    "没有收到",
    "没有接到",
    "没有受理",
    "无受理",
    "无依申请",
    "无政府信息公开",
    "无信息公开",
)


def _totals(blocks: tuple[str, ...]) -> list[str]:
    return [key + ("year" if key.startswith("summary") else "total") for key in blocks]


def _zero(context: Context, passage: Passage, match: re.Match[str]) -> Iterator[Finding]:
    keys = _SUITS if "诉" in match[0] else _REVIEWS + _SUITS
    yield from _contradicted(context, "D2", passage, match, [f"{key}corrected" for key in keys])


def _upheld(context: Context, passage: Passage, match: re.Match[str]) -> Iterator[Finding]:
    words = _sentence(passage, match)
    if "复议" not in words and "诉" not in words:
        return
    keys = [f"{key}{column}" for key in _blocks(words) for column in ("corrected", "other", "pending")]
    yield from _contradicted(context, "D2u", passage, match, keys)


def _rate(context: Context, passage: Passage, match: re.Match[str]) -> Iterator[Finding]:
    """办结率100% speaks of all applications; a rate of timeliness, or of answers, perhaps of those due."""
    if not _OTHER_BUSINESS.search(_sentence(passage, match)):
        near = passage.text[max(0, match.start() - 6) : match.end()]
        severity = "warning" if _TIMELY.search(near) or "办结" not in match[0] else ""
        yield from _contradicted(context, "C7", passage, match, ["requests.carried_out.total"], severity=severity)


def _all(context: Context, passage: Passage, match: re.Match[str]) -> Iterator[Finding]:
    sentence = _sentence(passage, match)
    if match["within"] and match[0][0] == "均" and "已" not in match[0]:  # 均在法定期限内答复 is about time
        return
    if "申请" in sentence and not _OTHER_BUSINESS.search(sentence):
        severity = "warning" if match["within"] or "到期" in sentence or "答复" in match[0] else ""
        yield from _contradicted(context, "C7", passage, match, ["requests.carried_out.total"], severity=severity)


_CHECKS = (
    (re.compile("[未没无]"), _NONE, _none),
    (re.compile("零败|零纠|无一败"), _ZERO, _zero),
    (re.compile("维持"), _UPHELD, _upheld),
    (re.compile("100%"), _RATE, _rate),
    (re.compile("[均全都]"), _ALL, _all),
)
