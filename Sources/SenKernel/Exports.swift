// A plugin imports this module and nothing else; the content model is part of what it sees.
@_exported public import ContentModel
