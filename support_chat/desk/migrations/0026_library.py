import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import support_chat.desk.ids
import support_chat.desk.validators
import support_chat.desk.variables


def nobody_chose_it(apps, schema_editor):
    """Until now "en" stood with every reply, and was shown nowhere."""
    apps.get_model('desk', 'CannedReply').objects.filter(locale='en').update(locale='')


class Migration(migrations.Migration):

    dependencies = [
        ('desk', "0025_views"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='cannedreply',
            name='one_reply_a_shortcut',
        ),
        migrations.AddField(
            model_name='cannedreply',
            name='owner',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='canned_replies', to='desk.agent'),
        ),
        migrations.AddField(
            model_name='cannedreply',
            name='folder',
            field=models.CharField(blank=True, db_default='', default='', max_length=100),
        ),
        migrations.AddField(
            model_name='cannedreply',
            name='made_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='cannedreply',
            name='saved',
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='cannedreply',
            name='deleted_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='cannedreply',
            name='deleted_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='cannedreply',
            name='text',
            field=models.TextField(validators=[django.core.validators.MaxLengthValidator(8000), support_chat.desk.variables.valid_variables]),
        ),
        migrations.AlterField(
            model_name='cannedreply',
            name='locale',
            field=models.CharField(blank=True, default='', max_length=16, validators=[django.core.validators.RegexValidator('\\A[a-z]{2,3}(-[a-z0-9]{2,8})*\\Z', 'Write a language as “de” or “pt-br”.')]),
        ),
        migrations.AddField(
            model_name='pick',
            name='edited',
            field=models.BooleanField(null=True),
        ),
        migrations.AddIndex(
            model_name='pick',
            index=models.Index(fields=['reply', 'at'], name='picks_of_a_reply'),
        ),
        migrations.CreateModel(
            name='ReplyVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('values', models.JSONField()),
                ('at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reply', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='desk.cannedreply')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('reply', 'number'), name='one_version_a_number')],
            },
        ),
        migrations.CreateModel(
            name='ReplyFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=support_chat.desk.ids.public_id, max_length=32, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('type', models.CharField(max_length=100)),
                ('size', models.PositiveIntegerField()),
                ('content', models.BinaryField()),
                ('reply', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='desk.cannedreply')),
            ],
        ),
        migrations.CreateModel(
            name='Macro',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=support_chat.desk.ids.public_id, max_length=32, unique=True)),
                ('name', models.CharField(max_length=60)),
                ('steps', models.JSONField(default=list, validators=[support_chat.desk.validators.valid_steps])),
                ('deleted_at', models.DateTimeField(blank=True, null=True)),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='macros', to='desk.agent')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='macros', to='desk.site')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('deleted_at', None), ('owner', None)), fields=('site', 'name'), name='one_shared_macro_a_name'),
                    models.UniqueConstraint(condition=models.Q(('deleted_at', None), ('owner__isnull', False)), fields=('site', 'owner', 'name'), name='one_own_macro_a_name'),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name='cannedreply',
            constraint=models.UniqueConstraint(condition=models.Q(('deleted_at', None), ('owner', None)), fields=('site', 'shortcut', 'locale'), name='one_shared_reply_a_shortcut'),
        ),
        migrations.AddConstraint(
            model_name='cannedreply',
            constraint=models.UniqueConstraint(condition=models.Q(('deleted_at', None), ('owner__isnull', False)), fields=('site', 'owner', 'shortcut', 'locale'), name='one_own_reply_a_shortcut'),
        ),
        migrations.RunPython(nobody_chose_it, migrations.RunPython.noop),
    ]
