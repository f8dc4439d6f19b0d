"""Every shared table, one noun a file."""

from support_chat.desk.models.agent import Agent, AgentProfile, Presence
from support_chat.desk.models.canned_reply import CannedReply
from support_chat.desk.models.change import Change, Process, Topic
from support_chat.desk.models.conversation import Conversation
from support_chat.desk.models.deadline import Deadline
from support_chat.desk.models.entry import Entry, EntryBody
from support_chat.desk.models.outbox import Outbox
from support_chat.desk.models.queue import Queue
from support_chat.desk.models.reader import Reader
from support_chat.desk.models.site import Membership, Site
from support_chat.desk.models.token import ApiToken
from support_chat.desk.models.user import User
from support_chat.desk.models.visitor import Visitor

__all__ = [
    "Agent",
    "AgentProfile",
    "ApiToken",
    "CannedReply",
    "Change",
    "Conversation",
    "Deadline",
    "Entry",
    "EntryBody",
    "Membership",
    "Outbox",
    "Presence",
    "Process",
    "Queue",
    "Reader",
    "Site",
    "Topic",
    "User",
    "Visitor",
]
