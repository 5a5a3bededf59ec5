"""Lets ``python -m cati.cli`` run the commands."""

from cati.cli import main

main()
