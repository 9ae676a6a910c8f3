/** Messages of the socket, by their names: their data is what the questions about the same things were answered. */
import { type LiveFrame, type LiveMessage, type LiveProblem, TOPICS } from './live.ts'
import type { RecordedExample } from './recorded-examples.ts'

const AT = '2026-03-02T10:00:00.000Z'
const SEQUENCE = 'k3V9sQ.1042'

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
    { topic: 'mode', data: { mode: 'live' } },
    { topic: 'lag', data: { lagMs: 120 } },
  ] satisfies LiveMessage[]
  const frame = (message: LiveMessage): LiveFrame => ({
    type: 'changes',
    asOf: AT,
    lagMs: 0,
    sequence: SEQUENCE,
    reset: false,
    messages: [message],
  })
  return {
    LiveFrame: messages.map((message) => [`topic ${message.topic}`, frame(message)] as const),
    Subscribe: [
      ['everything, a snapshot first', { type: 'subscribe' }],
      ['some topics of some stores', { type: 'subscribe', topics: ['stock', 'alert'], stores: ['shop'] }],
      ['after a break', { type: 'subscribe', resume: SEQUENCE }],
    ],
    Subscribed: [
      [
        'to some topics of some stores',
        { type: 'subscribed', topics: ['stock', 'alert'], stores: ['shop'], resumed: false },
      ],
    ],
    LiveProblem: [['to a topic that is none', NOT_UNDERSTOOD]],
  }
}

/** The answer to `{"type":"subscribe","topics":["weather"]}`. */
const NOT_UNDERSTOOD: LiveProblem = {
  type: 'problem',
  title: 'The message was not taken, and nothing has changed: see its problems',
  problems: [{ field: 'topics.0', message: `Invalid option: expected one of "${TOPICS.join('"|"')}"` }],
}
