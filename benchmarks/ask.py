"""Are questions in plain words understood? `python -m benchmarks.ask [--dataset movies] [--n 200] [--json]`.

`n` questions of 15 kinds, made from the data by a seed: for random people, names in lower case, without year, one in
five with two letters swapped, several forms a kind; and those of `asked_by_hand`, written before the grammar. Counted
are those that are answered as what they are. Every number of an answer has to be one that the service gives when it is
asked anew, and every word with a capital one of a title, a fact or a person. Seconds stand beside those of a plain
explanation, since the machine may be shared.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from dataclasses import asdict, dataclass

import numpy as np

from benchmarks.asked_by_hand import FILMS, PRODUCTS
from kgrec_core import service
from kgrec_core.ask.answered_questions import Conversation, Questions
from kgrec_core.ask.turn import called
from kgrec_core.schema.answers import ANSWERED, Answer
from kgrec_core.schema.asker import Asker
from kgrec_core.schema.cards import ItemCard
from kgrec_core.schema.changes import Change

SEED, PEOPLE, SWAPPED = 11, 20, 0.2
FORMS = {
    "why": ("why {a}?", "why did you recommend {a}", "Why is {a} on my list?", "explain {a}"),
    "why_not": ("why not {a}?", "why isn't {a} on my list", "how come i never see {a}", "where is {a}"),
    "without_item": ("what if I had not {done} {h}?", "what if i'd never {done} {h}", "suppose I hadn't {done} {h}"),
    "bring_in": ("what would bring {a} in?", "how do I get {a} on my list", "what would put {a} on my list?"),
    "more_like": ("more like {a}", "something like {a} but newer", "anything similar to {a}?"),
    "who_else": ("who else would like {a}?", "how many people liked {a}", "who likes {a}"),
    "how_sure": ("how sure are you about {a}?", "are you sure about {a}", "can I trust {a}"),
    "what_is": ("what is {a}?", "tell me about {a}", "what is {a} about"),
    "compare": ("compare {a} and {b}", "{a} vs {b}", "what do {a} and {b} have in common?"),
    "why_above": ("why is {a} above {b}?", "why {a} before {b}", "why does {a} rank higher than {b}"),
    "without_facts": ("without my {f} {items}", "ignore all my {f} {items}", "what if i had never {done} any {f}"),
    "leave_out": ("leave out {f}", "no more {f} please", "I'm sick of {f}"),
    "drives": ("what drives my list?", "why these?", "what matters most for my list"),
    "likes": ("what did I like?", "what have i liked", "show my likes"),
    "undo": ("undo", "take that back", "go back"),
}
_NUMBER = re.compile(r"\d[\d,]*\.?\d*")
_CAPITAL = re.compile(r"\b[A-Z][\w'’-]+")


@dataclass(frozen=True)
class Result:
    """understood: shares · wrong: questions that were not · invented: words or numbers that nothing of the data has"""

    dataset: str
    questions: int
    understood: float
    by_hand: int
    by_hand_understood: float
    wrong: tuple[str, ...]
    invented_numbers: tuple[str, ...]
    invented_names: tuple[str, ...]
    p50: float
    p95: float
    why_p95: float

    @property
    def ratio(self) -> float:
        """p95 of an answer to that of a plain explanation."""
        return self.p95 / self.why_p95


@dataclass
class Asked:
    user: str
    kind: str
    question: str
    names: tuple[ItemCard, ...] = ()


def measure(dataset: str, n: int) -> Result:
    opened = service.open(dataset)
    questions, rng = Questions(opened), np.random.default_rng(SEED)
    hand = [Asked(_first(opened), kind, text) for text, kind in (PRODUCTS if dataset == "storefront" else FILMS)]
    made = _made(opened, rng, n)
    questions.answer(Conversation(Asker(_first(opened))), "nothing of this is known")  # encoders are read once
    known, wrong, numbers, names, seconds, right = _words(opened), [], [], [], [], []
    for one in [*made, *hand]:
        start = time.perf_counter()
        answer = questions.answer(Conversation(Asker(one.user)), one.question)
        seconds.append(time.perf_counter() - start)
        nothing = one.kind == "nothing"
        told = {each.item_id for each in one.names}
        good = (answer.status != ANSWERED) if nothing else answer.kind == one.kind and answer.status == ANSWERED
        good = good and (not told or bool(told & set(answer.after.about)))
        right.append(good)
        if not good:
            wrong.append(f"{one.question} [{one.kind}] -> {answer.kind}, {answer.status}: {answer.read_as}")
        if answer.status == ANSWERED:
            numbers += _not_given(opened, one.user, answer)
            names += [word for word in _CAPITAL.findall(answer.text) if word.strip("'’-").lower() not in known]
    plain = []
    for one in [each for each in made if each.names][:30]:
        start = time.perf_counter()
        opened.why(one.user, one.names[0].item_id)
        plain.append(time.perf_counter() - start)
    return Result(dataset, len(made), float(np.mean(right[: len(made)])), len(hand),
                  float(np.mean(right[len(made) :])), tuple(wrong), tuple(numbers), tuple(names),
                  float(np.quantile(seconds, 0.5)), float(np.quantile(seconds, 0.95)),
                  float(np.quantile(plain, 0.95)))  # fmt: skip


def _first(opened: service.Service) -> str:
    users = [user.user_id for user in opened.users()]
    return "15" if "15" in users else users[3]


def _made(opened: service.Service, rng: np.random.Generator, n: int) -> list[Asked]:
    users, cards, kinds = opened.users(), opened.items(), list(FORMS)
    titles = [called(card) for card in cards]
    cards = tuple(card for card in cards if titles.count(called(card)) == 1)
    facts = [place.label for relation in opened.knowledge.statistics().relations
             for place in opened.knowledge.values(relation.relation)[:5]]  # fmt: skip
    people = rng.choice(len(users), PEOPLE).tolist()
    found = []
    for number in range(n):
        kind, user = kinds[number % len(kinds)], users[people[number % PEOPLE]].user_id
        form = FORMS[kind][int(rng.integers(len(FORMS[kind])))]
        one, other = (cards[int(each)] for each in rng.choice(len(cards), 2, replace=False))
        history = opened.history(user)
        own = history[int(rng.integers(len(history)))].item
        fact = facts[int(rng.integers(len(facts)))]
        text = form.format(a=_typed(one, rng), b=_typed(other, rng), h=_typed(own, rng), f=fact.lower(),
                           items=opened.domain.items, done=opened.domain.consumed)  # fmt: skip
        named = (own,) if "{h}" in form else (one,) if "{a}" in form and kind != "more_like" else ()
        found.append(Asked(user, kind, text, named))
    return found


def _typed(card: ItemCard, rng: np.random.Generator) -> str:
    """A title as somebody types it."""
    title = card.title if rng.random() < 0.3 else card.title.lower()
    if rng.random() < SWAPPED and len(title) > 6 and title.replace(" ", "").isalpha():
        place = int(rng.integers(1, len(title) - 2))
        title = title[:place] + title[place + 1] + title[place] + title[place + 2 :]
    return title


def _words(opened: service.Service) -> frozenset[str]:
    """Words of titles, facts and people, and those that sentences begin with."""
    said = [card.title for card in opened.items()] + [user.label for user in opened.users()]
    said += list(opened.reader.bundle.inputs.graph.labels)
    starts = """is in for not no yes without with left out taken most newer older of what nothing the a an it counted
    that because asked likes none also only partly one several of both they how many up if all this
    mostly others""".split()
    return frozenset(word.strip("'’-").lower() for text in said for word in re.findall(r"[\w'’-]+", text)) | set(starts)


def _not_given(opened: service.Service, user: str, answer: Answer) -> list[str]:
    """Numbers of an answer that neither its names have nor the service when asked anew."""
    text = answer.text
    for card in sorted(opened.items(), key=lambda card: -len(card.title)):
        if any(char.isdigit() for char in card.title):
            text = re.sub(rf"(?<![\w.,+]){re.escape(card.title)}(?!\w)", "", text)
    given = _asked_anew(opened, user, answer)
    return [f"{number} in: {answer.text}" for number in _NUMBER.findall(text)
            if number.rstrip(".,").replace(",", "") not in given]  # fmt: skip


def _asked_anew(opened: service.Service, user: str, answer: Answer) -> frozenset[str]:
    about, texts = answer.after.about, [str(answer.after.k), user]
    item = about[0] if about else ""
    if answer.kind == "why":
        found = opened.why(user, item)
        texts += [str(found.rank), *(one.sentence for one in found.text)]
    elif answer.kind in ("why_not", "bring_in"):
        texts.append(opened.why_not(user, item).sentence)
    elif answer.kind == "how_sure" and (tested := opened.verdict(user, item)):
        texts.append(tested.sentence)
    elif answer.kind in ("compare", "why_above"):
        above = opened.compare.why_above(user, *about[:2])
        texts += [above.sentence, above.confirmation]
    elif answer.kind == "who_else":
        texts += [str(len(opened.users_who_liked(item))), str(len(opened.users())),
                  *(name for name in opened.compare.most_alike(user, 60))]  # fmt: skip
    elif answer.kind == "without_item":
        met = any(event.item.item_id == item for event in opened.history(user))
        texts.append(str(len(opened.what_if(user, Change(without_items=(item,))).entering)) if met else "")
    elif answer.kind == "likes":
        texts.append(str(sum(event.liked for event in opened.history(user))))
    elif answer.kind == "drives":
        rows = opened.recommend(user).items
        texts += [str(sum(each.value in (sum(one in row.liked for row in rows) for one in {name for row in rows
                  for name in row.liked}) for each in answer.figures)), str(len(rows)),
                  *(str(sum(one.name in row.liked for row in rows)) for one in answer.figures)]  # fmt: skip
    else:
        texts += [f"{one.value:.0f}" for one in answer.figures]
    texts += [str(card.year) for card in opened.items() if card.year and card.item_id in about]
    labels = opened.reader.bundle.inputs.graph.labels
    texts += [label for label in labels if any(char.isdigit() for char in label) and label in answer.text]
    texts += [str(rest) for rest in range(500)] if re.search(r"and [\d,]+ more", answer.text) else []
    return frozenset(number.rstrip(".,").replace(",", "") for text in texts for number in _NUMBER.findall(text))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ask", description=__doc__)
    parser.add_argument("--dataset", default="movies")
    parser.add_argument("--n", type=int, default=200)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    found = measure(chosen.dataset, chosen.n)
    print(json.dumps({**asdict(found), "ratio": found.ratio}, indent=2, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
