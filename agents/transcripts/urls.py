from django.urls import path

from agents.transcripts import views

urlpatterns = [
    path("", views.search, name="transcripts"),
    path("<str:chat>/", views.read, name="transcript"),
    path("<str:chat>/download/<str:name>/", views.download, name="transcript-download"),
]
