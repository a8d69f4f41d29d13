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
