/** Settings and the audit in a real browser: what is decided is kept and found again, and nothing that was typed is lost. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RunningEngine } from './running-engine.ts'

const CHROMIUM = process.env.COUNTERFLOW_CHROMIUM ?? ''
const PASSWORD = 'wobbly tangerine harbour 42'

describe.runIf(CHROMIUM !== '')('settings and audit', () => {
  let data = ''
  let engine: RunningEngine
  let browser: Browser
  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'counterflow-settings-'))
    engine = await RunningEngine.start(data)
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run']
    browser = await chromium.launch({ executablePath: CHROMIUM, args })
  }, 60_000)
  afterAll(async () => {
    await browser.close()
    await engine.stop()
    rmSync(data, { recursive: true, force: true })
  })

  const asOwner = async (path: string): Promise<Page> => {
    const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
    const { body } = await engine.post('/sign-in/codes')
    await page.goto(`${engine.address}/sign-in?code=${body.code}`)
    await page.getByRole('button', { name: 'Your account' }).waitFor()
    await page.goto(`${engine.address}${path}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    return page
  }
  const panel = (page: Page, name: string) => page.getByRole('region', { name })
  const decided = async (name: string) =>
    (await engine.get('/settings')).body.settings.find((each: { name: string }) => each.name === name).value

  it('keeps what is decided, says when somebody else was faster, and shows both in the audit', async () => {
    const page = await asOwner('/app/settings')
    const merchant = panel(page, 'Merchant')
    await merchant.getByLabel('Name').fill('Asha Home')
    await merchant.getByRole('button', { name: 'Save' }).click()
    await merchant.getByText('Saved').waitFor()
    await page.getByRole('banner').getByText('Asha Home').waitFor()

    const returns = panel(page, 'Returns')
    await returns.getByRole('switch', { name: 'Defective' }).click()
    expect(await returns.getByRole('switch', { name: 'Defective' }).isChecked()).toBe(true)
    await returns.getByRole('button', { name: 'Save' }).click()
    await returns.getByText('it counts from now on').waitFor()
    await expect.poll(() => decided('restock.defective')).toBe(true)

    const place = panel(page, 'Money and time')
    await place.getByText(/Begins at midnight/).waitFor()
    await engine.post('/settings', { name: 'currency', value: 'GBP' })
    await expect.poll(() => decided('currency')).toBe('GBP')
    await place.getByRole('combobox', { name: 'Currency' }).fill('EUR')
    await page.getByRole('option', { name: /^EUR/ }).click()
    await place.getByRole('button', { name: 'Save' }).click()
    await place.getByText(/Somebody else changed this setting/).waitFor()
    await place.getByRole('button', { name: 'Show what is there now' }).click()
    await expect.poll(() => place.getByRole('combobox', { name: 'Currency' }).inputValue()).toMatch(/^GBP/)
    await place.getByRole('combobox', { name: 'Currency' }).fill('EUR')
    await page.getByRole('option', { name: /^EUR/ }).click()
    await place.getByRole('button', { name: 'Save' }).click()
    await place.getByText('it counts from now on').waitFor()
    await expect.poll(() => decided('currency')).toBe('EUR')

    const orders = panel(page, 'Ordering')
    await orders.getByLabel('What all orders of a morning may cost').fill('1250.5')
    await orders.getByRole('button', { name: 'Save' }).click()
    await orders.getByText('it counts from now on').waitFor()
    await expect.poll(() => decided('reorderBudgetMinor')).toBe(125_050)
    const levels = panel(page, 'Service levels')
    await levels.getByLabel('Class AX').fill('101')
    await levels.getByRole('button', { name: 'Save' }).click()
    await levels.getByText(/0\.995/).waitFor()
    await levels.getByLabel('Class AX').fill('97.5')
    await levels.getByRole('button', { name: 'Save' }).click()
    await levels.getByText('it counts from now on').waitFor()
    await expect.poll(() => decided('serviceLevel.AX')).toBe(0.975)

    await page.goto(`${engine.address}/app/audit?what=settings`)
    const lines = panel(page, 'Changes').getByRole('listitem')
    await expect.poll(() => lines.count()).toBe(5)
    expect((await lines.allTextContents()).join('\n')).toMatch(
      /changed the setting Service level, class AX.*default→became0\.975.*cost, in minor units.*default→became125050.*changed the setting Currency.*GBP→becameEUR.*changed the setting Currency.*default→becameGBP.*changed the setting Defective.*default→becameyes/s,
    )
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'CSV' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/^audit-.*\.csv$/)
    const rows = readFileSync(await download.path(), 'utf8')
      .trimEnd()
      .split('\r\n')
    expect(rows.length).toBe(6)
    expect(rows[3]).toMatch(/,changed the setting,Currency,,GBP,EUR$/)

    await page.getByRole('combobox', { name: 'What' }).selectOption({ label: 'Merchant' })
    await expect.poll(() => lines.count()).toBe(1)
    expect(new URL(page.url()).searchParams.get('what')).toBe('merchant')
    await page.reload()
    await page.getByText('named the merchant').waitFor()
    await page.getByRole('textbox', { name: 'To' }).fill('2020-01-01')
    await page.getByText('Nothing fits').waitFor()
    await page.getByRole('button', { name: 'Show all' }).click()
    await page.getByText('changed the setting').first().waitFor()
    await page.context().close()
  })

  it('loses nothing that is typed when a session is over', async () => {
    const page = await asOwner('/app/account')
    await page.getByRole('textbox', { name: 'Address' }).fill('owner@example.com')
    await panel(page, 'Name and address').getByRole('button', { name: 'Save' }).click()
    await page.getByLabel('New password').fill(PASSWORD)
    await page.getByRole('button', { name: 'Set', exact: true }).click()
    await page.getByText('every other session has ended').waitFor()
    await page.goto(`${engine.address}/app/settings`)
    const merchant = panel(page, 'Merchant')
    await merchant.getByLabel('Name').fill('Asha Home and Garden')
    await page.context().clearCookies()
    await merchant.getByRole('button', { name: 'Save' }).click()
    const dialog = page.getByRole('dialog', { name: 'Sign in again' })
    await dialog.waitFor()
    await page.keyboard.press('Escape')
    expect(await dialog.count()).toBe(1)
    expect(await dialog.getByLabel('Address').inputValue()).toBe('owner@example.com')
    await dialog.getByLabel('Password', { exact: true }).fill('not this one')
    await dialog.getByRole('button', { name: 'Sign in' }).click()
    await dialog.getByText('The address or the password is wrong').waitFor()
    await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await dialog.getByRole('button', { name: 'Sign in' }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(await merchant.getByLabel('Name').inputValue()).toBe('Asha Home and Garden')
    await merchant.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('banner').getByText('Asha Home and Garden').waitFor()

    // Whoever leaves instead is asked on a page of its own.
    await page.context().clearCookies()
    await page.getByLabel('Name').first().fill('x')
    await panel(page, 'Merchant').getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: 'Leave this page' }).click()
    await page.getByRole('heading', { name: 'Sign in', exact: true, level: 1 }).waitFor()
    await page.context().close()
  })

  it('can be read, and not changed, by those who may not', async () => {
    const { body } = await engine.post('/users', { email: 'ann@example.com', role: 'analyst' })
    const code = new URL(body.path, engine.address).searchParams.get('code')
    await engine.post('/join', { code, password: PASSWORD }, { asStranger: true })
    const page = await (await browser.newContext()).newPage()
    await page.goto(`${engine.address}/app/settings`)
    await page.getByLabel('Address', { exact: true }).fill('ann@example.com')
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('As Analyst you see them').waitFor()
    await page.getByText('For sale again').first().waitFor()
    expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0)
    expect(await page.getByText('demo reset').count()).toBe(0)
    await page.context().close()
  })
})
