import { describe, expect, test } from 'vitest'
import type { AlertItem } from '#core/api/alerts.ts'
import type { LiveFrame, LiveMessage } from '#core/api/live.ts'
import type { TransactionItem } from '#core/api/transactions.ts'
import { alertSample, measured, metricsSample, NOW, transactionSample } from '../samples/answers.ts'
import { applyFrame, type Shown, TRANSACTIONS_SHOWN } from './apply-frame.ts'

const second = (n: number) => new Date(Date.parse(NOW) + n * 1000).toISOString()
const times = { occurredAt: NOW, acceptedAt: NOW }
const frame = (at: number, ...messages: LiveMessage[]): LiveFrame => ({
  type: 'changes',
  asOf: second(at),
  lagMs: 7,
  sequence: `e.${Math.max(0, at)}`,
  reset: false,
  messages,
})
const snapshot = (at: number, ...messages: LiveMessage[]): LiveFrame => ({
  ...frame(at, ...messages),
  type: 'snapshot',
})
const alertMessage = (changes: Partial<AlertItem>): LiveMessage => ({
  topic: 'alert',
  ...times,
  data: alertSample(changes),
})
const transactionMessage = (changes: Partial<TransactionItem>): LiveMessage => ({
  topic: 'transaction',
  ...times,
  data: transactionSample(changes),
})
const kpi = (at: number, orders: number, scope = { by: 'total' }): LiveMessage => ({
  topic: 'kpi',
  data: metricsSample({ asOf: second(at), scope, counts: { orders: measured(orders) } }),
})

const answer = { asOf: NOW, lagMs: 100, next: null }
const shown = (parts: { alerts?: AlertItem[]; transactions?: TransactionItem[] } = {}): Shown => ({
  metrics: metricsSample(),
  alerts: { ...answer, window: null, items: parts.alerts ?? [] },
  transactions: { ...answer, items: parts.transactions ?? [] },
  standing: undefined,
})
const orders = (after: Shown) => after.metrics?.counts.orders.value
const alertStates = (after: Shown) => after.alerts?.items.map(({ id, state }) => `${id} ${state}`)
const transactionIds = (after: Shown) => after.transactions?.items.map(({ id }) => id)

