/** The API's page in a real browser, on a desk and on a phone, by mouse and by keyboard. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EngineProcess } from '#test/chaos/engine-process.ts'

const CHROMIUM = process.env.COUNTERFLOW_CHROMIUM ?? ''
const DESK = { viewport: { width: 1440, height: 900 } }
const PHONE = { viewport: { width: 390, height: 844 } }

describe.runIf(CHROMIUM !== '')('the API’s page', () => {
  let data = ''
  let engine: EngineProcess
  let browser: Browser
  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'counterflow-docs-page-'))
    engine = await EngineProcess.start(data)
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run']
    browser = await chromium.launch({ executablePath: CHROMIUM, args })
  }, 60_000)
  afterAll(async () => {
    await browser.close()
    await engine.stop()
    rmSync(data, { recursive: true, force: true })
  })

  /** The page in a fresh profile, with what went wrong in it and what it asked of others. */
  async function open(options: BrowserContextOptions) {
    const context = await browser.newContext(options)
    const page = await context.newPage()
    page.setDefaultTimeout(10_000)
    const wrong: string[] = []
    page.on('pageerror', (error) => wrong.push(error.message))
    page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()))
    page.on('request', (request) => request.url().startsWith(engine.address) || wrong.push(request.url()))
    await page.goto(`${engine.address}/docs`)
    return { context, page, wrong }
  }

  it.each([
    ['a desk in the light', { ...DESK, colorScheme: 'light' }, 'rgb(244, 246, 248)'],
    ['a desk in the dark', { ...DESK, colorScheme: 'dark' }, 'rgb(13, 18, 24)'],
    ['a phone in the light', { ...PHONE, colorScheme: 'light' }, 'rgb(244, 246, 248)'],
    ['a phone in the dark', { ...PHONE, colorScheme: 'dark' }, 'rgb(13, 18, 24)'],
  ] as const)('fits %s, and asks nobody else', { timeout: 30_000 }, async (_where, options, paper) => {
    const { context, page, wrong } = await open(options)
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(paper)
    expect(wrong).toEqual([])
    await context.close()
  })

  it('is whole without its script', { timeout: 30_000 }, async () => {
    const { context, page } = await open({ ...DESK, javaScriptEnabled: false })
    await page.locator('#getStock').getByText('needs figures:read').waitFor()
    expect(await page.locator('.copy:visible, #search:visible, #theme:visible').count()).toBe(0)
    await context.close()
  })

  it('finds, copies and goes by keyboard', { timeout: 30_000 }, async () => {
    const { context, page, wrong } = await open({ ...DESK, permissions: ['clipboard-read', 'clipboard-write'] })
    await page.keyboard.press('/')
    await page.keyboard.type('acknowledge alert')
    await page.locator('#getStores').waitFor({ state: 'hidden' })
    const route = page.locator('#postAlertsByIdAcknowledge')
    await route.getByRole('button', { name: 'Copy' }).first().click()
    await route.getByText('Copied').waitFor()
    expect(await page.evaluate('navigator.clipboard.readText()')).toContain(`-X POST ${engine.address}/alerts/`)

    await route.getByRole('link', { name: 'Accepted' }).first().click()
    await page.locator('#shape-Accepted:focus').waitFor()
    expect(await page.locator('#search').inputValue()).toBe('')

    await page.keyboard.press('/')
    await page.keyboard.type('acknowledge alert')
    await page.locator('#getStores').waitFor({ state: 'hidden' })
    await page.keyboard.press('Escape')
    await page.locator('#getStores').waitFor()
    await page.evaluate('scrollTo(0, 0)')
    const focused = () => page.evaluate('document.activeElement.id')
    await page.keyboard.press('j')
    const first = await focused()
    await page.keyboard.press('j')
    const second = await focused()
    await page.keyboard.press('k')
    expect([first, second, await focused()]).toEqual([
      'postIntegrationsByMarketplaceWebhook',
      'postIntegrationsByMarketplaceWebhookByConnectionId',
      'postIntegrationsByMarketplaceWebhook',
    ])

    await page.keyboard.press('/')
    await page.keyboard.type('qwxzy')
    await page.getByRole('button', { name: 'Show everything' }).click()
    await page.locator('#getStores').waitFor()
    expect(wrong).toEqual([])
    await context.close()
  })

  it('stays dark where somebody chose it', { timeout: 30_000 }, async () => {
    const { context, page } = await open({ ...DESK, colorScheme: 'light' })
    await page.getByRole('button', { name: 'Dark' }).click()
    await page.reload()
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(13, 18, 24)')
    await context.close()
  })
})
