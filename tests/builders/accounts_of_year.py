"""The report of a unit for the year before, as a draft and as handed up, with words that betray them."""

from datetime import date, datetime

from django.utils import timezone

from gongkai.reporting.models import Campaign, Checker, State, Submission


def accounts(unit, user, day, mark):
    """Make a campaign of ``unit`` with its report, and one of the year before that was handed up; return them."""
    made = {}
    for name, year, state in (("report", day.year - 1, State.DRAFT), ("handed-up", day.year - 2, State.SIGNED)):
        campaign = Campaign.objects.create(
            year=year,
            root=unit,
            edition="2021",
            unit_deadline=date(year + 1, 1, 31),
            government_deadline=date(year + 1, 3, 31),
            opened_on=day,
            opened_by=user,
        )
        Checker.objects.create(campaign=campaign, aspect="decisions", unit=unit)
        made[name] = Submission.objects.create(
            campaign=campaign,
            unit=unit,
            superior=unit,
            body=mark(name),
            state=state,
            known_at=timezone.make_aware(datetime(year + 1, 1, 5)),  # noqa: DTZ001 -- made aware
            computed={"requests.received.total": 1, "proactive.penalties.decisions": 2},
            sections=[[0, "", "导语"], [1, "总体情况", mark(name)], [5, "存在的主要问题及改进情况", ""]],
            signed_on=day if state == State.SIGNED else None,
        )
        made["campaign"] = campaign
    return made
