import type { SourceDocument } from '#core/events/envelope.ts'
import type { Outcome } from '#core/outcome.ts'

/** What a source may assume where a document is silent. */
export type SourceDefaults = {
  /** The merchant's currency. */
  readonly currency: string
  /** The store of the connection; absent: the source's own name for one. */
  readonly storeId?: string | undefined
}

/** Header names in lower case. */
export type Headers = Readonly<Record<string, string | undefined>>

/** A source is a pure translation: a provider's document, already proved and parsed as JSON, to our events. */
export type Source = {
  /** As it stands in the events: `amazon`, `collect`. */
  readonly name: string
  /**
   * `headers`: what the provider says beside the document, such as its topic and the id of the delivery. A document of
   * which nothing is booked (a topic that says nothing of trade) has no drafts.
   */
  readonly translate: (document: unknown, defaults: SourceDefaults, headers?: Headers) => Outcome<SourceDocument>
}
