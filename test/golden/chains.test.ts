/** Chains: one run for each date, once; killed in any state they go on; what fails is told, and leaves what was there. */

import { readFileSync } from 'node:fs'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { RunAnswer } from '#core/api/runs.ts'
import { tasksOfChain } from '#core/chains/chain-graph.ts'
import { isShift } from '#core/lake/shift-checks.ts'
import { partFolder } from '#core/lake/warehouse-names.ts'
import { NIGHTLY_TABLES, warehouseTable } from '#core/lake/warehouse-tables.ts'
import { ConditionFailedError } from '#core/ports.ts'
import { EVERY_KEY } from '#core/row-key.ts'
import { InlineDemandWork } from '#runtime/inline-demand-work.ts'
import { addMerchant } from '#runtime/merchants.ts'
import { NOTICE_DELIVERIES, type NoticeDelivery } from '#runtime/notice-queue.ts'
import { addWebhook } from '#runtime/notice-webhooks.ts'
import { readPublished } from '#runtime/published-warehouse.ts'
import { sqlFile } from '#runtime/warehouse-sql.ts'
import { ChainInTest } from '#test/fakes/chain-in-test.ts'
import { demandLearner } from '../../models/demand/demand-learner.ts'
import { reorderPolicy } from '../../models/reorders/reorder-policy.ts'

const NIGHTLY = JSON.parse(readFileSync(new URL('../../functions/workflows/nightly.asl.json', import.meta.url), 'utf8'))
const TASKS = tasksOfChain(NIGHTLY).filter((name) => name !== 'tell-failure')
const at = (time: string) => Date.parse(`2026-03-${time}Z`)
const sale = (id: string, time: string, more: object = {}) => ({
  type: 'sale.recorded',
  id,
  at: at(time),
  data: { orderId: id, productId: 'p', quantity: 1, unitPriceMinor: 250, currency: 'INR' },
  ...more,
})

/** A shop with one night behind it, and a second one to come at 08:00 on the fifth. */
async function shop(): Promise<ChainInTest> {
  const chain = new ChainInTest()
  onTestFinished(() => chain.warehouse.close())
  await addMerchant(chain.ports, { id: 'm', name: 'Asha' })
  await chain.engine.take(sale('a', '02T10:00:00'), sale('b', '03T10:00:00', { storeId: 's2' }))
  chain.clock.set(at('04T08:00:00'))
  await chain.run()
  await chain.engine.take(
    { type: 'stock.received', id: 'r', at: at('04T09:00:00'), data: { productId: 'p', quantity: 10 } },
    sale('c', '04T10:00:00'),
    sale('late', '02T11:00:00'),
  )
  chain.clock.set(at('05T08:00:00'))
  return chain
}

/** Every row of every table that is published. */
async function contentOf(chain: ChainInTest): Promise<Record<string, unknown>> {
  const content: Record<string, unknown> = {}
  for (const { name, key } of NIGHTLY_TABLES)
    content[name] = await chain.ask(`select * from ${name} order by ${key.join(', ')}`, name)
  return content
}

