"""Every kind of workbook that can be brought in. Another kind is one line here."""

from collections.abc import Mapping

from dangwu.foundation.imports.kinds import Kind
from dangwu.members.imports.roster import Roster

_EVERY: tuple[Kind, ...] = (Roster(),)
KINDS: Mapping[str, Kind] = {kind.name: kind for kind in _EVERY}
