/** What was wrong with an input: `field` is a dotted path into it (`lines.2.quantity`), '' for the whole of it. */
export type Problem = { readonly field: string; readonly message: string }

/** A result or the reasons why there is none. Bad data is a value, never an exception. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] }

export const ok = <T>(value: T): Outcome<T> => ({ ok: true, value })

export const wrong = (field: string, message: string): Outcome<never> => ({
  ok: false,
  problems: [{ field, message }],
})
