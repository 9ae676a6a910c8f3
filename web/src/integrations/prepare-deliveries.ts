import type { DeliveryItem } from '#core/api/connections.ts'
import { formatMoment } from '../format/format-time.ts'
import { words } from './words.ts'

export type DeliveryRow = {
  readonly number: number
  readonly at: number
  readonly time: string
  readonly answer: string
  /** taken: its events are there. none: nothing of it is new. refused: it was not taken. */
  readonly fate: 'taken' | 'none' | 'refused'
  readonly proof: string
  readonly way: string
  readonly durationMs: number
}

export const prepareDeliveries = (
  items: readonly DeliveryItem[],
  nowMs: number,
  zone: string,
): readonly DeliveryRow[] =>
  items.map(({ number, at, status, proof, way, durationMs }) => ({
    number,
    at: Date.parse(at),
    time: formatMoment(Date.parse(at), nowMs, zone),
    answer: words.answers(status),
    fate: status === 202 ? 'taken' : status < 300 ? 'none' : 'refused',
    proof: words.proofFound[proof],
    way: words.ways[way],
    durationMs,
  }))

/** JSON as one reads it; what is none stands as it is. */
export function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

/** Why a door refused, in a sentence. */
export function reasonIn(answer: string): string {
  try {
    const { title = '', problems = [] } = JSON.parse(answer) as {
      title?: string
      problems?: readonly { field: string; message: string }[]
    }
    return [title, ...problems.map(({ field, message }) => `${field} ${message}`.trim())].filter(Boolean).join('; ')
  } catch {
    return answer
  }
}

/** Whether it can be taken once more: its sender must have been proved, and its body kept where it was refused. */
export const mayGoAgain = ({ proof, status }: DeliveryItem, body: string | null | undefined): boolean =>
  (proof === 'proved' || proof === 'none') && (status < 300 || (body !== null && body !== undefined))
