from __future__ import annotations

from pathlib import Path

from kgrec_core.data.catalog import Catalog
from kgrec_core.data.interactions import Interactions
from kgrec_core.data.recbole_export import export_recbole
from kgrec_core.data.split import split_temporal


def test_a_split_is_written_as_atomic_files(tiny: Catalog, tmp_path: Path) -> None:
    paths = export_recbole(tiny, split_temporal(Interactions.from_catalog(tiny), 0), tmp_path / "tiny")
    assert [path.name for path in paths] == [
        "tiny.train.inter",
        "tiny.valid.inter",
        "tiny.test.inter",
        "tiny.kg",
        "tiny.link",
    ]
    header = "user_id:token\titem_id:token\trating:float\ttimestamp:float"
    train, valid, test, kg, link = (path.read_text().splitlines() for path in paths)
    assert train == [header, "u1\t30\t5.0\t100", "u2\t20\t2.0\t300"]
    assert valid == [header]
    assert test == [header, "u1\t10\t4.0\t200"]
    assert kg[:2] == ["head_id:token\trelation_id:token\ttail_id:token", "item:10\tdirector\tperson:ridley scott"]
    assert link == ["item_id:token\tentity_id:token", "10\titem:10", "20\titem:20", "30\titem:30"]
