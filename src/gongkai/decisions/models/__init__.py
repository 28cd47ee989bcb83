from gongkai.decisions.models.batch import BatchState, Dataset, ImportBatch, RejectedRow
from gongkai.decisions.models.decision import Decision, DecisionState, PartyKind
from gongkai.decisions.models.facts import Charge, Procurement
from gongkai.decisions.models.kinds import PUBLICISED, DecisionKind
from gongkai.decisions.models.windows import PublishedDecision

__all__ = [
    "PUBLICISED",
    "BatchState",
    "Charge",
    "Dataset",
    "Decision",
    "DecisionKind",
    "DecisionState",
    "ImportBatch",
    "PartyKind",
    "Procurement",
    "PublishedDecision",
    "RejectedRow",
]
