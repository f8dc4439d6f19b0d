"""Every shared table, one noun a file."""

from support_chat.desk.models.agent import Agent, AgentProfile, Presence, StatusChange
from support_chat.desk.models.alert import Alert
from support_chat.desk.models.attachment import Attachment
from support_chat.desk.models.attention import Attention
from support_chat.desk.models.block import Block, SourceKey
from support_chat.desk.models.canned_reply import CannedReply, ReplyVersion
from support_chat.desk.models.change import Change, Process, Topic
from support_chat.desk.models.chat_link import ChatLink, VisitorKey
from support_chat.desk.models.conversation import Conversation
from support_chat.desk.models.deadline import Deadline
from support_chat.desk.models.entry import Entry, EntryBody
from support_chat.desk.models.identity_key import IdentityKey
from support_chat.desk.models.invitation import Invitation
from support_chat.desk.models.kept_draft import KeptDraft
from support_chat.desk.models.logo import Logo
from support_chat.desk.models.macro import Macro
from support_chat.desk.models.mention import Mention
from support_chat.desk.models.outbox import Outbox
from support_chat.desk.models.pick import Pick, PickMemory
from support_chat.desk.models.prediction import Prediction
from support_chat.desk.models.push_subscription import PushSubscription
from support_chat.desk.models.pushed import Pushed
from support_chat.desk.models.queue import Queue
from support_chat.desk.models.reader import Reader
from support_chat.desk.models.reply_file import ReplyFile
from support_chat.desk.models.resume_handle import ResumeHandle
from support_chat.desk.models.saved_filter import SavedFilter
from support_chat.desk.models.setting_change import SettingChange
from support_chat.desk.models.site import Membership, Site
from support_chat.desk.models.starter_count import StarterCount
from support_chat.desk.models.tag import Tag, TaggedChat
from support_chat.desk.models.token import ApiToken
from support_chat.desk.models.user import User
from support_chat.desk.models.visitor import Visitor
from support_chat.desk.models.visitor_merge import VisitorMerge
from support_chat.desk.models.visitor_session import VisitorSession

__all__ = [
    "Agent",
    "AgentProfile",
    "Alert",
    "ApiToken",
    "Attachment",
    "Attention",
    "Block",
    "CannedReply",
    "Change",
    "ChatLink",
    "Conversation",
    "Deadline",
    "Entry",
    "EntryBody",
    "IdentityKey",
    "Invitation",
    "KeptDraft",
    "Logo",
    "Macro",
    "Membership",
    "Mention",
    "Outbox",
    "Pick",
    "PickMemory",
    "Prediction",
    "Presence",
    "Process",
    "PushSubscription",
    "Pushed",
    "Queue",
    "Reader",
    "ReplyFile",
    "ReplyVersion",
    "ResumeHandle",
    "SavedFilter",
    "SettingChange",
    "Site",
    "SourceKey",
    "StarterCount",
    "StatusChange",
    "Tag",
    "TaggedChat",
    "Topic",
    "User",
    "Visitor",
    "VisitorKey",
    "VisitorMerge",
    "VisitorSession",
]