describe('applyFrame', () => {
  test('what a frame does not change stays the same object', () => {
    const before = shown({ alerts: [alertSample()], transactions: [transactionSample()] })
    const after = applyFrame(before, frame(1, kpi(1, 5)))
    expect(after.metrics).not.toBe(before.metrics)
    expect(after.alerts).toBe(before.alerts)
    expect(after.transactions).toBe(before.transactions)
    const same = applyFrame(before, frame(1))
    expect(same.metrics).toBe(before.metrics)
  })

  test('what was not asked yet stays unanswered', () => {
    const nothing: Shown = { metrics: undefined, alerts: undefined, transactions: undefined, standing: undefined }
    expect(applyFrame(nothing, frame(1, kpi(1, 5), alertMessage({}), transactionMessage({})))).toEqual(nothing)
  })

  describe('a snapshot', () => {
    const nothing: Shown = { metrics: undefined, alerts: undefined, transactions: undefined, standing: undefined }

    test('answers what was not answered yet', () => {
      const after = applyFrame(
        nothing,
        snapshot(
          1,
          kpi(1, 5),
          alertMessage({ id: 'a' }),
          transactionMessage({ id: 'old', occurredAt: second(-9) }),
          transactionMessage({ id: 'new', occurredAt: second(0) }),
        ),
      )
      expect(orders(after)).toBe(5)
      expect(alertStates(after)).toEqual(['a open'])
      expect(transactionIds(after)).toEqual(['new', 'old'])
      expect(after.alerts).toMatchObject({ asOf: second(1), lagMs: 7, next: null })
    })

    test('of one store’s figures answers nothing about all', () => {
      expect(applyFrame(nothing, snapshot(1, kpi(1, 5, { by: 'store' }))).metrics).toBeUndefined()
    })

    test('takes the place of lists that may have missed something', () => {
      const before = shown({ alerts: [alertSample({ id: 'over' })], transactions: [transactionSample({ id: 'x' })] })
      const after = applyFrame(before, snapshot(1, alertMessage({ id: 'open' }), transactionMessage({ id: 'y' })))
      expect(alertStates(after)).toEqual(['open open'])
      expect(transactionIds(after)).toEqual(['y'])
    })

    test('that was made before an answer leaves it alone', () => {
      const before = shown({ alerts: [alertSample({ id: 'a' })], transactions: [transactionSample({ id: 'x' })] })
      const after = applyFrame(before, snapshot(-1, kpi(-1, 5)))
      expect([after.metrics, after.alerts, after.transactions]).toEqual([
        before.metrics,
        before.alerts,
        before.transactions,
      ])
    })
  })

  test('mode and lag are as the socket said last', () => {
    const first = applyFrame(
      shown(),
      frame(1, { topic: 'mode', data: { mode: 'mock' } }, { topic: 'lag', data: { lagMs: 3 } }),
    )
    expect(first.standing).toEqual({ mode: 'mock', lagMs: 3 })
    const second = applyFrame(first, frame(2, { topic: 'mode', data: { mode: 'live' } }))
    expect(second.standing).toEqual({ mode: 'live', lagMs: 3 })
    expect(applyFrame(second, frame(3, kpi(3, 1))).standing).toBe(second.standing)
  })

  describe('figures', () => {
    test('the newest win, in one frame and across frames', () => {
      const after = applyFrame(shown(), frame(3, kpi(3, 30), kpi(2, 20)))
      expect(orders(after)).toBe(30)
      expect(orders(applyFrame(after, frame(2, kpi(2, 20))))).toBe(30)
      expect(orders(applyFrame(after, frame(4, kpi(4, 40))))).toBe(40)
    })

    test('figures of another scope are not shown', () => {
      expect(orders(applyFrame(shown(), frame(1, kpi(1, 5, { by: 'store' }))))).toBe(0)
    })
  })

  describe('alerts', () => {
    test('a new one is added, a resolved one leaves', () => {
      const opened = applyFrame(shown({ alerts: [alertSample()] }), frame(1, alertMessage({ id: 'alert-2' })))
      expect(alertStates(opened)).toEqual(['alert-1 open', 'alert-2 open'])
      const changedAt = second(2)
      const resolved = applyFrame(opened, frame(2, alertMessage({ state: 'resolved', changedAt })))
      expect(alertStates(resolved)).toEqual(['alert-2 open'])
    })

    test.each([
      ['older', -1, 'open', 'acknowledged'],
      ['of the same moment, and behind a click here', 0, 'open', 'acknowledged'],
      ['newer', 1, 'open', 'open'],
    ] as const)('word that is %s', (_, seconds, state, shownState) => {
      const known = alertSample({ state: 'acknowledged', changedAt: NOW })
      const message = alertMessage({ state, changedAt: second(seconds) })
      expect(alertStates(applyFrame(shown({ alerts: [known] }), frame(2, message)))).toEqual([`alert-1 ${shownState}`])
    })

    test('a frame that was made before the answer does not bring back what was resolved', () => {
      expect(alertStates(applyFrame(shown(), frame(-1, alertMessage({}))))).toEqual([])
    })

    test('a resolved one that is not shown changes nothing', () => {
      const before = shown()
      expect(applyFrame(before, frame(1, alertMessage({ state: 'resolved' }))).alerts).toBe(before.alerts)
    })
  })

  describe('transactions', () => {
    test('newest first, each id once', () => {
      const before = shown({ transactions: [transactionSample({ id: 'b', occurredAt: second(0) })] })
      const messages = [
        transactionMessage({ id: 'a', occurredAt: second(-5) }),
        transactionMessage({ id: 'c', occurredAt: second(5) }),
        transactionMessage({ id: 'c', occurredAt: second(5) }),
        transactionMessage({ id: 'b', occurredAt: second(0) }),
      ]
      expect(transactionIds(applyFrame(before, frame(6, ...messages)))).toEqual(['c', 'b', 'a'])
    })

    test('nothing but repeats changes nothing', () => {
      const before = shown({ transactions: [transactionSample()] })
      expect(applyFrame(before, frame(1, transactionMessage({}))).transactions).toBe(before.transactions)
    })

    test('only so many are kept, and freshness is the frame’s', () => {
      const items = Array.from({ length: TRANSACTIONS_SHOWN }, (_, index) =>
        transactionSample({ id: `old-${index}`, occurredAt: second(-index) }),
      )
      const after = applyFrame(
        shown({ transactions: items }),
        frame(1, transactionMessage({ id: 'new', occurredAt: second(1) })),
      )
      expect(after.transactions?.items).toHaveLength(TRANSACTIONS_SHOWN)
      expect(after.transactions).toMatchObject({ asOf: second(1), lagMs: 7 })
      expect(transactionIds(after)?.at(0)).toBe('new')
      expect(transactionIds(after)?.at(-1)).toBe(`old-${TRANSACTIONS_SHOWN - 2}`)
    })
  })
})
