"""Whether a page can be taken, and as what: every reason against it, in words for whoever mends it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from gongkai.records import markup
from gongkai.records.domain import taking_over
from gongkai.records.errors import RecordError
from gongkai.records.models import Category, Record, Stage
from gongkai.takeover.mapping import Plan, Rule
from gongkai.takeover.models import PageState
from gongkai.takeover.reading.page import Shape
from gongkai.takeover.reading.table import APPROVE, LEAVE
from gongkai.takeover.reading.words import spelt_number
from gongkai.text import personal
from gongkai.text.normalise import comparison_key
from gongkai.units.models import Span, Unit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.records.domain.taking_over import Paper
    from gongkai.takeover.reading.page import OldPage

_QUOTED = re.compile(r"《([^《》]{4,150})》")
_INTERPRETATIONS = re.compile(r"解读|图解|一图读懂|问答")
_KINDS = {"identity": "身份证号码", "mobile": "手机号码", "bank_card": "银行卡号"}
_TITLE, _INDEX = 300, 40
EVERY = "*"
"""The row of the mapping for pages whose column it does not name."""


@dataclass(slots=True)
class Verdict:
    """What is to become of a page. ``same`` is whose words it repeats.

    ``fields`` are there where nothing speaks against the page itself, ``paper`` where it can be taken.
    ``is_deferred``: it interprets a document that is not here yet.
    """

    page: OldPage
    state: PageState
    rule: Rule = field(default_factory=Rule)
    unit: str = ""
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    fields: dict[str, Any] | None = None
    paper: Paper | None = None
    text_digest: str = ""
    same: str = ""
    is_deferred: bool = False


@dataclass(slots=True)
class Judge:
    """The decisions of an operator, applied page by page.

    ``unit`` is the code for pages that name no unit; ``takes_published`` lets the day of publication stand in where no
    生成日期 was read: a decision of the operator's, never a default. ``is_rehearsal``: nothing will be written.
    """

    user: User
    today: date
    plan: Plan | None = None
    unit: str = ""
    takes_published: bool = False
    is_rehearsal: bool = False
    corrections: Mapping[str, tuple[OldPage, frozenset[str]]] = field(default_factory=dict)
    _units: dict[str, list[Unit]] = field(default_factory=dict)
    _names: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Learn what every unit is or was called. One query."""
        for span in Span.objects.select_related("unit").order_by("begins_on"):
            self._names[span.unit_id] = span.short_name
            for name in {span.name, span.short_name, span.unit.code}:
                known = self._units.setdefault(comparison_key(name), [])
                if span.unit not in known:
                    known.append(span.unit)

    def unknown_codes(self) -> set[str]:
        """Return the codes of units that the mapping names and that nobody has."""
        codes = {code for code in (self.plan.units.values() if self.plan else ()) if code}
        codes |= {rule.unit for rule in (self.plan.columns.values() if self.plan else ()) if rule.unit}
        codes |= {self.unit} - {""}
        return {code for code in codes if comparison_key(code) not in self._units}

    def judge(self, found: OldPage) -> Verdict:
        """Return what speaks for itself about a page; ``draft`` makes a paper of it. At most two queries."""
        page = self._corrected(found)
        verdict = Verdict(page, PageState.BAD, notes=list(page.notes))
        if page.is_left_out:
            verdict.state = PageState.LEFT_OUT
            verdict.notes = verdict.notes or [f"处理意见为“{LEAVE}”"]
            return verdict
        if page.shape is Shape.LISTING:
            return self._listing(verdict)
        verdict.problems = list(page.problems)
        if page.shape is Shape.EMPTY:
            verdict.problems = verdict.problems or ["正文：没有读到正文，也没有链接"]
            return verdict
        rule = self._rule(verdict)
        if rule is not None and rule.is_left_out:
            verdict.state, verdict.problems = PageState.LEFT_OUT, []
            verdict.notes.append(f"栏目“{page.column_words}”不接收")
            return verdict
        self._examine(verdict)
        return verdict

    def _corrected(self, page: OldPage) -> OldPage:
        if page.address.path not in self.corrections:
            return page
        said, given = self.corrections[page.address.path]
        decisions = {"is_left_out": page.is_left_out or said.is_left_out, "is_approved": said.is_approved}
        return replace(page, **{name: getattr(said, name) for name in given}, **decisions)

    def _rule(self, verdict: Verdict) -> Rule | None:
        page, plan = verdict.page, self.plan
        if plan is None:
            return None
        rule = plan.rule_for(page.column) or plan.columns.get(EVERY)
        if rule is not None:
            verdict.rule = rule
        elif page.column:
            verdict.problems.append(f"栏目：对照表里没有“{page.column_words}”，请补上，或加一行“{EVERY}”")
        else:
            verdict.problems.append(f"栏目：没有读到栏目，请填写，或在对照表里加一行“{EVERY}”")
        return rule

    def _listing(self, verdict: Verdict) -> Verdict:
        page = verdict.page
        verdict.state = PageState.LISTING
        rule = self.plan.rule_for((*page.column, page.title)) if self.plan is not None else None
        if rule is not None:
            verdict.rule = rule
        if not verdict.rule.target:
            verdict.notes.append("栏目页，没有设跳转：对照表里没有它的新地址")
        return verdict

    def _examine(self, verdict: Verdict) -> None:
        page, problems = verdict.page, verdict.problems
        if not page.title:
            problems.append("标题：没有读到标题")
        if len(page.title) > _TITLE:
            problems.append(f"标题：有 {len(page.title)} 个字，超过 {_TITLE} 字的上限")
        unit = self._unit(verdict)
        published, made = page.published_on, page.made_on
        if published is None:
            problems.append("发布日期：没有读到")
        elif published > self.today:
            problems.append(f"发布日期：{published} 晚于今天")
        if made is None and published is not None and self.takes_published:
            made = published
            verdict.notes.append("没有读到生成日期，按本次接收的决定以发布日期为准")
        elif made is None:
            problems.append("生成日期：没有读到")
        body = markup.clean(page.body)
        text = markup.plain(body)
        if not text and not page.files:
            problems.append("正文：没有读到正文，也没有附件")
        self._protect(verdict, text)
        words = "".join(f"{page.title}\n{text}".split())
        # A page of files alone says nothing by its words: its files are part of what it is.
        names = "" if text else "".join(one.address.path for one in page.files)
        verdict.text_digest = hashlib.sha256(f"{words}{names}".encode()).hexdigest()
        interprets = self._interpreted(verdict)
        if problems or unit is None or made is None or published is None:
            return
        category = verdict.rule.category
        if category == Category.INTERPRETATION and interprets is None:
            category = Category.OTHER  # in a rehearsal: whether its document is there shows when it is taken
        verdict.fields = {
            "unit": unit,
            "published_on": published,
            "made_on": made,
            "former_number": page.index_number[:_INDEX],
            "category": category,
            "title": page.title,
            # An interpretation prints the number of its document: it has none of its own.
            "document_number": "" if category == Category.INTERPRETATION else page.document_number,
            "subject": verdict.rule.subject,
            "scope_item": verdict.rule.scope_item,
            "keywords": page.keywords,
            "summary": page.summary,
            "body": body,
            "interprets": interprets,
        }

    def draft(self, verdict: Verdict) -> None:
        """Make a paper of a page with nothing against it; what the rules of records say against it is added."""
        assert verdict.fields is not None
        try:
            verdict.paper = taking_over.paper(author=self.user, **verdict.fields)
        except RecordError as error:
            verdict.problems.append(str(error))
        else:
            verdict.state = PageState.TAKEN

    def _unit(self, verdict: Verdict) -> Unit | None:
        page, rule = verdict.page, verdict.rule
        units = self.plan.units if self.plan is not None else {}
        code = units.get(page.unit, "")
        known = self._units.get(comparison_key(code or page.unit), []) if page.unit else []
        if len(known) > 1:
            verdict.problems.append(f"发布机构：有 {len(known)} 个机构叫过“{page.unit}”，请改填机构代码")
            return None
        if not known and (other := rule.unit or (self.unit if not page.unit else "")):
            known = self._units.get(comparison_key(other), [])
            if page.unit and known:
                verdict.notes.append(f"来源“{page.unit}”不是登记的机构，按栏目归“{self._names[known[0].pk]}”")
        if not known:
            words = f"没有登记过“{page.unit[:60]}”，请在对照表中指明机构代码" if page.unit else "没有读到"
            verdict.problems.append(f"发布机构：{words}")
            return None
        verdict.unit = self._names[known[0].pk]
        return known[0]

    def _protect(self, verdict: Verdict, text: str) -> None:
        """Hold back a page with personal data, unless a person decided on it (个人信息保护法 第二十五条)."""
        found = personal.find(f"{verdict.page.title}\n{verdict.page.summary}\n{text}")
        if not found:
            return
        words = "、".join(f"{_KINDS[one.kind]} {one.masked}" for one in found[:3])
        if verdict.page.is_approved:
            verdict.notes.append(f"有个人信息（{words}），已核定公开")
        else:
            verdict.problems.append(
                f"正文：有个人信息（{words}），不得直接公开（个人信息保护法第二十五条）；"
                f"请在来源中去标识化，确需公开的在“处理”栏填“{APPROVE}”"
            )

    def _interpreted(self, verdict: Verdict) -> Record | None:
        """Return the document that a page interprets: by what a person wrote, or by its title. One query."""
        page = verdict.page
        if verdict.rule.category != Category.INTERPRETATION:
            return None
        quoted = _QUOTED.search(page.title)
        named = quoted[1] if quoted else _INTERPRETATIONS.split(page.title)[0].strip("《》“” ")
        wanted = page.wanted or named
        documents = Record.objects.filter(stage=Stage.PUBLISHED).exclude(category=Category.INTERPRETATION)
        if number := spelt_number(page.wanted) or (page.document_number if not page.wanted else ""):
            found = list(documents.filter(document_number=number)[:2])
        else:
            found = []
        if not found and wanted:
            found = list(documents.filter(title=wanted)[:2]) or list(documents.filter(title__contains=wanted)[:2])
        if len(found) == 1:
            return found[0]
        if self.is_rehearsal:
            verdict.notes.append("政策解读：所解读的文件在接收时查找")
        elif found:
            verdict.problems.append(f"解读对象：不止一份文件与“{wanted}”相符，请填写文号")
        else:
            verdict.is_deferred = True
            verdict.problems.append(f"解读对象：没有找到“{wanted or page.title}”，请填写所解读文件的文号或标题")
        return None
