import django.db.models.deletion
import django.utils.timezone
import support_chat.desk.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0024_masks_of_a_site'),
    ]

    operations = [
        migrations.AddField(
            model_name='conversation',
            name='snoozed_until',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='conversation',
            name='woken_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name='Tag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tags', to='desk.site')),
            ],
        ),
        migrations.CreateModel(
            name='TaggedChat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tagged', to='desk.conversation')),
                ('tag', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='tagged', to='desk.tag')),
            ],
        ),
        migrations.CreateModel(
            name='SavedFilter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=support_chat.desk.ids.public_id, max_length=32, unique=True)),
                ('client_id', models.UUIDField()),
                ('name', models.CharField(max_length=60)),
                ('rules', models.JSONField()),
                ('shared', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='filters', to=settings.AUTH_USER_MODEL)),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='filters', to='desk.site')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('made_by', 'client_id'), name='one_filter_a_client_id')],
            },
        ),
        migrations.AddConstraint(
            model_name='tag',
            constraint=models.UniqueConstraint(fields=('site', 'name'), name='one_tag_a_name'),
        ),
        migrations.AddConstraint(
            model_name='taggedchat',
            constraint=models.UniqueConstraint(fields=('tag', 'conversation'), name='a_chat_bears_a_tag_once'),
        ),
        migrations.CreateModel(
            name='VisitorMerge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('undone_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddIndex(
            model_name='conversation',
            index=models.Index(condition=models.Q(('reply_to', ''), _negated=True), fields=['site', 'reply_to'], name='chats_by_address'),
        ),
        migrations.AddIndex(
            model_name='visitor',
            index=models.Index(condition=models.Q(('email', ''), _negated=True), fields=['site', 'email'], name='visitors_by_email'),
        ),
        migrations.AddField(
            model_name='visitormerge',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='visitormerge',
            name='one',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='desk.visitor'),
        ),
        migrations.AddField(
            model_name='visitormerge',
            name='other',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='desk.visitor'),
        ),
        migrations.AddConstraint(
            model_name='visitormerge',
            constraint=models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('one', 'other'), name='two_visitors_are_merged_once'),
        ),
        migrations.AddConstraint(
            model_name='visitormerge',
            constraint=models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='the_smaller_key_first'),
        ),
    ]
