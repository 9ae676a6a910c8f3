/**
 * kill -9 in the middle of a night, again and again: it goes on where it was, and the tables are those of a night that nobody
 * disturbed. CHAOS_SEED repeats a run.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { FolderObjectStore } from '#adapters/embedded/folder-object-store.ts'
import type { RunAnswer } from '#core/api/runs.ts'
import { publishedViews } from '#core/lake/published-views.ts'
import { NIGHTLY_TABLES } from '#core/lake/warehouse-tables.ts'
import { addDays } from '#core/metrics/business-time.ts'
import { DEMO_MERCHANT } from '#runtime/demo-merchant.ts'
import { readPublished } from '#runtime/published-warehouse.ts'
import { runCommand } from '#test/e2e/run-import.ts'
import { EngineProcess } from './engine-process.ts'
import { randomFrom } from './traffic.ts'

const SEED = Number(process.env.CHAOS_SEED ?? Date.now() % 1_000_000)
const KILLS = 6
/** From the moment that it listens: it goes on with what was cut off within a second. */
const SOONEST_MS = 1_000
const SPREAD_MS = 1_500

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterflow-night-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it(`a night survives ${KILLS} kills (CHAOS_SEED=${SEED})`, { timeout: 240_000 }, async () => {
  const random = randomFrom(SEED)
  const [killed, undisturbed] = [join(folder, 'killed'), join(folder, 'undisturbed')]
  const filling = await EngineProcess.start(killed)
  expect((await runCommand(killed, 'simulate', '--days', '4', '--events-per-day', '1500')).code).toBe(0)
  await filling.post('/engine/settle', {}, true)
  await filling.stop()
  cpSync(killed, undisturbed, { recursive: true })
  // One that is over in every zone, so that both are of the same.
  const date = addDays(new Date().toISOString().slice(0, 10), -2)

  expect((await runCommand(undisturbed, 'run', 'nightly', '--date', date)).code).toBe(0)

  let engine = await EngineProcess.start(killed)
  const { status, body } = await engine.post('/runs', { chain: 'nightly', date })
  const { id } = body as RunAnswer
  expect(status).toBe(202)
  const reached: string[] = []
  for (let kill = 0; kill < KILLS; kill++) {
    // The first as soon as it works, so that there is one however fast the machine is.
    if (kill === 0) while (((await engine.get(`/runs/${id}`)) as RunAnswer).status === 'waiting') await wait(10)
    else await wait(SOONEST_MS + random() * SPREAD_MS)
    const run = (await engine.get(`/runs/${id}`)) as RunAnswer
    if (run.status === 'succeeded') break
    reached.push(run.states.findLast((state) => state.status !== 'waiting')?.name ?? run.status)
    await engine.kill()
    expect(engine.errors).not.toMatch(/Error|defect/)
    engine = await EngineProcess.start(killed)
  }
  expect(reached.length, 'kills before it was over').toBeGreaterThan(0)
  let run = (await engine.get(`/runs/${id}`)) as RunAnswer
  while (run.status === 'running' || run.status === 'waiting') {
    await wait(200)
    run = (await engine.get(`/runs/${id}`)) as RunAnswer
  }
  expect(run).toMatchObject({ status: 'succeeded', attempt: 1, failure: null, checks: { failed: 0 } })
  await engine.stop()
  expect(await contentOf(killed)).toEqual(await contentOf(undisturbed))
})

/** Every row of every table that is published. */
async function contentOf(data: string): Promise<Record<string, unknown>> {
  const objects = join(data, 'objects')
  const published = await readPublished(new FolderObjectStore(objects), DEMO_MERCHANT)
  expect(published.number).toBe(1)
  const instance = await DuckDBInstance.create()
  const connection = await instance.connect()
  await connection.run(publishedViews(published, objects))
  const content: Record<string, unknown> = {}
  for (const { name, key } of NIGHTLY_TABLES) {
    const found = await connection.runAndReadAll(`select * from ${name} order by ${key.join(', ')}`)
    content[name] = found.getRowsJson()
  }
  connection.closeSync()
  instance.closeSync()
  expect((content.fact_sales as unknown[]).length).toBeGreaterThan(100)
  return content
}
