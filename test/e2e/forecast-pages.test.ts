/** Forecast, ML performance and Store manager in a real browser: before anything was forecast, and after a morning. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from './engine-api.ts'
import { RunningEngine } from './running-engine.ts'
import { openSmallShop } from './small-shop.ts'

const CHROMIUM = process.env.COUNTERFLOW_CHROMIUM ?? ''
const SCREENSHOTS = fileURLToPath(new URL('../../.screenshots/', import.meta.url))
const WAIT_MS = 30_000

describe.runIf(CHROMIUM !== '')('the pages about forecasts', { timeout: 240_000 }, () => {
  let data = ''
  let engine: RunningEngine
  let browser: Browser
  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'counterflow-forecast-'))
    engine = await RunningEngine.start(data)
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run']
    browser = await chromium.launch({ executablePath: CHROMIUM, args })
    await openSmallShop(engine)
  }, 120_000)
  afterAll(async () => {
    await browser.close()
    await engine.stop()
    rmSync(data, { recursive: true, force: true })
  })

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
