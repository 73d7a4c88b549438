"""The model card of a prepared data set, read off its run card and its model."""

from __future__ import annotations

from typing import Any

from kgrec_core.domain import Domain
from kgrec_core.evaluate.compared_models import BY_NAME
from kgrec_core.explain.sentences.clauses import BRANCH_WORDS
from kgrec_core.model.bundle import Bundle, load_bundle, read_dataset_card
from kgrec_core.model.run_card import read_record
from kgrec_core.schema.cards import DatasetCard
from kgrec_core.schema.model_card import CardSection, CardTable, ModelCard


def model_card(name: str) -> ModelCard:
    """Raises UnknownIdError and BundleError as `load_bundle` does."""
    bundle, about = load_bundle(name), read_dataset_card(name)
    sections = (
        _use(about, bundle.catalog.domain),
        _data(about, bundle.catalog.domain.items),
        _parameters(bundle),
        _quality(bundle.card, about),
        _explanations(bundle),
        _limits(about),
        _making(name, bundle),
    )
    return ModelCard(name, f"Model card: {about.title}", sections)


def _use(about: DatasetCard, domain: Domain) -> CardSection:
    return CardSection(
        "What it is for",
        (
            f"It orders {domain.items} for one person by what that person liked, and says for each why it stands where "
            "it stands. It was made for demonstrations, for inspecting explanations and for small data sets.",
            "It is not meant for decisions about people, such as credit, work or health, and it knows nothing of age, "
            "health or safety of what it recommends.",
        ),
    )


def _data(about: DatasetCard, items: str) -> CardSection:
    rows = (
        ("people", f"{about.users:,}"),
        (items, f"{about.items:,}"),
        (about.events, f"{about.interactions:,}, of which {about.positives:,} count as liked"),
        ("facts", f"{about.triples:,} with {about.entities:,} values; {', '.join(about.relations) or 'none'}"),
    )
    return CardSection("The data", about.sources, CardTable(("what", "how many"), rows))


def _parameters(bundle: Bundle) -> CardSection:
    """Weights in standard deviations of each branch: by how much one of them moves a score."""
    model = bundle.recommender
    usual, first = model.fusion.log_weight.exp().tolist(), model.fusion.log_first.exp().tolist()
    names = model.columns.names[model.columns.heard]
    rows = [
        (_called(name, bundle.catalog.domain), f"{much:.2f}", f"{new:.2f}")
        for name, much, new in sorted(zip(names, usual, first, strict=True), key=lambda row: -row[1])
    ]
    rows.append(("how popular it is", "0.00", f"{float(model.fusion.log_prior.exp()):.2f}"))
    network = (
        "The network beside it (KGNN, attention, MLP) is silent: no round of its training ranked better."
        if model.fusion.silent
        else "A network (KGNN, attention, MLP) adds to this sum; it was kept since it ranked better."
    )
    half = f"{model.fusion.prior_half_life:g}"
    return CardSection(
        "What orders a list, and how much each part weighs",
        (
            "A score is the sum of these parts. The numbers say by how much a part moves it when it changes by one "
            "standard deviation: for somebody of whom much is known, and for somebody of whom nothing is; the second "
            f"count half as much with every {half} {bundle.catalog.domain.items} more.",
            network,
        ),
        CardTable(("part", "much known", "nothing known"), tuple(rows)),
    )


def _called(branch: str, domain: Domain) -> str:
    return BRANCH_WORDS[branch].adds if branch in BRANCH_WORDS else domain.phrase(branch).label


def _quality(card: dict[str, Any], about: DatasetCard) -> CardSection:
    title = "How well it ranks"
    if not card.get("metrics"):
        return CardSection(title, ("Not measured: the data hold too few likes to hide some.",))
    rows = tuple(
        (BY_NAME[row["model"]].label, f"{row['ndcg_10']:.3f}", "{:.3f} to {:.3f}".format(*row["ci95"]))
        for row in card["metrics"]
    )
    return CardSection(
        title,
        (
            f"A tenth of the {about.events} of each person was hidden and looked for. NDCG@10 is 1 where all that was "
            "hidden and liked stands first, 0 where none of it is among the first ten; beside it the interval in which "
            f"it lies for 95 of 100 such groups of people. Protocol: {card.get('protocol', 'unknown')}.",
        ),
        CardTable(("model", "NDCG@10", "95 % interval"), rows),
    )


def _explanations(bundle: Bundle) -> CardSection:
    items = bundle.catalog.domain.items
    return CardSection(
        "How reasons are made",
        (
            "Every reason is the model scored again without something: without one of the liked "
            f"{items}, without a fact, without the text. The parts of a score sum to it. The screen Trust takes the "
            "named reasons away and compares what is lost with what random ones cost.",
        ),
    )


def _limits(about: DatasetCard) -> CardSection:
    per_person = about.interactions / max(about.users, 1)
    told = (
        f"It knows {about.users:,} people with {per_person:.0f} {about.events} each on average, and little of who is "
        "unlike all of them.",
        "The quality above is that of one split of these data; it says nothing of other data.",
        "Whether it treats groups of people alike, and what it gives away about those in the data, was not measured.",
    )
    return CardSection("Limits", told)


def _making(name: str, bundle: Bundle) -> CardSection:
    record = read_record(name)
    rows = (
        *((f"encoder {encoder}", called) for encoder, called in record.encoders),
        ("seconds", f"{record.seconds:.0f}"),
        ("versions", ", ".join(f"{package} {number}" for package, number in record.versions)),
        ("data, SHA-256", record.data_hash),
        ("version of the bundle", str(bundle.card.get("version", ""))),
    )
    return CardSection("How it was made", (), CardTable(("what", "value"), rows))
