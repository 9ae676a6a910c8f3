/** What was set aside, in a real browser: looked at, mended, tried again; and another one given up with a reason. By keyboard alone. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect } from '#local/client.ts'
import { RunningEngine } from './running-engine.ts'

const CHROMIUM = process.env.COUNTERFLOW_CHROMIUM ?? ''

describe.runIf(CHROMIUM !== '')('the page of data quality', () => {
  let data = ''
  let engine: RunningEngine
  let browser: Browser
  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'counterflow-quarantine-'))
    engine = await RunningEngine.start(data)
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] })
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await engine?.stop()
    rmSync(data, { recursive: true, force: true })
  })

  const order = { eventType: 'ORDER_PLACED', asin: 'LAMP', price: 499, quantity: 2, region: 'IN', orderId: 'A-1' }
  const cancel = { eventType: 'ORDER_CANCELLED', asin: 'LAMP', region: 'IN' }

  it('mends a document, tries it again, and gives another up', { timeout: 90_000 }, async () => {
    await engine.order(order)
    await engine.order({ ...cancel, orderId: 'A-mistyped' })
    await engine.order({ ...cancel, orderId: 'never-sent' })
    await engine.settled()
    const { body } = await engine.post('/sign-in/codes')
    const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
    await page.goto(`${engine.address}/sign-in?code=${body.code}`)
    await page.getByRole('button', { name: /^Your account/ }).waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('q')
    await page.getByRole('heading', { name: 'Data quality', level: 1 }).waitFor()
    const held = page.locator('section', { hasText: 'quarantined documents' }).last()
    const rows = held.getByRole('button', { name: /Look at it|-0/ })
    await rows.first().waitFor()
    expect(await rows.count()).toBe(2)

    for (const _ of [1, 2]) {
      await rows.first().focus()
      await page.keyboard.press('Enter')
      const dialog = page.getByRole('dialog')
      const editor = dialog.getByLabel('The document, to mend')
      await editor.waitFor()
      const text = await editor.inputValue()
      if (text.includes('A-mistyped')) {
        await editor.focus()
        await page.keyboard.press('Control+a')
        await page.keyboard.insertText(text.replace('A-mistyped', 'A-1'))
        await dialog.getByRole('button', { name: 'Replay what is mended' }).focus()
        await page.keyboard.press('Enter')
        await dialog.getByText('It was applied: it is in the figures.').waitFor()
      } else {
        await dialog.getByRole('button', { name: 'Discard…' }).focus()
        await page.keyboard.press('Enter')
        await page.getByLabel('Why', { exact: true }).fill('A test of ours')
        await page.getByRole('button', { name: 'Discard it' }).focus()
        await page.keyboard.press('Enter')
        await page.getByText('It was discarded.').first().waitFor()
      }
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
    }
    await page.getByText('Nothing is set aside').waitFor()

    const { ledger } = (await engine.get('/quality')).body
    const sum = (name: string) => ledger.reduce((all: number, shard: Record<string, number>) => all + shard[name]!, 0)
    expect([sum('held'), sum('discarded')]).toEqual([0, 1])
    expect((await engine.get('/metrics')).body.counts.cancellations.value).toBe(1)
    const { items } = (await engine.get('/audit')).body
    expect(items.map(({ what }: { what: string }) => what)).toEqual(
      expect.arrayContaining(['document.replayed', 'document.discarded']),
    )
  })

  it('does not show one of several merchants the ledger, and says why', { timeout: 60_000 }, async () => {
    const operator = await connect(data)
    expect((await operator.request('POST', '/engine/merchants', { id: 'other', name: 'Other' })).status).toBe(201)
    const other = await connect(data, 'other')
    const { code } = (await other.request('POST', '/sign-in/codes')).body as { code: string }
    const page = await (await browser.newContext()).newPage()
    await page.goto(`${engine.address}/sign-in?code=${code}`)
    await page.getByRole('button', { name: /^Your account/ }).waitFor()
    await page.goto(`${engine.address}/app/quality`)
    await page.getByText('The ledger is shown to whoever runs the engine').waitFor()
    expect(await page.getByText('Kept safe').count()).toBe(0)
    expect(await page.getByRole('heading', { name: 'Lag' }).count()).toBe(1)
  })
})
