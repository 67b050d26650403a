"""A committee's own form, filled in: a docx or xlsx in which placeholders of a closed vocabulary stand.

There is no language in it: a placeholder is replaced by a text, a line of a table with placeholders of activities or of
members is repeated for each. What is not in the vocabulary, and whatever could act or lead outside, is refused when the
form is brought (`checking`).
"""
