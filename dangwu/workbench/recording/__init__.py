"""Recording what is planned and was held: from the page that opens filled in to the minutes as they are read.

`opening` says what a page opens with, `fields` and `forms` are what is filled in, `rulings` what the rules say of it,
by the same judging as everywhere; `record_pages`, `planning_pages` and `talk_pages` write, `activity_page`,
`activity_listing` and `mine_panel` tell.
"""
