/** How rows of an import are known again: the same by the command and through the API. */
import { hash } from 'node:crypto'
import type { Draft } from '#core/events/envelope.ts'

/** 128 bits of SHA-256; no field holds the character that tells them apart. */
export const hashOf = (fields: readonly (string | undefined)[]): string =>
  hash('sha256', fields.join('\u0001'), 'base64url').slice(0, 22)

/** What a listing says, whatever the order in which it says it. */
export const contentOf = (item: object): string =>
  hashOf([JSON.stringify(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))])

/** A row's events with their ids: of several, those after the first are numbered. */
export const identified = <T extends Draft>(drafts: readonly T[], id: string): (T & { readonly id: string })[] =>
  drafts.map((draft, part) => ({ ...draft, id: part === 0 ? id : `${id}.${part}` }))

/** The id of the listing by which a product gets a title. */
export const titleId = (productId: string, title: string): string => `listing:${hashOf([productId, title])}`
