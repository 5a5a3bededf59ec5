"""Lets ``python -m cati`` run the commands."""

from cati.cli import main

main()
