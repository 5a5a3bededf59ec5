"""The index of an entity's documents: their pages, and their passages for searching.

It lies in ``private/index/``, one file for each entity, is made from the
archived copies and can be thrown away at any time. Passages are searched by
SQLite's FTS5 over text that `cati.research.desk.words` has split, since none of
its own tokenizers finds a Chinese term of two characters.
"""

from __future__ import annotations

import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from cati.problems import CatiError, reason
from cati.research.desk.document_text import Caveats, PageText, State, caveats
from cati.research.desk.passages import Passage, page_passages, passage_id
from cati.research.desk.words import word_text, words
from cati.store.characters import forms_version
from cati.store.private import FILE_MODE

FOLDER = "index"
VERSION = 4
"""Of the tables, and of how documents are read and split; another one is made anew."""


@cache
def version() -> int:
    """`VERSION`, and with it which characters are taken for one another."""
    return zlib.crc32(forms_version().encode(), VERSION) & 0x7FFF_FFFF


_TABLES = """
CREATE TABLE document (
    id INTEGER PRIMARY KEY, sha256 TEXT UNIQUE NOT NULL, edition TEXT NOT NULL, guessed TEXT,
    lost INTEGER NOT NULL, hidden INTEGER NOT NULL);
CREATE TABLE page (
    document INTEGER NOT NULL, number INTEGER NOT NULL, state TEXT NOT NULL, text TEXT NOT NULL,
    hidden TEXT NOT NULL, PRIMARY KEY (document, number)) WITHOUT ROWID;
CREATE TABLE passage (
    id INTEGER PRIMARY KEY, document INTEGER NOT NULL, page INTEGER NOT NULL,
    start INTEGER NOT NULL, text TEXT NOT NULL, hidden INTEGER NOT NULL);
CREATE INDEX passage_document ON passage (document);
CREATE VIRTUAL TABLE words USING fts5(
    text, content='', tokenize='unicode61 remove_diacritics 0');
"""


@dataclass(frozen=True)
class Hit:
    """A passage that holds at least one of the terms looked for.

    Attributes
    ----------
    id : str
        See `cati.research.desk.passages.passage_id`.
    sha256 : str
        The document's.
    relevance : float
        FTS5's bm25 with its sign turned: more is better.
    """

    id: str
    sha256: str
    passage: Passage
    relevance: float


