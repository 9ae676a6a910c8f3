import { describe, expect, it } from 'vitest'
import { alertItem } from '#core/api/alerts.ts'
import { alertItemOf, alertText } from './alert-item.ts'
import type { Alert } from './alerts.ts'

const AT = Date.parse('2026-03-02T10:00:00Z')
const NOTHING_ELSE = { title: undefined, storeName: undefined, stock: undefined }
const row = (over: Partial<Alert> & { onHand?: number; unitsPerDay?: number } = {}): Alert => {
  const { onHand = 20, unitsPerDay = 10, ...rest } = over
  return {
    alertId: 'e1-LOW_STOCK',
    productId: 'KURTA-M',
    storeId: 'jaipur',
    kind: 'LOW_STOCK',
    severity: 'WARNING',
    openedAt: AT,
    changedAt: AT,
    becauseOf: 'e1',
    figures: { onHand, before: onHand + 1, unitsPerDay },
    ...rest,
  }
}

describe('alertText', () => {
  it.each<[Parameters<typeof row>[0], string]>([
    [{ onHand: 20, unitsPerDay: 10 }, 'Kurta lasts about 2 more days: 20 left, about 10 sold a day. Reorder now.'],
    [{ onHand: 25, unitsPerDay: 10 }, 'Kurta lasts about 2.5 more days: 25 left, about 10 sold a day. Reorder now.'],
    [{ onHand: 10, unitsPerDay: 10 }, 'Kurta lasts about 1 more day: 10 left, about 10 sold a day. Reorder now.'],
    [{ onHand: 5, unitsPerDay: 10.4 }, 'Kurta lasts about 12 more hours: 5 left, about 10 sold a day. Reorder now.'],
    [{ onHand: 1, unitsPerDay: 200 }, 'Kurta lasts about 1 more hour: 1 left, about 200 sold a day. Reorder now.'],
    [{ onHand: 2, unitsPerDay: 1.25 }, 'Kurta lasts about 1.6 more days: 2 left, about 1.3 sold a day. Reorder now.'],
    [{ onHand: 99, unitsPerDay: 100 }, 'Kurta lasts about 24 more hours: 99 left, about 100 sold a day. Reorder now.'],
    [{ kind: 'OUT_OF_STOCK', onHand: 0 }, 'Kurta is sold out, about 10 sold a day. Reorder it, or take it off sale.'],
    [{ kind: 'OUT_OF_STOCK', onHand: 0, unitsPerDay: 0 }, 'Kurta is sold out. Reorder it, or take it off sale.'],
    [
      { kind: 'OVERSOLD', onHand: -3 },
      'Kurta is oversold by 3: more was sold than is known to be there. Count the shelf, or restock 3.',
    ],
    [{ resolvedAt: AT, onHand: 80 }, 'Kurta is no longer low: 80 there, about 10 sold a day.'],
    [{ resolvedAt: AT, onHand: 0 }, 'Kurta is no longer low: sold out, about 10 sold a day.'],
    [{ resolvedAt: AT, onHand: -2, unitsPerDay: 0 }, 'Kurta is no longer low: oversold by 2.'],
    [{ resolvedAt: AT, kind: 'OUT_OF_STOCK', onHand: 1 }, 'Kurta is no longer sold out: 1 there, about 10 sold a day.'],
    [{ resolvedAt: AT, kind: 'OVERSOLD', onHand: 0 }, 'Kurta is no longer oversold: sold out, about 10 sold a day.'],
  ])('of %j', (over, text) => {
    const alert = row(over)
    expect(alertText(alert, 'Kurta', alert.figures)).toBe(text)
  })
})

describe('alertItemOf', () => {
  it('is the row as people read it', () => {
    expect(
      alertItemOf(row(), { ...NOTHING_ELSE, title: 'Cotton kurta', category: 'Kurtas', storeName: 'Pink City' }),
    ).toEqual({
      id: 'e1-LOW_STOCK',
      storeId: 'jaipur',
      storeName: 'Pink City',
      productId: 'KURTA-M',
      title: 'Cotton kurta',
      category: 'Kurtas',
      kind: 'LOW_STOCK',
      severity: 'WARNING',
      state: 'open',
      text: 'Cotton kurta lasts about 2 more days: 20 left, about 10 sold a day. Reorder now.',
      openedAt: '2026-03-02T10:00:00.000Z',
      changedAt: '2026-03-02T10:00:00.000Z',
      acknowledgedAt: null,
      acknowledgedBy: null,
      acknowledgedByName: null,
      resolvedAt: null,
      figures: { onHand: 20, before: 21, unitsPerDay: 10 },
      now: null,
      belowDays: null,
      easesAtDays: null,
    })
  })

  it.each([
    ['LOW_STOCK', 'WARNING', 3, 3.75],
    ['LOW_STOCK', 'CRITICAL', 1, 1.25],
    ['OUT_OF_STOCK', 'CRITICAL', null, null],
  ] as const)('%s %s says which days of cover count', (kind, severity, belowDays, easesAtDays) => {
    const thresholds = { warningDays: 3, criticalDays: 1, hysteresis: 0.25 }
    const item = alertItemOf(row({ kind, severity }), { ...NOTHING_ELSE, thresholds })
    expect(item).toMatchObject({ belowDays, easesAtDays })
  })

  it('says what is on the shelf now, beside what made it', () => {
    const stock = { onHand: 4, velocity: { units: 8, exposureDays: 1, asOf: AT } }
    const item = alertItemOf(row(), { ...NOTHING_ELSE, stock })
    expect(item).toMatchObject({ figures: { onHand: 20, unitsPerDay: 10 }, now: { onHand: 4, unitsPerDay: 8 } })
    expect(item.text).toBe('KURTA-M lasts about 12 more hours: 4 left, about 8 sold a day. Reorder now.')
    expect(alertItemOf(row({ resolvedAt: AT, onHand: 80 }), { ...NOTHING_ELSE, stock })).toMatchObject({
      now: null,
      text: 'KURTA-M is no longer low: 80 there, about 10 sold a day.',
    })
  })

  it.each<[Partial<Alert>, object]>([
    [
      { acknowledgedAt: AT + 1, acknowledgedBy: 'owner' },
      { state: 'acknowledged', acknowledgedBy: 'owner' },
    ],
    [{ resolvedAt: AT + 2 }, { state: 'resolved', resolvedAt: '2026-03-02T10:00:00.002Z' }],
    [
      { acknowledgedAt: AT + 1, acknowledgedBy: 'owner', resolvedAt: AT + 2 },
      { state: 'resolved', acknowledgedBy: 'owner' },
    ],
  ])('%j', (over, expected) => {
    const item = alertItemOf(row(over), NOTHING_ELSE)
    expect(item).toMatchObject({ title: null, ...expected })
    expect(item.text).toContain('KURTA-M')
    expect(alertItem.parse(item)).toEqual(item)
  })
})
