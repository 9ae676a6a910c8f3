/** What was made of what: exactly, once, also where a night is killed; and gone with what it describes. */
import { createHash } from 'node:crypto'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { LineageAnswer, LineageNode } from '#core/api/lineage.ts'
import { type LineageInput, type LineageRecord, lineageRecord } from '#core/lake/lineage.ts'
import { FACT_PREDICTIONS } from '#core/lake/warehouse-tables.ts'
import { DAY_MS } from '#core/metrics/business-time.ts'
import { handler as traceLineage } from '#functions/trace-lineage/handler.ts'
import { DEMO_MERCHANT } from '#runtime/demo-merchant.ts'
import { InlineDemandWork } from '#runtime/inline-demand-work.ts'
import { keepLineage } from '#runtime/keep-lineage.ts'
import { addMerchant } from '#runtime/merchants.ts'
import { readPublished } from '#runtime/published-warehouse.ts'
import { sqlFile } from '#runtime/warehouse-sql.ts'
import { ChainInTest } from '#test/fakes/chain-in-test.ts'
import { ask, ownerOf } from '#test/fakes/ports-in-test.ts'
import { demandLearner } from '../../models/demand/demand-learner.ts'
import { reorderPolicy } from '../../models/reorders/reorder-policy.ts'
import program from '../../package.json' with { type: 'json' }

const at = (time: string) => Date.parse(`2026-03-${time}Z`)
const sale = (id: string, time: string) => ({
  type: 'sale.recorded',
  id,
  at: at(time),
  data: { orderId: id, productId: 'p', quantity: 1, unitPriceMinor: 250, currency: 'INR' },
})

/** Two days of trade in a shop of one product, before its first night. */
async function shop(): Promise<ChainInTest> {
  const chain = new ChainInTest()
  onTestFinished(() => chain.warehouse.close())
  const { objects } = chain.ports
  const demand = new InlineDemandWork({ objects, warehouse: chain.warehouse, sql: sqlFile }, demandLearner)
  Object.assign(chain.ports, { demand, reorders: reorderPolicy })
  await addMerchant(chain.ports, { id: 'm', name: 'Asha' })
  const listing = { productId: 'p', title: 'Mug', basePriceMinor: 250, currency: 'INR' }
  await chain.engine.take({ type: 'product.listed', id: 'l', at: at('02T08:00:00'), storeId: '-', data: listing })
  await chain.engine.take(sale('a', '02T10:00:00'), sale('b', '03T10:00:00'))
  chain.clock.set(at('04T08:00:00'))
  return chain
}

const trace = (chain: ChainInTest, route: string, artefact?: string, query: Record<string, string> = {}, whose = 'm') =>
  ask(traceLineage, chain.ports, route, {
    ...{ viewer: ownerOf(whose), query },
    params: artefact === undefined ? {} : { artefact },
  })
const walk = async (chain: ChainInTest, artefact: string, query: Record<string, string> = {}): Promise<LineageAnswer> =>
  (await trace(chain, 'GET /lineage/{artefact}', artefact, query)).body

/** Every record that lies in the warehouse, without its times. */
async function records(chain: ChainInTest): Promise<Record<string, Omit<LineageRecord, 'madeAt' | 'durationMs'>>> {
  const names = (await chain.ports.objects.list('warehouse/')).filter((name) => name.endsWith('/_lineage.json'))
  const found: Awaited<ReturnType<typeof records>> = {}
  for (const name of names) {
    const bytes = (await chain.ports.objects.get(name))!
    const { madeAt: _, durationMs: __, ...record } = lineageRecord.parse(JSON.parse(new TextDecoder().decode(bytes)))
    found[name] = record
  }
  return found
}

const recordOfPart = async (chain: ChainInTest, ...within: readonly string[]) => {
  const found = Object.entries(await records(chain)).filter(([name]) => within.every((part) => name.includes(part)))
  return found[0]![1]
}

