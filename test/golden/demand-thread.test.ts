import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { versionFolder } from '#core/demand/model-names.ts'
import { addDays } from '#core/metrics/business-time.ts'
import { Jobs } from '#local/jobs.ts'
import { ThreadDemandWork } from '#local/thread-demand-work.ts'
import { readPublished } from '#runtime/published-warehouse.ts'
import { DemandShop, FIRST_DAY, LITTLE, PRODUCTS } from '#test/golden/demand-shop.ts'

const DAYS = 70
const VERSION = addDays(FIRST_DAY, DAYS)

describe('on a thread of its own', { timeout: 120_000 }, () => {
  const shop = new DemandShop()
  const jobs = new Jobs()
  const work = new ThreadDemandWork(jobs, shop.folder)
  // What it was made of is written by whoever asks for the work, wherever that is done.
  const objectsIn = async (folder: string) => {
    const names = (await shop.objects.list(folder)).filter((name) => !name.endsWith('/_lineage.json'))
    return Promise.all(
      names.map(async (name) => [name, Buffer.from((await shop.objects.get(name))!).toString('base64')]),
    )
  }
  beforeAll(() => shop.publishHolidayTrade(DAYS))
  afterAll(async () => {
    await jobs.stop()
    await shop.close()
  })

  it('a version and forecasts are the same as on this one', async () => {
    const published = await readPublished(shop.objects, 'm')
    const told: number[] = []
    const made = await work.train({ published, version: VERSION, effort: LITTLE }, (done) => void told.push(done))
    expect(told).toEqual(told.map((_, k) => k + 1))
    const files = await objectsIn(versionFolder('m', VERSION))
    expect(made).toMatchObject({ manifest: { version: VERSION, files: { length: files.length - 1 } } })
    for (const [name] of files) await shop.objects.delete(name!)
    await shop.train(`${VERSION}T10:00:00Z`)
    expect(await objectsIn(versionFolder('m', VERSION))).toEqual(files)

    const task = { published, madeOn: VERSION, champion: VERSION, baseline: 'TSB' }
    expect(await work.forecast({ ...task, partVersion: 'thread' })).toEqual({
      rows: 7 * PRODUCTS,
      model: VERSION,
    })
    await shop.predict(`${VERSION}T10:00:00Z`)
    const [one, other] = await objectsIn('warehouse/fact_predictions/')
    expect(one![1]).toBe(other![1])
  })

  it('what fails there is told here', async () => {
    const published = await readPublished(shop.objects, 'm')
    const task = { published, madeOn: VERSION, baseline: 'a guess', partVersion: 'x' }
    await expect(work.forecast(task)).rejects.toThrow('there is no simple baseline named a guess')
  })
})
