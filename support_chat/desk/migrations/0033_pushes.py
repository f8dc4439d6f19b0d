import django.db.models.deletion
from django.db import migrations, models

import support_chat.desk.validators


class Migration(migrations.Migration):

    dependencies = [
        ('desk', "0032_undo_and_macros"),
    ]

    operations = [
        migrations.AddField(
            model_name='agent',
            name='left_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='queue',
            name='alerts_language',
            field=models.CharField(blank=True, db_default='', default='', max_length=16, validators=[support_chat.desk.validators.valid_language]),
        ),
        migrations.AddField(
            model_name='pushsubscription',
            name='language',
            field=models.CharField(blank=True, db_default='', max_length=16),
        ),
        migrations.AddField(
            model_name='pushsubscription',
            name='password',
            field=models.CharField(blank=True, db_default='', max_length=64),
        ),
        migrations.CreateModel(
            name='Pushed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('agent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pushed', to='desk.agent')),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='desk.conversation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('agent', 'conversation'), name='one_push_an_agent_and_chat')],
            },
        ),
    ]
