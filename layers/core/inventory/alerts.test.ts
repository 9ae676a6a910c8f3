import { describe, expect, it } from 'vitest'
import { DAY_MS, HOUR_MS } from '#core/metrics/business-time.ts'
import { type AnyRow, EngineInTest, fold, type Happening } from '#test/fakes/engine-in-test.ts'
import { type Alert, closedAlerts } from './alerts.ts'

const NOON = Date.parse('2026-03-02T12:00:00Z')
const S = 1000
const of = (productId: string) => ({
  counted: (at: number, level: number): Happening => ({ type: 'stock.counted', at, data: { productId, level } }),
  received: (at: number, quantity: number): Happening => ({
    type: 'stock.received',
    at,
    data: { productId, quantity },
  }),
  sold: (at: number, quantity: number): Happening => ({
    type: 'sale.recorded',
    at,
    data: { orderId: `${productId}-${at}`, productId, quantity, unitPriceMinor: 100, currency: 'INR' },
  }),
  acknowledged: (at: number, alertId: string, acknowledgedBy = 'owner'): Happening => ({
    type: 'alert.acknowledged',
    at,
    data: { alertId, productId, acknowledgedBy },
  }),
  listed: (at: number, category: string): Happening => ({
    type: 'product.listed',
    at,
    storeId: '-',
    data: { productId, title: productId, category },
  }),
})
const { counted, received, sold, acknowledged } = of('P')
const setting = (at: number, name: string, value: unknown, scope: object = {}): Happening => ({
  type: 'setting.changed',
  at,
  storeId: '-',
  data: { name, value, ...scope },
})
/** Ten sold at once, of 1000, read as forty a day; then the shelf is counted. It fades by a millionth in seconds. */
const fortyADay = [counted(NOON - S, 1000), sold(NOON, 10)]

const openOf = async (engine: EngineInTest): Promise<Alert[]> => Object.values(await engine.rows('open-alerts'))
const closedOf = async (engine: EngineInTest): Promise<Alert[]> => Object.values(await engine.rows('closed-alerts'))
const brief = (alerts: readonly Alert[]) => alerts.map(({ kind, severity }) => `${kind} ${severity}`)
/** What people outside hear, in order. */
const notices = async (engine: EngineInTest): Promise<AnyRow[]> => Object.values(await engine.rows('outbox'))

