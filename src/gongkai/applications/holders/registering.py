"""Makes both kinds of case known to what belongs to them."""

from __future__ import annotations

from gongkai.applications.holders.application import ApplicationHolder
from gongkai.applications.holders.matter import MatterHolder
from gongkai.applications.holders.port import register
from gongkai.applications.models import Application, Matter


def register_holders() -> None:
    """Register one holder for each kind."""
    register(Application, ApplicationHolder())
    register(Matter, MatterHolder())
