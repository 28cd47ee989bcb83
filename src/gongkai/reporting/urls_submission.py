"""Addresses of the pages of one report, and of whoever checks figures."""

from django.urls import path

from gongkai.reporting.views import acts, beside, cell, checking, facts, findings, submission, text, upload

urlpatterns = [
    path("check/", checking.index, name="checks"),
    path("check/<int:number>/<slug:aspect>/", checking.check, name="check"),
    path("<int:number>/", submission.detail, name="submission"),
    path("<int:number>/cells/<str:cell>/", cell.detail, name="cell"),
    path("<int:number>/cells/<str:cell>/override/", cell.override, name="override"),
    path("<int:number>/cells/<str:cell>/take-back/", cell.take_back, name="take-back"),
    path("<int:number>/text/", text.text, name="text"),
    path("<int:number>/facts/", facts.facts, name="facts"),
    path("<int:number>/facts/<int:pk>/evidence/", facts.evidence, name="fact-evidence"),
    path("<int:number>/findings/", findings.findings, name="findings"),
    path("<int:number>/findings/explain/", findings.explain, name="explain"),
    path("<int:number>/upload/", upload.upload, name="upload"),
    path("<int:number>/upload/file/", upload.file, name="upload-file"),
    path("<int:number>/comparison/", beside.comparison, name="comparison"),
    path("<int:number>/late/", beside.late, name="late"),
    path("<int:number>/draft/<slug:which>/", beside.draft, name="draft"),
    *(path(f"<int:number>/{act.name}/", acts.do, {"name": act.name}, name=act.name) for act in acts.ACTS),
]
