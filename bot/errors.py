"""Faults that an operator can mend; outcomes of an answer are values, not errors."""


class BorrowerAidError(Exception):
    """A fault with one line that says what happened and what to do."""


class SettingsInvalid(BorrowerAidError):
    """A setting cannot be used."""


class IndexUnavailable(BorrowerAidError):
    """No published index could be opened."""


class ModelUnavailable(BorrowerAidError):
    """The language model gave no whole answer in time."""


class DataFolderUnwritable(BorrowerAidError):
    """The data folder cannot be written."""


class DatabaseUnavailable(BorrowerAidError):
    """The database cannot be opened or brought up to date."""


class KnowledgeUnreadable(BorrowerAidError):
    """The knowledge base has a file that cannot be read."""


class PortInUse(BorrowerAidError):
    """The web chat's port is taken."""


class TelegramRefused(BorrowerAidError):
    """Telegram does not accept the token."""


class KeyMissing(BorrowerAidError):
    """What was sealed cannot be opened with the keys that are here."""


class SiteUnknown(BorrowerAidError):
    """There is no site with this key."""


class BackupImpossible(BorrowerAidError):
    """A backup cannot be written, read or put where it should go."""