describe('an alert', () => {
  it('opens, changes, is acknowledged and is over, each once, with the figures that made it', async () => {
    const engine = await fold(fortyADay)
    expect(await openOf(engine)).toEqual([])

    await engine.take({ ...counted(NOON + S, 100), id: 'low' }, counted(NOON + 2 * S, 99))
    const opened = {
      alertId: 'low-LOW_STOCK',
      productId: 'P',
      storeId: 's',
      kind: 'LOW_STOCK',
      severity: 'WARNING',
      openedAt: NOON + S,
      changedAt: NOON + S,
      becauseOf: 'low',
      figures: { onHand: 100, before: 990, unitsPerDay: expect.closeTo(40, 3) },
    }
    expect(await openOf(engine)).toEqual([opened])

    await engine.take(
      acknowledged(NOON + 3 * S, 'low-LOW_STOCK'),
      acknowledged(NOON + 4 * S, 'low-LOW_STOCK', 'somebody'),
    )
    const seen = { ...opened, changedAt: NOON + 3 * S, acknowledgedAt: NOON + 3 * S, acknowledgedBy: 'owner' }
    expect(await openOf(engine)).toEqual([seen])

    await engine.take({ ...counted(NOON + 5 * S, 39), id: 'worse' }, counted(NOON + 6 * S, 38))
    const worse = {
      ...seen,
      severity: 'CRITICAL',
      changedAt: NOON + 5 * S,
      becauseOf: 'worse',
      figures: { onHand: 39, before: 99, unitsPerDay: expect.closeTo(40, 3) },
    }
    expect(await openOf(engine)).toEqual([worse])

    await engine.take({ ...received(NOON + 7 * S, 500), id: 'delivery' }, counted(NOON + 8 * S, 600))
    expect(await openOf(engine)).toEqual([])
    const over = {
      ...worse,
      changedAt: NOON + 7 * S,
      resolvedAt: NOON + 7 * S,
      becauseOf: 'delivery',
      figures: { onHand: 538, before: 38, unitsPerDay: expect.closeTo(40, 3) },
    }
    expect(await closedOf(engine)).toEqual([over])

    const told = engine.live.filter(({ topic }) => topic === 'alert').map(({ data }) => data)
    expect(told).toEqual([opened, seen, worse, over])
    // People outside hear when it opens and when it gets worse.
    expect((await notices(engine)).map(({ data }) => data)).toEqual([opened, worse])
    expect((await notices(engine)).map(({ id }) => id)).toEqual([
      expect.stringMatching(/^low\.\d+$/),
      expect.stringMatching(/^worse\.\d+$/),
    ])
  })

  it('of another kind closes the one before and opens', async () => {
    const engine = await fold([...fortyADay, counted(NOON + S, 30), counted(NOON + 2 * S, 0), sold(NOON + 3 * S, 2)])
    expect(brief(await openOf(engine))).toEqual(['OVERSOLD CRITICAL'])
    // Newest first.
    expect(brief(await closedOf(engine))).toEqual(['OUT_OF_STOCK CRITICAL', 'LOW_STOCK CRITICAL'])
    await engine.take(received(NOON + 4 * S, 2), received(NOON + 5 * S, 1), received(NOON + 6 * S, 999))
    expect(await openOf(engine)).toEqual([])
    expect(brief(await closedOf(engine))).toEqual([
      'LOW_STOCK CRITICAL',
      'OUT_OF_STOCK CRITICAL',
      'OVERSOLD CRITICAL',
      'OUT_OF_STOCK CRITICAL',
      'LOW_STOCK CRITICAL',
    ])
    expect((await notices(engine)).map(({ data: { kind } }) => kind)).toEqual([
      'LOW_STOCK',
      'OUT_OF_STOCK',
      'OVERSOLD',
      'OUT_OF_STOCK',
      'LOW_STOCK',
    ])
  })

  it('does not flap where cover goes up and down around its threshold', async () => {
    const around = Array.from({ length: 40 }, (_, i) => counted(NOON + (i + 1) * S, i % 2 === 0 ? 118 : 128)) // 2.95 and 3.2 days
    const engine = await fold([...fortyADay, ...around])
    expect(brief(await openOf(engine))).toEqual(['LOW_STOCK WARNING'])
    expect(await closedOf(engine)).toEqual([])
    expect(await notices(engine)).toHaveLength(1)
  })

  it('is told once, when the batch that made it comes again', async () => {
    const engine = await fold([...fortyADay, counted(NOON + S, 30)])
    engine.restart()
    await engine.deliverAgain()
    expect(await notices(engine)).toHaveLength(1)
  })

  it('that is acknowledged under another id, or when nothing is open, stays as it is', async () => {
    const engine = await fold([acknowledged(NOON, 'nothing-LOW_STOCK'), ...fortyADay, counted(NOON + S, 30)])
    await engine.take(acknowledged(NOON + 2 * S, 'nothing-LOW_STOCK'))
    expect((await openOf(engine)).map(({ acknowledgedAt }) => acknowledgedAt)).toEqual([undefined])
    expect(await engine.ledger()).toMatchObject({ applied: 5, held: 0 })
  })

  it('is one for each product and store', async () => {
    const q = of('Q')
    const engine = await fold([
      received(NOON, 1),
      sold(NOON, 1),
      q.received(NOON, 1),
      q.sold(NOON, 2),
      { ...received(NOON, 1), storeId: 't' },
      { ...sold(NOON, 1), storeId: 't' },
    ])
    expect(Object.keys(await engine.rows('open-alerts'))).toEqual(['m/s/P', 'm/s/Q', 'm/t/P'])
  })

  it('that is over is kept for 400 days', async () => {
    const engine = await fold([...fortyADay, counted(NOON + S, 0), counted(NOON + 2 * S, 1000)])
    const [over] = (await closedOf(engine)) as [Alert]
    expect(closedAlerts.expiresAt!(over, '')).toBe(NOON + 2 * S + 400 * DAY_MS)
  })
})

