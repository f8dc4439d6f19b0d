from django.urls import path

from agents.transcripts import views

urlpatterns = [
    path("", views.search, name="transcripts"),
    path("<slug:chat>/", views.read, name="transcript"),
    path("<slug:chat>/download/<str:name>/", views.download, name="transcript-download"),
]