describe('a run that is killed', () => {
  let undisturbed: Record<string, unknown>
  let tasks: number

  test('does all of its work once where nobody kills it', async () => {
    const chain = await shop()
    chain.began.length = 0
    const run = await chain.run()
    expect(run).toMatchObject({ id: 'nightly-2026-03-04', status: 'succeeded', attempt: 1, failure: null })
    tasks = chain.began.length
    undisturbed = await contentOf(chain)
    expect(new Set(chain.began)).toEqual(new Set(TASKS))
    expect(run.states.map(({ name, status }) => [name, status])).toEqual(
      ['extract', 'validate', 'plan', 'transform', 'load', 'check', 'judge', 'refresh'].map((name) => [
        name,
        'succeeded',
      ]),
    )
    const rows = Object.fromEntries(run.states.map(({ name, rowsIn, rowsOut }) => [name, [rowsIn, rowsOut]]))
    expect(rows.extract).toEqual([null, 3])
    expect(rows.validate).toEqual([3, null])
    expect(rows.load![0]).toBe(rows.refresh![1])
    expect(run.checks!.failed).toBe(0)
    expect(run.checks!.passed).toBeGreaterThan(30)
  })

  const moments = TASKS.flatMap((state) => [
    [state, 'before it works', 'onTask'] as const,
    [state, 'when it has worked', 'onAnswer'] as const,
  ])
  test.each(moments)('in %s, %s, goes on there, and the tables are the same', async (state, _, hook) => {
    const chain = await shop()
    const before = await contentOf(chain)
    // The last of several tasks of the state: what the others have answered is not done again.
    let left = state === 'make-part' ? 4 : state === 'check-table' ? 2 : 1
    chain[hook] = (name) => {
      if (name === state && --left === 0) chain.die()
    }
    await expect(chain.run()).rejects.toThrow('goes on when it is started again')
    if (state !== 'refresh') expect(await contentOf(chain)).toEqual(before)
    expect((await chain.send('GET /runs')).body.items[0]).toMatchObject({ id: 'nightly-2026-03-04', status: 'running' })
    chain.restart()
    const worked: string[] = []
    chain.onAnswer = (name) => void worked.push(name)
    const run = await chain.runOpen('nightly-2026-03-04')
    expect(run).toMatchObject({ status: 'succeeded', attempt: 1, failure: null })
    expect(await contentOf(chain)).toEqual(undisturbed)
    expect(chain.began).toHaveLength(tasks)
    const first = TASKS.indexOf(state)
    expect(worked.filter((name) => TASKS.indexOf(name) < first)).toEqual([])
    expect(worked).toContain(state)
  })

  test('by a change that another one was faster with, tries again', async () => {
    const chain = await shop()
    let left = 1
    chain.onTask = (name) => {
      if (name === 'load' && left-- > 0) throw new ConditionFailedError('faster')
    }
    expect(await chain.run()).toMatchObject({ status: 'succeeded', attempt: 1 })
    expect(await contentOf(chain)).toEqual(undisturbed)
  })
})

describe('a poisoned day', () => {
  async function poisoned() {
    const chain = await shop()
    await addWebhook(chain.ports, { merchantId: 'm', subject: 'owner' }, { url: 'https://tills.example/hook' })
    const told = async () =>
      (await chain.ports.state.query({ table: NOTICE_DELIVERIES, range: EVERY_KEY })).map(
        ({ row }) => (row as NoticeDelivery).notice,
      )
    // Whoever writes the part writes nothing into it.
    const write = chain.warehouse.write.bind(chain.warehouse)
    const spoil = () => {
      chain.warehouse.write = (query, folder, columns) => {
        const isPoisoned = folder.startsWith(partFolder('fact_sales', 'm', '2026-03-04', '').replace('version=/', ''))
        return write(
          isPoisoned ? { ...query, sql: `select * from (${query.sql}) t where 1 = 0` } : query,
          folder,
          columns,
        )
      }
    }
    const mend = () => {
      chain.warehouse.write = write
    }
    return { chain, told, spoil, mend }
  }

  test('stops at its check; what was there stays; who asked for it is told once, by name', async () => {
    const { chain, told, spoil, mend } = await poisoned()
    const before = await contentOf(chain)
    const { number } = await readPublished(chain.ports.objects, 'm')
    spoil()
    const run = await chain.run()
    const cause = 'fact_sales of 2026-03-04, as many rows as booked_line: 1, against 0'
    expect(run).toMatchObject({ status: 'failed', failure: { state: 'judge', error: 'CheckFailedError', cause } })
    expect(run.states.map(({ status }) => status)).toEqual([...Array(6).fill('succeeded'), 'failed', 'waiting'])
    expect(run.checks!.failed).toBe(1)
    expect(run.wrong[0]).toMatchObject({
      table: 'fact_sales',
      day: '2026-03-04',
      outcome: 'failed',
      measured: 1,
      bound: 0,
    })
    expect(await contentOf(chain)).toEqual(before)
    expect((await readPublished(chain.ports.objects, 'm')).number).toBe(number)
    const notices = await told()
    expect(notices).toHaveLength(1)
    expect(notices[0]).toMatchObject({ kind: 'run-failed', severity: 'CRITICAL', storeId: '-' })
    expect(notices[0]!.text).toBe(
      `The nightly run of 2026-03-04 stopped at judge: ${cause}. The tables stay as they were made for 2026-03-03.`,
    )
    // Its time does not come again by itself; whoever has mended it has it done again.
    await chain.tick()
    expect(await told()).toHaveLength(1)
    mend()
    expect(await chain.run({ from: 'transform' })).toMatchObject({ status: 'succeeded', attempt: 2, from: 'transform' })
    expect(await told()).toHaveLength(1)
    expect((await readPublished(chain.ports.objects, 'm')).number).toBe(number + 1)
  })

  test('whose checks are begun again without mending it stops again, and is told again', async () => {
    const { chain, told, spoil } = await poisoned()
    spoil()
    await chain.run()
    chain.began.length = 0
    expect(await chain.run({ from: 'check' })).toMatchObject({ status: 'failed', attempt: 2 })
    expect(await told()).toHaveLength(2)
  })

  test('of the lake stops before any table is made', async () => {
    const chain = await shop()
    const before = await contentOf(chain)
    chain.onTask = async (state) => {
      if (state !== 'validate') return
      const [name] = (await chain.ports.objects.list('raw/sale_recorded/')).slice(-1)
      await chain.ports.objects.delete(name!)
    }
    chain.began.length = 0
    const run = await chain.run()
    expect(run).toMatchObject({ status: 'failed', failure: { state: 'validate', error: 'CheckFailedError' } })
    expect(run.failure!.cause).toMatch(
      /^raw of 2026-03-04, shard \d: as many rows as the ledger has applied.*: \d, against \d$/,
    )
    expect(chain.began).not.toContain('make-part')
    expect(await contentOf(chain)).toEqual(before)
  })
})

