"""Every kind of workbook that can be brought in. Another kind is one line here."""

from collections.abc import Mapping

from dangwu.foundation.imports.kinds import Kind
from dangwu.members.imports.roster import Roster
from dangwu.organisations.imports.organisations import Organisations

_EVERY: tuple[Kind, ...] = (Organisations(), Roster())
KINDS: Mapping[str, Kind] = {kind.name: kind for kind in _EVERY}
