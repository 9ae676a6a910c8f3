/** Why a request may be refused, by status: the one answer that all routes share, a problem document of RFC 9457. */
import { MAX_BODY_BYTES, MAX_SEGMENT } from './limits.ts'
import { NOTES } from './notes.ts'
import type { ProblemDocument } from './problem.ts'

type Refusal = {
  /** What happened and what to do, for all routes. */
  readonly about: string
  /** One that is answered so, word for word. */
  readonly example: Omit<ProblemDocument, 'type' | 'status'>
  /** Says in `retry-after` when the same request may be welcome. */
  readonly later?: true
}

export const REFUSALS: Readonly<Record<number, Refusal>> = {
  400: {
    about: 'The request is not well-formed: mend it.',
    example: { title: 'The path is not a URL: after each `%` come two hexadecimal digits, and they spell UTF-8' },
  },
  401: {
    about: 'Nobody is known by this token, session or proof: sign in, or make a token.',
    example: { title: 'Sign in first, or send a token: `counterflow token create`' },
  },
  403: {
    about: 'Who asks may not do this, or not now; or a page of another origin asks. `title` says which.',
    example: { title: 'A page of another origin may not change anything here' },
  },
  404: { about: 'There is no such thing.', example: { title: 'Nothing is known of a product nobody-sells-this' } },
  409: {
    about: 'It is not in a state in which this can be done: `present` says how it is now, or ask.',
    example: {
      title: 'Somebody else changed this setting: look at `present`, and try again',
      present: { name: 'lowStockWarningDays', value: null },
    },
  },
  410: {
    about: 'It was there and is gone.',
    example: { title: 'The document’s bytes are gone: it can only be given up' },
  },
  413: {
    about: `The body is larger than ${MAX_BODY_BYTES} bytes: send it in parts.`,
    example: { title: `The body is larger than ${MAX_BODY_BYTES} bytes: send it in parts` },
  },
  414: {
    about: `A part of the path is longer than ${MAX_SEGMENT} characters.`,
    example: { title: `A part of the path is longer than ${MAX_SEGMENT} characters: no name here is` },
  },
  415: {
    about: 'The body is not JSON, or does not say that it is.',
    example: { title: 'Send JSON, with `content-type: application/json`' },
  },
  421: {
    about: 'The `Host` header names another machine.',
    example: { title: 'This engine answers to 127.0.0.1 and localhost alone' },
  },
  422: {
    about: 'It was read, and makes no sense: `problems` names every wrong field and why.',
    example: {
      title: 'The question cannot be answered',
      problems: [{ field: 'limit', message: 'must be a whole number from 1 to 500' }],
    },
  },
  429: {
    about: 'Too much for now: wait as `retry-after` says. Nothing was taken.',
    example: { title: 'This connection sends too fast' },
    later: true,
  },
  503: {
    about:
      'The engine cannot keep up: send the same request again after `retry-after`. Nothing was taken, unless `title` says that nobody knows.',
    example: { title: 'The engine cannot keep up: nothing was taken, send it again later' },
    later: true,
  },
}

export type RouteToDescribe = {
  readonly method: string
  readonly path: string
  /** As in the manifest: `open`, `proof`, or the right that is needed. */
  readonly guard: string
  /** Proved over its bytes, so of any type. */
  readonly body?: 'bytes'
}

/** Each status with which a route may refuse a request, in order. What it may answer otherwise is not among them. */
export function refusalsOf(
  { method, path, guard, body }: RouteToDescribe,
  takes: { readonly query: boolean; readonly body: boolean },
): number[] {
  const changes = method !== 'GET'
  const statuses = new Set([400, 421, ...(NOTES[`${method} ${path}`]?.refuses ?? [])])
  const isGuarded = guard !== 'open' && guard !== 'proof'
  if (isGuarded) for (const status of [401, 403]) statuses.add(status)
  if (path.includes('{')) for (const status of [404, 414]) statuses.add(status)
  if (takes.query || takes.body) statuses.add(422)
  if (changes) for (const status of [403, 413]) statuses.add(status)
  // An Idempotency-Key may be in use, or another request's.
  if (changes && isGuarded) for (const status of [409, 422]) statuses.add(status)
  if (changes && body !== 'bytes') statuses.add(415)
  return [...statuses].sort((a, b) => a - b)
}
