"""Sentences an annual report says about its figures, in many wordings; all invented, all true of the tables.

Each function appends one or a few sentences to a passage. ``Told`` is what they may speak of.
"""

# ruff: noqa: E501 -- a sentence of a report is kept on one line

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builders.figures import APPLICANTS, shared
from builders.prose import COUNT_OF_ITEMS, PERCENTAGE, Figure, Passage, free, joined, of_cells, part, share, whole

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping
    from decimal import Decimal

    from builders.places import Body

FEWEST = 4
"""The fewest kinds of information that are listed."""

NUMERALS = "零一二三四五六七八九十"
ORGANISATIONS = tuple(column for column in APPLICANTS if column != "natural_person")
OUTCOME_GROUPS = {
    "予以公开": ("granted",),
    "部分公开": ("partial",),
    "不予公开": (
        "state_secret",
        "prohibited_by_law",
        "endangers_security",
        "third_party_rights",
        "internal_affairs",
        "process_information",
        "enforcement_file",
        "administrative_inquiry",
    ),
    "无法提供": ("not_held", "needs_creation", "still_unclear"),
    "不予处理": ("petition_or_complaint", "repeated", "publication", "unjustified_volume", "confirm_or_reissue"),
    "其他处理": ("not_corrected", "fee_unpaid", "other"),
}
CATEGORIES = (
    "机构职能",
    "政策文件",
    "规划计划",
    "财政预决算",
    "行政许可",
    "重大建设项目",
    "应急管理",
    "公共卫生",
    "食品药品监管",
    "城乡建设",
    "社会救助",
    "就业创业",
    "人事任免",
    "政府采购",
)


@dataclass(slots=True)
class Told:
    """What a report is about: its body, its year, the numbers of its tables, those of the year before."""

    rng: random.Random
    body: Body
    year: int
    numbers: Mapping[str, int | Decimal]
    previous: Mapping[str, int | Decimal] = field(default_factory=dict)

    def cell(self, *keys: str, group: str = "", role: str = "cell") -> Figure:
        """Return the sum of ``keys`` that the tables have, as a figure of the table."""
        held = tuple(key for key in keys if key in self.numbers)
        return of_cells(sum(self.numbers[key] for key in held), *held, group=group, role=role)

    def count(self, *keys: str) -> int:
        """Return the sum of ``keys`` as a whole number."""
        return int(self.cell(*keys).value)

    @property
    def this_year(self) -> Figure:
        """The report year as a figure nothing depends on."""
        return Figure(self.year, f"{self.year}年", role="date")

    @property
    def opening(self) -> str:
        """A way to begin a sentence about the year."""
        return self.rng.choice(
            (
                f"{self.year}年，{self.body.short}",
                f"{self.year}年度，{self.body.short}",
                f"{self.body.short}",
                "一年来，",
            )
        )


def requests_received(passage: Passage, told: Told) -> None:
    """Say how many applications were received, carried, concluded."""
    cells = {
        "received": told.cell("requests.received.total"),
        "carried_in": told.cell("requests.carried_in.total"),
        "handled": told.cell("requests.received.total", "requests.carried_in.total"),
        "concluded": told.cell("requests.outcome_total.total"),
        "carried_out": told.cell("requests.carried_out.total"),
    }
    wordings = {
        "requests.plain": "共收到政府信息公开申请{received}件，办结{concluded}件。",
        "requests.new": "新收政府信息公开申请{received}件，上年结转{carried_in}件，结转下年度继续办理{carried_out}件。",
        "requests.handled": "共受理政府信息公开申请{handled}件（其中上年结转{carried_in}件），已办结{concluded}件，"
        "结转下年度办理{carried_out}件。",
        "requests.online": "收到依申请公开申请{received}件，均按程序登记、分办。其中，当年办结及上年结转后办结共{concluded}件。",
        "requests.left": "新收到公众提交的政府信息公开申请{received}件，截至年底尚有{carried_out}件结转下一年度办理。",
        "requests.sum": "新收申请{received}件，加上年度结转的{carried_in}件，合计{handled}件；年内答复{concluded}件。",
    }
    name = told.rng.choice(sorted(wordings))
    passage.say(name, told.opening + wordings[name], **cells)


def requests_growth(passage: Passage, told: Told) -> None:
    """Compare applications received with the year before, naming both numbers."""
    key = "requests.received.total"
    now, before = told.count(key), int(told.previous.get(key, 0))
    if not before or now == before:
        return
    word = "增长" if now > before else "下降"
    growth = share(abs(now - before), before, "growth", told.rng.choice((1, 2)))
    wordings = {
        "growth.before": f"新收申请{{now}}件，上年为{{before}}件，同比{word}{{growth}}。",
        "growth.than": f"全年新收申请{{now}}件，与上年的{{before}}件相比{word}{{growth}}。",
    }
    name = told.rng.choice(sorted(wordings))
    passage.say(
        name, wordings[name], now=told.cell(key), before=Figure(before, role="previous", group="growth"), growth=growth
    )


