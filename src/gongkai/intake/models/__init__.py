from gongkai.intake.models.answers import Callback, Found, Satisfaction, Score
from gongkai.intake.models.submission import Kind, State, Submission, SubmissionFile
from gongkai.intake.models.tracked import TrackedCase, TrackedFile

__all__ = [
    "Callback",
    "Found",
    "Kind",
    "Satisfaction",
    "Score",
    "State",
    "Submission",
    "SubmissionFile",
    "TrackedCase",
    "TrackedFile",
]
