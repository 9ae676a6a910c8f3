import { describe, expect, it } from 'vitest'
import type { ImportAnswer, ImportKind } from '#core/api/imports.ts'
import { NotSignedInError, RefusedError, UnreachableError } from '../reach/ask-engine.ts'
import { commonTitles, RowSender, type RowsSent, type SendState, type Shipment } from './send-rows.ts'

const TAKEN: ImportAnswer = { accepted: 2, repeats: 0, refused: [], titles: [] }
type Sent = { kind: ImportKind; body: RowsSent }

/** `answers`: what each post is answered, in turn; after the last one everything is taken. */
function senderOf(answers: readonly (ImportAnswer | Error)[], more: Partial<Shipment> = {}) {
  const sent: Sent[] = []
  const waits: number[] = []
  const phases: string[] = []
  let now = 0
  const shipment: Shipment = {
    ...{ run: 'r', kind: 'sales', file: 'a.csv', columns: ['a'], mapping: {}, parts: 3, lines: 6, unsent: [] },
    part: async (n) => [2, 3].map((line) => ({ line: line + 2 * n, cells: [String(line + 2 * n)] })),
    ...more,
  }
  const sender = new RowSender(shipment, {
    post: async (kind, body) => {
      const answer = answers[sent.push({ kind, body }) - 1] ?? TAKEN
      if (answer instanceof Error) throw answer
      return answer
    },
    counted: async () => {},
    wait: async (ms) => {
      waits.push(ms)
    },
    now: () => (now += 100),
    onChange: ({ phase, why }) => phases.push(why === null ? phase : `${phase} ${why}`),
  })
  return { sender, sent, waits, phases }
}
const parts = (sent: readonly Sent[]) => sent.map(({ body }) => body.part)
const countsOf = ({ sent, accepted, refused, phase }: SendState) => ({ sent, accepted, refused, phase })

describe('a file', () => {
  it('is sent in order, its last part as such, and counted', async () => {
    const { sender, sent } = senderOf([])
    await sender.send()
    expect(sent.map(({ body }) => [body.part, body.isLast])).toEqual([
      [0, undefined],
      [1, undefined],
      [2, true],
    ])
    expect(countsOf(sender.state)).toEqual({ sent: 6, accepted: 6, refused: 0, phase: 'done' })
  })

  it('keeps what was refused with its cells', async () => {
    const refused = [{ line: 3, problems: [{ field: 'a', message: 'is wrong' }] }]
    const { sender } = senderOf([{ ...TAKEN, accepted: 1, refused }])
    await sender.send()
    expect(sender.state.rejected).toEqual([{ ...refused[0], cells: ['3'] }])
  })

  it.each([
    [new UnreachableError('gone'), 'engine'],
    [new NotSignedInError('who'), 'sign-in'],
    [new RefusedError(503, 'full', {}, 1), null],
  ])('waits for what passes, and sends the same part again: %s', async (error, why) => {
    const { sender, sent, phases } = senderOf([TAKEN, error, TAKEN])
    await sender.send()
    expect(parts(sent)).toEqual([0, 1, 1, 2])
    expect(sent[1]!.body).toEqual(sent[2]!.body)
    expect(phases.includes(`waiting ${why}`)).toBe(why !== null)
    expect(sender.state.phase).toBe('done')
  })

  it('waits longer each time, up to ten seconds, and as long as the engine says', async () => {
    const { sender, waits } = senderOf([...Array(5).fill(new UnreachableError('')), new RefusedError(503, '', {}, 3)])
    await sender.send()
    expect(waits).toEqual([1000, 2000, 4000, 8000, 10000, 3000])
  })

  it('stops where it is refused, and says why', async () => {
    const { sender, sent } = senderOf([TAKEN, new RefusedError(422, 'The mapping is wrong')])
    await sender.send()
    expect([parts(sent), sender.state.phase, sender.state.message]).toEqual([[0, 1], 'failed', 'The mapping is wrong'])
  })

  it('pauses by itself where the day’s quota is used up', async () => {
    const { sender, sent, phases } = senderOf([new RefusedError(429, 'used up', {}, 3600)])
    const sending = sender.send()
    await new Promise((done) => setTimeout(done, 5))
    expect([sender.state.phase, sender.state.why]).toEqual(['paused', 'quota'])
    sender.resume()
    await sending
    expect([parts(sent), phases.at(-1)]).toEqual([[0, 0, 1, 2], 'done'])
  })

  it('pauses and goes on where it was, or is called off', async () => {
    const { sender, sent } = senderOf([])
    sender.pause()
    const sending = sender.send()
    await new Promise((done) => setTimeout(done, 5))
    expect(sent).toEqual([])
    sender.resume()
    await sending
    expect(parts(sent)).toEqual([0, 1, 2])
    const other = senderOf([])
    const cancelled = other.sender.send()
    other.sender.cancel()
    await cancelled
    expect([other.sender.state.phase, other.sent.length < 3]).toEqual(['cancelled', true])
  })
})

describe('titles', () => {
  const title = (productId: string, text: string, sales: number) => ({ productId, title: text, sales })

  it('are the most common ones, sent once every line was answered', async () => {
    const { sender, sent } = senderOf(
      [
        { ...TAKEN, titles: [title('P', 'lamp', 2), title('P', 'LAMP', 1)] },
        { ...TAKEN, titles: [title('P', 'LAMP', 3), title('Q', 'shade', 1)] },
      ],
      { kind: 'online-retail' },
    )
    await sender.send()
    const last = sent.at(-1)!
    expect([last.kind, last.body.part, last.body.isLast]).toEqual(['online-retail-titles', 3, true])
    expect(last.body.rows.map(({ cells }) => cells)).toEqual([
      ['P', 'LAMP'],
      ['Q', 'shade'],
    ])
    expect(countsOf(sender.state)).toEqual({ sent: 6, accepted: 6, refused: 0, phase: 'done' })
  })

  it('of which several are as common are the first by their letters', () => {
    expect(
      commonTitles(
        new Map([
          [
            'P',
            new Map([
              ['b', 1],
              ['a', 1],
            ]),
          ],
        ]),
      ),
    ).toEqual([['P', 'a']])
  })
})
