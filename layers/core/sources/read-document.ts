import type { z } from 'zod'
import { problemsOf } from '#core/events/decode-event.ts'
import type { Problem } from '#core/outcome.ts'

export type ReadDocument<T> = {
  /** All that it says; undefined where its schema found something wrong. */
  readonly whole: T | undefined
  /** What its schema found wrong, by field. */
  readonly problems: readonly Problem[]
  /** The fields that are right: what a schema cannot ask is asked of these, so that one answer names all that is wrong. */
  readonly right: Partial<T>
  readonly isWrong: (field: keyof T & string) => boolean
}

export function readDocument<T extends object>(schema: z.ZodType<T>, document: unknown): ReadDocument<T> {
  const parsed = schema.safeParse(document)
  if (parsed.success) return { whole: parsed.data, problems: [], right: parsed.data, isWrong: () => false }
  const wrong = new Set(parsed.error.issues.map(({ path }) => path[0]))
  const fields = typeof document === 'object' && document !== null ? Object.entries(document) : []
  return {
    whole: undefined,
    problems: problemsOf(parsed.error),
    right: Object.fromEntries(fields.filter(([name]) => !wrong.has(name))) as Partial<T>,
    isWrong: (field) => wrong.has(field),
  }
}
