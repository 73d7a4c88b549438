"""The sentences of answers to questions, each whole, and the questions that are offered next."""

from __future__ import annotations

from collections.abc import Sequence

QUESTIONS = {  # as each kind is asked; the grammar reads them
    "why": "Why {a}?",
    "why_not": "Why not {a}?",
    "why_above": "Why is {a} above {b}?",
    "without_item": "What if I had not {consumed} {a}?",
    "with_item": "What if I had {consumed} {a} too?",
    "without_facts": "Without my {fact} {items}",
    "leave_out": "Leave out {fact}",
    "bring_in": "What would bring {a} in?",
    "take_out": "What would take {a} out?",
    "more_like": "More like {a}",
    "more_like_newer": "More like {a} but newer",
    "more_like_older": "More like {a} but older",
    "who_else": "Who else would like {a}?",
    "how_sure": "How sure are you about {a}?",
    "what_is": "What is {a}?",
    "compare": "Compare {a} and {b}",
    "drives": "What drives my list?",
    "likes": "What did I like?",
    "list": "Show my list",
    "changed": "What changed?",
    "undo": "Undo",
    "reset": "Start over",
}
PLACE = "{title} is at place {rank:,} of all {items} for {who}."
PLACE_OUTSIDE = "{title} is at place {rank:,} of all {items} for {who}, outside of the first {k}."
IN_HISTORY = "{title} is in the history of {who} already, and is judged as if it were not."
NOT_IN_HISTORY = "{title} is not in the history of {who}, so nothing would change without it."
SAME = "Without {what}, the first {k} {items} stay the same ones."
ONE_OTHER = "Without {what}, one of the first {k} {items} changes: {entering} comes in."
OTHERS = "Without {what}, {count} of the first {k} {items} change: {entering} come in."
WITH_SAME = "With {what} too, the first {k} {items} stay the same ones."
WITH_OTHERS = "With {what} too, these come into the first {k} {items}: {entering}."
NONE_OF_FACT = "The history of {who} has no {group}, so nothing would change."
OF_FACT = "the {count} of the history that are {group}"
ONE_OF_FACT = "{title}, the only one of the history that is among {group},"
LEFT_OUT = "Left out from now on: {what}. Of the {k} {items} that were listed, {count} did belong to that."
LEFT_OUT_BEFORE = "That is left out already: {what}."
LIKE = "Most like {title}, by kind and description alone: {names}."
LIKE_NEWER = "Newer than {title} ({year}) and most like it, by kind and description alone: {names}."
LIKE_OLDER = "Older than {title} ({year}) and most like it, by kind and description alone: {names}."
NO_LIKE = "No {item} fits: nothing like {title} is left."
NO_YEAR = "No year is known of {title}, so newer and older mean nothing here. Most like it: {names}."
LIKED_BY = "{count:,} of {all:,} {users} {liked} {title}."
ALIKE = "Of those, {names} share most likes with {who}."
NOTHING_TO_TEST = "Nothing of the history of {who} speaks for {title}, so there is no reason to test."
ABOUT = "What is known of {title}: {facts}."
NOTHING_KNOWN = "Nothing but its name is known of {title}."
ENTITY = "{label}: {role}. Best known: {names}."
BOTH = "{a} and {b}: {clauses}."
NOTHING_SHARED = "{a} and {b} share no fact."
OTHER_WAY = "It is the other way round: {b} stands above {a}."
FALLS = "Without {names}, {title} would fall from place {rank} to place {new_rank}."
FEWEST = "Nothing smaller does it: all smaller sets were tried."
STAYS = "{title} is at place {rank}. Taking away up to {tried} of the history was tried, and does not take it out."
OUTSIDE = "{title} is at place {rank:,}, outside of the first {k} as it is."
DRIVEN_BY = "{title} is among what adds most to {count} of the {k} {items} on the list of {who}."
NOT_DRIVEN = "No single {item} of the history drives the list of {who}."
LIKES = "{who} {liked} {count:,} {items}, the newest first: {names}."
NO_LIKES = "Nothing is known that {who} {liked}."
LIST = "The list of {who}: {names}."
LIST_WITHOUT = "The list of {who}, without {left_out}: {names}."
EMPTY_LIST = "Nothing is left to list."
UNCHANGED = "Nothing was changed: the list is as it was at first."
CHANGED = "Left out since the beginning: {left_out}. {count} of the {k} {items} on the list are others for it."
UNDONE = "Taken back: {what} may be listed again."
RESET = "The list is as it was at first."
WHICH = "Several {items} are called so: {names}. Which one is meant?"
UNKNOWN_NEAR = "No {item} here is called “{name}”. Is one of these meant: {names}?"
UNKNOWN_NAME = "No {item} and no fact here is called “{name}”."
NO_NAME = "Which {item} is meant? Nothing was talked about yet."
NOT_UNDERSTOOD = "This was not understood: “{question}”. Questions such as those below have an answer here."
PERHAPS = "This was not understood for sure: “{question}”. Is one of these meant?"


def listed(names: Sequence[str], most: int = 5) -> str:
    """Names in a row; how many more there are, where it is more than `most`."""
    if len(names) > most:
        return "{names} and {rest:,} more".format(names=", ".join(names[:most]), rest=len(names) - most)
    if len(names) < 2:
        return "".join(names)
    return "{names} and {last}".format(names=", ".join(names[:-1]), last=names[-1])
