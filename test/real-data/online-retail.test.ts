import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MetricsAnswer, SeriesAnswer } from '#core/api/metrics.ts'
import type { QualityAnswer } from '#core/api/quality.ts'
import type { StockAnswer, StockItem } from '#core/api/stock.ts'
import { stockLevel } from '#core/inventory/stock-level.ts'
import { BYS, type Cell, cellTable } from '#core/metrics/cells.ts'
import { EVERY_KEY, partsOf } from '#core/row-key.ts'
import { customers } from '#core/trade/customers.ts'
import { type Order, orders } from '#core/trade/orders.ts'
import { Engine } from '#local/engine.ts'
import { type Door, openDoor } from '#local/import/collect-door.ts'
import { importOnlineRetail, type OnlineRetailSummary, openOnlineRetail } from '#local/import/import-online-retail.ts'
import { OUTBOX_TABLE } from '#runtime/run-batch.ts'
import { EngineProcess } from '#test/chaos/engine-process.ts'
import { killWhenItSays } from '#test/contract/killed-child.ts'
import { isProduct, type RawLine, readRaw, shuffled, stockOf, sumOf, sumsBy } from './online-retail-oracle.ts'
import { retailFile } from './retail-data.ts'

/*
 * Data: Chen, D. (2015) Online Retail, UCI Machine Learning Repository, doi:10.24432/C5BW33, CC BY 4.0. Figures in
 * capitals are those of its README; everything else is compared with what the oracle works out from the file.
 */
const file = retailFile('online_retail.csv.gz')

const NET = 974_774_793
const PRODUCT_LINES_NET = 979_231_043
const CANCELLATION_LINES_NET = -89_681_249
const MONTHS_IN_THOUSANDS = [749, 560, 498, 683, 493, 723, 691, 681, 683, 1_020, 1_071, 1_462, 434]
const TOP_PRODUCTS = { '22423': 164_762, '85123A': 99_847, '47566': 98_303, '85099B': 92_356, '23084': 66_757 }
const LINES = 541_909

const YEAR = 'from=2010-12-01T00:00:00Z&to=2011-12-10T00:00:00Z'

const bring = async (path: string, door: Door, onProgress?: () => void): Promise<OnlineRetailSummary> =>
  importOnlineRetail(await openOnlineRetail(path), door, { scratchFolder: root, onProgress })

