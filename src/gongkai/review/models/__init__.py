from gongkai.review.models.chain import Chain, ChainStep, StepKind
from gongkai.review.models.review import Recusal, Review, ReviewState, Step, StepState

__all__ = ["Chain", "ChainStep", "Recusal", "Review", "ReviewState", "Step", "StepKind", "StepState"]