describe('of a small shop', () => {
  const FORECAST = 'part:fact_predictions:2026-03-04'

  /** With its first night and morning behind it. `version`: of the night's parts. */
  async function withForecast() {
    const chain = await shop()
    await chain.run()
    chain.clock.set(at('04T10:00:00'))
    expect(await chain.run({ chain: 'forecasts' })).toMatchObject({ status: 'succeeded' })
    const { tables } = await readPublished(chain.ports.objects, 'm')
    return { chain, version: tables.fact_sales!['2026-03-03']!.version }
  }

  test('a forecast names exactly what it was made of', async () => {
    const { chain, version } = await withForecast()
    const { body } = await trace(chain, 'GET /lineage/{artefact}/inputs', FORECAST)
    const parts = (table: string, ...days: readonly string[]) => days.map((day) => `part:${table}:${day}:${version}`)
    expect(body.items.map(({ id }: { id: string }) => id)).toEqual([
      ...parts('fact_sales', '2026-03-02', '2026-03-03'),
      ...parts('fact_inventory', '2026-03-02', '2026-03-03'),
      ...parts('dim_product', ''),
      ...parts('dim_date', ''),
      'given:baseline:moving average 28',
    ])
    const node = (await walk(chain, FORECAST)).artefact
    expect(node).toMatchObject({
      kind: 'part',
      name: 'fact_predictions',
      day: '2026-03-04',
      isPresent: true,
      isKnown: true,
    })
    expect(node).toMatchObject({
      code: program.version,
      run: 'forecasts-2026-03-03',
      rowsOut: 7,
      madeAt: '2026-03-04T10:00:00.000Z',
    })
    expect(node.checks).toEqual({
      passed: FACT_PREDICTIONS.checks.length,
      failed: 0,
      warned: 0,
      skipped: 0,
    })
  })

  test('the record of a day of sales names the raw objects of the days that it lies in', async () => {
    const { chain, version } = await withForecast()
    const id = `part:fact_sales:2026-03-03:${version}`
    const { body } = await trace(chain, 'GET /lineage/{artefact}/inputs', id)
    const lying = await chain.ports.objects.list('raw/booked_line/year=2026/month=03/day=03/')
    expect(lying.length).toBeGreaterThan(0)
    const input = { kind: 'raw', table: 'booked_line', day: '2026-03-03', objects: lying }
    expect((await recordOfPart(chain, '/fact_sales/', '/day=2026-03-03/')).inputs).toMatchObject([input])
    // They hold records of everybody's: one of several merchants is told that there was such a day.
    expect(body.items).toEqual([
      {
        ...{ id: 'raw:booked_line:2026-03-03', kind: 'raw', name: 'booked_line', day: '2026-03-03', version: '' },
        ...{ rows: null, object: null, count: null, sha256: null },
      },
    ])
    const sql = createHash('sha256')
      .update(await sqlFile('fact-sales'))
      .digest('hex')
      .slice(0, 12)
    const { artefact } = await walk(chain, id)
    expect(artefact).toMatchObject({
      rowsIn: 1,
      rowsOut: 1,
      run: 'nightly-2026-03-03',
      code: `${program.version} fact-sales ${sql}`,
    })
    expect(artefact.checks!.passed).toBeGreaterThan(8)
  })

  test('one of several merchants is told of how many days raw objects are, and not how many objects', async () => {
    const { chain, version } = await withForecast()
    const id = `part:fact_sales:2026-03-03:${version}`
    const { objects } = chain.ports
    const [name] = Object.keys(await records(chain)).filter(
      (it) => it.includes('/fact_sales/') && it.includes('/day=2026-03-03/'),
    )
    const record = lineageRecord.parse(JSON.parse(new TextDecoder().decode((await objects.get(name!))!)))
    const inputs = record.inputs.map((input) => ({ ...input, count: 5 }) as LineageInput)
    await keepLineage(objects, name!.slice(0, -'_lineage.json'.length), { ...record, inputs })
    const { links } = await walk(chain, id)
    const from = 'raw:booked_line:2026-03-03'
    expect(links).toEqual([{ from, to: id, count: 1, firstDay: '2026-03-03', lastDay: '2026-03-03' }])
  })

  test('of what is made of every day there is the record has how many objects, and a hash of their names', async () => {
    const { chain } = await withForecast()
    const { body } = await trace(chain, 'GET /lineage/{artefact}/inputs', 'part:dim_product:')
    const names = await chain.ports.objects.list('raw/product_listed/')
    const sha256 = createHash('sha256').update(names.toSorted().join('\n')).digest('hex')
    const input = { kind: 'raw', table: 'product_listed', count: names.length, sha256 }
    expect((await recordOfPart(chain, '/dim_product/')).inputs[0]).toMatchObject(input)
    expect(body.items[0]).toMatchObject({ id: 'raw:product_listed:', object: null, count: null, sha256: null })
  })

  test('the walk leads from the forecast to raw objects, level by level', async () => {
    const { chain } = await withForecast()
    const { nodes, links, isCut } = await walk(chain, FORECAST)
    expect(isCut).toBe(false)
    const found = nodes.map(({ kind, name, day }) => `${kind} ${name} ${day}`.trim())
    expect(found.slice(0, 7)).toEqual([
      'part fact_predictions 2026-03-04',
      'part fact_sales 2026-03-03',
      'part fact_inventory 2026-03-03',
      'part fact_inventory 2026-03-02',
      'part dim_product',
      'part dim_date',
      'given baseline',
    ])
    expect(found).toContain('raw booked_line 2026-03-03')
    expect(found).toContain('raw product_listed')
    // Nobody has counted or delivered anything; and of stock the day before stands for all before it.
    expect(found.filter((name) => name.startsWith('raw stock_'))).toEqual([])
    expect(found.filter((name) => name.startsWith('part fact_inventory'))).toEqual([
      'part fact_inventory 2026-03-03',
      'part fact_inventory 2026-03-02',
    ])
    expect(new Set(found).size).toBe(found.length)
    const ids = new Set(nodes.map(({ id }) => id))
    for (const { from, to } of links) expect([ids.has(from), ids.has(to)]).toEqual([true, true])
    const toForecast = links.filter(({ to }) => to === nodes[0]!.id)
    expect(toForecast[0]).toMatchObject({ count: 2, firstDay: '2026-03-02', lastDay: '2026-03-03' })
    const one = await walk(chain, FORECAST, { depth: '1' })
    expect([one.isCut, one.nodes.length]).toEqual([true, 6])
  })

  test('each published part has one record, and the list names them page by page', async () => {
    const { chain } = await withForecast()
    const published = await readPublished(chain.ports.objects, 'm')
    const all = Object.values(published.tables).flatMap((days) => Object.keys(days))
    expect(Object.keys(await records(chain))).toHaveLength(all.length)
    const first = (await trace(chain, 'GET /lineage', undefined, { limit: '6' })).body
    const rest = (await trace(chain, 'GET /lineage', undefined, { limit: '100', next: first.next })).body
    const items: LineageNode[] = [...first.items, ...rest.items]
    expect([items.length, new Set(items.map(({ id }) => id)).size, rest.next]).toEqual([all.length, all.length, null])
    const only = (await trace(chain, 'GET /lineage', undefined, { table: 'fact_sales' })).body.items
    expect(only.map(({ day }: { day: string }) => day)).toEqual(['2026-03-03', '2026-03-02'])
  })

  test('what there is not, too great a depth and another merchant’s are refused', async () => {
    const { chain, version } = await withForecast()
    const far = await trace(chain, 'GET /lineage/{artefact}', FORECAST, { depth: '9' })
    expect(far.status).toBe(422)
    const strangers = await ask(traceLineage, chain.ports, 'GET /lineage/{artefact}', {
      ...{ viewer: ownerOf('other'), params: { artefact: `part:fact_sales:2026-03-03:${version}` } },
    })
    expect(strangers.status).toBe(404)
    for (const unknown of [
      'part:fact_sales:2026-03-09',
      'part:fact_sales:2026-03-03:other',
      'given:holidays:1',
      'model:demand:2026-03-04',
      'anything',
    ])
      expect([unknown, (await trace(chain, 'GET /lineage/{artefact}', unknown)).status]).toEqual([unknown, 404])
  })

  test('of raw objects it is said whether they are there, and which', async () => {
    const { chain } = await withForecast()
    const [there, gone] = ['raw:booked_line:2026-03-03', 'raw:booked_line:2020-01-01']
    expect((await walk(chain, there)).artefact).toMatchObject({ isPresent: true, isKnown: false })
    expect((await walk(chain, gone)).artefact).toMatchObject({ isPresent: false, isKnown: false })
    const objectsOf = async (id: string, whose = DEMO_MERCHANT) =>
      (await trace(chain, 'GET /lineage/{artefact}/inputs', id, {}, whose)).body.items.map(
        ({ object }: { object: string }) => object,
      )
    expect(await objectsOf(there)).toEqual(await chain.ports.objects.list('raw/booked_line/year=2026/month=03/day=03/'))
    expect(await objectsOf(gone)).toEqual([])
    // Whoever runs the engine is told the names; one of its merchants is not.
    expect(await objectsOf(there, 'm')).toEqual([])
  })

  test('goes with what it describes', async () => {
    const { chain, version } = await withForecast()
    const before = Object.keys(await records(chain)).filter((name) => name.includes('/fact_sales/'))
    chain.clock.set(at('04T11:00:00'))
    await chain.run({ date: '2026-03-03' })
    const old = await walk(chain, `part:fact_sales:2026-03-03:${version}`)
    expect(old.artefact).toMatchObject({ isPresent: false, isKnown: true })
    // A day after it was replaced nobody reads it any more.
    chain.clock.set(at('04T11:00:00') + 2 * DAY_MS)
    await chain.run()
    const after = Object.keys(await records(chain))
    expect(before.filter((name) => after.includes(name))).toHaveLength(1)
    expect((await trace(chain, 'GET /lineage/{artefact}', `part:fact_sales:2026-03-03:${version}`)).status).toBe(404)
  })
})

describe('a night that is killed', () => {
  const finished = async (kill?: (chain: ChainInTest) => void) => {
    const chain = await shop()
    if (kill !== undefined) {
      kill(chain)
      await expect(chain.run()).rejects.toThrow('goes on when it is started again')
      chain.restart()
      await chain.runOpen('nightly-2026-03-03')
    } else await chain.run()
    return records(chain)
  }
  const dieIn = (state: string, hook: 'onTask' | 'onAnswer') => (chain: ChainInTest) => {
    let left = 2
    chain[hook] = (name) => {
      if (name === state && --left === 0) chain.die()
    }
  }

  test('leaves one record each, the same as undisturbed', async () => {
    const undisturbed = await finished()
    expect(Object.keys(undisturbed).length).toBeGreaterThan(8)
    expect(await finished(dieIn('make-part', 'onAnswer'))).toEqual(undisturbed)
    expect(await finished(dieIn('check-table', 'onAnswer'))).toEqual(undisturbed)
  })
})
