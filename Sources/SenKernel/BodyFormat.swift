public import ContentModel

/// How the body of an entry is written.
public enum BodyFormat: String, Choice { case markdown, html }
