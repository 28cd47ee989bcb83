"""Addresses of what stands beside applications."""

from django.urls import path

from gongkai.applications.views import guidance, matters, matters_papers, volumes

urlpatterns = [
    path("matters/", matters.index, name="matters"),
    path("matters/export/", matters.export, name="matters-export"),
    path("matters/new/<str:kind>/", matters.new, name="matter-new"),
    path("matters/<int:number>/", matters.detail, name="matter"),
    path("matters/<int:number>/letters/new/", matters_papers.begin, name="matter-letter-new"),
    path("matters/<int:number>/archive/", matters_papers.archive, name="matter-archive"),
    path("matters/<int:number>/<str:act>/", matters.do, name="matter-do"),
    path("guidance/", guidance.index, name="guidances"),
    path("guidance/<int:number>/", guidance.detail, name="guidance"),
    path("guidance/<int:number>/reply/", guidance.reply, name="guidance-reply"),
    path("guidance/<int:number>/withdraw/", guidance.withdraw, name="guidance-withdraw"),
    path("precedents/", guidance.precedents, name="precedents"),
    path("volumes/", volumes.index, name="volumes"),
    path("volumes/<int:number>/", volumes.detail, name="volume"),
    path("volumes/<int:number>/export/", volumes.export, name="volume-export"),
]
