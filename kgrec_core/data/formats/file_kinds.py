"""What is no table: pictures, documents, programs, databases, notes to people; known by names and first bytes alone."""

from __future__ import annotations

import re
import zipfile

from kgrec_core.data.formats.encodings import leniently, unmarked_utf16
from kgrec_core.data.formats.source_files import PARQUET, ZIP, LeftOut, SourceFile

_GIVE = "Give CSV, TSV, Parquet, JSON Lines or XLSX."
_AS_PARQUET = "Write it as Parquet, as pandas does: frame.to_parquet('table.parquet')."
_HEAD = 1 << 14  # bytes


def _plainly(what: str, mend: str = _GIVE) -> tuple[str, str]:
    return f"is {what}, not a table", mend


_PICKLES = frozenset(".pkl .pickle .p .pt .pth .npy .npz .joblib .rds .rdata .ckpt .bin .safetensors .onnx".split())
_PICKLE = "is a saved program object (pickle or like it), which could run code when opened"
_MENDS = {  # how a table gets out of what only a program reads
    ".rds": "In R: write.csv(readRDS(file), 'table.csv', row.names = FALSE).",
    ".rdata": "In R: load(file), then write.csv(table, 'table.csv', row.names = FALSE).",
    ".npy": "In Python: numpy.savetxt('table.csv', numpy.load(file), delimiter=',', fmt='%s').",
    ".npz": "In Python: numpy.savetxt('table.csv', numpy.load(file)[name], delimiter=',', fmt='%s').",
}
_MATLAB = (
    "is a MATLAB file, not a table",
    "Export each matrix as CSV: writematrix(rating, 'rating.csv') in MATLAB, or in Python "
    "numpy.savetxt('rating.csv', scipy.io.loadmat(file)['rating'], delimiter=',', fmt='%s').",
)
_SQLITE = (
    "is an SQLite database, not a table",
    "Export each table as CSV, as by sqlite3 -header -csv FILE 'select * from TABLE' > TABLE.csv.",
)
_OLD_OFFICE = "an old Office file; save it as .xlsx or CSV"
_MAGIC: dict[bytes, tuple[str, str]] = {  # of letters alone they count where NUL bytes follow
    b"\x7fELF": _plainly("a program"),
    b"MZ": _plainly("a program"),
    b"%PDF": _plainly("a PDF document"),
    b"\x89PNG": _plainly("a picture"),
    b"\xff\xd8\xff": _plainly("a picture"),
    b"GIF8": _plainly("a picture"),
    b"RIFF": _plainly("a picture or sound"),
    b"OggS": _plainly("sound"),
    b"ID3": _plainly("sound"),
    b"SQLite format 3": _SQLITE,
    b"MATLAB 5.0 MAT-file": _MATLAB,
    b"\x89HDF": _plainly("an HDF5 file", "Export the table as CSV or Parquet."),
    b"ARROW1": _plainly("an Arrow file", _AS_PARQUET),
    b"FEA1": _plainly("a Feather file", _AS_PARQUET),
    b"ORC": _plainly("an ORC file", _AS_PARQUET),
    b"Obj\x01": _plainly("an Avro file", _AS_PARQUET),
    b"$FL2": _plainly("an SPSS file", "Save it as CSV."),
    b"<stata_dta>": _plainly("a Stata file", "Save it as CSV."),
    b"\xd0\xcf\x11\xe0": _plainly(_OLD_OFFICE),
    b"7z\xbc\xaf": _plainly("a 7z archive; pack it as .zip"),
    b"Rar!": _plainly("a rar archive; pack it as .zip"),
}
_SUFFIXES: tuple[tuple[tuple[str, str], str], ...] = (
    (_plainly("a picture"), ".jpg .jpeg .png .gif .webp .bmp .tif .tiff .svg .ico .heic .psd"),
    (_plainly("sound or film"), ".mp3 .wav .flac .ogg .m4a .mp4 .mov .avi .mkv .webm"),
    (_plainly("a document"), ".doc .docx .odt .rtf .ppt .pptx .odp .pdf .epub .tex .pages .key"),
    (
        _plainly("a program or script"),
        """.py .pyc .ipynb .r .rmd .jl .m .sh .bat .ps1 .js .mjs .ts .css .scss .java .class .jar .c .h .cpp .cc .rs .go
        .rb .php .pl .scala .kt .swift .sql .exe .dll .so .dylib .cmd .mk .lua""",
    ),
    (_plainly("a text for people"), ".md .rst .markdown .adoc .bib .cff"),
    (_plainly("a file of settings or a lock"), ".yml .yaml .toml .ini .cfg .conf .lock .properties"),
    (_plainly("a web page"), ".html .htm .xhtml .mhtml .url .webloc"),
    (_plainly("a note of a program"), ".md5 .sha1 .sha256 .sig .asc .part .crdownload .tmp .swp"),
    (_SQLITE, ".db .sqlite .sqlite3 .db3"),
    (_plainly("a database", "Export each table as CSV."), ".mdb .accdb .fdb .dump .bak"),
    (_plainly("an OpenDocument table", "Save it as .xlsx or CSV."), ".ods .fods"),
    (_plainly("the file of a statistics program", "Save it as CSV."), ".sav .dta .sas7bdat .xpt"),
    (_plainly("an HDF5 file or like it", _AS_PARQUET), ".h5 .hdf5 .feather .arrow .orc .avro"),
    (_MATLAB, ".mat"),
)
_BY_SUFFIX = {suffix: kind for kind, suffixes in _SUFFIXES for suffix in suffixes.split()}
_SPREADSHEETS = (".xlsx", ".xlsm")
_TABLES = frozenset(".csv .tsv .tab .psv .json .jsonl .ndjson .parquet .pq .xlsx .xlsm .xls .dat .data".split())
_ARCHIVES = frozenset(".zip .gz .7z .rar .tar .tgz .tbz2 .txz .bz2 .xz .zst".split())
_BY_NAME = re.compile(
    r"(?:~\$.*|\.~lock.*|thumbs\.db|ehthumbs\.db|desktop\.ini|makefile|dockerfile|\.ds_store|icon\r?"
    r"|(?:un)?licen[cs]e(?:[-_. ].*)?|copying(?:\..*)?|notice(?:\.txt)?|authors(?:\.txt)?|contributors(?:\.txt)?"
    r"|changelog(?:\.\w+)?|changes\.txt|citation(?:\.\w+)?|read[-_ ]?me.*|lies ?mich.*|lisez[-_ ]?moi.*"
    r"|requirements\.txt|robots\.txt|checksums?(?:\.\w+)?|md5sums?(?:\.\w+)?|sha256sums?(?:\.\w+)?)"
)
_SENTENCE = re.compile(r"[^\W\d_]{2,},? [^\W\d_]+[^\t;|]*[.!?:]?\Z")


