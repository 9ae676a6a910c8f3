/** A shop's own file of sales through the real command, by a mapping. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '#test/contract/temporary-folder.ts'
import { bring, DONE, fileOf, runImport } from './run-import.ts'
import { engineFor, type RunningEngine } from './running-engine.ts'

const MAPPING = {
  orderId: 'Receipt',
  productId: 'Article',
  quantity: 'Pieces',
  amount: 'Paid',
  tax: 'VAT',
  currency: { value: 'GBP' },
  storeId: 'Shop',
  paymentMethod: 'Tender',
  occurredAt: { columns: ['Date', 'Time'], format: 'dd/MM/yyyy HH:mm', timeZone: 'Europe/London' },
  refunds: { when: { quantity: 'negative' } },
}
const HEADER = 'Receipt,Shop,Date,Time,Article,Pieces,Paid,VAT,Tender'
const LINES = [
  '1001,leeds,02/03/2026,09:15,LAMP,2,49.98,8.33,card',
  '1001,leeds,02/03/2026,09:15,SHADE,3,10.00,1.67,card',
  '1001,leeds,02/03/2026,09:15,SHADE,3,10.00,1.67,card',
  '1001,york,02/03/2026,09:15,LAMP,2,49.98,8.33,card',
  '1002,leeds,02/03/2026,11:00,LAMP,-1,-24.99,-4.17,cash',
]
/** 2 x 49.98 + 2 x 10.00 of sales, 24.99 of refunds. */
const FIGURES = { net: 9497, orders: 2, refunds: 1, units: 10 }

const mappingOf = (mapping: object | string): string => {
  const path = join(temporaryFolder(), 'mapping.json')
  writeFileSync(path, typeof mapping === 'string' ? mapping : JSON.stringify(mapping))
  return path
}
const bringSales = (data: string, lines: readonly string[], ...more: string[]) =>
  bring(data, 'csv', fileOf([HEADER, ...lines]), '--map', mappingOf(MAPPING), ...more)

async function figuresIn(engine: RunningEngine, span = 'from=2026-03-02T00:00:00Z&to=2026-03-03T00:00:00Z') {
  const { counts, money } = (await engine.get(`/metrics?${span}`)).body
  return {
    net: money.GBP.netRevenue.value,
    orders: counts.orders.value,
    refunds: counts.refunds.value,
    units: counts.units.value,
  }
}
const acceptedIn = async (engine: RunningEngine) =>
  (await engine.get('/quality')).body.ledger.map(({ accepted }: { accepted: number }) => accepted)