def applicants(passage: Passage, told: Told) -> None:
    """Split the applications received by who applied."""
    people = told.cell("requests.received.natural_person", group="applicants")
    organisations = told.cell(*(f"requests.received.{column}" for column in ORGANISATIONS), group="applicants")
    total = told.count("requests.received.total")
    wordings = {
        "applicants.plain": "新收申请中，自然人申请{people}件，法人或其他组织申请{organisations}件。",
        "applicants.type": "从申请人类型看，新收的申请中自然人{people}件、法人和其他组织{organisations}件。",
    }
    if total:
        wordings["applicants.share"] = (
            "从申请主体看，新收申请由自然人提出的{people}件，占{share}；由法人或其他组织提出的{organisations}件。"
        )
    name = told.rng.choice(sorted(wordings))
    figures = {"people": people, "organisations": organisations}
    if name == "applicants.share":
        figures["share"] = share(int(people.value), total, "applicants", told.rng.choice((1, 2)))
    passage.say(name, wordings[name], **figures)


def outcomes(passage: Passage, told: Told) -> None:
    """Say what became of the applications concluded: all the groups, with shares, or only some of them."""
    concluded = told.count("requests.outcome_total.total")
    figures: dict[str, Figure] = {
        "concluded": told.cell("requests.outcome_total.total", role="whole", group="outcomes")
    }
    style = told.rng.choice(("plain", "shares", "some")) if concluded else "plain"
    pieces = []
    names = list(OUTCOME_GROUPS)
    if style == "some":
        names = [name for name in names if told.rng.random() < 0.5] or names[:2]
    for index, name in enumerate(names):
        cell = told.cell(*(f"requests.{row}.total" for row in OUTCOME_GROUPS[name]), group="outcomes")
        figures[f"n{index}"] = cell
        if style == "shares":
            figures[f"s{index}"] = share(int(cell.value), concluded, "outcomes", 2)
            pieces.append(f"{name}{{n{index}}}件，占{{s{index}}}")
        else:
            pieces.append(f"{name}{{n{index}}}件")
    separator = "；" if style == "shares" else told.rng.choice("，、")
    opening = {
        "plain": "办结的{concluded}件申请中，",
        "shares": "在办结的{concluded}件中：",
        "some": "已办结{concluded}件，其中",
    }[style]
    passage.say(f"outcomes.{style}", opening + joined(pieces, separator) + "。", **figures)


def channels(passage: Passage, told: Told) -> None:
    """Split the applications received by the way they came in."""
    received = told.count("requests.received.total")
    if not received:
        return
    parts = shared(told.rng, received, (60, 30, 10))
    wordings = {
        "channels.whole": "新收的{whole}件申请中，网络提交{a}件，信函提交{b}件，当面提交{c}件。",
        "channels.way": "按提交方式分，新收申请{whole}件，其中网上申请{a}件、信函申请{b}件、现场申请{c}件。",
    }
    name = told.rng.choice(sorted(wordings))
    passage.say(
        name,
        wordings[name],
        whole=told.cell("requests.received.total", role="whole", group="channels"),
        **{letter: part(number, "channels") for letter, number in zip("abc", parts, strict=True)},
    )


def remedies(passage: Passage, told: Told) -> None:
    """Say what reconsideration and litigation came of it."""
    blocks = {
        "reconsideration": ("remedies.reconsideration",),
        "litigation": ("remedies.litigation_direct", "remedies.litigation_after_reconsideration"),
    }
    columns = {"upheld": "upheld", "corrected": "corrected", "other": "other", "pending": "pending", "total": "total"}
    figures = {
        f"{name}_{column}": told.cell(*(f"{block}.{column}" for block in keys), group=name)
        for name, keys in blocks.items()
        for column in columns
    }
    reviews, suits = figures["reconsideration_total"].value, figures["litigation_total"].value
    if not reviews and not suits:
        passage.say(
            "remedies.none",
            told.rng.choice(
                ("全年未发生因政府信息公开引发的行政复议和行政诉讼。", "本年度无政府信息公开行政复议、行政诉讼案件。")
            ),
        )
        return
    wordings = {
        "remedies.totals": "因政府信息公开引发行政复议{reconsideration_total}件、行政诉讼{litigation_total}件。",
        "remedies.reconsideration": "全年发生政府信息公开行政复议{reconsideration_total}件，其中结果维持{reconsideration_upheld}件、"
        "结果纠正{reconsideration_corrected}件、其他结果{reconsideration_other}件、尚未审结{reconsideration_pending}件。",
        "remedies.both": "政府信息公开行政复议{reconsideration_total}件，其中维持{reconsideration_upheld}件，"
        "被纠正{reconsideration_corrected}件；政府信息公开行政诉讼{litigation_total}件，其中维持{litigation_upheld}件，"
        "被纠正{litigation_corrected}件。",
    }
    name = told.rng.choice(sorted(wordings))
    passage.say(name, wordings[name], **figures)


