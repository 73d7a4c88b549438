"""What a question asks: its kind, and the names in it; by the forms that such questions have in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kgrec_core.domain import Domain
from kgrec_core.request.request_text import folded

LONGEST = 300  # characters of a question that are read
_POLITE = re.compile(
    r"^(?:please|hey|hi|hello|ok|okay|so|and|but|well|then|hmm*|tell me,?|do you know|i want to know|i wonder|"
    r"(?:can|could|would|will) you(?: please)?(?: tell me| show me)?|is there a reason(?: why)?|"
    r"i (?:do not|dont) (?:get|understand|see)(?= why)|redo (?:it|the list|this)|"
    r"make (?:it|the list|one)|show me(?= (?:more|what|who|why|something|anything)))[ ,]+"
)
_TAIL = re.compile(
    r"[ ,]+(?:please|to me|for me|me|on (?:my|the|this|that) list|in (?:my|the|this) list|recommended|suggested|here|"
    r"in (?:my|the) top(?: ten| \d+)?|in there|there|up there|at all|so high|first|then|anyway|now|again|tonight|"
    r"what then|instead|thanks|then what|my list|off the list|from (?:my|the) list|then)$"
)
_DONE = (
    r"(?:seen|watched|used|took|taken|read|bought|liked|loved|rated|heard|played|chosen|viewed|visited|met|"
    r"had|watch|see|like|buy|"
    r"read|rate|hear|play|choose|view|visit)"
)
_ANY = r"(?:any|all|all the|the|my|all my|any of my|all of my|those|these|anything|everything|other)"
_SHOWN = r"(?:get|see|recommend|suggest|show|list|have|offer|give|find|mention)"


@dataclass(frozen=True, slots=True)
class QuestionForm:
    """A question as one of the forms reads it. names: what stands in the places of the form."""

    kind: str
    names: tuple[str, ...]
    newer: bool | None = None  # True: only newer ones; False: only older


# Kind and pattern; `~` is a name. Those that say more come first.
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("undo", r"undo(?: (?:that|it|this|the last one))?|(?:take|put) (?:it|that|this) back|go back|back|revert"
             r"(?: (?:that|it))?|never ?mind"),
    ("reset", r"start over|reset|begin again|start again|everything back|clear (?:all|everything)"
              r"|show everything again|forget (?:all that|what i said)"),
    ("changed", r"what(?:s| is| has| have| did| was)? (?:change|changed|changes|different|new)(?: .+)?"),
    ("drives", r"(?:what|which)(?: of my [a-z ]+?)? (?:drives?|shapes?|decides?|determines?|influences?|makes?|"
               r"is behind|explains?|steers?|matters?|counts?)(?: most| the most)?(?: for| in| to)?"
               r"(?: (?:my|this|the|these|that) ?(?:list|recommendations|results|suggestions|ones|[a-z]+)?)?"),
    ("drives", r"(?:where|how) (?:do|does|did) (?:my|this|the|these) (?:list|recommendations) .+|why (?:these|"
                r"this list"
               r"|my list|those)|what (?:is|are) (?:my|this|the|these) (?:list|recommendations) based on|"
               r"how did you (?:make|get|choose|pick) (?:my list|this list|this|these|the list)|"
               r"what do you base .+|what matters(?: most| the most)?"),
    ("likes", r"(?:what|which [a-z]+) (?:did|do|have|had) i (?:already )?(?:like|liked|love|loved|watched?|"
                r"seen?|read|"
              r"bought|buy|rated?|heard|choose|chosen|play|played)|(?:show |list )?(?:me )?my (?:likes|"
                r"history|taste)|"
              r"what do you know (?:about|of) me|what are my (?:likes|favou?rites)|who am i"),
    ("list", r"(?:show|give|list|see|repeat)(?: me)? (?:my|the|a) (?:list|recommendations|suggestions|top(?: ten)?)|"
             r"what(?: do| would| can| else do)? you (?:recommend|suggest|have)(?: me)?(?: .+)?|"
             r"what(?: is| s|s)? (?:on )?(?:my|the) (?:list|recommendations)|what (?:should|could|can|shall) i "
             r"(?:watch|see|read|buy|get|try|hear|play|choose)(?: next)?|(?:my|the) (?:list|recommendations)|list"),
    ("why_above", r"why (?:is|does|do|did|has|was|are) ~ (?:rank(?:ed|s)?|stand|stands|come|comes|placed|listed|get|"
                  r"score|scores)? ?(?:above|before|higher than|ahead of|over|higher up than|better than) ~"),
    ("why_above", r"why ~ (?:above|before|over|ahead of|rather than|instead of|and not|but not|higher than) ~|"
                  r"why (?:do|did) you (?:prefer|put|rank|place|recommend) ~ (?:above|before|over|to|ahead of|rather "
                  r"than|instead of) ~"),
    ("why_below", r"why (?:is|does|do|did|are) ~ (?:rank(?:ed|s)?|stand|come|placed|listed)? ?(?:below|after|"
                r"lower than"
                  r"|behind|under|worse than) ~|why ~ (?:below|after|behind|under|lower than) ~"),
    ("without_item", r"(?:what|what happens|what would happen|what would change|suppose|imagine|pretend|"
                r"how would (?:it"
                     r"|my list|the list) (?:look|change)|and)?(?: it)? ?(?:if )?i(?: had|d| have|ve)? ?(?:had|have)?"
                     rf"(?:nt|n t| not| never|did not|didnt)? ?(?:never |not |did not |didnt )?(?:have )?{_DONE} ~"),
    ("bring_in", r"(?:what|which [a-z]+)(?: would| could| can| will| might| does it take to| do i need to do to)? "
                 r"(?:bring|get|put|make|push|take|lift|move)s? ~ (?:in|into|onto|on|up|appear|show up|to)(?: .+)?|"
                 r"what would ~ need(?: .+)?|what is missing for ~|whats missing for ~|what does ~ (?:need|"
                 r"lack)(?: .+)?"
                 r"|how (?:do|can|could|would|might|should) (?:i|you|we) (?:get|bring|put|make|see|move|lift) ~"
                 r"(?: (?:in|into|on|onto|to|up|appear|show up).*)?|"
                 r"how (?:can|could|would|does) ~ (?:get|come|make it|enter|move|appear|rise)(?: .+)?|"
                 rf"what (?:do|would|must|should|could|can) i (?:have to|need to)? ?{_DONE}(?: first)? "
                 r"(?:to (?:get|see|"
                 r"have|bring)|for|so that) ~(?: to appear| appears| comes up| in| on)?(?: .*)?"),
    ("take_out", r"what (?:would|could|can|will) (?:remove|take|push|kick|drop|get|knock|throw) ~ (?:out|off|"
                r"away|down)"
                 r"(?: .+)?|what keeps ~ (?:in|on|there)(?: .+)?|what does ~ (?:depend|rest|hang) on|"
                 r"what (?:would|could) make ~ (?:leave|go|drop|fall|disappear)(?: .+)?"),
    ("why_not", r"why (?:is|are|was)(?:nt| not| n t) ~|why (?:is|are|was) ~ (?:not|missing|absent|nowhere|"
                r"left out|gone)"
                rf"(?: .+)?|why (?:(?:dont|didnt|cant|do not|did not) (?:i|you|we)|"
                rf"(?:do|did|can) (?:i|you|we) (?:not|never)) "
                rf"{_SHOWN} ~|"
                r"why not ~|why no ~|why (?:is|are) there no ~|where is ~|wheres ~|"
                r"how come (?:there is )?(?:no|not) ~|"
                rf"how come (?:i|you) (?:never|dont|do not|didnt|did not) {_SHOWN}(?: me)? ~|what keeps ~ out(?: .+)?|"
                r"~ (?:isnt|is not|is missing)(?:,? why)?|how come ~ (?:isnt|is not|is missing)(?: .+)?|"
                r"whats wrong with ~|what is wrong with ~|what (?:is|speaks) against ~|~,? why not"),
    ("without_facts", rf"(?:what (?:if|about) )?(?:i )?without {_ANY} ~|(?:ignore|forget|disregard|drop|do not count|"
                      r"dont count|pretend i never (?:watched|saw|read|bought|liked)|"
                      r"what if i (?:had never|had not|hadnt|never|did not|didnt) "
                      rf"{_DONE}) {_ANY} ~|what if (?:you )?(?:ignore|forget|ignored|forgot)d? {_ANY} ~|without ~"),
    ("more_like", r"(?:show me |give me |got |find me |find |recommend |i want |do you have |any |is there )?"
                  r"(?:more|something|anything|some|what|what is|what else is|others?|things?|stuff|[a-z]+s)"
                  r"(?: [a-z]+)? ?(?:like|similar to|in the style of|along the lines of|close to) ~|"
                  r"(?:like|similar to) ~|(?:what|which [a-z]+) (?:is|are) (?:like|similar to|most like|close to) ~|"
                  r"more of ~"),
    ("who_else", r"(?:who|which [a-z]+|what [a-z]+)(?: else| other [a-z]+)? (?:would|will|might|could|also|"
                r"does|do|did|"
                 r"has|have)? ?(?:also )?(?:likes?|liked|loves?|loved|enjoys?|enjoyed|buys?|bought|watch|"
                 r"watched|reads?|"
                 r"want|choose|chose) ~|how many (?:other )?[a-z]+ (?:like|liked|love|loved|bought|watched|read) ~|"
                 r"who is ~ (?:for|good for)|how popular is ~|is ~ popular"),
    ("how_sure", r"(?:how|are you|so how) (?:sure|certain|confident|reliable|true|honest)(?: are you|"
                r" is (?:that|this|it"
                 r"|the reason|the explanation))?(?: (?:about|of|with|for) ~)?|how reliable is (?:that|this|it)|"
                 r"(?:can|how much can|how far can|should|do) i (?:really )?(?:trust|believe|rely on) ~|"
                 r"is (?:that|this|it)(?: really)? (?:true|right|so|correct|the reason)|really|"
                 r"(?:are you )?(?:sure|certain)|how good is (?:that|this|the) (?:reason|explanation)(?: for ~)?|"
                 r"(?:how )?(?:sure|certain) (?:about|of) ~|"
                 r"do you really think (?:so|(?:i would|id) (?:like|love|enjoy) ~)"),
    ("compare", r"compare ~ (?:and|with|to|vs|versus|against) ~|(?:how does )~ compare (?:to|with) ~|"
                r"~ (?:vs|versus|or|against|compared (?:to|with)) ~|(?:what|whats)(?: is|s)? the difference between "
                r"~ and ~|what (?:do|does|have) ~ and ~ (?:have in common|share)|how (?:is|"
                r"are) ~ different (?:from|to|"
                r"than) ~|how (?:do|are) ~ and ~ (?:differ|alike|related|different)|"
                r"which (?:is|one is) better,? ~ or ~|should i (?:watch|buy|read|see|get|take|choose) ~ or ~"),
    ("why", r"whats (?:up )?with ~ why that(?: one)?|why (?:is|was|are|has) ~|why (?:do|did|would|should|"
                r"could|am|have|will) (?:i|you|we) (?:ever )?(?:recommend"
            r"|suggest|pick|picked|show|showing|choose|give|get|got|see|seeing|shown|put|watch|like|love|"
                r"enjoy|read|buy|"
            r"want|list|getting|think of|rank|offer)(?:ed)?(?: me)? ~|why ~|how come (?:i (?:see|get) )?~|"
            r"explain ~|(?:give me )?(?:the |a )?reasons? (?:for|why|behind) ~|what speaks for ~|justify ~|"
            r"what makes (?:you think )?(?:i would|id|i will|ill) (?:like|love|enjoy|want|buy) ~|"
            r"what makes ~ (?:good|right|fit|suit)(?: .+)?|~,? why(?: that(?: one)?)?|should i (?:watch|buy|"
                r"read|see|get)"
            r" ~|would i (?:like|love|enjoy) ~|why that one"),
    ("leave_out", r"(?:leave out|no more|no|skip|hide|exclude|remove|drop|not|without any|filter out|avoid|"
                r"enough|omit|"
                  r"(?:do not|dont|never) (?:show|recommend|suggest|give|list)(?: me)?|(?:get rid|enough|sick|"
                  r"tired|fed up"
                  r") (?:of|with)|nothing (?:with|by|from|of)|(?:im|i am) (?:sick of|tired of|fed up with)|"
                  r"i (?:hate|dislike|dont like|do not like|dont want|do not want|cant stand|have seen|already know|"
                  r"already own|already have)|"
                  rf"take|take out|throw out|anything but|everything but|less) (?:{_ANY} )?~"
                 r"(?:,? (?:out|away|take it out|"
                  r"take them out|leave it out|leave them out))?"),
    ("what_is", r"(?:what|whats|who|whos)(?: is| are| was| s)? ~(?: about)?|(?:tell me|say) (?:something |"
                r"more |a bit )?"
                r"about ~|tell me (?:more )?about ~|describe ~|what (?:kind|sort) of [a-z]+ is ~|about ~|"
                r"info(?:rmation)? "
                r"(?:on|about) ~|what do you know (?:about|of) ~|who (?:made|directed|wrote|makes|sells) ~|"
                r"(?:more|what) "
                r"about ~"),
)  # fmt: skip
_ADDED = re.compile(
    r"what if i (?:had |also |would |did )?(?:also )?(?:liked|like|loved|watched|bought|read|seen|saw) (?P<n>.+?)"
    r"(?: too| also| as well)?"
)
_NEGATED = re.compile(r"\b(?:not|never|nt|hadnt|havent|didnt|without)\b")
_AGE = re.compile(
    r"[ ,]+(?:but |only |and |just )*(?P<age>newer|more recent|recent|later|modern|new|older|earlier|old)"
    r"(?: ones?| please)?$"
)
_NEW = frozenset({"newer", "more recent", "recent", "later", "modern", "new"})


def normal(question: str) -> str:
    """Lower case, without accents, apostrophes and marks at its end; a hyphen stays."""
    text = folded(question[:LONGEST]).replace("’", "'").replace("'", "").replace("“", '"').replace("”", '"')
    return " ".join(re.sub(r"[\"?!;,.]+(?=\s|$)|\"", " ", text).split())


def forms(question: str) -> Iterator[QuestionForm]:
    """Every form that reads the whole question, those that say most first; the caller knows which names there are."""
    for text in _stripped(normal(question)):
        text, newer = _age(text)
        added = _ADDED.fullmatch(text)
        if added and not _NEGATED.search(text):
            yield QuestionForm("with_item", (added["n"],))
        for kind, pattern in _COMPILED:
            match = pattern.fullmatch(text) if kind == "more_like" or newer is None else None
            if match is not None and (kind != "without_item" or _NEGATED.search(text)):
                names = tuple(name.strip() for name in match.groups() if name is not None)
                turned = kind == "why_below"
                yield QuestionForm("why_above" if turned else kind, names[::-1] if turned else names, newer)


def plain_words(domain: Domain) -> frozenset[str]:
    """What stands beside a name and says only that it is an item: "films", "the one"."""
    own = {word for said in (domain.item, domain.items) for word in said.lower().split()}
    return frozenset({"film", "films", "movie", "movies", "one", "ones", "the", "a", "an", "any", "anything", "thing",
                      "things", "stuff", "with", "by", "from", "of", "that", "are", "is", "called", "everything", "all",
                      "my", "item", "items", "in", "it", "them", "out", "again", *own})  # fmt: skip


def _stripped(text: str) -> Iterator[str]:
    """The question, then with less and less of what is said around it."""
    yield text
    front = text
    for _ in range(3):
        shorter = _POLITE.sub("", front)
        if shorter == front:
            break
        front = shorter
        yield front
    for _ in range(3):
        shorter = _TAIL.sub("", front)
        if shorter == front:
            return
        front = shorter
        yield front


def _age(text: str) -> tuple[str, bool | None]:
    found = _AGE.search(text)
    if found is None or not ("like" in text or "similar" in text):
        return text, None
    return text[: found.start()], found["age"] in _NEW


def _compiled() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Each pattern; where it has two names also with the first as long as can be: "and" may be part of either."""
    for kind, pattern in _PATTERNS:
        whole = f"(?:{pattern})"
        yield kind, re.compile(whole.replace("~", "(.+?)"))
        if kind in ("compare", "why_above", "why_below"):
            yield kind, re.compile(whole.replace("~", "(.+)"))


_COMPILED = tuple(_compiled())
