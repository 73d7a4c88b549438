"""Reading one person's export, in this process or in one of its own.

By itself, as a task of the sandbox is a function of a module; nothing of what is read stays on disk.
"""

from __future__ import annotations

from collections.abc import Sequence

from kgrec_core.config import ImportLimits
from kgrec_core.data.disk.temporary import TemporaryFolder
from kgrec_core.data.disk.writable_folders import home
from kgrec_core.data.formats.gathering import gather
from kgrec_core.data.formats.personal_exports import read_export
from kgrec_core.data.formats.source_files import Given
from kgrec_core.data.ledger import Ledger
from kgrec_core.data.masking import nobody_named
from kgrec_core.errors import DataError
from kgrec_core.schema.personal_history import OnePersonHistory
from kgrec_core.schema.progress import Progress, no_progress


def exported(files: Sequence[Given], limits: ImportLimits, progress: Progress = no_progress) -> OnePersonHistory:
    """The titles in the files of one person; archives are unpacked into a folder that is removed at once.

    Raises DataError for files that cannot be read, are of several people or hold no titles.
    """
    progress("Reading your history", 0.1)
    try:
        with TemporaryFolder(home()) as folder, nobody_named():
            return read_export(gather(files, folder, limits).files, Ledger(limits))
    except MemoryError as error:
        raise DataError("Reading these files takes more memory than may be used. Give fewer rows.") from error
