/** The page of lineage in a real browser: from a day of the warehouse to the raw objects that it was made of. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from './engine-api.ts'
import { RunningEngine } from './running-engine.ts'
import { openSmallShop } from './small-shop.ts'

const CHROMIUM = process.env.COUNTERFLOW_CHROMIUM ?? ''
const TEST_MS = 120_000

describe.runIf(CHROMIUM !== '')('the page of lineage', () => {
  let data = ''
  let engine: RunningEngine
  let browser: Browser
  let page: Page
  const broken: string[] = []
  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'counterflow-lineage-'))
    engine = await RunningEngine.start(data)
    await openSmallShop(engine)
    await engine.settled()
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run']
    browser = await chromium.launch({ executablePath: CHROMIUM, args })
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    page = await context.newPage()
    page.on('pageerror', (error) => broken.push(error.message))
    page.on('console', (message) => message.type() === 'error' && broken.push(message.text()))
    const { body } = await engine.post('/sign-in/codes')
    await page.goto(`${engine.address}/sign-in?code=${body.code}`)
    await page.getByRole('button', { name: 'Your account' }).waitFor()
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await engine?.stop()
    rmSync(data, { recursive: true, force: true })
  })

  const run = async (chain: string) => {
    const { body } = await engine.post('/runs', { chain })
    await until(async () => (await engine.get(`/runs/${body.id}`)).body.endedAt, TEST_MS, `${chain} to end`)
  }
  const steps = () => page.locator('#steps')

  it('says where nothing has been made yet', { timeout: TEST_MS }, async () => {
    await page.goto(`${engine.address}/app/lineage`)
    await page.getByText('No forecasts have been made yet').waitFor()
    await page.getByRole('link', { name: 'See the runs' }).waitFor()
    expect(broken).toEqual([])
  })

  it('leads from the forecasts of a morning to raw objects', { timeout: 3 * TEST_MS }, async () => {
    await run('nightly')
    await run('forecasts')
    await page.goto(`${engine.address}/app/lineage`)
    await page.getByRole('heading', { level: 2, name: /^Forecasts, \d{4}-\d{2}-\d{2}$/ }).waitFor()
    await page.getByRole('img', { name: /^Forecasts was made of \d+ others/ }).waitFor()
    await steps().getByRole('link', { name: 'raw booked_line' }).first().waitFor()
    const inputs = page.locator('#inputs')
    await inputs.getByText('moving average 28').waitFor()
    await steps().getByRole('link', { name: 'Sales', exact: true }).click()
    await page.getByRole('heading', { level: 2, name: /^Sales, / }).waitFor()
    await inputs
      .getByText(/^\d+-\d+-\d+\.parquet$/)
      .first()
      .waitFor()
    await steps()
      .getByRole('link', { name: /^nightly-/ })
      .first()
      .click()
    await page.getByRole('heading', { level: 1, name: /^Night, / }).waitFor()
    expect(broken).toEqual([])
  })

  it('shows another table and day where one is chosen', { timeout: TEST_MS }, async () => {
    await page.goto(`${engine.address}/app/lineage`)
    await page.getByRole('combobox', { name: 'Of' }).selectOption('Stock')
    await page.getByRole('heading', { level: 2, name: /^Stock, / }).waitFor()
    const day = page.getByRole('combobox', { name: 'Day' })
    const [, second] = await day.locator('option').allTextContents()
    await day.selectOption(second!)
    await page.getByRole('heading', { level: 2, name: `Stock, ${second}` }).waitFor()
    expect(broken).toEqual([])
  })

  it('is a list on a phone', { timeout: TEST_MS }, async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.getByRole('img', { name: /was made of/ }).waitFor({ state: 'hidden' })
    await steps().getByText('Made of', { exact: true }).first().waitFor()
    expect(broken).toEqual([])
  })
})
