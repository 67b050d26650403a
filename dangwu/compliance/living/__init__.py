"""The standing organisations judged as they live: every day, and whenever something about them changes.

`marking` hears of every deed and marks whom and which days it touches; `judging` judges those by the facts of the last
day of each period, `drafting` makes rows of that, `storing` writes what differs; `freezing` settles periods for good.
`catching_up` does all of it, at once or in the background. `matrix`, `duties` and `explanations` are what pages read;
`whatif` is the same over another rulebook.
"""
