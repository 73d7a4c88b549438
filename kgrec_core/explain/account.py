"""One explanation, in two parts: why the item stands where it does; which rules apply, and what would change it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from kgrec_core.explain import explainer
from kgrec_core.explain.changes import Changes
from kgrec_core.explain.context import UserContext
from kgrec_core.explain.fired import RuleBook
from kgrec_core.explain.game import Game
from kgrec_core.explain.say import Say
from kgrec_core.explain.spoken import rank_without
from kgrec_core.explain.standing import Standing, standing
from kgrec_core.explain.told import told
from kgrec_core.schema import Explanation


@dataclass(frozen=True, eq=False)
class Account:
    """What is asked about. user: as they are called · context: their history, which does not have the item"""

    say: Say
    user: str
    context: UserContext
    item: int

    def why(self) -> Explanation:
        """Without rules and without what would change it; they take most of the time."""
        parts = explainer.explain(self.context, self.item, self.user, self.say)
        found = Explanation(
            dataset=self.say.catalog.name,
            user=self.user,
            item=self.say.cards[self.item],
            score=float(self._now.scores[self.item]),
            rank=self._now.rank(self.item),
            base=parts.base,
            branches=parts.branches,
            attributions=parts.attributions,
            paths=parts.paths,
            rank_without_words=rank_without(self.context, self.item),
            text=parts.text,
            attribution_error=parts.attribution_error,
            faithfulness=parts.faithfulness,
            faithfulness_random=parts.faithfulness_random,
            ms=0.0,
        )
        return told(found, self.context, self.say)

    def completed(self, found: Explanation, rules: RuleBook, k: int) -> Explanation:
        """What `why` found, with the rest. k: length of the list that the item would have to leave."""
        events, facts = Changes(self.say, self.context, self._now, k).smallest(self.item)
        fired = rules.fired(Game(self.context, self.item))
        return replace(found, rules=fired, counterfactual=events, fact_counterfactual=facts)

    @cached_property
    def _now(self) -> Standing:
        return standing(self.context)
