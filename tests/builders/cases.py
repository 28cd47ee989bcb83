"""An application in every stage at one unit, and what belongs to one, all with words that betray them.

The words in a title may be read by whoever reads the unit's cases; those in a name by nobody who did not ask for them.
"""

from datetime import timedelta
from uuid import uuid4

from gongkai.accounts.sealing import seal
from gongkai.applications.domain import confirming, entering, letters, papers, receiving
from gongkai.applications.domain.archiving import digest_of
from gongkai.applications.domain.identity import PURPOSE, Identity
from gongkai.applications.domain.receiving import Arrival, Request
from gongkai.applications.models import (
    ApplicantKind,
    Application,
    DueChange,
    Event,
    Feed,
    Guidance,
    IdentityProof,
    Matter,
    MatterKind,
    Medium,
    PaperKind,
    RegisterImport,
    Stage,
    Volume,
)
from gongkai.files.domain import store
from gongkai.intake.messages import PURPOSE as INTAKE
from gongkai.intake.models import Callback
from gongkai.units.models import Guide

CASE_STATES = tuple(Stage.values)
_HAPPENED = {
    Stage.CONSULTING: [(1, "third_party_sent", {"party": "第三方1"})],
    Stage.AWAITING_CORRECTION: [(1, "correction_notice", {"period_days": 60})],
    Stage.AWAITING_FEE: [(20, "fee_notice", {"amount": 100})],
    Stage.LAPSED: [(1, "correction_notice", {"period_days": 1})],
    Stage.ANSWERED: [(1, "answer", {"outcome": "A1"})],
    Stage.CLOSED: [(1, "correction_notice", {"period_days": 1}), (15, "answer", {"outcome": "O1"})],
    Stage.WITHDRAWN: [(1, "withdrawal", {})],
    Stage.SPLIT: [(1, "split", {"reason": "甲"})],
}
"""What brings an application into each stage, and how many days after it came."""


def cases(unit, day, today, mark):
    """Return an application of ``unit`` in each stage, received on ``day``, at least a month before ``today``."""
    Guide.objects.create(
        unit=unit, office="办公室", address="甲", hours="工作日", telephone="0", channels=["internet"], updated_on=day
    )
    return {stage: _case(unit, stage, day, today, mark) for stage in CASE_STATES}


def belongings(unit, case, user, day, mark):
    """Return a paper, an event with proof, a change of due date, a feed, a letter and an import, by kind."""
    data = mark("case-paper").encode()
    paper = papers.add(
        application=case, kind=PaperKind.FORM, data=data, name=f"{mark('case-paper')}.txt", user=None, today=day
    )
    information = papers.add(
        application=case,
        kind=PaperKind.INFORMATION,
        data=data,
        name=f"{mark('case-information')}.txt",
        user=None,
        today=day,
    )
    blob = store.keep(data=data, name="凭证.txt")
    entering.enter(
        application=case,
        kind="note",
        day=day,
        user=None,
        today=day,
        text="甲",
        evidence=blob,
        evidence_name=f"{mark('case-evidence')}.txt",
    )
    return {
        "paper": paper,
        "information": information,
        "proof": Event.objects.get(application=case, kind="note"),
        "due-change": DueChange.objects.create(application=case, day=day, before=day, reason=mark("case-change")),
        "feed": Feed.objects.create(user=user, unit=unit, digest=f"{unit.pk:064x}", made_on=day),
        "letter": letters.draft(
            case=case,
            kind="consultation_notice",
            user=user,
            today=day,
            fields={"time_excluded": mark("letter")},
        ),
        "register": RegisterImport.objects.create(
            unit=unit, user=user, name=f"{mark('case-register')}.csv", digest=f"{unit.pk:064x}", day=day
        ),
        "matter": Matter.objects.create(
            kind=MatterKind.RECTIFICATION,
            unit=unit,
            number=f"GZ-{unit.pk}",
            received_on=day,
            title=mark("case-matter"),
            name=seal(mark("identity"), PURPOSE),
            version=1,
        ),
        "callback": Callback.objects.create(
            submission=uuid4(),
            unit=unit,
            arrived_on=day,
            telephone=seal(mark("identity"), INTAKE),
            name=seal(mark("identity"), INTAKE),
        ),
        "guidance": Guidance.objects.create(
            application=case, unit=unit, title=mark("case-guidance"), question="甲", asked_on=day, asked_by=user
        ),
        "volume": Volume.objects.create(
            application=case,
            number=mark("case-volume"),
            closed_on=day,
            catalogue=[],
            digest=digest_of([]),
            closed_by=user,
        ),
    }


def _case(unit, stage, day, today, mark):
    is_waiting = stage == Stage.UNCONFIRMED
    application = receiving.receive(
        unit=unit,
        arrival=Arrival(Medium.WEB_FORM, day),
        applicant_kind=ApplicantKind.NATURAL_PERSON,
        applicants=[Identity(name=mark("identity"), proof=IdentityProof.OTHER_CARD, proof_number=mark("identity"))],
        request=Request(title=mark(f"case-{stage}")),
        user=None,
        today=today,
    )
    if not is_waiting:
        confirming.confirm(application=application, day=day, way="电话", user=None, today=today)
    for after, kind, params in _HAPPENED.get(stage, ()):
        then = day + timedelta(days=after)
        entering.enter(application=application, kind=kind, day=then, user=None, today=today, **params)
    found = Application.objects.get(pk=application.pk)
    assert found.stage == stage, (found.stage, stage)
    return found
