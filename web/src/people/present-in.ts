import type { PersonItem } from '#core/api/people.ts'
import { RefusedError } from '../reach/ask-engine.ts'

/** What is there now, where somebody else was faster. */
export const presentIn = (error: unknown): PersonItem | undefined =>
  error instanceof RefusedError && error.status === 409 ? (error.present as PersonItem | undefined) : undefined
