"""Addresses of the pages of letters, below those of applications."""

from django.urls import path

from gongkai.applications.views import letters, letters_acts, letters_runs, stationery

urlpatterns = [
    path("", letters.index, name="letters"),
    path("run/", letters_runs.run, name="letters-run"),
    path("seals/", letters.seals, name="seals"),
    path("stationery/", stationery.index, name="stationeries"),
    path("stationery/<int:unit>/", stationery.edit, name="stationery"),
    path("wordings/<int:unit>/", stationery.wordings, name="wordings"),
    path("wordings/<int:unit>/<str:regulation>/<str:worded>/", stationery.wording, name="wording"),
    path("of/<int:number>/new/", letters.new, name="letter-new"),
    path("of/<int:number>/form/<str:kept>/", letters.form, name="letter-form"),
    path("<int:number>/", letters_acts.detail, name="letter"),
    path("<int:number>/edit/", letters.edit, name="letter-edit"),
    path("<int:number>/preview/", letters.preview, name="letter-preview"),
    path("<int:number>/file/<str:which>/", letters.file, name="letter-file"),
    path("<int:number>/paper/<str:paper>/", letters.papers, name="letter-paper"),
    *(
        path(f"<int:number>/{act.name}/", letters_acts.do, {"name": act.name}, name=f"letter-{act.name}")
        for act in letters_acts.ACTS
    ),
]
