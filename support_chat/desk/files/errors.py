"""What an upload is refused by, each with the status of its answer. They never cross a socket.

FileRefused             sending the same file again is of no use
 ├─ TooLarge            more bytes than a file may have
 ├─ WrongType           a kind of file that is not taken, or one that is not what its name says
 ├─ Unsafe              damaged, too much to unpack, or harmful
 └─ TooMany             more files wait to be sent than one may leave lying
FileNotTaken            the same file may be taken later
 ├─ NoRoom              the storage is full
 └─ NotChecked          the scanner does not answer: nothing passes unscanned
"""

from typing import ClassVar

from support_chat.live.refusals import Refused


class FileRefused(Refused):
    status: ClassVar[int] = 422


class TooLarge(FileRefused):
    code = "file_too_large"
    message = "This file is too large."
    status = 413


class WrongType(FileRefused):
    code = "file_type"
    message = "This kind of file is not taken, or the file is not what its name says."
    status = 415


class Unsafe(FileRefused):
    code = "file_unsafe"
    message = "This file is damaged or not safe."


class TooMany(FileRefused):
    code = "too_many_files"
    message = "Too many files wait to be sent. Send or remove some first."
    status = 429


class FileNotTaken(Refused):
    retry = True
    status: ClassVar[int] = 503


class NoRoom(FileNotTaken):
    code = "no_room"
    message = "There is no room for files right now. Messages still go through."
    status = 507


class NotChecked(FileNotTaken):
    code = "not_checked"
    message = "Files cannot be checked right now. Please try again."
