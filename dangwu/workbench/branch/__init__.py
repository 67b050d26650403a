"""The branch: what is due, done and missing and why, what to do next with one tap; and each duty with its reasons.

`items` puts duties into words and ways on, `pages` shows the branch, `duty_page` one duty with what people say to it,
`deciding_pages` what the level above decides, `reminding` drafts reminders to those who are late.
"""
