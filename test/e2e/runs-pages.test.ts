/** The pages of runs in a real browser: a night is had, fails, says what failed and what stays, and is had again. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RunningEngine } from './running-engine.ts'
import { openSmallShop } from './small-shop.ts'

const CHROMIUM = process.env.COUNTERFLOW_CHROMIUM ?? ''
const RUN_MS = 120_000

describe.runIf(CHROMIUM !== '')('the pages of runs', () => {
  let data = ''
  let engine: RunningEngine
  let browser: Browser
  let page: Page
  const broken: string[] = []
  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'counterflow-runs-'))
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

  /** A raw object that no engine can read, among those that every night reads. */
  function spoilLake(): string {
    const raw = join(data, 'objects/raw/product_listed')
    const [day] = readdirSync(raw, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.parquet'))
    const spoilt = join(raw, day!.replace(/[^/]+$/, '9-1-1.parquet'))
    writeFileSync(spoilt, 'no parquet')
    return spoilt
  }

  const outcome = (state: string) => page.locator('#states [data-row]', { hasText: state }).first()

  it('have a night run, and show each state as it goes', { timeout: 2 * RUN_MS }, async () => {
    await page.goto(`${engine.address}/app/runs`)
    await page.getByText('Nothing has run yet').waitFor()
    await page.getByRole('button', { name: 'Run now' }).click()
    await page.getByRole('heading', { level: 1, name: /^Night, / }).waitFor()
    await page.getByText('8 of 8 states done', { exact: true }).waitFor({ timeout: RUN_MS })
    await outcome('refresh').getByText('Done').waitFor()
    const picture = page.getByRole('img', { name: '8 of 8 states done' })
    expect(await picture.locator('text', { hasText: 'is-anything-new' }).count()).toBe(1)
    await page.getByText('up to ').waitFor()
    await page.getByText('none on one machine').waitFor()
    await page.getByRole('link', { name: 'All runs', exact: true }).click()
    await page.locator('#runs [data-row]').getByText('Done').waitFor()
    expect(broken).toEqual([])
  })

  it('say which state stopped and what stays; mended, it goes on there', { timeout: 3 * RUN_MS }, async () => {
    await page.locator('#runs [data-row]').getByRole('link', { name: 'Night' }).click()
    await page.getByRole('combobox', { name: 'Begin at' }).waitFor()
    const spoilt = spoilLake()
    await page.getByRole('button', { name: 'Run again' }).click()
    const stopped = page.getByRole('region', { name: /^It stopped at / })
    await stopped.waitFor({ timeout: RUN_MS })
    await stopped.getByText('Nothing was replaced').waitFor()
    expect(await stopped.textContent()).toContain('9-1-1.parquet')
    const state = (await stopped.getByRole('heading').textContent())!.replace('It stopped at ', '')
    await outcome(state).getByText('Failed').waitFor()
    await outcome('refresh').getByText('Not run').waitFor()
    rmSync(spoilt)
    // What stopped is proposed.
    const begin = page.getByRole('combobox', { name: 'Begin at' })
    expect(await begin.inputValue()).toBe(state)
    await page.getByRole('button', { name: 'Run again' }).click()
    await page.getByText('8 of 8 states done', { exact: true }).waitFor({ timeout: RUN_MS })
    await stopped.waitFor({ state: 'detached' })
    expect(broken).toEqual([])
  })

  it('lead to what the checks found day by day', { timeout: RUN_MS }, async () => {
    await page.getByRole('link', { name: 'Checks of all runs' }).click()
    const checks = page.getByRole('region', { name: 'Checks of lake and warehouse' }).first()
    await checks.getByRole('row', { name: /dim_store.*1 of 3 warned/ }).waitFor()
    await checks.getByRole('button', { name: 'fact_sales' }).click()
    await checks.getByRole('row', { name: /^as many rows as booked_line hard held/ }).waitFor()
    await checks.getByRole('link', { name: /^The run of / }).click()
    await page.getByRole('heading', { level: 1, name: /^Night, / }).waitFor()
    expect(broken).toEqual([])
  })

  it('are a list on a phone', { timeout: RUN_MS }, async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.getByRole('img', { name: /states done/ }).waitFor({ state: 'hidden' })
    await outcome('refresh').getByText('Rows in → out').waitFor()
    expect(broken).toEqual([])
  })
})
