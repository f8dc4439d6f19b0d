from django.db import connections, migrations, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from support_chat.desk.search.index import ENTRIES, MADE, TO_DO_THERE, UNMADE, VISITORS_THERE
from support_chat.desk.search.keeping import bring_in

BATCH = 5_000  # rows in a transaction, of what is there already
CHATS = 1_000  # the same, of chats with tags


def find_chats_by_their_tags(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Tags that chats bear already."""
    Conversation, Tag, TaggedChat = (apps.get_model('desk', each) for each in ('Conversation', 'Tag', 'TaggedChat'))
    tagged = Conversation.objects.exclude(tags=[]).order_by('pk').values_list('pk', 'site', 'tags')
    last, known = 0, {}
    while chunk := list(tagged.filter(pk__gt=last)[:CHATS]):
        for key in sorted({(site, name) for _, site, names in chunk for name in names} - known.keys()):
            known[key] = Tag.objects.get_or_create(site_id=key[0], name=key[1])[0].pk
        pairs = sorted({(known[site, name], chat) for chat, site, names in chunk for name in names})
        TaggedChat.objects.bulk_create(
            (TaggedChat(tag_id=tag, conversation_id=chat) for tag, chat in pairs), ignore_conflicts=True
        )
        last = chunk[-1][0]


def make_index(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """From here on whatever is written is found. Done once: what follows may have to be begun again."""
    connection = connections[editor.connection.alias]
    if ENTRIES in connection.introspection.table_names():
        return
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in MADE[connection.vendor]:
            cursor.execute(statement)


def bring_all_in(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """What is there already, in short transactions, while the servers go on."""
    connection = connections[editor.connection.alias]
    with connection.cursor() as cursor:
        for table, key, statement in (
            ('desk_visitor', 'id', VISITORS_THERE[connection.vendor]),
            ('desk_entrybody', 'entry_id', TO_DO_THERE),
        ):
            cursor.execute(f'SELECT coalesce(max({key}), 0) FROM {table}')
            for first in range(0, cursor.fetchone()[0] + 1, BATCH):
                cursor.execute(statement, [first, first + BATCH])
    while bring_in(BATCH):
        pass


def unmake(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in UNMADE[editor.connection.vendor]:
        editor.execute(statement)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [('desk', "0028_people")]
    operations = [
        migrations.RunPython(find_chats_by_their_tags, migrations.RunPython.noop),
        migrations.RunPython(make_index, unmake),
        migrations.RunPython(bring_all_in, migrations.RunPython.noop),
    ]
