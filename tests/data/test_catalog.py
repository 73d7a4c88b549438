from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from kgrec_core.data.catalog import Catalog
from kgrec_core.data.interactions import Interactions
from kgrec_core.errors import DataError


def test_a_catalog_comes_back_from_disk_as_it_was(tiny: Catalog, tmp_path: Path) -> None:
    tiny.save(tmp_path)
    loaded = Catalog.load(tmp_path)
    for name, table in tiny.tables().items():
        pd.testing.assert_frame_equal(loaded.tables()[name], table)
    assert (loaded.name, loaded.title, loaded.sources) == (tiny.name, tiny.title, tiny.sources)
    assert loaded.domain == tiny.domain
    assert loaded.users is None
    assert loaded.content_hash() == tiny.content_hash()


def test_a_users_table_is_kept_and_orders_the_users(tiny: Catalog, tmp_path: Path) -> None:
    with_users = replace(tiny, users=pd.DataFrame({"user_id": ["u2", "u1"], "age": [30, 40]}))
    with_users.save(tmp_path)
    assert Catalog.load(tmp_path).user_vocab.ids == ("u2", "u1")
    tiny.save(tmp_path)  # over it
    assert Catalog.load(tmp_path).users is None


def test_the_hash_changes_with_any_value(tiny: Catalog) -> None:
    changed = tiny.interactions.assign(value=[5.0, None, 2.5])
    assert replace(tiny, interactions=changed).content_hash() != tiny.content_hash()


def test_vocabularies_follow_the_tables(tiny: Catalog) -> None:
    assert tiny.item_vocab.ids == ("10", "20", "30")
    assert tiny.user_vocab.ids == ("u1", "u2")


def test_a_missing_file_is_named(tiny: Catalog, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"catalog\.json"):
        Catalog.load(tmp_path)
    tiny.save(tmp_path)
    (tmp_path / "items.parquet").unlink()
    with pytest.raises(DataError, match=r"items\.parquet"):
        Catalog.load(tmp_path)


def test_a_damaged_table_is_named(tiny: Catalog, tmp_path: Path) -> None:
    tiny.save(tmp_path)
    (tmp_path / "triples.parquet").write_bytes(b"no parquet")
    with pytest.raises(DataError, match=r"triples\.parquet"):
        Catalog.load(tmp_path)


def test_interactions_are_indices_with_missing_values_counted_as_liked(tiny: Catalog) -> None:
    rows = Interactions.from_catalog(tiny)
    assert rows.users.tolist() == [0, 0, 1]
    assert rows.items.tolist() == [2, 0, 1]
    assert rows.values.tolist() == [5.0, tiny.domain.positive_value, 2.0]
    assert rows.timestamps.tolist() == [100, 200, 300]


def test_values_and_timestamps_may_be_absent(tiny: Catalog) -> None:
    bare = replace(tiny, interactions=tiny.interactions[["user_id", "item_id"]])
    rows = Interactions.from_catalog(bare)
    assert rows.values.tolist() == [4.0, 4.0, 4.0]
    assert rows.timestamps.tolist() == [0, 0, 0]


def test_a_repeated_pair_counts_once_at_its_latest(tiny: Catalog) -> None:
    again = pd.DataFrame({"user_id": ["u1"], "item_id": ["30"], "value": [1.0], "timestamp": [50]})
    table = pd.concat([tiny.interactions, again], ignore_index=True)
    rows = Interactions.from_catalog(replace(tiny, interactions=table))
    assert len(rows) == 3
    assert rows.of_user(0).values.tolist() == [5.0, 4.0]  # the row of time 100, not that of time 50


def test_rows_of_a_user_and_the_matrix_agree(tiny: Catalog) -> None:
    rows = Interactions.from_catalog(tiny)
    assert rows.of_user(0).items.tolist() == [2, 0]
    assert len(rows.of_user(7)) == 0
    assert rows.matrix(2, 3).toarray().tolist() == [[4.0, 0.0, 5.0], [0.0, 2.0, 0.0]]
    assert rows.matrix(2, 3, rows.values >= 4).toarray().tolist() == [[1.0, 0.0, 1.0], [0.0, 0.0, 0.0]]


def test_arrays_of_different_lengths_are_refused(tiny: Catalog) -> None:
    rows = Interactions.from_catalog(tiny)
    with pytest.raises(DataError, match="lengths"):
        Interactions(rows.users[:1], rows.items, rows.values, rows.timestamps)
