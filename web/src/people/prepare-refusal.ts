import { RefusedError } from '../reach/ask-engine.ts'
import { words } from './words.ts'

/** Why something was not done, and where on the form that is said. */
export type Refusal = {
  /** By the form's fields. */
  readonly fields: Readonly<Record<string, string>>
  /** What belongs to no field; '': nothing. */
  readonly message: string
  /** How long to wait before the next try; null: no need to. */
  readonly waitSeconds: number | null
}

/**
 * `labels`: what the form's fields are called, by their names. `aliases`: fields of the engine's by the form's name for
 * them. What the engine says of a field that the form has not is said beside the button.
 */
export function prepareRefusal(
  error: unknown,
  labels: Readonly<Record<string, string>>,
  aliases: Readonly<Record<string, string>> = {},
): Refusal {
  if (!(error instanceof RefusedError))
    return { fields: {}, message: words.tryAgain(messageOf(error)), waitSeconds: null }
  const { status, problems, retryAfterSeconds } = error
  if (status === 429) {
    const waitSeconds = retryAfterSeconds ?? 1
    return { fields: {}, message: words.tooManyTries(waitText(waitSeconds)), waitSeconds }
  }
  const fields: Record<string, string> = {}
  const others: string[] = []
  for (const { field, message } of problems) {
    const [first = ''] = field.split('.')
    const name = aliases[first] ?? first
    const label = labels[name]
    if (label === undefined) others.push(sentence(field, message))
    else fields[name] ??= sentence(label, message)
  }
  if (problems.length === 0) others.push(error.message)
  return { fields, message: others.join(' '), waitSeconds: null }
}

/** The engine speaks of a field ('is too short'), or says a sentence of its own. */
function sentence(label: string, message: string): string {
  const said = /^\p{Ll}/u.test(message) ? `${label} ${message}`.trim() : message
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}`
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** '8 s', '3 min': rounded up, so that the time is over when it says so. */
export const waitText = (seconds: number): string => (seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`)
