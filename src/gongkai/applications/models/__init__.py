from gongkai.applications.models.applicant import Applicant, IdentityProof
from gongkai.applications.models.application import (
    ENDED,
    PENDING,
    ApplicantKind,
    Application,
    DeliveryForm,
    DeliveryWay,
    Medium,
    Stage,
)
from gongkai.applications.models.event import Event, FixedEventError
from gongkai.applications.models.paper_register import LineState, RegisterImport, RegisterLine
from gongkai.applications.models.papers import (
    Consultee,
    ConsulteeKind,
    DueChange,
    Paper,
    PaperKind,
    SearchLog,
    Serial,
)
from gongkai.applications.models.reminder import Reminder, ReminderKind

__all__ = [
    "ENDED",
    "PENDING",
    "Applicant",
    "ApplicantKind",
    "Application",
    "Consultee",
    "ConsulteeKind",
    "DeliveryForm",
    "DeliveryWay",
    "DueChange",
    "Event",
    "FixedEventError",
    "IdentityProof",
    "LineState",
    "Medium",
    "Paper",
    "PaperKind",
    "RegisterImport",
    "RegisterLine",
    "Reminder",
    "ReminderKind",
    "SearchLog",
    "Serial",
    "Stage",
]
