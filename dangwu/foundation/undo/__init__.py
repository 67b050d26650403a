"""Taking back what was done: every row becomes what it was before, unless something was built on it.

For half a minute, whoever did something that is not final can take it back.

    @action("post.leave", allow=may_keep_row, undo=still_alone)

declares it; the view says `tell(request, "…", undo=way_back())`. There is nothing else to write for another action.
Taking back is a deed of its own in the audit. Imports keep their way back for longer; both do it by `journals`.
"""
