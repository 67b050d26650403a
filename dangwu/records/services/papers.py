"""Papers that leave, archives that are packed, and the forms that committees bring: the audit tells of all of them."""

from datetime import date
from hashlib import sha256

from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import open_deed
from dangwu.foundation.objections import ObjectionError
from dangwu.organisations.models import Organisation, Standing
from dangwu.records.paper_models import Bundle, FormFile, LedgerForm
from dangwu.records.policies import may_keep_for, may_keep_form, may_see_in

PAPERS = "organisations.organisation:papers"


@action("ledger.take", allow=may_see_in)
def take_paper(*, by: Actor, standing: Standing, what: str, today: date, number: int = 1) -> None:
    """Tell that so many papers of an organisation, or of what is below it, are taken away."""
    deed = open_deed()
    deed.about(standing.organisation, name=standing.called, place=standing.path)
    deed.reason = what
    deed.counted[PAPERS] += number


@action("ledger.pack", allow=may_see_in)
def order_bundle(*, by: Actor, standing: Standing, what: str, today: date, bundle: Bundle) -> Bundle:
    """Have one paper of an organisation and of all below it packed, as the archive that is not yet kept says."""
    deed = open_deed()
    deed.about(standing.organisation, name=standing.called, place=standing.path)
    deed.reason = what
    bundle.by_key, bundle.organisation = by.key, standing.organisation
    bundle.save()
    return bundle


@action("ledger.bring_form", allow=may_keep_for)
def bring_form(*, by: Actor, organisation: Organisation, form: LedgerForm, content: bytes, today: date) -> LedgerForm:
    """Keep a form that was checked, as the next version of its name. Raises ObjectionError."""
    earlier = LedgerForm.objects.of(organisation=organisation).filter(name=form.name).order_by("-number").first()
    form.digest = sha256(content).hexdigest()
    used = earlier is not None and earlier.retired_on is None
    if earlier and used and earlier.digest == form.digest:
        raise ObjectionError("这份表样和现在使用的完全一样，不用再上传。", field="file")
    form.organisation, form.unit_id, form.brought_on = organisation, organisation.unit_id, today
    form.number = earlier.number + 1 if earlier else 1
    form.save()
    FormFile.objects.create(form=form, content=content)
    if earlier and used:
        earlier.retired_on = today
        earlier.save()
    return form


@action("ledger.retire_form", allow=may_keep_form)
def retire_form(*, by: Actor, form: LedgerForm, today: date) -> None:
    """Offer a form no longer; its versions stay. Raises ObjectionError."""
    if form.retired_on is not None:
        raise ObjectionError("这份表样已经停用。")
    form.retired_on = today
    form.save()
