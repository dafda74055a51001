/// Where an item stands on its way to the public.
public enum State: String, Choice, Sendable {
  case draft, review, published, archived
}
