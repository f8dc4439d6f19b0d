"""A form is saved whole, or comes back with what is wrong."""

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render

from agents.policy import StaffRequest


class Refusable(Protocol):
    """A form that says what the desk has against it."""

    is_bound: bool

    def is_valid(self) -> bool: ...

    def refuse(self, wrong: ValidationError) -> None: ...


def saved(form: Refusable, change: Callable[[], object]) -> bool:
    """Whether this form was sent and the change is done; else the form says why not."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        change()
    except ValidationError as wrong:
        form.refuse(wrong)
        return False
    return True


def page(request: StaffRequest, template: str, shown: dict[str, Any], forms: Iterable[Any]) -> HttpResponse:
    wrong = [form for form in forms if form.is_bound and form.errors]
    shown |= {"wrong": wrong, "saved": request.GET.get("saved", "")}
    return render(request, template, shown, status=400 if wrong else 200)