def documents(passage: Passage, told: Told) -> None:
    """Say how many normative documents were made, repealed, are in force."""
    row = "proactive.normative_documents"
    if f"{row}.in_force" in told.numbers:
        figures = {name: told.cell(f"{row}.{name}") for name in ("made", "repealed", "in_force")}
        wordings = {
            "documents.flow": "全年制发行政规范性文件{made}件，废止{repealed}件，现行有效{in_force}件。",
            "documents.stock": "开展文件清理，年内废止行政规范性文件{repealed}件；截至年底，现行有效行政规范性文件{in_force}件。",
            "documents.made": "本年新制发行政规范性文件{made}件，全部在政府网站公开。",
        }
    else:
        figures = {name: told.cell(f"{row}.{name}") for name in ("made", "total")}
        wordings = {
            "documents.trial": "本年新制作规范性文件{made}件，对外公开规范性文件总数{total}件。",
            "documents.trial.made": "本年新制作规范性文件{made}件，及时向社会公开。",
        }
    name = told.rng.choice(sorted(wordings))
    passage.say(name, wordings[name], **figures)


def decisions(passage: Passage, told: Told) -> None:
    """Say how many permits, penalties and coercions were decided, or what was charged."""
    figures = {row: told.cell(f"proactive.{row}.decisions") for row in ("permits", "penalties", "coercion")}
    wordings = {
        "decisions.all": "作出行政许可决定{permits}件、行政处罚决定{penalties}件、行政强制决定{coercion}件。",
        "decisions.permits": "依法公开行政许可处理决定{permits}件。",
        "decisions.penalties": "全年作出行政处罚处理决定{penalties}件，按要求公示。",
    }
    if "proactive.charges.amount_wan" in told.numbers:
        figures["charges"] = told.cell("proactive.charges.amount_wan")
        wordings["decisions.charges"] = "公开行政事业性收费信息，本年收费金额{charges}万元。"
    name = told.rng.choice(sorted(wordings))
    passage.say(name, wordings[name], **figures)


def categories(passage: Passage, told: Told, total: Figure | None = None) -> None:
    """List what was published by category: the count of categories, their sum, perhaps their shares."""
    rng = told.rng
    number = int(total.value) if total else rng.randint(150, 6_000)
    if number < FEWEST:
        return
    chosen = rng.sample(CATEGORIES, min(number, rng.randint(FEWEST, 10)))
    rest = shared(rng, number - len(chosen), [rng.random() + 0.05 for _ in chosen])
    counts = [1 + more for more in rest]  # nobody lists a kind of which there is nothing
    stated = total or whole(number, "categories")
    figures: dict[str, Figure] = {
        "whole": Figure(stated.value, code=stated.code, keys=stated.keys, role="whole", group="categories"),
        "kinds": Figure(len(chosen), code=COUNT_OF_ITEMS, role="count", group="categories"),
    }
    shares = number > 0 and rng.random() < 0.5
    pieces = []
    for index, (name, count) in enumerate(zip(chosen, counts, strict=True)):
        figures[f"n{index}"] = part(count, "categories")
        piece = f"{name}类信息{{n{index}}}条"
        if shares:
            figures[f"s{index}"] = share(count, number, "categories")
            piece += f"，占{{s{index}}}"
        pieces.append(piece)
    body = joined(pieces, "；" if shares else rng.choice("，、"))
    wordings = {
        "categories.kinds": "主动公开政府信息{whole}条，分为{kinds}类：",
        "categories.colon": "主动公开政府信息{whole}条，其中：",
        "categories.into": "主动公开各类政府信息共{whole}条，按内容划分为{kinds}类，包括",
    }
    name = rng.choice(sorted(wordings))
    passage.say(name, f"{told.opening}{wordings[name]}{body}。", **figures)


