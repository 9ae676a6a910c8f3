/** Forecast, ML performance and Store manager in a real browser: before anything was forecast, after a morning, with a trained model. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays } from '#core/metrics/business-time.ts'
import { DEMO_MERCHANT } from '#runtime/demo-merchant.ts'
import { DemandShop, FIRST_DAY } from '#test/golden/demand-shop.ts'
import { until } from './engine-api.ts'
import { runCommand } from './run-import.ts'
import { RunningEngine } from './running-engine.ts'
import { openSmallShop } from './small-shop.ts'

const CHROMIUM = process.env.COUNTERFLOW_CHROMIUM ?? ''
const SCREENSHOTS = fileURLToPath(new URL('../../.screenshots/', import.meta.url))
const WAIT_MS = 30_000
/** Enough to train on. */
const DAYS = 84

describe.runIf(CHROMIUM !== '')('the pages about forecasts', { timeout: 240_000 }, () => {
  let engine: RunningEngine
  let browser: Browser
  beforeAll(async () => {
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run']
    browser = await chromium.launch({ executablePath: CHROMIUM, args })
  }, 120_000)
  afterAll(() => browser.close())

  /** For the tests of one group. `fill` puts what there is before the engine starts. */
  function startBefore(fill: (data: string) => Promise<void>, start: (data: string) => Promise<void>): void {
    let data = ''
    beforeAll(async () => {
      data = mkdtempSync(join(tmpdir(), 'counterflow-forecast-'))
      await fill(data)
      engine = await RunningEngine.start(data)
      await start(data)
    }, 120_000)
    afterAll(async () => {
      await engine.stop()
      rmSync(data, { recursive: true, force: true })
    })
  }

  async function asOwner(width = 1440, colorScheme: 'light' | 'dark' = 'light') {
    const height = width < 800 ? 844 : 900
    const context = await browser.newContext({ viewport: { width, height }, colorScheme, locale: 'en-US' })
    const page = await context.newPage()
    const broken: string[] = []
    page.on('pageerror', (error) => broken.push(error.message))
    const { body } = await engine.post('/sign-in/codes')
    await page.goto(`${engine.address}/sign-in?code=${body.code}`)
    await page.getByRole('button', { name: 'Your account' }).waitFor({ timeout: WAIT_MS })
    return { context, page, broken }
  }
  const open = async (page: Page, path: string, heading: string) => {
    await page.goto(`${engine.address}/app${path}`)
    await page.getByRole('heading', { level: 1, name: heading }).waitFor({ timeout: WAIT_MS })
  }
  const panel = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
  const run = async (chain: string) => {
    const { body } = await engine.post('/runs', { chain })
    await until(
      async () => {
        const { status, failure } = (await engine.get(`/runs/${body.id}`)).body
        if (status === 'failed') throw new Error(JSON.stringify(failure))
        return status === 'succeeded'
      },
      120_000,
      `the ${chain} run`,
    )
  }

  describe('of a small shop', () => {
    startBefore(
      async () => {},
      () => openSmallShop(engine),
    )

    it('say how there will be something, before anything was forecast', async () => {
      const { context, page, broken } = await asOwner()
      await open(page, '/forecast', 'Forecast')
      await panel(page, 'The next seven days').getByText('Nothing was forecast yet').waitFor({ timeout: WAIT_MS })
      await open(page, '/models', 'ML performance')
      await panel(page, 'What it was worth').getByText('No forecast has come true yet').waitFor({ timeout: WAIT_MS })
      await panel(page, 'Champion and challengers').getByText('No model was trained yet').waitFor({ timeout: WAIT_MS })
      await panel(page, 'Drift').getByText('Nothing was checked yet').waitFor({ timeout: WAIT_MS })
      await context.close()
      expect(broken).toEqual([])
    })

    it('show a week by product and store, who forecasts it and why, and lead from one to the other', async () => {
      await run('nightly')
      await run('forecasts')
      const lamp = (await engine.get('/forecasts?product=LAMP&store=north')).body
      expect(lamp.days).toHaveLength(7)
      const { context, page, broken } = await asOwner()
      await open(page, '/forecast', 'Forecast')
      await expect
        .poll(() => panel(page, 'The next seven days').locator('tbody tr').count(), { timeout: WAIT_MS })
        .toBe(7)
      await panel(page, 'What sells most').getByRole('link', { name: 'Desk lamp' }).click()
      await panel(page, 'Why').getByText('Choose a product and a store').waitFor({ timeout: WAIT_MS })
      await open(page, '/forecast?product=LAMP&store=north', 'Forecast')
      await panel(page, 'Why')
        .getByText((await engine.get('/forecasts/why?product=LAMP&store=north')).body.reason)
        .waitFor({
          timeout: WAIT_MS,
        })
      await panel(page, 'What each method said').getByText(lamp.methods[0].name).waitFor({ timeout: WAIT_MS })
      await page.getByRole('region', { name: 'Units a day, Desk lamp, High Street', exact: true }).waitFor()
      await page.screenshot({ path: join(SCREENSHOTS, 'forecast-product.png'), fullPage: true })
      await open(page, '/models', 'ML performance')
      await panel(page, 'Drift').getByText('there was nothing to compare with yet').waitFor({ timeout: WAIT_MS })
      await page.screenshot({ path: join(SCREENSHOTS, 'models.png'), fullPage: true })
      await context.close()
      expect(broken).toEqual([])
    })

    it('show a store to whoever runs it, on a phone', async () => {
      const { context, page, broken } = await asOwner(390, 'dark')
      await open(page, '/manager?store=north', 'Store manager')
      await panel(page, 'The next seven days, High Street').waitFor({ timeout: WAIT_MS })
      await panel(page, 'What sells most').getByRole('link', { name: 'Desk lamp' }).waitFor({ timeout: WAIT_MS })
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
      await page.screenshot({ path: join(SCREENSHOTS, 'manager-phone.png'), fullPage: true })
      await context.close()
      expect(broken).toEqual([])
    })
  })

  describe('of a model that was trained', () => {
    const madeOn = addDays(FIRST_DAY, DAYS)
    startBefore(
      async (data) => {
        const shop = new DemandShop(DEMO_MERCHANT, join(data, 'objects'))
        await shop.publishHolidayTrade(DAYS)
        expect(await shop.train(`${madeOn}T10:00:00Z`)).toMatchObject({ isPromoted: true, champion: madeOn })
        await shop.predict(`${madeOn}T10:00:00Z`)
        await shop.warehouse.close()
      },
      async (data) => expect((await runCommand(data, 'models', 'promote', madeOn)).code).toBe(0),
    )

    it('say who forecasts, and why, feature by feature', async () => {
      const why = (await engine.get('/forecasts/why?product=p11&store=s')).body
      expect([why.servedBy, why.modelVersion]).toEqual(['blend', madeOn])
      const { page, broken } = await asOwner()
      await open(page, '/forecast?product=p11&store=s', 'Forecast')
      await panel(page, 'Who forecasts it').getByText(`model of ${madeOn}`).waitFor({ timeout: WAIT_MS })
      const bars = panel(page, 'Why').getByRole('listitem')
      await expect.poll(() => bars.count(), { timeout: WAIT_MS }).toBeGreaterThan(why.parts.groups.length)
      await panel(page, 'Why').getByText(why.parts.groups[0].about, { exact: true }).waitFor()
      await page.screenshot({ path: join(SCREENSHOTS, 'forecast-trained.png'), fullPage: true })
      await open(page, '/models', 'ML performance')
      const version = panel(page, 'Champion and challengers').getByRole('row', { name: madeOn })
      await version.getByText('serves').waitFor({ timeout: WAIT_MS })
      await version.getByText('better than every simple baseline').waitFor()
      await page.screenshot({ path: join(SCREENSHOTS, 'models-trained.png'), fullPage: true })
      await panel(page, 'Champion and challengers').getByRole('button', { name: 'Go back' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Go back' }).click()
      await panel(page, 'Champion and challengers')
        .getByRole('button', { name: 'Let it serve' })
        .waitFor({ timeout: WAIT_MS })
      expect((await engine.get('/models/demand')).body.serving.version).toBe(null)
      expect(broken).toEqual([])
    })
  })
})
