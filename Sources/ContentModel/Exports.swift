// Who imports this module has the lock too.

@_exported public import Locks
