/** Tables of products and stores through the real command, as a merchant runs it. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '#test/contract/temporary-folder.ts'
import { bring, DONE, fileOf, runImport } from './run-import.ts'
import { engineFor, type RunningEngine } from './running-engine.ts'

const HEADER = 'product_id,title,category,base_price,currency,pack_size'
const LAMP = 'LAMP,Desk lamp,Lighting,25.99,GBP,6'
const SHADE = 'SHADE,"Shade, ""large""",Lighting,10,GBP,'
const DEARER = 'LAMP,Desk lamp,Lighting,27.99,GBP,6'

const productsIn = async (engine: RunningEngine) => (await engine.get('/products')).body.items
const acceptedIn = async (engine: RunningEngine) =>
  (await engine.get('/quality')).body.ledger.map(({ accepted }: { accepted: number }) => accepted)

describe('products', () => {
  it('are listed; the same rows again change nothing, a changed one counts, and so does the way back', async () => {
    const data = temporaryFolder()
    const engine = await engineFor(data)
    const a = fileOf([HEADER, LAMP, SHADE])
    const b = fileOf([HEADER, DEARER, SHADE])
    const priceAfter = async (path: string) => {
      const { code, summary } = await bring(data, 'products', path)
      expect(code).toBe(0)
      expect(summary).toMatchObject(DONE)
      return [summary.accepted, summary.repeats, (await productsIn(engine))[0].basePriceMinor]
    }
    expect(await priceAfter(a)).toEqual([2, 0, 2599])
    expect(await productsIn(engine)).toEqual([
      {
        productId: 'LAMP',
        title: 'Desk lamp',
        category: 'Lighting',
        basePriceMinor: 2599,
        currency: 'GBP',
        packSize: 6,
      },
      { productId: 'SHADE', title: 'Shade, "large"', category: 'Lighting', basePriceMinor: 1000, currency: 'GBP' },
    ])
    const before = await acceptedIn(engine)
    expect(await priceAfter(a)).toEqual([0, 2, 2599])
    expect(await acceptedIn(engine)).toEqual(before)
    expect(await priceAfter(b)).toEqual([1, 1, 2799])
    expect(await priceAfter(a)).toEqual([1, 1, 2599])
    expect(await priceAfter(b)).toEqual([1, 1, 2799])
    expect(await priceAfter(b)).toEqual([0, 2, 2799])
  })

  it('are compared with what anybody said last, however they are written', async () => {
    const data = temporaryFolder()
    const engine = await engineFor(data)
    await bring(data, 'products', fileOf([HEADER, LAMP]))
    const listed = { type: 'product.listed', storeId: '-', data: { productId: 'LAMP', title: 'A lamp' } }
    expect((await engine.post('/collect', { events: [listed] })).status).toBe(202)
    const other = fileOf([
      'title,currency,pack_size,product_id,base_price,category',
      'Desk lamp,GBP,6,LAMP,25.990,Lighting',
    ])
    expect((await bring(data, 'products', other)).summary).toMatchObject({ ...DONE, accepted: 1 })
    expect((await bring(data, 'products', fileOf([HEADER, LAMP]))).summary).toMatchObject({
      ...DONE,
      accepted: 0,
      repeats: 1,
    })
  })

  it('that have several rows must be the same in each: the first counts', async () => {
    const data = temporaryFolder()
    const path = fileOf([HEADER, LAMP, DEARER, LAMP])
    const message = 'is in line 2 already, with other values: keep one of the two'
    const twice = { refused: 1, refusals: [{ line: 3, problems: [{ field: 'product_id', message }] }] }
    expect((await bring(data, 'products', path)).summary).toMatchObject({ ...twice, accepted: 1, repeats: 1 })
    expect((await bring(data, 'products', path)).summary).toMatchObject({ ...twice, accepted: 0, repeats: 2 })
    const engine = await engineFor(data)
    expect((await productsIn(engine))[0].basePriceMinor).toBe(2599)
  })

  it('that are more than a page are known all', async () => {
    const data = temporaryFolder()
    const many = Array.from({ length: 1_001 }, (_, i) => `P${i},Product ${i},Toys,1.50,GBP,`)
    expect((await bring(data, 'products', fileOf([HEADER, ...many]))).summary).toMatchObject({ accepted: 1_001 })
    const changed = many.with(700, 'P700,Product 700,Toys,1.60,GBP,')
    expect((await bring(data, 'products', fileOf([HEADER, ...changed]))).summary).toMatchObject({
      accepted: 1,
      repeats: 1_000,
    })
  })

  it('without a currency are in the merchant’s', async () => {
    const data = temporaryFolder()
    const engine = await engineFor(data)
    await engine.post('/settings', { name: 'currency', value: 'JPY' })
    const path = fileOf(['product_id,title,base_price', 'LAMP,Desk lamp,2599', 'SHADE,Shade,10.50'])
    const { code, summary } = await bring(data, 'products', path)
    expect(code).toBe(1)
    expect(summary.refusals).toEqual([
      { line: 3, problems: [{ field: 'base_price', message: expect.stringContaining('JPY') }] },
    ])
    expect(await productsIn(engine)).toEqual([
      { productId: 'LAMP', title: 'Desk lamp', basePriceMinor: 2599, currency: 'JPY' },
    ])
  })
})

describe('a file', () => {
  it('with bad rows: they are told by line and column, the good ones are kept', async () => {
    const data = temporaryFolder()
    const report = join(temporaryFolder(), 'report.ndjson')
    const bad = ['SHADE,,Lighting,dear,GBP,6', 'X,X', 'Y,Why,,1.999,GBP,0']
    const { code, summary } = await bring(
      data,
      'products',
      fileOf([HEADER, bad[0]!, LAMP, bad[1]!, bad[2]!]),
      '--report',
      report,
    )
    const refusals = [
      {
        line: 2,
        problems: [
          { field: 'title', message: 'is empty' },
          { field: 'base_price', message: 'must be a decimal number or text such as 9.99' },
        ],
      },
      { line: 4, problems: [{ field: '', message: 'has 2 fields, and the header 6' }] },
      {
        line: 5,
        problems: [
          { field: 'pack_size', message: expect.stringContaining('>=1') },
          { field: 'base_price', message: expect.stringContaining('GBP, which has 2') },
        ],
      },
    ]
    expect(code).toBe(1)
    expect(summary).toMatchObject({ ...DONE, lines: 4, accepted: 1, refused: 3, refusals: expect.anything() })
    const byLine = (found: { line: number }[]) => found.toSorted((x, y) => x.line - y.line)
    expect(byLine(summary.refusals)).toEqual(refusals)
    const reported = readFileSync(report, 'utf8').trimEnd().split('\n')
    expect(byLine(reported.map((line) => JSON.parse(line)))).toEqual(refusals)
  })

  it('with a byte order mark, Windows’ line ends, a cell of two lines and columns of its own, in gzip', async () => {
    const data = temporaryFolder()
    const path = join(temporaryFolder(), 'table.csv.gz')
    writeFileSync(path, gzipSync('\ufeffcolour,title,product_id\r\nred,"Desk\r\nlamp",LAMP\r\n'))
    const { code, summary } = await bring(data, 'products', path)
    expect(code).toBe(0)
    expect(summary).toMatchObject({ ...DONE, accepted: 1, ignoredColumns: ['colour'] })
  })

  it.each([
    ['products', 'sku,title\nLAMP,Desk lamp\n', /has no column product_id: its first line names sku, title/],
    ['stores', 'store,place\ns,S\n', /has no column store_id, name: its first line names store, place/],
  ])('of %s without a column that must be there is not read', async (what, text, said) => {
    const path = join(temporaryFolder(), 'table.csv')
    writeFileSync(path, text)
    const outcome = await bring(temporaryFolder(), what, path)
    expect([outcome.code, outcome.summary]).toEqual([1, undefined])
    expect(outcome.said).toMatch(said)
  })

  it('is told to a person in sentences', async () => {
    const path = fileOf(['product_id,title,x', 'P,,1'])
    const { code, printed } = await runImport(temporaryFolder(), 'products', path)
    expect(code).toBe(1)
    expect(printed).toContain('columns that mean nothing here: x')
    expect(printed).toContain('line 2: title: is empty')
  })
})

describe('what nobody has listed', () => {
  const unlistedIn = async (engine: RunningEngine) => {
    await engine.settled()
    const { unlistedProducts, unlistedStores } = (await engine.get('/quality')).body
    return [unlistedProducts, unlistedStores].map(({ count, first }) => [
      count,
      first.map(({ id }: { id: string }) => id),
    ])
  }

  it('counts, and is shown until somebody completes it', async () => {
    const data = temporaryFolder()
    const engine = await engineFor(data)
    for (const storeId of ['leeds', 'york', 'hull']) {
      for (const productId of ['LAMP', 'SHADE']) {
        const sold = { orderId: 'O-1', productId, quantity: 1, unitPriceMinor: 100, currency: 'GBP' }
        await engine.post('/collect', { events: [{ type: 'sale.recorded', storeId, data: sold }] })
      }
    }
    expect(await unlistedIn(engine)).toEqual([
      [2, ['LAMP', 'SHADE']],
      [3, ['hull', 'leeds', 'york']],
    ])
    expect((await engine.get('/metrics')).body.counts.units.value).toBe(6)
    await bring(data, 'products', fileOf([HEADER, LAMP]))
    await bring(data, 'stores', fileOf(['store_id,name,time_zone', 'leeds,Leeds,Europe/London', 'york,York,']))
    expect(await unlistedIn(engine)).toEqual([
      [1, ['SHADE']],
      [1, ['hull']],
    ])
    expect((await engine.get('/stores')).body.items).toEqual([
      { storeId: 'leeds', name: 'Leeds', timeZone: 'Europe/London' },
      { storeId: 'york', name: 'York' },
    ])
    const completed = [
      { type: 'product.listed', storeId: '-', data: { productId: 'SHADE', title: 'Shade' } },
      { type: 'store.listed', storeId: 'hull', data: { name: 'Hull' } },
    ]
    await engine.post('/collect', { events: completed })
    expect(await unlistedIn(engine)).toEqual([
      [0, []],
      [0, []],
    ])
  })
})
