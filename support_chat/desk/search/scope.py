"""Where somebody of the staff may search: as access.py has it, in the form of a condition."""

from django.db.models import Q

from support_chat.desk.access import Staff, permit
from support_chat.desk.errors import NotFound
from support_chat.desk.models import Conversation


def chats_to_search(staff: Staff) -> tuple[list[int], list[int]]:
    """Where they may find what was said: in every chat of these queues, and beside them in these chats, which
    are theirs or on their way to them. Pks."""
    queues = list(staff.roles)
    theirs = Q(wanted_queue__in=queues)
    if staff.agent is not None:
        theirs |= Q(owner=staff.agent, state=Conversation.State.ACTIVE) | Q(offered_to=staff.agent)
    others = Conversation.objects.filter(theirs).exclude(queue__in=queues)
    return queues, list(others.values_list("pk", flat=True))


def may_read(staff: Staff, conversation: Conversation) -> bool:
    """By the one policy: what is found is looked at once more before it is told."""
    try:
        permit(staff, conversation, "read")
    except NotFound:
        return False
    return True