describe('a run that its time has called for, and that fails', () => {
  const HOUR_MS = 3_600_000
  const newest = async (chain: ChainInTest) =>
    (await chain.send('GET /runs/{id}', { id: 'nightly-2026-03-04' })).body as RunAnswer
  const failing = async (tries: number) => {
    const chain = await shop()
    let left = tries
    chain.onTask = (state, input) => {
      if (state !== 'load' || (input as { merchantId: string }).merchantId !== 'm') return
      if (left-- > 0) throw new Error('the disk is full')
    }
    const tickAfter = async (ms: number) => {
      chain.clock.set(chain.clock.now() + ms)
      await chain.tick()
      return newest(chain)
    }
    return { chain, tickAfter }
  }

  test('is tried again four hours later, and says so', async () => {
    const { tickAfter } = await failing(1)
    const first = await tickAfter(0)
    expect(first).toMatchObject({
      status: 'failed',
      attempt: 1,
      askedBy: 'schedule',
      retryAt: '2026-03-05T12:00:00.000Z',
    })
    expect(await tickAfter(4 * HOUR_MS - 1)).toMatchObject({ status: 'failed', attempt: 1 })
    expect(await tickAfter(1)).toMatchObject({ status: 'succeeded', attempt: 2, retryAt: null })
  })

  test('is given up after three tries', async () => {
    const { tickAfter } = await failing(9)
    expect(await tickAfter(0)).toMatchObject({ attempt: 1 })
    expect(await tickAfter(4 * HOUR_MS)).toMatchObject({ attempt: 2, retryAt: '2026-03-05T16:00:00.000Z' })
    expect(await tickAfter(4 * HOUR_MS)).toMatchObject({ status: 'failed', attempt: 3, retryAt: null })
    expect(await tickAfter(4 * HOUR_MS)).toMatchObject({ attempt: 3 })
  })

  test('by a person is in their hands', async () => {
    const { chain, tickAfter } = await failing(1)
    expect(await chain.run()).toMatchObject({ status: 'failed', attempt: 1, retryAt: null })
    expect(await tickAfter(5 * HOUR_MS)).toMatchObject({ status: 'failed', attempt: 1 })
  })
})

