"""A viewer's unit with its ancestor, descendant and sibling, and three units that ended yesterday.

``abolished`` stood below the viewer's unit and nobody took over; ``merged`` stood beside it and it took over;
``estranged`` stood beside it and the sibling took over.

At each of the seven stand a record in every stage, its reviews in every state, an application in every stage, files
and a registered officer, all with words of their own (``mark_of``), so that whatever leaks is recognised. Viewers
stand at ``own``.
"""

from dataclasses import dataclass
from datetime import timedelta

from builders.accounts_of_year import accounts
from builders.cases import belongings, cases
from builders.city import unit
from builders.editions import attached, edition, figures
from builders.holdings import hold
from gongkai.accounts.domain import people
from gongkai.accounts.models import Role, User
from gongkai.applications.models import Stage as CaseStage
from gongkai.journal.domain.entry import SYSTEM
from gongkai.records.domain import draft, publication
from gongkai.records.domain.trace import KIND
from gongkai.records.models import Attribute, Category, Clause, Stage
from gongkai.review.domain import chains, passage
from gongkai.review.models import Review
from gongkai.units.domain import structure
from gongkai.units.models import Kind

ENDED = ("abolished", "merged", "estranged")
RELATIONS = ("own", "ancestor", "descendant", "sibling", *ENDED)
REVIEWED = (Stage.REVIEWING, "referred", "returned", "taken-back", Stage.READY)
"""Where a review is open, referred, returned, withdrawn and passed."""

STATES = (*Stage.values, "referred", "returned", "taken-back")


def mark_of(relation, what):
    """Return words that stand in one object and nowhere else."""
    return f"密语·{relation}·{what}·"


@dataclass(frozen=True)
class Viewer:
    """Somebody who looks: ``role`` at ``own``, with everything below where ``with_subtree``."""

    name: str
    user: User | None
    role: str = ""
    with_subtree: bool = False

    def covers(self, relation):
        """Tell whether the role reaches the papers of the unit in that relation.

        Those of an ended unit went with its functions, and stay below whoever was over it.
        """
        reached = {"own", "merged"} | ({"descendant", "abolished"} if self.with_subtree else set())
        return bool(self.role) and relation in reached


@dataclass
class World:
    """The units by relation, what stands there by relation and state, and who looks."""

    units: dict
    records: dict
    reviews: dict
    attachments: dict
    cases: dict
    people: dict
    grants: dict
    holdings: dict
    viewers: list

    def subject(self, kind, relation, state):
        """Return the key of an object, and the words that betray it."""
        if kind in {"unit", "quarter"}:
            return self.units[relation].pk, None
        if kind in {"person", "grant"}:
            found = self.people if kind == "person" else self.grants
            return found[relation].pk, mark_of(relation, "person")
        if kind in self.holdings[relation]:
            return self.holdings[relation][kind].pk, mark_of(relation, kind)
        if kind == "application":
            return self.cases[relation, state].pk, mark_of(relation, f"case-{state}")
        found = {"record": self.records, "review": self.reviews, "attachment": self.attachments}[kind]
        return found[relation, state].pk, mark_of(relation, state)


def build(today, relations=RELATIONS):
    """Make the world of ``today`` through the verbs; objects stand at the units in ``relations`` alone."""
    founded = today - timedelta(days=900)
    city = unit("HL-000", "海岚市人民政府", kind=Kind.GOVERNMENT, day=founded)
    parent = unit("HL-100", "海岚经济开发区", city, Kind.ZONE, founded)
    own = unit("HL-110", "开发区建设局", parent, day=founded)
    units = {
        "own": own,
        "ancestor": parent,
        "descendant": unit("HL-111", "建设局质监站", own, day=founded),
        "sibling": unit("HL-120", "开发区经发局", parent, day=founded),
        "abolished": unit("HL-112", "建设局造价站", own, day=founded),
        "merged": unit("HL-130", "开发区房管局", parent, day=founded),
        "estranged": unit("HL-140", "开发区招商局", parent, day=founded),
    }
    chains.set_chain(name="乡镇流程", kind=KIND, steps=chains.TOWN, actor=SYSTEM)
    world = World(units, {}, {}, {}, {}, {}, {}, {}, [])
    for relation in relations:
        _fill(world, relation, founded, today)
    heirs = {"abolished": None, "merged": own, "estranged": units["sibling"]}
    for relation, heir in heirs.items():
        structure.abolish(
            unit=units[relation],
            day=today - timedelta(days=1),
            document="岚政〔2025〕9号",
            actor=SYSTEM,
            successor=heir,
        )
    world.viewers = [Viewer("anonymous", None), Viewer("nobody", _person("nobody", own, founded))]
    world.viewers.append(Viewer("untrained", _person("untrained", own, founded, Role.HANDLER, is_trained=False)))
    for role in Role.values:
        for with_subtree in (False, True):
            name = f"{role}{'-subtree' if with_subtree else ''}"
            user = _person(name, own, founded, role, with_subtree=with_subtree)
            world.viewers.append(Viewer(name, user, role, with_subtree))
    return world