def classified(passage: Passage, told: Told) -> None:
    """Say how the documents made were classified for disclosure."""
    number = told.rng.randint(90, 9_000)
    counts = shared(told.rng, number, (50, 20, 30))
    figures = {"whole": whole(number, "classified")}
    pieces = []
    for index, (name, count) in enumerate(zip(("主动公开", "依申请公开", "不予公开"), counts, strict=True)):
        figures[f"n{index}"] = part(count, "classified")
        figures[f"s{index}"] = share(count, number, "classified", told.rng.choice((0, 1)))
        pieces.append(f"{name}{{n{index}}}件（占{{s{index}}}）" if told.rng.random() < 0.5 else f"{name}{{n{index}}}件")
    verb = told.rng.choice(("制作、获取政府信息", "制发公文", "产生各类文件"))
    passage.say("classified", f"全年共{verb}{{whole}}件，其中{joined(pieces, '、')}。", **figures)


def interpretations(passage: Passage, told: Told) -> None:
    """Say how policies were explained, by form."""
    counts = [told.rng.randint(1, 90) for _ in range(3)]
    figures = {f"n{index}": part(count, "interpretations") for index, count in enumerate(counts)}
    figures["whole"] = whole(sum(counts), "interpretations")
    wordings = {
        "interpretations.among": "发布政策解读材料{whole}篇，其中文字解读{n0}篇、图文解读{n1}篇、视频解读{n2}篇。",
        "interpretations.sum": "全年发布文字解读{n0}篇、图解{n1}篇、视频解读{n2}篇，合计{whole}篇。",
    }
    name = told.rng.choice(sorted(wordings))
    passage.say(name, wordings[name], **figures)


def media(passage: Passage, told: Told) -> None:
    """Say what the website and the accounts published, and compare it with the year before."""
    rng = told.rng
    counts = [rng.randint(2, 4_000) for _ in range(3)]
    before = rng.randint(300, 9_000)
    now = before + rng.choice((1, -1)) * rng.randint(1, before // 2)
    word = "增长" if now > before else "减少"
    statements = {
        "media.website": (
            "政府网站发布信息{whole}条，其中概况类信息更新量{n0}条，政务动态信息更新量{n1}条，信息公开目录信息更新量{n2}条。",
            {
                "whole": whole(sum(counts), "website"),
                **{f"n{index}": part(count, "website") for index, count in enumerate(counts)},
            },
        ),
        "media.growth": (
            f"政务新媒体推送信息{{now}}条，较上年的{{before}}条{word}{{growth}}。",
            {
                "now": Figure(now, code=PERCENTAGE, role="whole", group="media"),
                "before": Figure(before, code=PERCENTAGE, role="previous", group="media"),
                "growth": share(abs(now - before), before, "media"),
            },
        ),
        "media.about": ("网站全年访问量{visits}万余人次。", {"visits": free(rng.randint(11, 900))}),
        "media.partial": (
            "发布各类信息{whole}条，其中重点领域信息{some}条。",
            {"whole": free(now + before), "some": free(min(now, before) // 2)},
        ),
    }
    name = rng.choice(sorted(statements))
    words, figures = statements[name]
    passage.say(name, words, **figures)


PROBLEMS = (
    "主动公开的时效性有待增强",
    "政策解读的形式还不够多样",
    "基层工作人员业务能力不够均衡",
    "公开栏目的维护不够及时",
    "与公众的互动渠道还不够丰富",
    "依申请公开答复的规范性仍需提高",
)
MEASURES = ("加强业务培训和指导", "完善栏目更新责任制", "丰富解读方式", "健全会商和法制审核机制", "开展常态化检查")


def problems(passage: Passage, told: Told) -> None:
    """Name what is wanting and what will be done; the number of aspects is that of the items listed."""
    rng = told.rng
    chosen = rng.sample(PROBLEMS, rng.randint(2, 4))
    corrected = [key for key in told.numbers if key.startswith("remedies.") and key.endswith(".corrected")]
    if told.count(*corrected) and PROBLEMS[-1] not in chosen:
        chosen[0] = PROBLEMS[-1]  # a report whose decisions were corrected has to speak of it
    listed = joined((f"{NUMERALS[index]}是{item}" for index, item in enumerate(chosen, 1)), "；")
    kinds = Figure(len(chosen), "两三四"[len(chosen) - 2], code=COUNT_OF_ITEMS, role="count", group="problems")
    if rng.random() < 0.6:
        passage.say("problems.counted", f"政府信息公开工作还存在{{kinds}}个方面的不足：{listed}。", kinds=kinds)
    else:
        passage.say("problems.listed", f"工作中还存在一些不足，主要是：{listed}。")
    passage.break_line()
    measures = rng.sample(MEASURES, 2)
    passage.say("problems.measures", f"下一步，将{measures[0]}，{measures[1]}，不断提升公开质量。")
