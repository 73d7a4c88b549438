"""Last.FM as published at HetRec 2011 (Cantador et al.), with the DBpedia edge lists that others added.

Tab-separated, a header, CRLF, no quoting. For people as items, wish for the domain "social": friendships are the
interactions then, and what somebody plays is a fact about them.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from kgrec_core.data.formats.csv_tables import TableLayout, read_delimited
from kgrec_core.data.formats.dbpedia import is_edge_list, read_edges
from kgrec_core.data.formats.format import Format, Tables, Wish, named, set_aside
from kgrec_core.data.formats.source_files import SourceFile
from kgrec_core.data.ledger import FILE, ROW, Ledger, concat
from kgrec_core.errors import DataError
from kgrec_core.schema.columns import HEAD, ITEM, RELATION, TAIL, TAIL_LABEL, TITLE, USER, VALUE

SOURCE = "Last.FM listening of HetRec 2011 (Cantador, Brusilovsky, Kuflik): non-commercial use"
DBPEDIA = "Artist facts of DBpedia: CC BY-SA 3.0"
PLAYS, ARTISTS, TAGS, FRIENDS = "user_artists.dat", "artists.dat", "tags.dat", "user_friends.dat"
TAGGED = ("artist_tag.dat", "user_taggedartists.dat", "user_taggedartists-timestamps.dat")


def claims(files: Sequence[SourceFile]) -> list[SourceFile]:
    """Its files, when the plays or friendships are among them."""
    known = named(files, PLAYS, ARTISTS, TAGS, FRIENDS, *TAGGED, "mappings.tsv", "all.dat", "readme.txt")
    known += [file for file in files if is_edge_list(file)]
    heads = {file.base: file.lines(1) for file in named(files, PLAYS, FRIENDS)}
    ours = heads.get(PLAYS) == ["userID\tartistID\tweight"] or heads.get(FRIENDS) == ["userID\tfriendID"]
    return known if ours else []


def read(files: Sequence[SourceFile], ledger: Ledger, wish: Wish) -> Tables:
    """Plays as interactions; or, in the domain social, friendships."""
    by_name = {file.base: file for file in files}
    spare = named(files, "readme.txt")
    set_aside(spare, ledger, "is a description, not a table")
    if wish.domain == "social":
        return _people(files, by_name, ledger)
    set_aside(named(files, FRIENDS), ledger, "friendships link people, not artists; import them with --domain social")
    set_aside(named(files, "all.dat"), ledger, f"repeats the plays of {PLAYS} under other ids")
    if PLAYS not in by_name:
        raise DataError(f"There is no {PLAYS} among the files. Give it, or choose --domain social for {FRIENDS}.")
    plays = _plays(by_name[PLAYS], ledger).rename(columns={"artistID": ITEM, "weight": VALUE})
    items = _artists(by_name, ledger)
    facts = [*_tags(files, by_name, items, ledger), *_dbpedia(files, by_name, ledger)]
    sources = (SOURCE, DBPEDIA) if any(map(is_edge_list, files)) else (SOURCE,)
    return Tables(plays, items, triples=concat(facts) if facts else None, implicit=True, sources=sources)


def _tab(*needs: str) -> TableLayout:
    return TableLayout("\t", quoted=False, needs=needs)


def _plays(file: SourceFile, ledger: Ledger) -> pd.DataFrame:
    return read_delimited(file, "interactions", ledger, _tab("userID", "artistID", "weight")).rename(
        columns={"userID": USER}
    )


def _artists(by_name: dict[str, SourceFile], ledger: Ledger) -> pd.DataFrame | None:
    if ARTISTS not in by_name:
        return None
    table = read_delimited(by_name[ARTISTS], "items", ledger, _tab("id", "name"))
    return table.rename(columns={"id": ITEM, "name": TITLE})[[ITEM, TITLE, FILE, ROW]]


def _tags(
    files: Sequence[SourceFile], by_name: dict[str, SourceFile], items: pd.DataFrame | None, ledger: Ledger
) -> list[pd.DataFrame]:
    tagged = named(files, *TAGGED)
    if TAGS not in by_name:
        set_aside(tagged, ledger, f"needs {TAGS} for the words of the tags")
        return []
    labels = read_delimited(by_name[TAGS], "labels", ledger, _tab("tagID", "tagValue"))
    facts = []
    for file in tagged[:1]:
        if file.base != TAGGED[0]:
            rows = read_delimited(file, "triples", ledger, _tab("artistID", "tagID"))
            rows = rows.merge(labels[["tagID", "tagValue"]], on="tagID", how="left")
            facts.append(_tag_facts(rows, rows["artistID"], rows["tagValue"].fillna("")))
        elif items is not None:
            rows = read_delimited(file, "triples", ledger, TableLayout("\t", ("artist", "tag"), quoted=False))
            artists = sorted(items[ITEM].unique(), key=lambda text: (len(text), text))  # numbers in order
            by_rank = {str(rank): artist for rank, artist in enumerate(artists, start=1)}
            words = {str(rank): word for rank, word in enumerate(labels["tagValue"], start=1)}
            facts.append(_tag_facts(rows, rows["artist"].map(by_rank), rows["tag"].map(words).fillna("")))
    set_aside(tagged[1:], ledger, f"holds the same tags as {tagged[0].base}" if tagged else "")
    return facts


def _tag_facts(rows: pd.DataFrame, heads: pd.Series, words: pd.Series) -> pd.DataFrame:
    return pd.DataFrame(
        {HEAD: heads.fillna(""), RELATION: "tag", TAIL: words, TAIL_LABEL: words, FILE: rows[FILE], ROW: rows[ROW]}
    )


def _dbpedia(files: Sequence[SourceFile], by_name: dict[str, SourceFile], ledger: Ledger) -> list[pd.DataFrame]:
    edges = [file for file in files if is_edge_list(file)]
    mapping = by_name.get("mappings.tsv")
    if mapping is None:
        set_aside(edges, ledger, "needs mappings.tsv to know which artist an address is")
        return []
    if not edges:
        set_aside([mapping], ledger, "is needed only with edge lists of DBpedia")
        return []
    addresses = read_delimited(mapping, "labels", ledger, TableLayout("\t", (ITEM, "name", "uri"), quoted=False))
    found = read_edges(edges, addresses, ledger)
    return [] if found is None else [found]


def _people(files: Sequence[SourceFile], by_name: dict[str, SourceFile], ledger: Ledger) -> Tables:
    if FRIENDS not in by_name:
        raise DataError(f"There is no {FRIENDS} among the files; people are recommended from friendships. Give it.")
    spare = named(files, TAGS, *TAGGED, "mappings.tsv", "all.dat") + [file for file in files if is_edge_list(file)]
    set_aside(spare, ledger, "tells of artists; people are recommended here")
    friends = read_delimited(by_name[FRIENDS], "interactions", ledger, _tab("userID", "friendID"))
    friends = friends.rename(columns={"userID": USER, "friendID": ITEM})
    people = friends[[ITEM, FILE, ROW]].drop_duplicates(ITEM)
    people = people.assign(title="Listener " + people[ITEM], _file="")
    return Tables(friends, people, triples=_listening(by_name, ledger), implicit=True, sources=(SOURCE,))


def _listening(by_name: dict[str, SourceFile], ledger: Ledger) -> pd.DataFrame | None:
    if PLAYS not in by_name or ARTISTS not in by_name:
        return None
    plays = read_delimited(by_name[PLAYS], "triples", ledger, _tab("userID", "artistID"))
    artists = read_delimited(by_name[ARTISTS], "labels", ledger, _tab("id", "name"))
    names = plays["artistID"].map(artists.drop_duplicates("id").set_index("id")["name"])
    return pd.DataFrame(
        {
            HEAD: plays["userID"],
            RELATION: "listens_to",
            TAIL: plays["artistID"],
            TAIL_LABEL: names.fillna(""),
            FILE: plays[FILE],
            ROW: plays[ROW],
        }
    )


FORMAT = Format("hetrec", "Last.FM of HetRec 2011, with facts of DBpedia", "music", claims, read)