describe('thresholds', () => {
  const alertsAt = async (level: number, ...settings: Happening[]) =>
    brief(await openOf(await fold([...settings, ...fortyADay, counted(NOON + S, level)])))

  it.each<[string, number, Happening[], string[]]>([
    ['as they are', 121, [], []],
    ['as they are', 119, [], ['LOW_STOCK WARNING']],
    ['of the merchant', 121, [setting(0, 'lowStockWarningDays', 4)], ['LOW_STOCK WARNING']],
    ['of the merchant', 119, [setting(0, 'lowStockWarningDays', 2)], []],
    ['of the merchant', 79, [setting(0, 'lowStockCriticalDays', 2)], ['LOW_STOCK CRITICAL']],
    ['of its category', 121, [setting(0, 'lowStockWarningDays', 4, { category: 'kurtas' })], ['LOW_STOCK WARNING']],
    ['of another category', 121, [setting(0, 'lowStockWarningDays', 4, { category: 'shoes' })], []],
    [
      'of its category, over the merchant’s',
      121,
      [setting(0, 'lowStockWarningDays', 4, { category: 'kurtas' }), setting(0, 'lowStockWarningDays', 1)],
      ['LOW_STOCK WARNING'],
    ],
    [
      'of the product, over its category’s',
      121,
      [
        setting(0, 'lowStockWarningDays', 3, { productId: 'P' }),
        setting(0, 'lowStockWarningDays', 9, { category: 'kurtas' }),
      ],
      [],
    ],
    ['of another product', 121, [setting(0, 'lowStockWarningDays', 9, { productId: 'Q' })], []],
    ['of another merchant', 121, [{ ...setting(0, 'lowStockWarningDays', 9), merchantId: 'm2' }], []],
    [
      'taken back to the default',
      121,
      [setting(0, 'lowStockWarningDays', 9), setting(0, 'lowStockWarningDays', undefined)],
      [],
    ],
  ])('%s, at %i', async (_, level, settings, expected) => {
    expect(await alertsAt(level, of('P').listed(0, 'kurtas'), ...settings)).toEqual(expected)
  })

  it('count from the event on that comes after they were changed', async () => {
    const later = [setting(NOON + 2 * S, 'lowStockWarningDays', 4), counted(NOON + 3 * S, 130)]
    const engine = await fold([...fortyADay, counted(NOON + S, 130)])
    expect(await openOf(engine)).toEqual([])
    await engine.take(later[0]!)
    expect(await openOf(engine)).toEqual([])
    await engine.take(later[1]!)
    expect((await openOf(engine)).map(({ openedAt }) => openedAt)).toEqual([NOON + 3 * S])
  })

  it('as they stood tell the same story, whenever it is told', async () => {
    const story = [
      ...fortyADay,
      counted(NOON + S, 130),
      setting(NOON + HOUR_MS, 'lowStockWarningDays', 4),
      counted(NOON + HOUR_MS + S, 130),
      setting(NOON + 2 * HOUR_MS, 'alertHysteresis', 0),
      counted(NOON + 2 * HOUR_MS + S, 165),
      setting(NOON + 3 * HOUR_MS, 'restock.defective', true),
    ].map((one, i) => ({ ...one, id: `e${i}` }))
    const [one, two] = [await fold(story), new EngineInTest()]
    for (const happening of story) {
      await two.take(happening)
      two.restart()
    }
    expect(await two.allRows()).toEqual(await one.allRows())
    expect(brief(await closedOf(two))).toEqual(['LOW_STOCK WARNING'])
  })
})
