"""What came of the fees of one application, computed from its events: no database, no today.

A notice opens an account, and so does a waiver before any notice. What is let off afterwards, paid and given back
stands on it. Another round of the application may open another one. Money is in whole yuan.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gongkai.law import fees
from gongkai.law.errors import InputError, LawError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from gongkai.applications.models import Event
    from gongkai.law.fees import Fee

NOTICE, PAID, WAIVED, REDUCED, REFUNDED = "fee_notice", "fee_paid", "fee_waived", "fee_reduced", "fee_refunded"
KINDS = (NOTICE, PAID, WAIVED, REDUCED, REFUNDED)
OPENING = (NOTICE, WAIVED)
ITEMS, PAGES = "items", "pages"
SCHEDULES = {ITEMS: "按件计收", PAGES: "按量计收"}


@dataclass(slots=True)
class Account:
    """One fee: what was asked for, let off, paid and given back. ``opening`` is the notice, or the waiver without one.

    ``payment`` may be the mark by which a waiver after the notice lets the period run again; nothing was paid then.
    """

    opening: Event
    reliefs: list[Event] = field(default_factory=list)
    payment: Event | None = None
    refunds: list[Event] = field(default_factory=list)

    @property
    def day(self) -> date:
        """Return the day of the notice, or of the waiver without one."""
        return self.opening.day

    @property
    def has_notice(self) -> bool:
        """Tell whether the applicant was asked to pay."""
        return self.opening.kind == NOTICE

    @property
    def schedule(self) -> str:
        """Return ``items`` or ``pages``; empty where it was not entered."""
        return str(self.opening.payload.get("schedule", ""))

    @property
    def count(self) -> int:
        """Return the place in the month, or the pages; 0 where it was not entered."""
        return int(self.opening.payload.get("count") or 0)

    @property
    def amount(self) -> int:
        """Return what was asked for, or would have been."""
        return _yuan(self.opening)

    @property
    def waived(self) -> int:
        """Return what was let off, in whole or in part."""
        return min(self.amount, sum(map(_yuan, self.reliefs)))

    @property
    def payable(self) -> int:
        """Return what is to be paid after all that was let off."""
        return self.amount - self.waived

    @property
    def paid_on(self) -> date | None:
        """Return the day it was paid, ``None`` where nothing was."""
        return self.payment.day if self.payment is not None and not self.payment.payload.get("waived") else None

    @property
    def paid(self) -> int:
        """Return what was paid."""
        return self.payable if self.paid_on is not None else 0

    @property
    def refunded(self) -> int:
        """Return what was given back."""
        return sum(map(_yuan, self.refunds))

    @property
    def received(self) -> int:
        """Return what the agency has kept."""
        return self.paid - self.refunded

    @property
    def is_open(self) -> bool:
        """Tell whether payment is still awaited, in time or not."""
        return self.has_notice and self.payment is None and self.payable > 0

    @property
    def by_law(self) -> Fee | None:
        """Return what the law computes, step by step; ``None`` where what it was computed from was not entered."""
        try:
            if self.schedule == ITEMS:
                return fees.of_item(self.count)
            return fees.by_pages(self.count) if self.schedule == PAGES and self.count else None
        except (InputError, LawError):
            return None


def accounts(events: Iterable[Event]) -> list[Account]:
    """Return the fees of one application in their order; ``events`` are those of ``KINDS`` that stand."""
    found: list[Account] = []
    for event in sorted(events, key=lambda one: (one.day, one.sequence)):
        last = found[-1] if found else None
        if event.kind == NOTICE:
            found.append(Account(event))
        elif event.kind in {WAIVED, REDUCED} and last is not None and last.is_open:
            last.reliefs.append(event)
        elif event.kind == WAIVED:
            found.append(Account(event, [event]))
        elif event.kind == PAID and last is not None and last.has_notice and last.payment is None:
            last.payment = event
        elif event.kind == REFUNDED and last is not None:
            last.refunds.append(event)
    return found


def awaited(events: Iterable[Event]) -> Account | None:
    """Return the fee whose payment is awaited, if any."""
    return next((one for one in reversed(accounts(events)) if one.is_open), None)


def kept(events: Iterable[Event]) -> Account | None:
    """Return the last fee of which something paid can be given back."""
    return next((one for one in reversed(accounts(events)) if one.received > 0), None)


def _yuan(event: Event) -> int:
    return int(event.payload.get("amount") or 0)
