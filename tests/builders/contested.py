"""A reconsideration about an application of a unit, with words that betray it."""

from gongkai.applications.models import ApplicantKind, Application, Medium
from gongkai.applications.models import Event as ApplicationEvent
from gongkai.remedies.models import Party, PartyRole, Remedy, RemedyEvent, RemedyKind


def contested(unit, user, day, mark):
    """Make a case of ``unit`` that had notice of it on ``day``, with a claimant whose name is sealed."""
    application = Application.objects.create(
        unit=unit,
        number=f"{unit.code}-{day.year}-90000",
        medium=Medium.COUNTER,
        arrived_on=day,
        applicant_kind=ApplicantKind.NATURAL_PERSON,
    )
    ApplicationEvent(
        application=application, sequence=1, kind="received", day=day, payload={"medium": "counter"}, entered_by=user
    ).save()
    remedy = Remedy.objects.create(
        unit=unit,
        kind=RemedyKind.RECONSIDERATION,
        number=f"{unit.code}-FY-{day.year}-900",
        application=application,
        ground="non_answer",
        body=mark("remedy"),
        claims=mark("remedy"),
        began_on=day,
        next_on=day,
        next_what="提交书面答复",
        version=1,
    )
    Party.objects.create(remedy=remedy, unit=unit, role=PartyRole.RESPONDENT)
    RemedyEvent(remedy=remedy, sequence=1, kind="notified", day=day, payload={}, entered_by=user).save()
    return {"remedy": remedy}
