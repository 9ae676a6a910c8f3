/** What examples were answered: recorded from a shop in memory by `npm run describe`, so that none can lie. */
import type { Meanings } from './meanings.ts'
import type { RouteToDescribe } from './refusals.ts'

export type RecordedExample = {
  /** `GET /item/{id}` */
  readonly route: string
  readonly status: number
  /** As it was asked, with its query. */
  readonly path: string
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** The answer's body; absent: it had none, or it is a document that would be shown within itself. */
  readonly answer?: unknown
}

/** What the documents say beside schemas: both are made by `npm run describe`. */
export type Described = { readonly examples: readonly RecordedExample[]; readonly meanings: Meanings }

export const recordedOf = (
  recorded: readonly RecordedExample[],
  { method, path }: RouteToDescribe,
): readonly RecordedExample[] => recorded.filter(({ route }) => route === `${method} ${path}`)
