"""Why a backup cannot be taken or used, in sentences that say what to do."""


class BackupRefusal(Exception):  # noqa: N818 - nothing went wrong: it says no
    """What was asked cannot be done; nothing was changed. The message is for the operator."""


class DamagedError(BackupRefusal):
    """The file is not, or no longer, what was written."""


class WrongPassphraseError(BackupRefusal):
    """The file is whole as far as can be seen without the passphrase, and was sealed with another one."""


class UnsuitedError(BackupRefusal):
    """The backup is good, but not for this program or this database."""