def no_table(file: SourceFile) -> LeftOut | None:
    """Why a plain file is no table; None for what may be one. Nothing of it is run or parsed."""
    with file.path.open("rb") as opened:
        start = opened.read(_HEAD)
    found = _why(file, start)
    return LeftOut(file.name, *found) if found else None


def is_spreadsheet(file: SourceFile) -> bool:
    """Whether it is a workbook of .xlsx, by its name or by what is packed in it; other zip files are archives."""
    if file.suffix in _SPREADSHEETS or not file.starts(ZIP):
        return file.suffix in _SPREADSHEETS
    try:
        with zipfile.ZipFile(file.path) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def is_document(file: SourceFile) -> bool:
    """Whether it may be packed like an archive and is none, as documents and models are."""
    return file.suffix in _BY_SUFFIX or file.suffix in _PICKLES


def _why(file: SourceFile, start: bytes) -> tuple[str, str] | None:
    if not start:
        return "is empty", "Give a file with at least one row."
    binary = not _is_text(start)
    if (file.suffix in _PICKLES and not start.startswith(b"MATLAB")) or (start[0] == 0x80 and start[1:2] <= b"\x05"):
        return _PICKLE, _MENDS.get(file.suffix, "Export the table as CSV or Parquet.")
    for magic, kind in _MAGIC.items():
        if start.startswith(magic) and (binary or not magic.isalnum()):
            return kind
    if file.suffix in _ARCHIVES:
        return "is named like an archive and is none", "Give the file itself, or a .zip or .gz."
    if _BY_NAME.fullmatch(file.base) and file.suffix not in _TABLES:
        return _plainly("a note to people or of a program")
    if file.suffix in _BY_SUFFIX:
        return _BY_SUFFIX[file.suffix]
    if start.startswith((PARQUET, ZIP)) or file.suffix in _TABLES:
        return None
    if binary:
        return "holds NUL bytes, so it is no text table", "Export it again."
    return _text_for_people(file, leniently(start))


def _is_text(start: bytes) -> bool:
    return b"\0" not in start or start[:2] in (b"\xff\xfe", b"\xfe\xff") or bool(unmarked_utf16(start))


def _text_for_people(file: SourceFile, text: str) -> tuple[str, str] | None:
    """Web pages, XML that holds neither statements nor a list of anime, and sentences."""
    begin = text.lstrip("\ufeff \t\r\n")[:4096].lower()
    if begin.startswith(("<!doctype html", "<html")):
        return _plainly("a web page")
    if (begin.startswith("<?xml") or file.suffix in (".xml", ".rels")) and not any(
        word in begin for word in ("rdf", "sparql", "owl", "<myanimelist")
    ):
        return _plainly("XML")
    if begin.startswith("#!"):
        return _plainly("a program or script")
    if file.suffix in (".txt", "") and _is_prose(text):
        return _plainly("text in sentences")
    return None


def _is_prose(text: str) -> bool:
    """Most lines are words of a sentence, and they have neither separators nor a number of words in common."""
    lines = [line.strip() for line in text.splitlines() if line.strip()][:100]
    if any(mark in line for line in lines[:20] for mark in ("\t", "::", "|", ";", "<SEP>", "<sep>")):
        return False
    sentences = [line for line in lines if len(line.split()) >= 5 and _SENTENCE.match(line)]
    lengths = {len(line.split()) for line in sentences}
    ends = sum(line.endswith((".", "!", "?")) for line in lines)
    return len(sentences) > 0.5 * len(lines) and ends > 0 and (len(lengths) > 1 or len(lines) < 4)