const root = mkdtempSync(join(tmpdir(), 'counterflow-online-retail-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const ordered = join(root, 'ordered')
const mixed = join(root, 'mixed')
const mixedFile = join(root, 'mixed.csv')

describe.skipIf(file === undefined)('Online Retail', () => {
  let header = ''
  let lines: readonly RawLine[] = []
  let summary: OnlineRetailSummary
  let door: Door

  const ask = async <T>(path: string): Promise<T> => {
    const { status, body } = await door.ask('GET', path)
    expect(status, path).toBe(200)
    return body as T
  }
  const metrics = () => ask<MetricsAnswer>(`/metrics?${YEAR}`)
  const series = (query: string) => ask<SeriesAnswer>(`/metrics/series?${YEAR}&${query}`)
  const stock = async (): Promise<StockItem[]> => {
    const items: StockItem[] = []
    let next: string | null = ''
    while (next !== null) {
      const page: StockAnswer = await ask(`/stock?store=online-retail&limit=500${next && `&next=${next}`}`)
      items.push(...page.items)
      next = page.next
    }
    return items
  }

  beforeAll(async () => {
    ;({ header, lines } = readRaw(file!))
    door = await openDoor(ordered)
    summary = await bring(file!, door)
  })
  afterAll(() => door?.close())

  it('is taken whole, line by line', () => {
    expect(summary).toMatchObject({
      lines: LINES,
      accepted: LINES,
      repeats: 0,
      refused: 0,
      refusals: [],
      held: 0,
      brokeOff: null,
    })
  })

  it('has as many invoices, cancellations and customers', async () => {
    const { counts } = await metrics()
    expect(counts.documents.value).toBe(25_900)
    expect(counts.cancellations.value).toBe(3_836)
    expect(counts.newCustomers.value).toBe(4_372)
    const invoices = new Map(Map.groupBy(lines, ({ invoice }) => invoice))
    // Papers that say no more than what was found or lost are neither orders nor cancellations.
    const adjustments = [...invoices.values()].filter((of) =>
      of.every(({ code, isFree, customer }) => isProduct(code) && isFree && customer === ''),
    )
    expect(counts.orders.value).toBe(25_900 - 3_836 - adjustments.length)
  })

  it('has the net revenue of all lines, of products and of cancellations, to the penny', async () => {
    const { money } = await metrics()
    const { netRevenue, goodsRevenue, cancelledAmount, chargeReversals, charges } = money.GBP!
    expect(netRevenue.value).toBe(NET)
    expect(goodsRevenue.value).toBe(PRODUCT_LINES_NET)
    expect(chargeReversals.value! - cancelledAmount.value!).toBe(CANCELLATION_LINES_NET)
    expect(charges.value).toBe(NET - PRODUCT_LINES_NET)
    // Four lines cost a tenth of a penny each: together less than half a penny.
    expect(sumOf(lines, ({ exact }) => exact)).toBe(BigInt(NET) * 10n + 4n)
    expect(sumOf(lines, ({ pennies }) => pennies)).toBe(BigInt(NET))
    expect(Object.entries(money).filter(([, { grossRevenue }]) => grossRevenue.value !== 0)).toHaveLength(1)
  })

  it.each(['', '&store=online-retail'])('has the net revenue of each month, to the penny%s', async (scope) => {
    const { series: found, buckets } = await series(`measure=netRevenue&window=month&currency=GBP${scope}`)
    const values = found[0]!.values as number[]
    expect(values).toEqual([...sumsBy(lines, ({ month }) => month)].sort().map(([, pennies]) => pennies))
    expect(values.map((pennies) => Math.round(pennies / 100_000))).toEqual(MONTHS_IN_THOUSANDS)
    expect(buckets.every(({ corrected, status }) => !corrected && status === 'final')).toBe(true)
  })

  it('has the top products by net revenue', async () => {
    const { series: found } = await series('measure=netRevenue&window=month&by=product&currency=GBP')
    const top = found.slice(0, 5).map(({ key, values }) => [key, values.reduce<number>((a, b) => a + b!, 0)] as const)
    expect(Object.fromEntries(top.map(([key, pennies]) => [key, Math.round(pennies / 100)]))).toEqual(TOP_PRODUCTS)
    const byProduct = sumsBy(
      lines.filter(({ code }) => isProduct(code)),
      ({ code }) => code,
    )
    expect(top).toEqual([...byProduct].sort(([, a], [, b]) => b - a).slice(0, 5))
    expect(found[0]!.label).toBe('REGENCY CAKESTAND 3 TIER')
    const all = found.flatMap(({ values }) => values).reduce<number>((a, b) => a + b!, 0)
    expect(all).toBe(PRODUCT_LINES_NET)
  })

  it('has as many products, each with the stock that its lines leave, and no other code among them', async () => {
    const items = await stock()
    expect(items).toHaveLength(3_926)
    const found = items.map(({ productId, onHand }) => [productId, onHand])
    expect(found).toEqual([...stockOf(lines)].sort(([a], [b]) => (a < b ? -1 : 1)))
    // The others never were sold at a price: their lines tell what was found or lost, and that is no title.
    expect(items.filter(({ title }) => title !== null)).toHaveLength(summary.titles)
    expect(summary.titles).toBe(
      new Set(
        lines.flatMap(({ code, quantity, exact }) => (isProduct(code) && quantity > 0 && exact > 0n ? [code] : [])),
      ).size,
    )
  })

  it('has as many trading days, none of them a Saturday', async () => {
    const { series: found, buckets } = await series('measure=documents&window=day&store=online-retail')
    const days = buckets.flatMap(({ start }, i) => (found[0]!.values[i] === 0 ? [] : [start]))
    expect(days).toHaveLength(305)
    expect(days.filter((start) => new Date(Date.parse(start) + 12 * 3_600_000).getUTCDay() === 6)).toEqual([])
  })

  it('is applied whole: nothing is held, doubled or late, and nobody outside is told', async () => {
    const { ledger, balanced, lagMs } = await ask<QualityAnswer>('/quality')
    expect([balanced, lagMs]).toEqual([true, 0])
    for (const { accepted, applied, duplicate, held, pending } of ledger!)
      expect([applied, duplicate, held, pending]).toEqual([accepted, 0, 0, 0])
    expect((await metrics()).counts.late.value).toBe(0)
  })

  it('lies in the log as the events that its lines are', async () => {
    await door.close()
    const engine = await open(ordered)
    const counts = new Map<string, number>()
    const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1)
    for await (const { type, data } of eventsIn(engine)) {
      count(type)
      if (type === 'stock.adjusted') count(data.quantity! < 0 ? 'written off' : 'found')
      if (type !== 'store.listed' && type !== 'product.listed' && data.customer === undefined) count('nobody')
    }
    const told = await engine.state.query({ table: OUTBOX_TABLE, range: EVERY_KEY })
    await engine.close()
    door = await openDoor(ordered)
    const shards = 4 // listings are in every one
    expect(Object.fromEntries(counts)).toEqual({
      'sale.recorded': 527_758,
      'sale.cancelled': 8_704,
      'charge.recorded': 2_995,
      'stock.adjusted': 2_452,
      'written off': 1_336 - 12, // 12 of the write-offs bear codes that are no products: charges of nothing
      found: 1_128,
      nobody: 135_080,
      'store.listed': shards,
      'product.listed': shards * summary.titles,
    })
    const writeOffs = lines.filter(({ quantity, invoice }) => quantity < 0 && !invoice.startsWith('C'))
    expect(writeOffs).toHaveLength(1_336)
    expect(writeOffs.filter(({ code }) => !isProduct(code))).toHaveLength(12)
    expect(told).toEqual([])
  })

  describe('imported again', () => {
    let before: unknown
    const state = async () => ({
      figures: figuresOf(await metrics()),
      stock: levels(await stock()),
      ...(await tallies()),
    })
    const tallies = async () => {
      const { ledger } = await ask<QualityAnswer>('/quality')
      return { ledger }
    }

    beforeAll(async () => {
      before = await state()
      writeFileSync(mixedFile, `${[header, ...shuffled(lines).map(({ text }) => text)].join('\n')}\n`)
    })

    it('changes nothing', async () => {
      expect(await bring(file!, door)).toMatchObject({ accepted: 0, repeats: LINES, titles: 0, refused: 0 })
      expect(await state()).toEqual(before)
    })

    it('changes nothing in another order either', async () => {
      expect(await bring(mixedFile, door)).toMatchObject({ accepted: 0, repeats: LINES, titles: 0, refused: 0 })
      expect(await state()).toEqual(before)
    })
  })

  it('gives equal sums and stock in another order, though it was killed in the middle', async () => {
    await killWhenItSays('../real-data/import-and-say.ts', [mixedFile, mixed], 400)
    const other = await openDoor(mixed)
    const again = await bring(mixedFile, other)
    await other.close()
    await door.close()
    expect(again).toMatchObject({ refused: 0, held: 0, brokeOff: null })
    expect(again.accepted + again.repeats).toBe(LINES)
    expect(again.repeats).toBeGreaterThan(LINES / 4)
    const [expected, found] = [await orderlessRows(ordered), await orderlessRows(mixed)]
    expect(found.size).toBe(expected.size)
    expect(differences(expected, found)).toEqual([])
    door = await openDoor(ordered)
  })

  it('gives the exact figures when the engine is killed in the middle and started again', async () => {
    const some = lines.slice(0, 60_000)
    const path = join(root, 'some.csv')
    writeFileSync(path, `${[header, ...some.map(({ text }) => text)].join('\n')}\n`)
    const data = join(root, 'killed')
    let engine = await EngineProcess.start(data)
    const overHttp = await openDoor(data)
    let batches = 0
    let restarting: Promise<void> | undefined
    const restart = async () => {
      await engine.kill()
      engine = await EngineProcess.start(data)
    }
    const brought = await bring(path, overHttp, () => {
      if (++batches === 50) restarting = restart()
    })
    await restarting
    expect(brought).toMatchObject({ lines: 60_000, refused: 0, held: 0, brokeOff: null })
    const { body } = await overHttp.ask('GET', `/metrics?${YEAR}`)
    const { counts, money } = body as MetricsAnswer
    expect(money.GBP!.netRevenue.value).toBe(Number(sumOf(some, ({ pennies }) => pennies)))
    expect(counts.documents.value).toBe(new Set(some.map(({ invoice }) => invoice)).size)
    expect(counts.newCustomers.value).toBe(new Set(some.flatMap(({ customer }) => customer || [])).size)
    expect(await engine.stop()).toBe(0)
    const levelsFound = [...(await orderlessRows(data))].filter(([key]) => key.startsWith(`${stockLevel.name} `))
    expect(new Map(levelsFound.map(([key, onHand]) => [partsOf(key).at(-1), Number(onHand)]))).toEqual(stockOf(some))
  })
})

const figuresOf = ({ counts, money }: MetricsAnswer) => ({ counts, money })
const levels = (items: readonly StockItem[]) => items.map(({ productId, onHand, title }) => [productId, onHand, title])

const open = (data: string): Promise<Engine> => Engine.open({ data, log: () => {}, onFatal: fail })
function fail(error: unknown): never {
  throw error
}

async function* eventsIn({
  eventLog,
}: Engine): AsyncGenerator<{ type: string; data: { quantity?: number; customer?: string } }> {
  for (let shard = 0; shard < eventLog.shards; shard++) {
    let from: string | undefined
    for (;;) {
      const records = (await eventLog.read(shard, from, 5_000)).filter(({ sequence }) => sequence !== from)
      if (records.length === 0) break
      for (const { bytes } of records) yield JSON.parse(Buffer.from(bytes).toString('utf8'))
      from = records.at(-1)!.sequence
    }
  }
}

/**
 * Every row that does not depend on the order in which lines came, as text by table and key: sums by day, stock, papers,
 * and how many people there are (each folder has its own tokens for them). When something was late, or ran out, does
 * depend on the order.
 */
async function orderlessRows(data: string): Promise<Map<string, string>> {
  const engine = await open(data)
  await engine.settled()
  const rows = new Map<string, string>()
  const add = async (table: string, textOf: (row: object) => string) => {
    for (const { key, row } of await engine.state.query({ table, range: EVERY_KEY })) {
      const text = textOf(row)
      if (text !== NO_SUMS) rows.set(`${table} ${key}`, text)
    }
  }
  for (const by of BYS) {
    await add(cellTable('day', by), (row) => {
      const { late: _, stockOuts: __, ...sums } = (row as Cell).sums
      return JSON.stringify(Object.entries(sums).sort())
    })
  }
  await add(stockLevel.name, (row) => String((row as { onHand: number }).onHand))
  await add(orders.name, (row) => JSON.stringify(Object.entries((row as Order).firsts).sort()))
  const people = await engine.state.query({ table: customers.name, range: EVERY_KEY })
  rows.set('people', String(new Set(people.map(({ key }) => partsOf(key).at(-1))).size))
  await engine.close()
  return rows
}

/** A cell in which something ran out or was late, and nothing else happened. */
const NO_SUMS = '[]'

/** The first few rows that are not alike. */
function differences(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): string[] {
  const found: string[] = []
  for (const [key, text] of a) {
    if (b.get(key) !== text) found.push(`${key}: ${text} and ${b.get(key)}`)
    if (found.length === 5) break
  }
  return found
}
