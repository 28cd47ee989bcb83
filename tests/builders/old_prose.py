"""The prose of reports under the regulation of 2007: six parts with the numbers of the 附表 or 统计表 in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builders import phrases
from builders.prose import Figure, Passage, part

if TYPE_CHECKING:
    from builders.phrases import Told

TITLES = (
    "概述",
    "主动公开政府信息情况",
    "政府信息依申请公开办理情况",
    "因政府信息公开申请行政复议、提起行政诉讼的情况",
    "政府信息公开工作存在的主要问题及改进措施",
    "需要说明的事项与附表",
)
CHANNEL_NAMES = {
    "requests_in_person": "当面申请",
    "requests_fax": "传真申请",
    "requests_email": "电子邮件申请",
    "requests_online": "网上申请",
    "requests_letter": "信函申请",
    "requests_letter_fax": "信函、传真申请",
    "requests_other_channel": "其他形式申请",
}


def sections(told: Told, edition: str) -> list[tuple[str, Passage]]:
    """Write the six parts for ``edition`` (``2014`` or ``2008``)."""
    passages = [Passage(index) for index in range(len(TITLES))]
    one, two, three, four, five, six = passages
    one.say("old.opening", f"{told.year}年，{told.body.name}认真落实政府信息公开各项要求，健全机制，完善目录。")
    phrases.classified(one, told)
    key = _keyed(edition)
    _disclosed(two, told, key)
    _requests(three, told, key)
    reviews = told.cell(key("reconsiderations" if edition == "2008" else "reconsideration_total"))
    suits = told.cell(key("litigations" if edition == "2008" else "litigation_total"))
    if reviews.value or suits.value:
        four.say(
            "old.remedies",
            "因政府信息公开申请行政复议{reviews}件，提起行政诉讼{suits}件。",
            reviews=reviews,
            suits=suits,
        )
    else:
        four.say("old.remedies.none", "全年未发生因政府信息公开申请行政复议、提起行政诉讼的情况。")
    phrases.problems(five, told)
    six.say("old.rest", "（一）需要说明的事项：无。")
    six.break_line()
    six.say("old.table", "（二）附表。")
    return list(zip(TITLES, passages, strict=True))


def _keyed(edition: str):
    if edition == "2008":
        return lambda row: f"summary_2008.{row}.year"
    return lambda row: f"statistics_2014.{row}"


def _disclosed(passage: Passage, told: Told, key) -> None:
    row = "disclosed_documents" if key("").startswith("summary") else "disclosed_total"
    passage.say("old.number", "（一）主动公开政府信息的数量。")
    figures = {"year": told.cell(key(row))}
    words = "经统计，全年主动公开政府信息{year}条。"
    if row == "disclosed_documents":
        figures["cumulative"] = told.cell(f"summary_2008.{row}.cumulative")
        words = told.rng.choice((words, "全年主动公开政府信息{year}条，历年累计公开{cumulative}条。"))
    passage.say("old.disclosed", words, **figures)
    passage.break_line()
    passage.say("old.kinds", "（二）主动公开政府信息的主要类别。")
    phrases.categories(passage, told, told.cell(key(row)))


def _requests(passage: Passage, told: Told, key) -> None:
    received = told.cell(key("requests_received"), role="whole", group="old.channels")
    if not received.value:
        passage.say("old.requests.none", "全年未收到政府信息公开申请。")
        return
    rows = [row for row in CHANNEL_NAMES if key(row) in told.numbers]
    figures: dict[str, Figure] = {
        f"n{index}": told.cell(key(row), group="old.channels") for index, row in enumerate(rows)
    }
    pieces = "，".join(f"{CHANNEL_NAMES[row]}{{n{index}}}件" for index, row in enumerate(rows))
    passage.say(
        "old.requests",
        told.rng.choice(
            ("（一）受理申请的数量。全年受理政府信息公开申请{whole}件，其中", "全年共收到政府信息公开申请{whole}件：")
        )
        + pieces
        + "。",
        whole=received,
        **figures,
    )
    passage.break_line()
    granted = "answers_granted" if "summary_2008.answers_granted.year" in told.numbers else "granted"
    passage.say(
        "old.answers",
        "（二）对申请的办理情况。对申请的答复共{total}件，其中同意公开{granted}件。",
        total=told.cell(key("answers_total")),
        granted=told.cell(key(granted)),
    )
    if told.rng.random() < 0.4:
        passage.say(
            "old.topics", "申请内容涉及土地管理的有{n}件。", n=part(min(1, int(received.value)), "topics", code="")
        )
