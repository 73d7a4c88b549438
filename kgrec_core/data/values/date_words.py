"""Names of months and zones in the languages and programs that write them. By itself, since it is long and no code."""

from __future__ import annotations

import unicodedata

_MONTHS = """
jan january januar janvier janv enero ene gennaio genn gen janeiro январь января янв januari jän jänner
feb february februar février févr fév febrero febbraio febbr fevereiro fev февраль февраля февр фев februari
mar march märz mär mrz mars marzo março март марта мар maart mrt maerz
apr april avril avr abril abr aprile апрель апреля апр
may mai mayo maggio mag maio май мая mei
jun june juni juin junio giugno giu junho июнь июня июн
jul july juli juillet juil julio luglio lug julho июль июля июл
aug august août aou agosto ago augustus август августа авг
sep sept september septembre septiembre settembre sett set setembro сентябрь сентября сент сен
oct october oktober okt octobre octubre ottobre ott outubro out октябрь октября окт
nov november novembre noviembre novembro ноябрь ноября нояб ноя
dec december dezember dez décembre déc diciembre dic dicembre dezembro декабрь декабря дек
"""


def plain_letters(text: str) -> str:
    """In small letters without accents, which people leave out: "fevrier".

    >>> plain_letters("Février"), plain_letters("Май")
    ('fevrier', 'маи')
    """
    if text.isascii():
        return text.casefold()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", "".join(letter for letter in apart if not unicodedata.combining(letter)))


MONTHS = {
    plain_letters(name): number
    for number, names in enumerate(_MONTHS.strip().splitlines(), start=1)
    for name in names.split()
}
"""1 to 12, by a name as `plain_letters` has it."""
ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "wet": 0, "bst": 1, "cet": 1, "west": 1, "mez": 1, "cest": 2, "mesz": 2, "eet": 2,
    "eest": 3, "msk": 3, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "jst": 9, "kst": 9, "hkt": 8, "sgt": 8, "aest": 10, "aedt": 11,
}  # fmt: skip
"""Hours before UTC."""
