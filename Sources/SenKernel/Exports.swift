// A plugin imports this module and nothing else: the content model, commands, records and queries are part of what
// it sees.
@_exported public import ContentModel
@_exported public import Formats
@_exported public import Grammar
@_exported public import Storage
