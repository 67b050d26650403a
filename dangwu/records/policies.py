"""Who may do what with records: whoever keeps those of the organisation, and of talks whoever keeps it and talked."""

from datetime import date

from dangwu.foundation.actors import Actor
from dangwu.foundation.history import as_of
from dangwu.members.models import Post
from dangwu.members.queries import person_of_key
from dangwu.organisations.models import Organisation, Standing
from dangwu.organisations.queries import last_standing
from dangwu.records.models import Activity, Attachment, Partner, Talk
from dangwu.records.paper_models import LedgerForm

SEE = "record.see"
KEEP = "record.keep"


def may_keep_for(*, by: Actor, organisation: Organisation | int, today: date, **_: object) -> bool:
    """Whether the actor keeps the records of an organisation, where it stands now or stood last."""
    standing = last_standing(organisation, today)
    return standing is not None and by.scope(KEEP, today).covers(standing.path)


def may_keep(*, by: Actor, activity: Activity, today: date, **_: object) -> bool:
    """Whether the actor keeps the records of the organisation that held it."""
    return may_keep_for(by=by, organisation=activity.organisation, today=today)


def may_answer_for(*, by: Actor, partner: Partner, today: date, **_: object) -> bool:
    """Whether the actor keeps the records of an organisation that is named as a partner."""
    return may_keep_for(by=by, organisation=partner.organisation_id, today=today)


def may_see_in(*, by: Actor, standing: Standing, today: date, **_: object) -> bool:
    """Whether the actor sees the records of an organisation at hand, and of all below it."""
    return by.scope(SEE, today).covers(standing.path)


def may_keep_form(*, by: Actor, form: LedgerForm, today: date, **_: object) -> bool:
    """Whether the actor keeps the records of the organisation that brought a form."""
    return may_keep_for(by=by, organisation=form.organisation, today=today)


def may_read_talk(*, by: Actor, talk: Talk, today: date, **_: object) -> bool:
    """Whether the actor is one of the two, or the secretary of the organisation that keeps the talk."""
    person = person_of_key(by.key)
    if person is None:
        return False
    if person.pk in {talk.talker_id, talk.partner_id}:
        return True
    posts = Post.objects.of(person=person).filter(as_of(today), kind=Post.Kind.SECRETARY)
    return posts.filter(organisation=talk.activity.organisation_id).exists()


def may_keep_attachment(*, by: Actor, attachment: Attachment, today: date, **_: object) -> bool:
    """Whether the actor keeps the records of the organisation that held what the file belongs to."""
    return may_keep_for(by=by, organisation=attachment.activity.organisation, today=today)
