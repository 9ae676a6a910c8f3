import { beforeEach, describe, expect, it } from 'vitest'
import { HeldAcknowledgements, UNDO_MS } from './held-acknowledgements.ts'

let now = 0
let due: { at: number; run: () => void } | undefined
let sent: string[][] = []
let refusal: Error | undefined
const held = () =>
  new HeldAcknowledgements({
    nowMs: () => now,
    after: (ms, run) => {
      const timer = { at: now + ms, run }
      due = timer
      return () => {
        if (due === timer) due = undefined
      }
    },
    send: async (ids) => {
      sent.push([...ids])
      if (refusal !== undefined) throw refusal
    },
  })
const pass = async (ms: number) => {
  now += ms
  if (due !== undefined && due.at <= now) due.run()
  await new Promise((done) => setTimeout(done))
}

beforeEach(() => {
  ;[now, due, sent, refusal] = [0, undefined, [], undefined]
})

describe('what was acknowledged', () => {
  it('is sent when it can be taken back no more', async () => {
    const acknowledgements = held()
    acknowledgements.add(['a'])
    expect(acknowledgements.get()).toMatchObject({ undoable: 1, untilMs: UNDO_MS })
    await pass(UNDO_MS - 1)
    expect(sent).toEqual([])
    await pass(1)
    expect(sent).toEqual([['a']])
    expect(acknowledgements.get()).toMatchObject({ undoable: 0, waiting: new Set(), sending: new Set() })
  })

  it('goes together with what follows within that time', async () => {
    const acknowledgements = held()
    acknowledgements.add(['a'])
    await pass(UNDO_MS - 1)
    acknowledgements.add(['b', 'a'])
    await pass(UNDO_MS - 1)
    expect(sent).toEqual([])
    await pass(1)
    expect(sent).toEqual([['a', 'b']])
  })

  it('is not sent where it was taken back', async () => {
    const acknowledgements = held()
    acknowledgements.add(['a', 'b'])
    acknowledgements.undo()
    await pass(UNDO_MS)
    expect(sent).toEqual([])
    expect(acknowledgements.get().waiting.size).toBe(0)
  })

  it('is sent at once where the page is left', async () => {
    const acknowledgements = held()
    acknowledgements.add(['a'])
    await acknowledgements.flush(true)
    await pass(UNDO_MS)
    expect(sent).toEqual([['a']])
  })

  it('goes in as many requests as it takes', async () => {
    const acknowledgements = held()
    acknowledgements.add(Array.from({ length: 401 }, (_, n) => `a${n}`))
    await acknowledgements.flush()
    expect(sent.map(({ length }) => length)).toEqual([200, 200, 1])
  })

  it('is open again where it was refused, and says why until it is tried again', async () => {
    const acknowledgements = held()
    refusal = new Error('The engine cannot be reached')
    acknowledgements.add(['a'])
    await acknowledgements.flush()
    expect(acknowledgements.get()).toMatchObject({ failed: new Set(['a']), problem: 'The engine cannot be reached' })
    expect(acknowledgements.get().sending.size).toBe(0)
    acknowledgements.add(['a'])
    expect(acknowledgements.get()).toMatchObject({ failed: new Set(), problem: null })
  })
})
