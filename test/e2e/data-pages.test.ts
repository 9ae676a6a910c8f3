/** Imports and integrations in a real browser: files are brought in, a shop is connected by its wizard. */
import { createHmac } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { retailFile } from '#test/real-data/retail-data.ts'
import { RunningEngine } from './running-engine.ts'

const CHROMIUM = process.env.COUNTERFLOW_CHROMIUM ?? ''
const SECRET = 'shpss_example_of_a_client_secret'
const REAL_FILE_MS = 15 * 60_000

const SALES = `Receipt,Shop,Date,Time,Article,Pieces,Paid,VAT,Tender
1001,leeds,02/03/2026,09:15,LAMP-01,2,49.98,8.33,card
1001,leeds,02/03/2026,09:15,LAMP-01,2,49.98,8.33,card
1003,leeds,02/03/2026,09:15,SHADE-01,three,10.00,1.67,card
1002,leeds,02/03/2026,11:00,LAMP-01,-1,-24.99,-4.17,cash
`

describe.runIf(CHROMIUM !== '')('the pages for data', () => {
  let data = ''
  let engine: RunningEngine
  let browser: Browser
  let page: Page
  let broken: string[] = []
  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'counterflow-data-pages-'))
    engine = await RunningEngine.start(data)
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run']
    browser = await chromium.launch({ executablePath: CHROMIUM, args })
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, acceptDownloads: true })
    page = await context.newPage()
    page.on('pageerror', (error) => broken.push(error.message))
    page.on('console', (message) => message.type() === 'error' && broken.push(message.text()))
    const { body } = await engine.post('/sign-in/codes')
    await page.goto(`${engine.address}/sign-in?code=${body.code}`)
    await page.getByRole('button', { name: 'Your account' }).waitFor()
  }, 60_000)
  afterAll(async () => {
    await browser.close()
    await engine.stop()
    rmSync(data, { recursive: true, force: true })
  })

  const open = async (path: string) => {
    broken = []
    await page.goto(`${engine.address}/app${path}`)
  }
  const choose = async (file: string) => {
    await page.setInputFiles('input[type=file]', file)
    await page.getByRole('button', { name: /^Bring in/ }).waitFor({ timeout: 120_000 })
  }
  const counted = (name: string) => page.locator('#running dt', { hasText: name }).locator('xpath=../dd').textContent()
  const netIn = async (query: string, currency: string) => {
    await engine.settled()
    return (await engine.get(`/metrics?${query}`)).body.money[currency].netRevenue.value
  }

  it('bring in sales of any columns, with a report of what was refused, and nothing twice', async () => {
    const file = join(data, 'sales.csv')
    writeFileSync(file, SALES)
    await open('/imports')
    await choose(file)
    expect(await page.getByRole('radio', { name: /^Sales/ }).isChecked()).toBe(true)
    expect(await page.getByLabel('Receipt or order').inputValue()).toBe('Receipt')
    await page.getByText('Pieces is not a whole number like 12').waitFor()
    await page.getByRole('textbox', { name: 'Currency, for every line' }).fill('GBP')
    await page.keyboard.press('Enter')
    await page.getByText('24.99 GBP each').first().waitFor()
    await page.getByRole('button', { name: 'Bring in 4 lines' }).click()
    await page.getByRole('heading', { name: 'In, but for the lines refused: sales.csv' }).waitFor()
    expect([await counted('New events'), await counted('Lines refused')]).toEqual(['3', '1'])
    const [report] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download the report' }).click(),
    ])
    const saved = readFileSync(await report.path(), 'utf8').split('\r\n')
    expect(saved[1]).toBe(
      '4,Pieces,is not a whole number like 12,1003,leeds,02/03/2026,09:15,SHADE-01,three,10.00,1.67,card',
    )
    const span = 'from=2026-03-02T00:00:00Z&to=2026-03-03T00:00:00Z'
    expect(await netIn(span, 'GBP')).toBe(2 * 4998 - 2499)

    await page.getByRole('button', { name: 'Put away' }).click()
    await choose(file)
    await page.getByRole('textbox', { name: 'Currency, for every line' }).fill('GBP')
    await page.keyboard.press('Enter')
    await page.getByText('24.99 GBP each').first().waitFor()
    await page.getByRole('button', { name: 'Bring in 4 lines' }).click()
    await page.getByRole('heading', { name: 'In, but for the lines refused: sales.csv' }).waitFor()
    expect([await counted('New events'), await counted('Known before')]).toEqual(['0', '3'])
    expect(await netIn(span, 'GBP')).toBe(2 * 4998 - 2499)
    expect(broken).toEqual([])
  })

  it('refuse a file that is none, and keep the page', async () => {
    const file = join(data, 'other.csv')
    writeFileSync(file, 'a;b\n1;2\n')
    await open('/imports')
    await page.setInputFiles('input[type=file]', file)
    await page.getByRole('alert').getByText('not separated by commas').waitFor()
    await page.getByRole('button', { name: 'Choose a file' }).waitFor()
    expect(broken).toEqual([])
  })

  it('connect Shopify step by step, and show the first signed order by itself', async () => {
    await open('/integrations')
    await page.getByRole('button', { name: 'Connect a marketplace' }).first().click()
    await page.getByRole('radio', { name: /^Shopify/ }).check()
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('button', { name: 'Create the connection' }).click()
    await page.getByText('The secret is missing').waitFor()
    await page.getByRole('textbox', { name: 'Its secret' }).fill(SECRET)
    await page.getByRole('textbox', { name: 'Label' }).fill('our shop')
    await page.getByRole('button', { name: 'Create the connection' }).click()
    const address = (await page.getByText('/integrations/shopify/webhook/').textContent())!.trim()
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('button', { name: 'Send a test' }).click()
    await page.getByText('It works: the door answered 200.').waitFor()
    await page.getByText('Waiting for the first real delivery').waitFor()

    const at = new Date().toISOString()
    const order = JSON.stringify({
      ...{ id: 5123456789012, created_at: at, updated_at: at, currency: 'INR', financial_status: 'paid' },
      ...{ source_name: 'web', line_items: [{ id: 1, variant_id: 2, sku: 'KURTA-M', quantity: 2, price: '999.00' }] },
    })
    const deliver = async (secret: string) => {
      const headers = {
        'content-type': 'application/json',
        'x-shopify-topic': 'orders/create',
        'x-shopify-webhook-id': 'b54557e4-bdd9-4b37-8a5f-bf7d70bcd043',
        'x-shopify-hmac-sha256': createHmac('sha256', secret).update(order).digest('base64'),
      }
      return (await fetch(address, { method: 'POST', headers, body: order })).status
    }
    expect(await deliver('another secret of the same length')).toBe(401)
    expect(await deliver(SECRET)).toBe(202)
    await page.getByText('The first delivery has arrived').waitFor()
    await page.getByRole('button', { name: 'See its deliveries' }).click()
    await page.getByRole('heading', { name: 'our shop', level: 1 }).waitFor()
    await page.getByText('202 taken').waitFor()
    await page.getByText('401 not proved').waitFor()

    await page.getByText('202 taken').click()
    await page.getByText('"KURTA-M"').waitFor()
    await page.getByRole('button', { name: 'Take it once more' }).click()
    await page.getByText('Taken once more: answered 200.').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Pause' }).click()
    await page.getByRole('button', { name: 'Resume' }).waitFor()
    expect(await deliver(SECRET)).toBe(403)
    await page.getByRole('button', { name: 'Resume' }).click()
    await page.getByRole('button', { name: 'Pause' }).waitFor()
    expect(await deliver(SECRET)).toBe(200)
    expect(broken).toEqual([])
  })

  const file = retailFile('online_retail.csv.gz')
  it.skipIf(file === undefined)(
    'bring in the real Online Retail file: December 2010 is as its README says',
    async () => {
      await open('/imports')
      await choose(file!)
      expect(await page.getByRole('radio', { name: /^UCI Online Retail/ }).isChecked()).toBe(true)
      await page.getByRole('button', { name: 'Bring in 541,909 lines' }).click()
      await page.getByText('lines a second').waitFor()
      await page.getByRole('heading', { name: 'Everything is in' }).waitFor({ timeout: REAL_FILE_MS })
      expect([await counted('New events'), await counted('Lines refused')]).toEqual(['541,909', '0'])
      const december = await netIn('from=2010-12-01T00:00:00Z&to=2011-01-01T00:00:00Z', 'GBP')
      expect(Math.round(december / 100_000)).toBe(749)
      expect(await netIn('from=2010-12-01T00:00:00Z&to=2011-12-10T00:00:00Z', 'GBP')).toBe(974_774_793)
      expect(broken).toEqual([])
    },
    REAL_FILE_MS,
  )
})