def _person(username, where, day, *roles, name=None, with_subtree=False, is_trained=True):
    user = User.objects.create_user(username, name=name or username)
    officer = people.register(user=user, unit=where, position="科员", telephone="0000", day=day, actor=SYSTEM)
    if is_trained:
        people.record_training(officer=officer, day=day, training="跟岗", actor=SYSTEM)
    for role in roles:
        people.grant(user=user, role=role, unit=where, day=day, actor=SYSTEM, with_subtree=with_subtree)
    return user


def _fill(world, relation, founded, today):
    where = world.units[relation]
    names = {"author": Role.HANDLER, "secrecy": Role.SECRECY_REVIEWER, "final": Role.FINAL_REVIEWER}
    staff = {name: _person(f"{relation}-{name}", where, founded, role) for name, role in names.items()}
    head = _person(f"{relation}-head", where, founded, Role.OFFICE_HEAD, name=mark_of(relation, "person"))
    world.people[relation], world.grants[relation] = head, head.grants.get()
    day = today - timedelta(days=5)
    for state in STATES:
        withheld = {"attribute": Attribute.WITHHELD, "clause": Clause.THIRD_PARTY, "reason": "涉及第三方"}
        record = draft.draft(
            unit=where,
            author=staff["author"],
            category=Category.DOCUMENT,
            title=mark_of(relation, state),
            made_on=day,
            body="<p>正文</p>",
            **(withheld | {"reassess_on": today} if state == Stage.FILED else {"attribute": Attribute.PROACTIVE}),
        )
        text = f"{mark_of(relation, state)}附件"
        world.attachments[relation, state] = draft.attach(
            record=record, user=staff["author"], data=text.encode(), name=f"{text}.txt"
        )
        world.records[relation, state] = record
        if state != Stage.DRAFT:
            world.reviews[relation, state] = _take(record, state, staff, head, day)
    world.holdings[relation] = hold(
        where, world.records[relation, Stage.PUBLISHED], staff["author"], day, lambda what: mark_of(relation, what)
    )
    month = today - timedelta(days=30)
    found = cases(where, month, today, lambda what: mark_of(relation, what))
    world.cases |= {(relation, stage): case for stage, case in found.items()}
    case = found[CaseStage.OPEN]
    world.holdings[relation] |= belongings(where, case, head, month, lambda what: mark_of(relation, what))
    world.holdings[relation]["edition"] = _frozen(where, relation)
    world.holdings[relation] |= accounts(where, head, day, lambda what: mark_of(relation, what))
    world.reviews[relation, Stage.DRAFT] = world.reviews[relation, "returned"]


def _frozen(where, relation):
    """Freeze a report of 2024 with its files, and publish none: the words in it must stand nowhere."""
    words = mark_of(relation, "edition")
    report = figures(body=words, text=words)
    return attached(edition(report, slug=f"hidden-{relation}", unit=where, notice=words, published_on=None), "json")


def _take(record, state, staff, head, day):
    """Take a draft to ``state``."""
    review = publication.submit(record=record, user=staff["author"], day=day)
    if state == Stage.REVIEWING:
        return review
    if state == "taken-back":
        return passage.withdraw(review=review, user=staff["author"], day=day)
    if state == "referred":
        return passage.refer(review=review, user=staff["secrecy"], day=day, to="保密局", question="能否公开")
    if state == "returned":
        return passage.send_back(review=review, user=staff["secrecy"], day=day, opinion="退回")
    for name in ("secrecy", "final"):
        review = passage.approve(review=Review.objects.get(pk=review.pk), user=staff[name], day=day)
    if state in {Stage.PUBLISHED, Stage.WITHDRAWN}:
        publication.publish(record=record, user=staff["author"], day=day)
    if state == Stage.WITHDRAWN:
        publication.withdraw(record=record, user=head, day=day, reason="有误")
    return review
