/** Messages of the socket, by their names: their data is what the questions about the same things were answered. */
import type { LiveFrame, LiveMessage } from './live.ts'
import type { RecordedExample } from './recorded-examples.ts'

const AT = '2026-03-02T10:00:00.000Z'

/** By message: what each example is of, and the message. */
export function liveExamples(
  recorded: readonly RecordedExample[],
): Readonly<Record<string, readonly (readonly [about: string, message: object])[]>> {
  const answerTo = (route: string) => recorded.find((it) => it.route === route)?.answer
  // biome-ignore lint/suspicious/noExplicitAny: the document's test checks that each passes its schema
  const firstOf = (route: string): any => (answerTo(route) as { items: unknown[] } | undefined)?.items[0]
  const times = { occurredAt: AT, acceptedAt: AT }
  const messages = [
    // biome-ignore lint/suspicious/noExplicitAny: as above
    { topic: 'kpi', data: answerTo('GET /metrics') as any },
    { topic: 'stock', ...times, data: firstOf('GET /stock') },
    { topic: 'alert', ...times, data: firstOf('GET /alerts') },
    { topic: 'transaction', ...times, data: firstOf('GET /transactions') },
  ] satisfies LiveMessage[]
  const frame = (message: LiveMessage): LiveFrame => ({
    asOf: AT,
    lagMs: 0,
    mode: 'live',
    messages: [message],
    skipped: 0,
  })
  return { LiveFrame: messages.map((message) => [`topic ${message.topic}`, frame(message)] as const) }
}
