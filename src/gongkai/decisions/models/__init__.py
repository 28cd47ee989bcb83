from gongkai.decisions.models.batch import BatchState, Dataset, ImportBatch, RejectedRow
from gongkai.decisions.models.decision import PUBLICISED, Decision, DecisionKind, DecisionState, PartyKind
from gongkai.decisions.models.facts import Charge, Procurement

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
    "RejectedRow",
]
