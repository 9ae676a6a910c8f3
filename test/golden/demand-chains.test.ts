/** The chains of a week and of a morning, killed in any state: they go on, and what they made is as if nobody had disturbed them. */
import { readFileSync } from 'node:fs'
import { describe, expect, onTestFinished, test } from 'vitest'
import { tasksOfChain } from '#core/chains/chain-graph.ts'
import { HORIZON_DAYS } from '#core/demand/demand-panel.ts'
import { modelsFolder } from '#core/demand/model-names.ts'
import { FACT_PREDICTIONS, FACT_REORDERS } from '#core/lake/warehouse-tables.ts'
import { addDays } from '#core/metrics/business-time.ts'
import { REORDER_REASONS } from '#core/reorders/reorder-row.ts'
import { EVERY_KEY } from '#core/row-key.ts'
import { DRIFT_TABLE } from '#runtime/check-drift.ts'
import { readChampion } from '#runtime/demand-models.ts'
import type { DemandWork } from '#runtime/demand-work.ts'
import { InlineDemandWork } from '#runtime/inline-demand-work.ts'
import { sqlFile } from '#runtime/warehouse-sql.ts'
import { ChainInTest } from '#test/fakes/chain-in-test.ts'
import { demandLearner } from '../../models/demand/demand-learner.ts'
import { reorderPolicy } from '../../models/reorders/reorder-policy.ts'
import { DemandShop, FIRST_DAY, LITTLE, PRODUCTS } from './demand-shop.ts'

const DAYS = 70
const MORNING = Date.parse(`${addDays(FIRST_DAY, DAYS)}T10:00:00Z`)
const CHAINS = ['weekly', 'forecasts'] as const

const tasksOf = (chain: string): readonly string[] => {
  const file = new URL(`../../functions/workflows/${chain}.asl.json`, import.meta.url)
  return tasksOfChain(JSON.parse(readFileSync(file, 'utf8'))).filter((name) => name !== 'tell-failure')
}

/** With so many days in its warehouse, and proposals possible: its products are on shelves and have a supplier. */
async function shop(): Promise<ChainInTest> {
  const chain = new ChainInTest()
  onTestFinished(() => chain.warehouse.close())
  const { ports, warehouse } = chain
  const work = new InlineDemandWork({ objects: ports.objects, warehouse, sql: sqlFile }, demandLearner)
  const demand: DemandWork = {
    train: (task, onStep) => work.train({ ...task, effort: LITTLE }, onStep),
    forecast: (task) => work.forecast(task),
    explain: (task) => work.explain(task),
  }
  Object.assign(ports, { demand, reorders: reorderPolicy, sql: sqlFile })
  const filled = new DemandShop('m', chain.folder)
  await filled.publishHolidayTrade(DAYS)
  await filled.warehouse.close()
  const at = MORNING - 3_600_000
  for (let n = 0; n < PRODUCTS; n++)
    await chain.engine.take(
      {
        type: 'product.listed',
        id: `listed-${n}`,
        at,
        data: { productId: `p${n}`, title: `Tea ${n}`, supplierId: 'a', unitCostMinor: 250, currency: 'INR' },
      },
      { type: 'stock.counted', id: `counted-${n}`, at, data: { productId: `p${n}`, level: 10 + 40 * n } },
    )
  chain.clock.set(MORNING)
  return chain
}

/** Whatever the two chains make. */
async function madeIn(chain: ChainInTest) {
  const { objects, state } = chain.ports
  const files: Record<string, string> = {}
  for (const name of await objects.list(modelsFolder('m')))
    files[name] = Buffer.from((await objects.get(name))!).toString('base64')
  const rowsOf = async (table: string) => (await state.query({ table, range: EVERY_KEY })).map(({ row }) => row)
  return {
    files,
    champion: await readChampion(state, 'm'),
    drift: await rowsOf(DRIFT_TABLE),
    reorders: await rowsOf('reorders'),
    reasons: await rowsOf(REORDER_REASONS),
    predictions: await chain.ask(
      'select * from fact_predictions order by store_id, product_id, day',
      FACT_PREDICTIONS.name,
    ),
    levels: await chain.ask('select * from fact_reorders order by store_id, product_id', FACT_REORDERS.name),
  }
}

describe.each(CHAINS)('a run of %s that is killed', { timeout: 60_000 }, (name) => {
  const moments = tasksOf(name).flatMap((state) => [
    [state, 'before it works', 'onTask'] as const,
    [state, 'when it has worked', 'onAnswer'] as const,
  ])
  /** A morning's forecasts are by what the week has trained. */
  const ready = async () => {
    const chain = await shop()
    if (name === 'forecasts') await chain.run({ chain: 'weekly' })
    return chain
  }
  let undisturbed: Awaited<ReturnType<typeof madeIn>>

  test('does all of its work once where nobody kills it', async () => {
    const chain = await ready()
    chain.began.length = 0
    expect(await chain.run({ chain: name })).toMatchObject({ status: 'succeeded', attempt: 1, failure: null })
    expect(chain.began).toEqual(tasksOf(name))
    undisturbed = await madeIn(chain)
    expect(undisturbed).toMatchObject({ champion: { champion: { version: addDays(FIRST_DAY, DAYS) } } })
    const { reorders, predictions, levels } = undisturbed
    const counts = name === 'weekly' ? [0, 0, 0] : [1, PRODUCTS * HORIZON_DAYS, PRODUCTS]
    expect([Math.sign(reorders.length), predictions.length, levels.length]).toEqual(counts)
  })

  test.each(moments)('in %s, %s, goes on there, and has made the same', async (state, _, hook) => {
    const chain = await ready()
    chain[hook] = (task) => {
      if (task === state) chain.die()
    }
    await expect(chain.run({ chain: name })).rejects.toThrow('goes on when it is started again')
    chain.restart()
    const worked: string[] = []
    chain.onAnswer = (task) => void worked.push(task)
    const { body } = await chain.send('GET /runs')
    const { id } = body.items.find((run: { chain: string }) => run.chain === name)
    expect(await chain.runOpen(id)).toMatchObject({ status: 'succeeded', attempt: 1, failure: null })
    expect(worked).toEqual(tasksOf(name).slice(tasksOf(name).indexOf(state)))
    expect(await madeIn(chain)).toEqual(undisturbed)
  })
})
