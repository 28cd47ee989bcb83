"""What units hold besides records under review: one of each kind at every unit, each with words that betray it."""

from datetime import date, timedelta

from builders.contested import contested
from gongkai.decisions.models import Charge, Dataset, Decision, DecisionKind, ImportBatch, PartyKind, Procurement
from gongkai.portal.models import Page, PageKind, Service, ServiceImport
from gongkai.records.models import (
    CleanUp,
    CleanUpLine,
    GazetteEntry,
    GazetteIssue,
    HandOver,
    HandOverItem,
    HandOverKind,
    ItemImport,
    ItemKind,
    ServiceItem,
)
from gongkai.reporting.models import Campaign, Submission


def hold(unit, record, user, day, mark):
    """Make one of each for ``unit`` and return them by kind. ``mark`` gives the words for a kind."""
    digest = f"{unit.pk:064x}"
    clean_up = CleanUp.objects.create(
        lead=unit, year=day.year, title=mark("clean-up"), basis="甲", opened_on=day, opened_by=user, due_on=day
    )
    clean_up.units.add(unit)
    line = CleanUpLine.objects.create(
        clean_up=clean_up, record=record, unit=unit, title=mark("clean-up-line"), made_on=day
    )
    hand_over = HandOver.objects.create(
        unit=unit,
        begins_on=day,
        ends_on=day,
        due_on=day,
        halls="两馆",
        sealed_on=day + timedelta(days=1),
        sealed_by=user,
        digest=digest,
    )
    HandOverItem.objects.create(
        hand_over=hand_over,
        position=1,
        kind=HandOverKind.NEW,
        record=record,
        index_number="甲",
        title=mark("hand-over"),
        published_on=day,
    )
    HandOver.objects.create(
        unit=unit,
        begins_on=date(2024, 2, 1),
        ends_on=date(2024, 2, 29),
        due_on=date(2024, 3, 5),
        halls=mark("quarter"),
        is_nil=True,
        sealed_on=date(2024, 3, 4),
        sealed_by=user,
        digest=digest,
    )
    issue = GazetteIssue.objects.create(unit=unit, title=mark("gazette"), year=day.year, number=1)
    entry = GazetteEntry.objects.create(issue=issue, position=1, record=record, title=mark("gazette-entry"))
    batch = ImportBatch.objects.create(
        dataset=Dataset.DECISIONS,
        unit=unit,
        user=user,
        name=mark("batch"),
        digest=digest,
        size=1,
        format="csv",
        day=day,
        columns=["甲"],
    )
    return contested(unit, user, day, mark) | {
        "board": (report := _report(unit, user, day, mark)).campaign,
        "submission": report,
        "clean-up": clean_up,
        "clean-up-line": line,
        "hand-over": hand_over,
        "gazette": issue,
        "gazette-entry": entry,
        "item": ServiceItem.objects.create(unit=unit, kind=ItemKind.values[0], name=mark("item"), begins_on=day),
        "page": Page.objects.create(
            unit=unit,
            author=user,
            kind=PageKind.TOPIC,
            slug=f"page-{unit.pk}",
            title=mark("page"),
            body=f"<p>{mark('page')}</p>",
            purpose="甲",
            responsible="甲",
            begins_on=day,
        ),
        "service": Service.objects.create(
            unit=unit,
            name=mark("service"),
            updated_on=day,
            **dict.fromkeys(("code", "basis", "conditions", "materials", "process", "time_limit"), "甲"),
            **dict.fromkeys(("fee", "place", "telephone"), "甲"),
        ),
        "service-import": ServiceImport.objects.create(
            unit=unit,
            user=user,
            day=day,
            name=mark("service-import"),
            digest=digest,
            added=0,
            changed=0,
            refused=1,
            errors=mark("service-import"),
        ),
        "item-import": ItemImport.objects.create(
            unit=unit,
            user=user,
            day=day,
            name=mark("item-import"),
            digest=digest,
            added=0,
            known=0,
            refused=1,
            errors=f"行,原因\n2,{mark('item-import')}\n",
        ),
        "batch": batch,
        "decision": Decision.objects.create(
            unit=unit,
            kind=DecisionKind.values[0],
            number=mark("decision"),
            party=mark("decision"),
            party_kind=PartyKind.values[0],
            item="取水许可",
            decided_on=day,
            batch=batch,
            row=2,
        ),
        "charge": Charge.objects.create(unit=unit, year=day.year, item=mark("charge"), amount_fen=100),
        "procurement": Procurement.objects.create(
            unit=unit, year=day.year, project=mark("procurement"), amount_fen=100
        ),
    }


def _report(unit, user, day, mark):
    """Make a campaign of the unit alone; return its report, with words that betray it."""
    campaign = Campaign.objects.create(
        year=2012,
        root=unit,
        edition="2021",
        unit_deadline=date(2013, 1, 31),
        government_deadline=date(2013, 3, 31),
        opened_on=day,
        opened_by=user,
    )
    return Submission.objects.create(campaign=campaign, unit=unit, superior=unit, body=mark("submission"))
