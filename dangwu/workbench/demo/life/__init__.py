"""Three years of organisational life in the city of the demonstration, as plain values and as rows of a site.

`rosters` knows who was in a branch on a day; `branches` and `uppers` hold what a year asks for, each as diligently as
`temper` says, so that a few are in arrears; `topics` and `minutes` say what was spoken about; `writing` writes it
set-wise. The same seed and the same last day always give the same life.
"""
