import type { SourceDocument } from '#core/events/envelope.ts'
import type { Outcome } from '#core/outcome.ts'

/** What a source may assume where a document is silent. */
export type SourceDefaults = {
  /** The merchant's currency. */
  readonly currency: string
}

/** A source is a pure translation: a provider's document, already proved and parsed as JSON, to our events. */
export type Source = {
  /** As it stands in the events: `amazon`, `collect`. */
  readonly name: string
  readonly translate: (document: unknown, defaults: SourceDefaults) => Outcome<SourceDocument>
}