class Index:
    """The documents of one entity, ready to be read and searched.

    Parameters
    ----------
    connection : sqlite3.Connection
        Of an index file; `opened` makes one.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def edition(self, sha256: str) -> str | None:
        """Which edition of a document it holds; None if it has not been read yet."""
        query = "SELECT edition FROM document WHERE sha256 = ?"
        row = self._connection.execute(query, (sha256,)).fetchone()
        return None if row is None else cast(str, row[0])

    def caveats(self, sha256: str) -> Caveats:
        """What is to be known of a document before its text is relied on."""
        query = "SELECT lost, hidden, guessed FROM document WHERE sha256 = ?"
        row = self._connection.execute(query, (sha256,)).fetchone()
        return Caveats() if row is None else Caveats(*row)

    def put(
        self, sha256: str, edition: str, pages: Sequence[PageText], guessed: str | None = None
    ) -> None:
        """Take a document in, in place of any other edition of it.

        Parameters
        ----------
        sha256 : str
        edition : str
            Changes whenever the pages of a document do.
        pages : sequence of PageText
        guessed : str, optional
            See `cati.research.desk.document_text.DocumentText`.
        """
        with self._connection as connection:
            self._remove(sha256)
            told = caveats(pages, guessed)
            query = (
                "INSERT INTO document (sha256, edition, guessed, lost, hidden)"
                " VALUES (?, ?, ?, ?, ?)"
            )
            values = (sha256, edition, told.guessed, told.lost, told.hidden)
            number = connection.execute(query, values).lastrowid
            connection.executemany(
                "INSERT INTO page VALUES (?, ?, ?, ?, ?)",
                ((number, page.number, page.state, page.text, page.hidden) for page in pages),
            )
            first = self._next_passage()
            cut = [
                part
                for page in pages
                for part in page_passages(page.number, page.text, page.hidden)
            ]
            connection.executemany(
                "INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?)",
                ((n, number, p.page, p.offset, p.text, p.hidden) for n, p in enumerate(cut, first)),
            )
            connection.executemany(
                "INSERT INTO words (rowid, text) VALUES (?, ?)",
                ((n, word_text(p.text)) for n, p in enumerate(cut, first)),
            )

    def pages(self, sha256: str) -> tuple[PageText, ...]:
        """The pages of a document, in their order; none if it is not there."""
        rows = self._connection.execute(
            "SELECT number, state, page.text, page.hidden"
            " FROM page JOIN document ON document.id = document WHERE sha256 = ? ORDER BY number",
            (sha256,),
        )
        return tuple(
            PageText(number, text, cast(State, state), hidden)
            for number, state, text, hidden in rows
        )

    def search(self, terms: Iterable[str], documents: Sequence[str], most: int) -> list[Hit]:
        """The most relevant passages of some documents that hold at least one of the terms.

        Parameters
        ----------
        terms : iterable of str
            Of one or more words each, which must stand one behind the other.
        documents : sequence of str
            Checksums.
        most : int
            Passages to give.
        """
        phrases = {" ".join(words(term)) for term in terms} - {""}
        known = self._numbers(documents)
        if not phrases or not known:
            return []
        match = " OR ".join(f'"{phrase}"' for phrase in sorted(phrases))
        marks = ", ".join("?" * len(known))
        rows = self._connection.execute(
            f"SELECT document, page, start, passage.text, hidden, -words.rank"  # noqa: S608  marks
            f" FROM words JOIN passage ON passage.id = words.rowid"
            f" WHERE words MATCH ? AND document IN ({marks}) ORDER BY words.rank, passage.id"
            f" LIMIT ?",
            (match, *known, most),
        )
        found = []
        for document, page, start, text, hidden, relevance in rows:
            sha256 = known[document]
            passage = Passage(page, start, text, bool(hidden))
            found.append(Hit(passage_id(sha256, page, start), sha256, passage, relevance))
        return found

    def _numbers(self, documents: Sequence[str]) -> dict[int, str]:
        marks = ", ".join("?" * len(documents))
        query = f"SELECT id, sha256 FROM document WHERE sha256 IN ({marks})"  # noqa: S608  marks only
        return dict(self._connection.execute(query, list(documents)))

    def _next_passage(self) -> int:
        row = self._connection.execute("SELECT coalesce(max(id), 0) + 1 FROM passage").fetchone()
        return cast(int, row[0])

    def _remove(self, sha256: str) -> None:
        for number in self._numbers([sha256]):
            query = "SELECT id, text FROM passage WHERE document = ?"
            rows = self._connection.execute(query, (number,)).fetchall()
            self._connection.executemany(
                "INSERT INTO words (words, rowid, text) VALUES ('delete', ?, ?)",
                ((row, word_text(text)) for row, text in rows),
            )
            columns = {"passage": "document", "page": "document", "document": "id"}
            for table, column in columns.items():
                query = f"DELETE FROM {table} WHERE {column} = ?"  # noqa: S608  names above
                self._connection.execute(query, (number,))


@contextmanager
def opened(path: Path) -> Iterator[Index]:
    """The index in a file, made if it is not there or of another version.

    Raises
    ------
    CatiError
        If it cannot be used. A damaged one is removed, to be made anew.
    """
    try:
        # so that nobody else may read it; and a link is not followed
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), FILE_MODE))
        connection = sqlite3.connect(path, timeout=60)
    except OSError as error:
        raise CatiError(f"{path}: cannot be opened: {reason(error)}") from None
    except sqlite3.Error as error:
        raise CatiError(f"{path}: cannot be opened: {error}") from None
    try:
        _furnish(connection)
        yield Index(connection)
    except sqlite3.OperationalError as error:
        raise CatiError(f"{path}: cannot be used: {error}") from None
    except sqlite3.DatabaseError:
        connection.close()
        path.unlink(missing_ok=True)
        raise CatiError(f"{path}: was damaged and has been removed; run this again") from None
    finally:
        connection.close()


def _furnish(connection: sqlite3.Connection) -> None:
    """Make the tables, unless they are there in this version."""
    connection.execute("PRAGMA synchronous = OFF")  # what is lost is made anew
    (there,) = connection.execute("PRAGMA user_version").fetchone()
    if there == version():
        return
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        for name in ("words", "passage", "page", "document"):
            connection.execute(f"DROP TABLE IF EXISTS {name}")
        for statement in _TABLES.split(";"):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {version()}")
