from gongkai.applications.models.applicant import Applicant
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
from gongkai.applications.models.beside import FixedActError, Matter, MatterEvent, MatterKind, MatterStage
from gongkai.applications.models.check import Checked, Flag
from gongkai.applications.models.event import Event
from gongkai.applications.models.feed import Feed
from gongkai.applications.models.guidance import Guidance
from gongkai.applications.models.letter import (
    FixedWordingError,
    Letter,
    LetterState,
    LetterWording,
    Mode,
    SealAct,
    SealEntry,
    SealMedium,
    SealRegisterError,
    Stationery,
)
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
from gongkai.applications.models.sealed import IdentityProof, SealedPerson
from gongkai.applications.models.volume import Retention, Volume

__all__ = [
    "ENDED",
    "PENDING",
    "Applicant",
    "ApplicantKind",
    "Application",
    "Checked",
    "Consultee",
    "ConsulteeKind",
    "DeliveryForm",
    "DeliveryWay",
    "DueChange",
    "Event",
    "Feed",
    "FixedActError",
    "FixedWordingError",
    "Flag",
    "Guidance",
    "IdentityProof",
    "Letter",
    "LetterState",
    "LetterWording",
    "LineState",
    "Matter",
    "MatterEvent",
    "MatterKind",
    "MatterStage",
    "Medium",
    "Mode",
    "Paper",
    "PaperKind",
    "RegisterImport",
    "RegisterLine",
    "Reminder",
    "ReminderKind",
    "Retention",
    "SealAct",
    "SealEntry",
    "SealMedium",
    "SealRegisterError",
    "SealedPerson",
    "SearchLog",
    "Serial",
    "Stage",
    "Stationery",
    "Volume",
]