describe('triggers', () => {
  test('two of one date are one run', async () => {
    const chain = await shop()
    const ask = () => chain.send('POST /runs', { body: { chain: 'nightly' } })
    const answers = await Promise.all([ask(), ask(), ask()])
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 202, 202])
    expect(new Set(answers.map(({ body }) => `${body.id} ${body.attempt}`))).toEqual(new Set(['nightly-2026-03-04 1']))
    chain.began.length = 0
    await Promise.all([chain.tick(), chain.tick()])
    expect(chain.began.filter((name) => name === 'refresh')).toHaveLength(1)
    await chain.tick()
    expect(
      (await chain.send('GET /runs')).body.items.map(({ id, attempt }: { id: string; attempt: number }) => [
        id,
        attempt,
      ]),
    ).toEqual([
      ['nightly-2026-03-04', 1],
      ['nightly-2026-03-03', 1],
    ])
  })

  test.each([
    // On that Sunday there is no two o'clock.
    ['spring', '2026-03-07T06:00:00Z', ['2026-03-06', '2026-03-07', '2026-03-08'], '03:00'],
    ['autumn', '2026-10-31T06:00:00Z', ['2026-10-30', '2026-10-31', '2026-11-01'], '02:00'],
  ])('each quarter of an hour through a change of clocks in %s make one run a day', async (_, from, dates, sunday) => {
    const chain = new ChainInTest()
    onTestFinished(() => chain.warehouse.close())
    // With somebody to train and forecast no run fails, and none is tried again.
    const { objects } = chain.ports
    const demand = new InlineDemandWork({ objects, warehouse: chain.warehouse, sql: sqlFile }, demandLearner)
    Object.assign(chain.ports, { demand, reorders: reorderPolicy })
    await addMerchant(chain.ports, { id: 'm', name: 'Asha' })
    const zone = { name: 'timeZone', value: 'America/New_York', changedBy: 'owner' }
    await chain.engine.take({ type: 'setting.changed', at: from, storeId: '-', data: zone })
    const wall = new Intl.DateTimeFormat('en-GB', { timeZone: 'America/New_York', timeStyle: 'short' })
    const runs = new Map<string, string>()
    for (let at = Date.parse(from); at < Date.parse(from) + 3 * 86_400_000; at += 900_000) {
      chain.clock.set(at)
      await chain.tick()
      for (const { id, attempt } of (await chain.send('GET /runs')).body.items) {
        if (!runs.has(id)) runs.set(id, wall.format(at))
        expect(attempt).toBe(1)
      }
    }
    expect(Object.fromEntries(runs)).toEqual({
      ...Object.fromEntries(dates.map((date) => [`nightly-${date}`, '08:00'])),
      ...Object.fromEntries(dates.map((date) => [`forecasts-${date}`, '10:00'])),
      [`weekly-${dates[1]}`]: sunday,
    })
  })

  test('what cannot be run is refused with the reason', async () => {
    const chain = await shop()
    const refused = async (body: object) => {
      const { status, body: problem } = await chain.send('POST /runs', { body })
      return [status, problem.problems?.[0]?.message ?? problem.title]
    }
    expect(await refused({ chain: 'hourly' })).toEqual([422, 'is none that there is: nightly, forecasts, weekly'])
    expect(await refused({ chain: 'nightly', date: '2026-03-05' })).toEqual([
      422,
      'is not over by the merchant’s clock: 2026-03-04 is the last day that is',
    ])
    expect(await refused({ chain: 'nightly', date: '2026-02-31' })).toEqual([422, 'is no day of the calendar'])
    expect(await refused({ chain: 'nightly', from: 'never' })).toEqual([
      422,
      'is no state of the chain: it has extract, validate, plan, transform, load, check, judge, refresh',
    ])
    expect(await refused({ chain: 'nightly', date: '2026-03-02', from: 'check' })).toEqual([
      409,
      'What nightly-2026-03-02 has done is not kept any more: run it from its beginning',
    ])
    await chain.send('POST /runs', { body: { chain: 'nightly' } })
    expect(await refused({ chain: 'nightly', date: '2026-03-03' })).toEqual([
      409,
      'The run nightly-2026-03-04 is not over: wait for its end',
    ])
    expect((await chain.send('GET /runs/{id}', { id: 'nightly-2026-01-01' })).status).toBe(404)
    expect((await chain.send('GET /runs/{id}', { id: '../x' })).status).toBe(404)
  })
})

test('results of checks are rows by run, table and day', async () => {
  const chain = await shop()
  await chain.run()
  const { body } = await chain.send('GET /runs/{id}/checks', { id: 'nightly-2026-03-04' })
  const more = await chain.send('GET /runs/{id}/checks', { id: 'nightly-2026-03-04', query: { next: body.next } })
  const tables = [...body.items, ...more.body.items].map(({ table }: { table: string }) => table)
  expect([body.items.length, more.body.next]).toEqual([50, null])
  expect(new Set(tables)).toEqual(new Set(['raw', ...NIGHTLY_TABLES.map(({ name }) => name)]))
  // Two days were made; of the newest alone it is asked whether its values are distributed as before.
  const { checks } = warehouseTable('fact_sales')
  const shifts = checks.filter(isShift).length
  expect(tables.filter((table) => table === 'fact_sales')).toHaveLength(2 * checks.length - shifts)
  const first = await chain.send('GET /runs/{id}/checks', { id: 'nightly-2026-03-03' })
  expect(first.body.items.length).toBeGreaterThan(10)
})
