"""What an explanation tells, after every sentence was checked against what is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kgrec_core.explain import text
from kgrec_core.explain.checker import Facts, figures, problems, supported
from kgrec_core.explain.context import UserContext
from kgrec_core.explain.lines import lines
from kgrec_core.explain.say import Say
from kgrec_core.schema import Explanation, Sentence


def told(found: Explanation, context: UserContext, say: Say) -> Explanation:
    """With the paragraph for analysts, and without any sentence that states more than is stored."""
    rivals = len(say.cards) - len(context.items)
    facts = Facts(context, say, figures(found, rivals))
    paragraph = text.paragraph(found, say.domain, rivals)
    kept, analysis = (supported(each, facts.find, say.domain) for each in (found.text, paragraph))
    return replace(found, text=kept, analysis=analysis)


def reasons(context: UserContext, items: Sequence[int], say: Say) -> tuple[str, ...]:
    """The reason of each item of a list, if all of it is stored; else nothing."""
    return tuple(checked(one, context, say) for one in lines(context, items, say))


def checked(said: Sentence, context: UserContext, say: Say) -> str:
    """A sentence if all of it is stored; else nothing."""
    return "" if problems(said, Facts(context, say).find, say.domain) else said.sentence
