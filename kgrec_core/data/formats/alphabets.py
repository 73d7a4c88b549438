"""Letters and signs by which a reading of bytes is judged: those of languages, by the encodings that have them."""

from __future__ import annotations

from collections.abc import Mapping

TITLES = {
    "gb18030": "Chinese (GB 18030)",
    "big5": "Chinese (Big5)",
    "cp932": "Japanese (Shift JIS)",
    "euc_jp": "Japanese (EUC-JP)",
    "cp949": "Korean (EUC-KR)",
    "cp1251": "Cyrillic (Windows-1251)",
    "koi8_u": "Cyrillic (KOI8)",
    "cp866": "Cyrillic (DOS 866)",
    "iso8859_5": "Cyrillic (ISO 8859-5)",
    "cp1253": "Greek (Windows-1253)",
    "cp1255": "Hebrew (Windows-1255)",
    "cp1256": "Arabic (Windows-1256)",
    "cp1252": "Western European (Windows-1252)",
    "cp1250": "Central European (Windows-1250)",
    "iso8859_2": "Central European (ISO 8859-2)",
    "cp1254": "Turkish (Windows-1254)",
    "cp1257": "Baltic (Windows-1257)",
}

MARKS = frozenset("–—‘’“”„…«»°€№·\u3000、。「」『』・ー！？：（）《》")  # of any language
BEFORE = frozenset("¡¿µ")  # signs that stand before a word
SIGNS = frozenset("£¢¥©®™¹²³½¼¾×§±ºª") | BEFORE  # of Western languages

_KANA_AND_KANJI = ("euc_jp", (0xA4, 0xA5, *range(0xB0, 0xD0)))
# Codec and its lead bytes of frequent characters: the first levels of GB 2312, Big5, JIS X 0208, and Hangul.
FREQUENT: Mapping[str, tuple[str, tuple[int, ...]]] = {
    "gb18030": ("gb2312", tuple(range(0xB0, 0xD8))),
    "big5": ("big5", tuple(range(0xA4, 0xC7))),
    "cp932": _KANA_AND_KANJI,
    "euc_jp": _KANA_AND_KANJI,
    "cp949": ("euc_kr", tuple(range(0xB0, 0xC9))),
}

# Letters of scripts of which none stands in a word with Latin ones, and those that make up half of most texts.
_CYRILLIC = (
    "абвгґдђеёєжзѕиіїйјклљмнњопрстћуўфхцчџшщъыьэюяАБВГҐДЂЕЁЄЖЗЅИІЇЙЈКЛЉМНЊОПРСТЋУЎФХЦЧЏШЩЪЫЬЭЮЯ",
    "оаеинтсрвлі",
)
SCRIPTS: Mapping[str, tuple[str, str]] = {
    "cp1251": _CYRILLIC,
    "koi8_u": _CYRILLIC,
    "cp866": _CYRILLIC,
    "iso8859_5": _CYRILLIC,
    "cp1253": ("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΆΈΉΊΌΎΏΪΫ", "αοιετσςνηρκάόίέή"),
    "cp1255": ("אבגדהוזחטיךכלםמןנסעףפץצקרשת", "יוהלארתמשבנ"),
    "cp1256": ("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژکگی", "اليمنورتبةعه"),
}

# Polish, Czech, Slovak, Hungarian, Romanian, Croatian.
_CENTRAL = ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţ", "čćđšž")
# Small letters of languages. cp1252: German, French, Spanish, Portuguese, Nordic, Italian, Dutch, Catalan; cp1254:
# Turkish; cp1257: Lithuanian, Latvian, Estonian. Portuguese goes without õ and Icelandic is left out: alone they look
# like Hungarian ő and like Turkish ı, ş, ğ, which are met more often.
LATIN: Mapping[str, tuple[str, ...]] = {
    "cp1252": ("äöüß", "àâæçèéêëîïôœùûüÿ", "áéíñóúü", "àáâãçéêíóôúü", "åäöéæø", "àèéìòù", "ëïéèöü", "àçèéíïòóúü"),
    "cp1250": _CENTRAL,
    "iso8859_2": _CENTRAL,
    "cp1254": ("çğıöşüâîûi̇",),
    "cp1257": ("ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž"),
}
