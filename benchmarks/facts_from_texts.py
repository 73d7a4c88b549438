"""How well facts that were hidden are found in the items' texts: `python -m benchmarks.facts_from_texts [--json]`.

Three ways to hide, in each relation. An item: all facts of a fifth of the items, as where a shop has not filled a cell.
A fact: a fifth of the facts, so that items have some of theirs. A name: all facts of a fifth of the labels, so that
nothing but a pattern can find them; only finds of new names are looked at then. Labels of most facts of items and of
most facts are still known of other items. Relations of which no text has a label are left out. Recall is the
share of the hidden facts that are found, of all and of those whose label stands in the text of the item at all;
precision the share of the finds that are facts, of those about items whose facts of that relation the data set has at
all. A find that is true and was never recorded counts as wrong. Writes nothing.

`--data FOLDER` names the folder of the real data sets, which are not part of the project; without it, and without
KGREC_REAL_DATA, the made-up shop alone is measured. `--quality` trains the model of that shop with none and half of its
facts, with those found in the texts beside the half, and with all.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from kgrec_core.config import ImportLimits, ModelConfig, TrainConfig
from kgrec_core.data.builtin.storefront import ShopConfig, generate
from kgrec_core.data.catalog import Catalog
from kgrec_core.data.formats.source_files import Given
from kgrec_core.data.ingest.import_choice import Choice
from kgrec_core.data.ingest.imported_sets import new_key
from kgrec_core.data.ingest.importer import import_tables
from kgrec_core.data.ingest.label_places import label_places, words_of
from kgrec_core.data.ingest.proposed_facts import accepted_triples, all_of
from kgrec_core.data.ingest.text_patterns import facts_in_texts
from kgrec_core.data.interactions import Interactions
from kgrec_core.data.split import split_random
from kgrec_core.evaluate.compared_models import BY_NAME, Trial
from kgrec_core.evaluate.protocol import answers_of_test
from kgrec_core.graph.typed_graph import build_graph
from kgrec_core.model.metrics import ranking_metrics
from kgrec_core.schema.columns import HEAD, ITEM, RELATION, TAIL, TAIL_LABEL, TEXT, TITLE
from kgrec_core.schema.progress import no_progress
from kgrec_core.text.catalog_vectors import encode_catalog
from kgrec_core.text.documents import item_document
from kgrec_core.workspace.prepare import inputs_of

HIDDEN = 0.2
LEAST = 20  # facts of a relation
ITEMS, FACTS, NAMES = "item", "fact", "name"
REAL = ("ecommerce_amazon_small", "news_mind_subset", "films_plots_ml100k")  # folders
Found = tuple[str, str, str]  # item, relation, label as it is compared


@dataclass(frozen=True, slots=True)
class Row:
    data: str
    relation: str
    hiding: str  # item | fact | name
    hidden: int
    in_text: int  # hidden facts whose label stands in the text of their item
    found: int  # where names are hidden those that are new
    judged: int  # finds about items with facts of the relation
    right: int
    recalled: int

    @property
    def precision(self) -> float | None:
        return self.right / self.judged if self.judged else None

    @property
    def recall(self) -> float:
        return self.recalled / self.hidden

    @property
    def recall_in_text(self) -> float | None:
        return self.recalled / self.in_text if self.in_text else None


def measured(name: str, catalog: Catalog, seed: int = 0) -> Iterator[Row]:
    """All relations, hidden one at a time."""
    triples = catalog.triples.drop_duplicates([HEAD, RELATION, TAIL], ignore_index=True)
    texts = [words_of(str(text)) for text in catalog.items[TEXT].fillna("")]
    for relation, rows in triples.groupby(RELATION, sort=True):
        if len(rows) < LEAST:
            continue
        keys = set(map(_key, rows[TAIL_LABEL]))
        ids = catalog.items[ITEM].astype(str).tolist()
        said = {(ids[place.row], place.key) for place in label_places(texts, keys)}
        for hiding in (ITEMS, FACTS, NAMES) if said else ():
            gone = _hidden(rows, hiding, np.random.default_rng(seed))
            yield _row((name, str(relation), hiding), catalog.items, triples, gone, said)


def _row(
    named: tuple[str, str, str], items: pd.DataFrame, triples: pd.DataFrame, gone: pd.Index, said: set[tuple[str, str]]
) -> Row:
    relation = named[1]
    whole, hidden = _facts(triples[triples[RELATION] == relation]), _facts(triples.loc[gone])
    facts = facts_in_texts(items, triples.drop(index=gone))
    new = named[2] == NAMES  # what is found of names that are known has to do with none that are hidden
    found = {
        (fact.item, relation, _key(fact.label))
        for fact in facts
        if fact.relation == relation and not (new and fact.tail)
    }
    told = {item for item, _, _ in whole}
    judged = {each for each in found if each[0] in told}
    in_text = sum((item, key) in said for item, _, key in hidden)
    return Row(*named, len(hidden), in_text, len(found), len(judged), len(judged & whole), len(hidden & found))


def _hidden(rows: pd.DataFrame, hiding: str, rng: np.random.Generator) -> pd.Index:
    if hiding == FACTS:
        return rows.index[rng.random(len(rows)) < HIDDEN]
    column = rows[HEAD if hiding == ITEMS else TAIL]
    names = column.unique()
    return rows.index[column.isin(names[rng.random(len(names)) < HIDDEN])]


def _facts(triples: pd.DataFrame) -> set[Found]:
    return {
        (str(item), str(relation), _key(label))
        for item, relation, label in triples[[HEAD, RELATION, TAIL_LABEL]].to_numpy()
    }


def _key(label: object) -> str:
    return " ".join(words_of(str(label)).keys)


def real_sets(folder: Path) -> Iterator[tuple[str, Catalog]]:
    """Those that are there, each imported as its folder is."""
    for name in REAL:
        if not (folder / name).is_dir():
            print(f"There is no {name} in {folder}.", file=sys.stderr)
            continue
        with tempfile.TemporaryDirectory() as home:
            os.environ["KGREC_HOME"] = home
            found = import_tables(name, [Given(folder / name)], Choice(), new_key(), ImportLimits()).catalog
        if found is not None and TEXT in found.items:
            yield name, found


def quality(seed: int = 0) -> dict[str, dict[str, float]]:
    """NDCG@10 of the model on a made-up shop by what is known of it, with the texts read as such and without.

    Items have a title and a text and no other word, so that what is hidden stands in no document either.
    """
    catalog = generate(ShopConfig()).catalog
    catalog = replace(catalog, items=catalog.items[[ITEM, TITLE, TEXT]])
    half = catalog.triples[np.random.default_rng(seed).random(len(catalog.triples)) >= 0.5].reset_index(drop=True)
    said = accepted_triples(catalog.items, [all_of(str(relation)) for relation in half[RELATION].unique()], half)
    both = pd.concat([half, said[half.columns]], ignore_index=True).drop_duplicates([HEAD, RELATION, TAIL])
    known = {"no facts": half.head(0), "half of them": half, "half, and texts": both, "all": catalog.triples}
    interactions = Interactions.from_catalog(catalog)
    with tempfile.TemporaryDirectory() as folder:
        vectors = encode_catalog(catalog, Path(folder) / "vectors", Path(folder) / "xlnet")
    inputs = inputs_of(catalog, interactions, vectors)
    documents = tuple(item_document(row, catalog.domain) for row in catalog.item_rows())
    config, split = TrainConfig(seed=seed), split_random(interactions, seed)
    found: dict[str, dict[str, float]] = {}
    for name, triples in known.items():
        graph = build_graph(replace(catalog, triples=triples))
        trial = Trial(replace(inputs, graph=graph), documents, split, ModelConfig(), config)
        found[name] = {"facts": len(triples)} | {model: _ndcg(model, trial) for model in ("ours", "ours-no-text")}
    return found


def _ndcg(model: str, trial: Trial) -> float:
    scores = BY_NAME[model].fit(trial, no_progress).scores
    answers = answers_of_test(trial.inputs, trial.split)
    return float(ranking_metrics(scores, answers.seen, answers.relevant).ndcg_10.mean())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("KGREC_REAL_DATA") or "no-real-data"))
    parser.add_argument("--quality", action="store_true", help="train on the made-up shop (minutes)")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    if asked.quality:
        trained = quality()
        print(json.dumps(trained, indent=2) if asked.json else _quality_table(trained))
        return
    sets = (("storefront", generate(ShopConfig()).catalog), *real_sets(asked.data))
    rows = [row for name, catalog in sets for row in measured(name, catalog)]
    print(json.dumps([_as_json(row) for row in rows], indent=2) if asked.json else _table(rows))


def _as_json(row: Row) -> dict[str, object]:
    return asdict(row) | {"precision": row.precision, "recall": row.recall, "recall_in_text": row.recall_in_text}


def _table(rows: list[Row]) -> str:
    head = "| data | relation | hidden | facts | in a text | found | precision | recall | of those in a text |"
    lines = [
        f"| {row.data} | {row.relation} | {row.hiding} | {row.hidden} | {row.in_text} | {row.found} | "
        f"{_number(row.precision)} | {_number(row.recall)} | {_number(row.recall_in_text)} |"
        for row in rows
    ]
    return "\n".join([head, "|---" * 9 + "|", *lines])


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _quality_table(found: Mapping[str, Mapping[str, float]]) -> str:
    lines = [
        f"| {name} | {each['facts']:,} | {each['ours']:.4f} | {each['ours-no-text']:.4f} |"
        for name, each in found.items()
    ]
    return "\n".join(["| known | facts | NDCG@10 | NDCG@10 without text |", "|---" * 4 + "|", *lines])


if __name__ == "__main__":
    main()
