"""Every kind of workbook that can be brought in or taken out. Another kind is one line here."""

from collections.abc import Mapping

from dangwu.access.imports.appointments import Appointments
from dangwu.access.imports.exporting import AppointmentsExport
from dangwu.foundation.imports.exporting import Export
from dangwu.foundation.imports.kinds import Kind
from dangwu.members.imports.admission_exporting import AdmissionsExport
from dangwu.members.imports.admissions import Admissions
from dangwu.members.imports.affiliations import Affiliations
from dangwu.members.imports.exporting import RosterExport
from dangwu.members.imports.post_exporting import PostsExport
from dangwu.members.imports.posts import Posts
from dangwu.members.imports.roster import Roster
from dangwu.organisations.imports.exporting import OrganisationsExport
from dangwu.organisations.imports.organisations import Organisations

_KINDS: tuple[Kind, ...] = (Organisations(), Roster(), Posts(), Affiliations(), Admissions(), Appointments())
_EXPORTS: tuple[Export, ...] = (
    OrganisationsExport(),
    RosterExport(),
    PostsExport(),
    AdmissionsExport(),
    AppointmentsExport(),
)
KINDS: Mapping[str, Kind] = {kind.name: kind for kind in _KINDS}
EXPORTS: Mapping[str, Export] = {export.name: export for export in _EXPORTS}
