"""The printed report, typeset by typst."""
