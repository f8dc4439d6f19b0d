import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import support_chat.desk.ids


class Migration(migrations.Migration):

    dependencies = [
        ('desk', "0030_beside_the_chat"),
    ]

    operations = [
        migrations.AddField(
            model_name='visitor',
            name='referrer',
            field=models.CharField(blank=True, db_default='', max_length=200),
        ),
        migrations.AddIndex(
            model_name='visitor',
            index=models.Index(condition=models.Q(('here', True)), fields=['site', '-seen_at'], name='visitors_on_the_site'),
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=support_chat.desk.ids.public_id, max_length=32, unique=True)),
                ('text', models.TextField()),
                ('state', models.CharField(choices=[('open', 'Open'), ('answered', 'Answered'), ('declined', 'Declined')], default='open', max_length=8)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended_at', models.DateTimeField(null=True)),
                ('agent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='desk.agent')),
                ('conversation', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='invitation', to='desk.conversation')),
                ('visitor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='desk.visitor')),
            ],
            options={
                'indexes': [models.Index(fields=['agent', '-made_at'], name='invitations_newest_first')],
            },
        ),
    ]
