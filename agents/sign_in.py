"""One form to sign in for everybody on the staff, and signing out by POST."""

from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator

from agents.policy import staff_page
from support_chat.desk.actions.pushing import forget_browser


@method_decorator(staff_page, name="dispatch")
class SignIn(LoginView):
    """Asks for name and password; goes on to `next` only within this origin, else to the console."""

    template_name = "agents/sign_in.html"
    next_page = "console"
    redirect_authenticated_user = True


@method_decorator(staff_page, name="dispatch")
class SignOut(LogoutView):
    """Ends the session; a link cannot do it, only a form. Nothing is pushed to this browser any more."""

    next_page = "login"

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.session.session_key:
            forget_browser(session=request.session.session_key)
        return super().post(request, *args, **kwargs)
