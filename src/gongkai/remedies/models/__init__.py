from gongkai.remedies.models.event import RemedyEvent
from gongkai.remedies.models.party import Party, PartyRole
from gongkai.remedies.models.remedy import Claimant, Instance, Remedy, RemedyKind, Status

__all__ = [
    "Claimant",
    "Instance",
    "Party",
    "PartyRole",
    "Remedy",
    "RemedyEvent",
    "RemedyKind",
    "Status",
]
