"""Sentences that a source file joins from parts, found by `ast`.

A sentence stands whole where it is one string with named places for names, numbers and titles. It is joined where words
come from a condition, a repetition, `+`, `%`, a join, a variable, a constant or a function of the file, where an ending
is put behind a place ("{noun}s"), and where words are cut off again. Whole sentences may follow each other; what a dot,
a bar, a colon, a line or a tag sets apart is a row of facts and no sentence; short words out of a table are names.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

PLACE = "\0"  # where a value stands in a text
_NO_TEXT = {"key", "icon", "type", "width", "class", "css", "url", "file_name", "mime", "kind"}  # arguments not read
_CLEANED = {"escape", "escape_markdown", "plain", "str"}  # these hand back the text that they get
_CUT = {"removeprefix", "removesuffix", "replace", "partition"}
_MARKUP = re.compile(r":material/\w+:|</?(?:b|i|em|strong)>|:[a-z]+(?:-[a-z]+)?\[|[*`\]“”\"]")
_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"(?<![\w#./&-])[A-Za-z]{2,}(?![\w/=-]|\.[^\s])|(?<= )[aI](?= )")
_APART = re.compile(r" · |\n| \| |: |:$|:(?=" + PLACE + r")|(?<=[.?!]) |→|^- ")
_ROW = re.compile(r" · |\n| \| |: (?=" + PLACE + r"\W*$)")  # keeps even clauses apart
_ENDING = re.compile(PLACE + r"[a-z]+")
_LAYOUT = ("\n", "·", "|")
_CLAUSE = 6  # words, from which on nothing is a label or a name
_DEPTH = 4  # how far a word is followed through variables and functions


@dataclass(frozen=True)
class Finding:
    """line: of the source. why: what joins it. text: the code."""

    line: int
    why: str
    text: str


@dataclass
class _Names:
    """What names stand for. returned: by functions of the file. elsewhere: constants, of other files too. given: to
    variables and arguments of one function."""

    returned: Mapping[str, Sequence[ast.expr]]
    elsewhere: Mapping[str, ast.expr]
    given: dict[str, list[ast.expr]] = field(default_factory=lambda: defaultdict(list))


def constants(source: str) -> dict[str, ast.expr]:
    """What the names in capitals stand for that a file sets."""
    return {
        node.targets[0].id: node.value
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id.isupper()
    }


def joined(source: str, elsewhere: Mapping[str, ast.expr] | None = None) -> list[Finding]:
    """In the order of the lines, one for each line and cause. elsewhere: constants of other files."""
    tree, known = ast.parse(source), {**(elsewhere or {}), **constants(source)}
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    returned = {
        each.name: [node.value for node in ast.walk(each) if isinstance(node, ast.Return) and node.value]
        for each in functions
    }
    inside = {id(node) for each in functions for node in ast.walk(each) if node is not each}
    tops: list[ast.AST] = [each for each in functions if id(each) not in inside]
    tops += [node for node in tree.body if not isinstance(node, ast.FunctionDef)]
    found = [finding for top in tops for finding in _in(top, _Names(returned, known), tree)]
    once = {(each.line, each.why): each for each in found}
    return sorted(once.values(), key=lambda each: (each.line, each.why))


def _in(top: ast.AST, names: _Names, tree: ast.Module) -> Iterator[Finding]:
    if isinstance(top, ast.FunctionDef):
        _arguments(top, names, tree)
    for node in ast.walk(top):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AugAssign(target=ast.Name(id=name)):
                names.given[name].append(node.value)
            case ast.NamedExpr(target=ast.Name(id=name)):
                names.given[name].append(node.value)
            case ast.Assign(targets=[ast.Tuple(elts=left)], value=ast.Tuple(elts=right)):
                for one, value in zip(left, right, strict=False):
                    if isinstance(one, ast.Name):
                        names.given[one.id].append(value)
            case ast.comprehension(target=ast.Name(id=name), iter=ast.Tuple(elts=several) | ast.List(elts=several)):
                names.given[name] += several
            case ast.comprehension(target=ast.Name(id=name), iter=ast.Name() as several):
                names.given[name].append(ast.Starred(several))
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="append"), args=[value]):
                names.given[name].append(ast.List([value]))
    for node in _read(top):
        for why in _causes(node, names):
            yield Finding(node.lineno, why, " ".join(ast.unparse(node).split()))


def _arguments(function: ast.FunctionDef, names: _Names, tree: ast.Module) -> None:
    """What the file itself hands over to a function, variables aside, which mean something else there."""
    called = [argument.arg for argument in function.args.args]
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == function.name:
            handed = [*zip(called, node.args, strict=False), *((each.arg, each.value) for each in node.keywords)]
            for name, value in handed:
                if name and isinstance(value, ast.Constant | ast.JoinedStr | ast.IfExp):
                    names.given[name].append(value)


def _read(top: ast.AST) -> Iterator[ast.expr | ast.AugAssign]:
    """Expressions, without arguments that are no text, and without the inner links of a chain of `+`."""
    for child in ast.iter_child_nodes(top):
        if isinstance(child, ast.keyword) and child.arg in _NO_TEXT:
            continue
        if isinstance(child, ast.expr | ast.AugAssign) and not (_is_sum(top) and _is_sum(child)):
            yield child
        yield from _read(child)


def _causes(node: ast.AST, names: _Names) -> Iterator[str]:
    match node:
        case ast.JoinedStr() | ast.BinOp(op=ast.Add()):
            yield from _of_parts(_parts(node), names, _terms(node))
        case ast.AugAssign(op=ast.Add()) if any(map(_fragment, _texts(node.value, names))):
            yield "words are put behind others"
        case ast.BinOp(op=ast.Mod(), left=ast.Constant(value=str(text))) if _words(text):
            yield "values are put in by their order"
        case ast.BinOp(op=ast.Mult(), left=left, right=right) if any(map(_letters, (left, right))):
            yield "an ending is repeated or not"
        case ast.Call(func=ast.Attribute(attr="format" | "counted"), keywords=places):
            if any(_fragment(text) for each in places for text in _texts(each.value, names)):
                yield "words come from elsewhere"
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(between)), attr="join"), args=[several]):
            if _words(between):
                yield "a word stands between the parts"
            elif not any(each in between for each in _LAYOUT) and any(map(_fragment, _elements(several, names))):
                yield "parts with words are put in a row"
        case ast.Call(func=ast.Attribute(attr=attr), args=[ast.Constant(value=str(text)), *_]) if attr in _CUT:
            if _words(text) and " " in text:
                yield "words are cut off again"


def _of_parts(parts: Sequence[str | ast.expr], names: _Names, terms: Sequence[ast.expr]) -> Iterator[str]:
    whole = "".join(each if isinstance(each, str) else PLACE for each in parts)
    if re.search("[_/]", whole) and " " not in whole:  # a name or an address for the machine
        return
    bare = _TAG.sub(" | ", _MARKUP.sub("", whole))
    if re.fullmatch(PLACE + "[a-z]{1,2}", whole) or (" " in whole.strip() and _ENDING.search(bare)):
        yield "an ending is put behind a value"
    for number, each in enumerate(parts):
        if isinstance(each, str):
            continue
        if _by_number(each):
            yield "a word for one or for many is chosen"
        before = len([one for one in parts[:number] if not isinstance(one, str)])
        said = [text for text in _texts(each, names) if _fragment(text)]
        if not said:
            if any(each is one for one in terms) and _words(whole) and _beside(bare, whole, before, _APART):
                yield "words are added to values"
        elif _beside(bare, whole, before, _ROW if any(map(_clause, said)) else _APART):
            yield "words come from elsewhere"


def _beside(bare: str, whole: str, number: int, apart: re.Pattern[str]) -> bool:
    """Whether the place of that number has a neighbour in its part of the text; False within a tag."""
    if bare.count(PLACE) != whole.count(PLACE):
        hidden = _TAG.sub(lambda tag: "\1" * tag[0].count(PLACE), _MARKUP.sub("", whole))
        marks = re.findall("[\0\1]", hidden)
        if marks[number] == "\1":
            return False
        number = marks[:number].count(PLACE)
    for part in apart.split(bare):
        if number < part.count(PLACE):
            return part.count(PLACE) > 1 or "," in part or _words(part)
        number -= part.count(PLACE)
    return False


def _parts(node: ast.expr) -> list[str | ast.expr]:
    """Texts and values in the order in which they are read; parts of a sum are its terms."""
    match node:
        case ast.JoinedStr(values=values):
            return [part for each in values for part in _parts(each)]
        case ast.FormattedValue(value=ast.Constant(value=str(text))) | ast.Constant(value=str(text)):
            return [text]
        case ast.FormattedValue(value=value):
            return [value]
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            return [*_parts(left), *_parts(right)]
    return [node]


def _terms(node: ast.expr) -> list[ast.expr]:
    """Of a sum; none of anything else."""
    if not isinstance(node, ast.BinOp):
        return []
    return [term for each in (node.left, node.right) for term in (_terms(each) if _is_sum(each) else [each])]


def _texts(node: ast.expr, names: _Names, depth: int = 0) -> Iterator[str]:
    """What an expression may say, with PLACE for each value, as far as the file tells."""
    if depth > _DEPTH:
        return
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr() | ast.BinOp(op=ast.Add()):
            yield "".join(each if isinstance(each, str) else PLACE for each in _parts(node))
        case ast.IfExp(body=body, orelse=orelse):
            yield from (text for each in (body, orelse) for text in _texts(each, names, depth + 1))
        case ast.BoolOp(values=values):
            yield from (text for each in values for text in _texts(each, names, depth + 1))
        case ast.Name(id=name):
            constant = [names.elsewhere[name]] if name in names.elsewhere else []
            yield from (text for each in names.given.get(name, constant) for text in _texts(each, names, depth + 1))
        case ast.Attribute(value=ast.Name(), attr=name) if name in names.elsewhere:
            yield from _texts(names.elsewhere[name], names, depth + 1)
        case (
            ast.Subscript(value=ast.Name(id=name)) | ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="get"))
        ) if isinstance(table := names.elsewhere.get(name), ast.Dict):
            yield from (text for each in table.values for text in _texts(each, names, depth + 1) if _clause(text))
        case ast.Starred(value=several):
            yield from _elements(several, names, depth + 1)
        case ast.Call(func=ast.Name(id=name)) if name in names.returned:
            yield from (text for each in names.returned[name] for text in _texts(each, names, depth + 1))
        case ast.Call(func=ast.Name(id=name), args=[first, *_]) if name in _CLEANED:
            yield from _texts(first, names, depth + 1)


def _elements(node: ast.expr, names: _Names, depth: int = 0) -> Iterator[str]:
    match node:
        case ast.List(elts=elements) | ast.Tuple(elts=elements):
            for each in elements:
                yield from _texts(each.value if isinstance(each, ast.Starred) else each, names, depth)
        case ast.GeneratorExp(elt=element) | ast.ListComp(elt=element):
            yield from _texts(element, names, depth)
        case ast.Subscript(value=several) | ast.BinOp(left=several, op=ast.Add()) if depth <= _DEPTH:
            yield from _elements(several, names, depth + 1)
        case ast.Name(id=name) if depth <= _DEPTH:
            for each in names.given.get(name, ()):
                yield from _elements(each, names, depth + 1)


def _clause(text: str) -> bool:
    return len(_WORD.findall(_TAG.sub(" ", _MARKUP.sub("", text)))) >= _CLAUSE


def _by_number(node: ast.expr) -> bool:
    """Such as `domain.item if count == 1 else domain.items`."""
    match node:
        case ast.IfExp(body=ast.Attribute(attr=one), orelse=ast.Attribute(attr=many)):
            return many == f"{one}s" or one == f"{many}s"
    return False


def _fragment(text: str) -> bool:
    """Words that are no whole sentence."""
    if text.startswith("<") and text.endswith(">"):  # an element of a page
        return False
    said = _TAG.sub(" ", _MARKUP.sub("", text)).strip()
    starts = said[:1].isupper() or said[:1] in (PLACE, *"0123456789")
    return bool(_WORD.search(said)) and not (starts and said.endswith((".", "?", "!", "…")))


def _words(text: str) -> bool:
    """Whether a reader meets any: not in a tag, a name with an underscore, or an address."""
    return bool(_WORD.search(_TAG.sub(" ", _MARKUP.sub("", text))))


def _is_sum(node: ast.AST) -> bool:
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add)


def _letters(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and any(map(str.isalpha, node.value))