describe('sales', () => {
  it('give the figures of the file; the same lines again change nothing, in whichever file and order', async () => {
    const data = temporaryFolder()
    const engine = await engineFor(data)
    expect(await bringSales(data, LINES)).toMatchObject({
      code: 0,
      summary: { ...DONE, lines: 5, accepted: 5, repeats: 0 },
    })
    expect(await figuresIn(engine)).toEqual(FIGURES)
    const before = await acceptedIn(engine)
    const again = { code: 0, summary: { ...DONE, accepted: 0, repeats: 5 } }
    expect(await bringSales(data, LINES)).toMatchObject(again)
    expect(await bringSales(data, LINES.toReversed())).toMatchObject(again)
    const zipped = fileOf([HEADER, ...LINES], 'sales.csv.gz')
    const { tax: _, paymentMethod: __, ...fewer } = MAPPING
    expect(await bring(data, 'csv', zipped, '--map', mappingOf(fewer))).toMatchObject({
      code: 0,
      summary: { accepted: 0, repeats: 5, ignoredColumns: ['VAT', 'Tender'] },
    })
    expect(await acceptedIn(engine)).toEqual(before)
    expect(await bringSales(data, [...LINES, LINES[1]!])).toMatchObject({ summary: { accepted: 1, repeats: 5 } })
    expect(await figuresIn(engine)).toEqual({ ...FIGURES, net: FIGURES.net + 1000, units: FIGURES.units + 3 })
    expect((await engine.get('/quality')).body.unlistedProducts.count).toBe(2)
  })

  it('that are changed are other lines, and those that were are still known', async () => {
    const data = temporaryFolder()
    await bringSales(data, LINES)
    const changed = LINES.with(0, LINES[0]!.replace('LAMP,2,49.98', 'LAMP,3,74.97'))
    expect(await bringSales(data, changed)).toMatchObject({ summary: { accepted: 1, repeats: 4 } })
    expect(await bringSales(data, LINES)).toMatchObject({ summary: { accepted: 0, repeats: 5 } })
  })

  it('that are wrong are told by line and column, and the good ones are kept', async () => {
    const data = temporaryFolder()
    const report = join(temporaryFolder(), 'report.ndjson')
    const bad = ['1003,leeds,32/03/2026,09:15,LAMP,1,dear,,card', '1004,leeds,02/03/2026,09:15,,0,1,,card', '1,2']
    const outcome = await bringSales(data, [bad[0]!, ...LINES, bad[1]!, bad[2]!], '--report', report)
    const refusals = [
      {
        line: 2,
        problems: [
          { field: 'Paid', message: 'must be a decimal number or text such as 9.99' },
          { field: 'Date Time', message: 'is not a time like dd/MM/yyyy HH:mm, of 1970 or later' },
        ],
      },
      {
        line: 8,
        problems: [
          { field: 'Article', message: 'is empty' },
          { field: 'Pieces', message: 'must not be 0' },
        ],
      },
      { line: 9, problems: [{ field: '', message: 'has 2 fields, and the header 9' }] },
    ]
    expect(outcome).toMatchObject({ code: 1, summary: { lines: 8, accepted: 5, refused: 3, refusals } })
    expect(
      readFileSync(report, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(refusals)
  })
})

describe('a dry run', () => {
  it('says what would be, and sends nothing', async () => {
    const data = temporaryFolder()
    const engine = await engineFor(data)
    const before = await acceptedIn(engine)
    const { code, summary } = await bringSales(data, LINES, '--dry-run')
    expect(code).toBe(0)
    expect(summary).toEqual({
      file: expect.any(String),
      lines: 5,
      refused: 0,
      refusals: [],
      ignoredColumns: [],
      brokeOff: null,
      events: { 'sale.recorded': 4, 'sale.refunded': 1 },
      samples: [
        {
          line: 2,
          type: 'sale.recorded',
          storeId: 'leeds',
          occurredAt: '2026-03-02T09:15:00.000Z',
          data: {
            orderId: '1001',
            productId: 'LAMP',
            quantity: 2,
            unitPriceMinor: 2499,
            taxMinor: 833,
            currency: 'GBP',
            paymentMethod: 'card',
          },
        },
        expect.objectContaining({ line: 3 }),
        expect.objectContaining({ line: 4 }),
      ],
    })
    expect(await acceptedIn(engine)).toEqual(before)
    expect(await bringSales(data, LINES)).toMatchObject({ summary: { accepted: 5, repeats: 0 } })
  })

  it('needs no data folder, and fails where lines are refused', async () => {
    const data = join(temporaryFolder(), 'none')
    const path = fileOf([HEADER, LINES[0]!, LINES[1]!.replace(',3,', ',x,')])
    const { code, printed } = await runImport(data, 'csv', path, '--map', mappingOf(MAPPING), '--dry-run')
    expect(code).toBe(1)
    expect(printed).toContain('2 lines of')
    expect(printed).toContain('they would be 1 sale.recorded')
    expect(printed).toContain('line 3: Pieces: is not a whole number like 12')
    expect(existsSync(data)).toBe(false)
  })
})

describe('a mapping', () => {
  it.each<[string, object | string, RegExp]>([
    ['that is no JSON', '{"orderId":', /mapping\.json is no mapping: .*JSON/],
    [
      'with wrong fields',
      { ...MAPPING, sku: 'x', currency: { value: 'EURO' } },
      /currency\.value: is not a currency.*sku: is not known here/,
    ],
    [
      'with a pattern that is none',
      { ...MAPPING, occurredAt: { columns: ['Date'], format: 'dd/MM/yyyy HH:MM', timeZone: 'UTC' } },
      /occurredAt\.format: says the month twice/,
    ],
    [
      'that names a column which the file has not',
      { ...MAPPING, tax: 'Tax' },
      /has no column Tax: its first line names Receipt/,
    ],
  ])('%s is told before anything is read', async (_what, mapping, said) => {
    const outcome = await bring(temporaryFolder(), 'csv', fileOf([HEADER, ...LINES]), '--map', mappingOf(mapping))
    expect([outcome.code, outcome.summary]).toEqual([1, undefined])
    expect(outcome.said).toMatch(said)
  })

  it('is read, but a report that cannot be written ends the import', async () => {
    const outcome = await bringSales(temporaryFolder(), LINES, '--report', '/nowhere/report.ndjson')
    expect([outcome.code, outcome.summary]).toEqual([1, undefined])
    expect(outcome.said).toMatch(/^counterflow: cannot write the report: .*\/nowhere\/report.ndjson'\n$/)
  })

  it('that is not there, or not named', async () => {
    const path = fileOf([HEADER, ...LINES])
    const missing = await bring(temporaryFolder(), 'csv', path, '--map', '/nowhere.json')
    expect([missing.code, missing.said]).toEqual([1, 'counterflow: there is no file /nowhere.json\n'])
    expect((await bring(temporaryFolder(), 'csv', path)).code).toBe(2)
  })
})

/** Made up, in the columns of the file as UCI gives it, and in those of `import online-retail`. */
describe('UCI Online Retail by a mapping', () => {
  const OF_UCI = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country'
  const OF_OURS = 'invoice,stock_code,description,quantity,invoice_ts,unit_price,customer_id,country'
  const rows = [
    ['700001', '85123A', 'HEART', '6', ['12/1/2010 8:26', '2010-12-01T08:26:00'], '2.55', '17850'],
    ['700001', '85123A', 'HEART', '6', ['12/1/2010 8:26', '2010-12-01T08:26:00'], '2.55', '17850'],
    ['700001', 'POST', 'POSTAGE', '1', ['12/1/2010 8:26', '2010-12-01T08:26:00'], '18.00', '17850'],
    ['700002', '22423', '"STAND, 3 TIER"', '1', ['7/1/2011 0:30', '2011-07-01T00:30:00'], '12.75', ''],
    ['C700003', '85123A', 'HEART', '-4', ['7/2/2011 10:00', '2011-07-02T10:00:00'], '2.55', '17850'],
    ['C700003', 'D', 'Discount', '-1', ['7/2/2011 10:00', '2011-07-02T10:00:00'], '5.50', '17850'],
  ] as const
  const fileIn = (header: string, form: 0 | 1) =>
    fileOf([
      header,
      ...rows.map((row) => row.map((cell) => (Array.isArray(cell) ? cell[form] : cell)).join(',') + ',France'),
    ])
  const SPAN = 'from=2010-12-01T00:00:00Z&to=2011-12-10T00:00:00Z'

  it('has the net sales that its own import gives', async () => {
    const [general, special] = [temporaryFolder(), temporaryFolder()]
    const mapping = fileURLToPath(new URL('../fixtures/online-retail-mapping.json', import.meta.url))
    const brought = await bring(general, 'csv', fileIn(OF_UCI, 0), '--map', mapping)
    expect(brought).toMatchObject({ code: 0, summary: { accepted: 6, ignoredColumns: ['Description', 'Country'] } })
    expect((await bring(special, 'online-retail', fileIn(OF_OURS, 1))).summary).toMatchObject({ accepted: 6 })
    const engines = [await engineFor(general), await engineFor(special)] as const
    const [ofGeneral, ofSpecial] = await Promise.all(engines.map((engine) => figuresIn(engine, SPAN)))
    expect(ofGeneral!.net).toBe(2 * 1530 + 1800 + 1275 - 1020 - 550)
    expect(ofSpecial!.net).toBe(ofGeneral!.net)
    expect(ofSpecial!.orders).toBe(ofGeneral!.orders)
  })
})
