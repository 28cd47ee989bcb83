from gongkai.intake.models.answers import Callback, Found, Satisfaction, Score
from gongkai.intake.models.submission import Kind, State, Submission, SubmissionFile
from gongkai.intake.models.tracked import FileWindow, SightWindow, TrackedCase, TrackedFile

__all__ = [
    "Callback",
    "FileWindow",
    "Found",
    "Kind",
    "Satisfaction",
    "Score",
    "SightWindow",
    "State",
    "Submission",
    "SubmissionFile",
    "TrackedCase",
    "TrackedFile",
]
