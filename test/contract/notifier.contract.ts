/** What everything that carries notices promises, whatever the receiver does. */
import { describe, expect, test } from 'vitest'
import type { Notice, NoticeAnswer, Receiver } from '#core/ports.ts'

/**
 * How a receiver behaves. takes: it has it. refuses: not now. never: not ever. hangs: it says nothing. absent: it is not
 * there. Where a carrier knows no such receiver, it is left out.
 */
export type Behaviour = 'takes' | 'refuses' | 'never' | 'hangs' | 'absent'
export type ReceiverInTest = {
  readonly to: Receiver
  /** What reached it so far, in order. */
  readonly received: () => readonly { readonly id: string; readonly text: string }[]
  /** Texts of its address that nobody else may learn. */
  readonly secrets: readonly string[]
}
export type NotifierImplementation = {
  readonly name: string
  readonly open: () => Promise<{ notify(notice: Notice, to: Receiver): Promise<NoticeAnswer> }>
  readonly behaviours: readonly Behaviour[]
  readonly receiver: (behaviour: Behaviour) => Promise<ReceiverInTest>
  /** How long it waits for a receiver at most. */
  readonly patienceMs: number
}

export const NOTICE: Notice = {
  id: 'e1-OUT_OF_STOCK-critical',
  merchantId: 'demo',
  storeId: 's1',
  kind: 'out-of-stock',
  severity: 'CRITICAL',
  at: '2026-03-02T10:00:00.000Z',
  subject: 'critical: Lamp é',
  text: 'Lamp is sold out. Reorder it, or take it off sale.',
  data: { onHand: 0 },
}

export function notifierContract({ name, open, behaviours, receiver, patienceMs }: NotifierImplementation): void {
  const where = (behaviour: Behaviour) => test.skipIf(!behaviours.includes(behaviour))

  describe(`${name} carries notices`, () => {
    where('takes')('the receiver gets the notice, with its id', async () => {
      const { to, received } = await receiver('takes')
      expect(await (await open()).notify(NOTICE, to)).toMatchObject({ fate: 'taken' })
      expect(received()).toEqual([{ id: NOTICE.id, text: expect.stringContaining(NOTICE.text) }])
    })

    where('takes')('the same notice bears the same id each time', async () => {
      const { to, received } = await receiver('takes')
      for (let i = 0; i < 3; i++) await (await open()).notify(NOTICE, to)
      expect(received().map(({ id }) => id)).toEqual([NOTICE.id, NOTICE.id, NOTICE.id])
    })

    where('takes')('many at once all arrive', async () => {
      const { to, received } = await receiver('takes')
      const notifier = await open()
      const ids = Array.from({ length: 40 }, (_, i) => `e${i}-critical`)
      const answers = await Promise.all(ids.map((id) => notifier.notify({ ...NOTICE, id }, to)))
      expect(new Set(answers.map(({ fate }) => fate))).toEqual(new Set(['taken']))
      expect(
        received()
          .map(({ id }) => id)
          .sort(),
      ).toEqual(ids.sort())
    })

    const fates = { refuses: 'later', never: 'never', absent: 'later', hangs: 'later' } as const
    for (const [behaviour, fate] of Object.entries(fates) as [keyof typeof fates, string][]) {
      where(behaviour)(`a receiver: ${behaviour}; so ${fate}`, async () => {
        const { to, secrets } = await receiver(behaviour)
        const startedAt = Date.now()
        const answer = await (await open()).notify(NOTICE, to)
        expect(answer).toMatchObject({ fate, error: expect.stringMatching(/.+/) })
        // Addresses of receivers hold their keys, or are a person's.
        for (const secret of secrets) expect(JSON.stringify(answer)).not.toContain(secret)
        expect(Date.now() - startedAt).toBeLessThan(patienceMs + 5_000)
      })
    }
  })
}
