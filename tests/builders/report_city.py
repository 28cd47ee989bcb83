"""A city with a district, people in every role, and the way of their reports by the verbs."""

from datetime import date
from types import SimpleNamespace

from builders.city import person, unit
from gongkai.accounts.models import Role
from gongkai.applications.domain import entering, projection, receiving
from gongkai.applications.domain.identity import Identity
from gongkai.applications.domain.receiving import Arrival, Request
from gongkai.applications.models import ApplicantKind, Application, IdentityProof, Medium
from gongkai.reporting.domain import auditing, filling, passing
from gongkai.reporting.models import Scope, Submission
from gongkai.review.domain import passage
from gongkai.review.models import Review, ReviewState, StepState
from gongkai.units.models import Kind

YEAR = 2024
TODAY = date(2025, 1, 10)
ROLES = (Role.HANDLER, Role.OFFICE_HEAD, Role.SECRECY_REVIEWER, Role.FINAL_REVIEWER)


def build_city():
    """A city over a finance office, a bureau and a district; the district over a town and a bureau of its own."""
    root = unit("A", "甲市人民政府", kind=Kind.GOVERNMENT)
    district = unit("B", "乙区人民政府", root, kind=Kind.GOVERNMENT)
    places = SimpleNamespace(
        root=root,
        office=unit("A1", "甲市人民政府办公室", root, kind=Kind.OFFICE),
        finance=unit("A2", "甲市财政局", root),
        district=district,
        bureau=unit("B1", "乙区教育局", district),
        town=unit("B2", "丙镇人民政府", district, kind=Kind.TOWN),
    )
    people = {
        (name, role): person(f"{name}-{role}", place, role) for name, place in vars(places).items() for role in ROLES
    }
    people["root", Role.COMPETENT] = person("city", root, Role.COMPETENT, with_subtree=True)
    people["district", Role.COMPETENT] = person("over-district", district, Role.COMPETENT, with_subtree=True)
    return SimpleNamespace(**vars(places), people=people)


def answered(where, kind=ApplicantKind.NATURAL_PERSON, *, outcome="A2", day=date(2024, 5, 6), end=date(2024, 5, 20)):
    """Receive an application of 2024 and answer it, if ``end`` says when."""
    applicant = Identity("张三", IdentityProof.ID_CARD, "350999195001010000", telephone="19900000000")
    made = receiving.receive(
        unit=where,
        arrival=Arrival(Medium.COUNTER, day),
        applicant_kind=kind,
        applicants=[applicant],
        request=Request(title=f"某文件{Application.objects.count()}", description="甲"),
        user=None,
        today=TODAY,
    )
    if end is not None:
        entering.enter(application=made, kind="answer", day=end, user=None, today=TODAY, outcome=outcome)
    projection.refresh(day=TODAY)
    return made


def report(campaign, place, scope=Scope.OWN):
    """Return the report of a unit as it is now."""
    rows = Submission.objects.select_related("unit", "campaign")
    return rows.get(campaign=campaign, unit=place, scope=scope)


def name_of(city, submission):
    return next(name for name, place in vars(city).items() if getattr(place, "pk", None) == submission.unit_id)


def clean(city, submission, today=TODAY):
    """Explain every warning of a report."""
    submission = Submission.objects.select_related("unit", "campaign").get(pk=submission.pk)
    user = city.people[name_of(city, submission), Role.HANDLER]
    auditing.refresh(submission)
    submission.save(update_fields=["findings"])
    for finding in auditing.unanswered(submission):
        if finding["severity"] == "warning":
            auditing.explain(
                submission=submission, fingerprint=finding["fingerprint"], words="已核对。", user=user, today=today
            )
    return Submission.objects.select_related("unit", "campaign").get(pk=submission.pk)


def written(city, submission, today=TODAY):
    """Write what a draft leaves to people."""
    user = city.people[name_of(city, submission), Role.HANDLER]
    texts = {
        2: "各类信息均已公开。",
        3: "均按期答复。",
        4: "无其他说明。",
        5: "公开目录更新不够及时，已安排专人按月核对。",
    }
    return filling.write(submission=submission, texts=texts, user=user, today=today)


def signed(city, submission, today=TODAY):
    """Take a report through its unit's chain."""
    place = name_of(city, submission)
    submission = clean(city, written(city, submission, today), today)
    passing.submit(submission=submission, user=city.people[place, Role.HANDLER], today=today)
    return chained(city, submission, today)


def chained(city, submission, today=TODAY):
    """Let the chain of its unit pass a report that was submitted."""
    place = name_of(city, submission)
    review = Review.objects.get(kind="reporting.submission", key=submission.pk, state=ReviewState.OPEN)
    while step := review.steps.filter(state=StepState.CURRENT).first():
        passage.approve(review=review, user=city.people[place, step.role], day=today, opinion="同意")
    return Submission.objects.select_related("unit", "campaign").get(pk=submission.pk)


def accepted(city, submission, today=TODAY):
    """Take a report to its superior's desk and have it received."""
    submission = signed(city, submission, today)
    above = "root" if submission.superior_id == city.root.pk else "district"
    return passing.accept(submission=submission, user=city.people[above, Role.COMPETENT], today=today)
