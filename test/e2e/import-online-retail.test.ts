import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { MetricsAnswer } from '#core/api/metrics.ts'
import type { QualityAnswer } from '#core/api/quality.ts'
import type { StockAnswer } from '#core/api/stock.ts'
import { type Door, openDoor } from '#local/import/collect-door.ts'
import type { ImportOptions } from '#local/import/import-lines.ts'
import { importOnlineRetail, type OnlineRetailSummary, openOnlineRetail } from '#local/import/import-online-retail.ts'
import { serve } from '#local/serve.ts'
import { temporaryFolder } from '#test/contract/temporary-folder.ts'

const HEADER = 'invoice,stock_code,description,quantity,invoice_ts,unit_price,customer_id,country'
const LINES = [
  '536365,85123A,WHITE HEART,6,2010-12-01T08:26:00,2.55,17850,United Kingdom',
  '536365,85123A,WHITE HEART,6,2010-12-01T08:26:00,2.55,17850,United Kingdom',
  '536365,POST,POSTAGE,1,2010-12-01T08:26:00,18,17850,United Kingdom',
  '536366,85123a,CREAM HEART,1,2010-12-01T08:30:00,3.00,12345,France',
  '536367,85123A,,-2,2010-12-01T09:00:00,0,,United Kingdom',
  'C536368,85123A,WHITE HEART,-4,2010-12-02T10:00:00,2.55,17850,United Kingdom',
  'C536368,D,Discount,-1,2010-12-02T10:00:00,5.50,17850,United Kingdom',
  '536369,22423,CAKESTAND,1,2010-12-02T23:30:00,12.75,17850,United Kingdom',
]
/** 12 x 2.55 + 3.00 + 12.75 - 4 x 2.55 of goods, 18.00 and -5.50 of charges. */
const FIGURES = {
  net: 4865,
  goods: 3615,
  orders: 3,
  cancellations: 1,
  customers: 2,
  stock: { '22423': -1, '85123A': -11 },
}

function write(lines: readonly string[], name = 'shop.csv'): string {
  const path = join(temporaryFolder(), name)
  const text = `${[HEADER, ...lines].join('\n')}\n`
  writeFileSync(path, name.endsWith('.gz') ? gzipSync(text) : text)
  return path
}

async function doorOf(data: string): Promise<Door> {
  const door = await openDoor(data)
  onTestFinished(() => door.close())
  return door
}

const bring = async (path: string, door: Door, options: Partial<ImportOptions> = {}): Promise<OnlineRetailSummary> =>
  importOnlineRetail(await openOnlineRetail(path), door, { scratchFolder: temporaryFolder(), ...options })

async function figuresIn(door: Door) {
  const ask = async (path: string) => (await door.ask('GET', path)).body
  const span = 'from=2010-12-01T00:00:00Z&to=2010-12-03T00:00:00Z'
  const { counts, money } = (await ask(`/metrics?${span}`)) as MetricsAnswer
  const { items } = (await ask('/stock')) as StockAnswer
  return {
    net: money.GBP!.netRevenue.value,
    goods: money.GBP!.goodsRevenue.value,
    orders: counts.orders.value,
    cancellations: counts.cancellations.value,
    customers: counts.newCustomers.value,
    stock: Object.fromEntries(items.map(({ productId, onHand }) => [productId, onHand])),
  }
}
const titlesIn = async (door: Door) =>
  ((await door.ask('GET', '/stock')).body as StockAnswer).items.map(({ title }) => title)
const ledgerIn = async (door: Door) => ((await door.ask('GET', '/quality')).body as QualityAnswer).ledger

const DONE = { repeats: 0, refused: 0, refusals: [], held: 0, brokeOff: null }

describe('an import', () => {
  it('gives the figures of the file, and a title to each product', async () => {
    const data = temporaryFolder()
    const door = await doorOf(data)
    const path = write(LINES)
    expect(await bring(path, door)).toMatchObject({ ...DONE, file: path, lines: 8, accepted: 8, titles: 2 })
    expect(await figuresIn(door)).toEqual(FIGURES)
    expect(await titlesIn(door)).toEqual(['CAKESTAND', 'WHITE HEART'])
  })

  it('changes nothing the second time, nor in another order, nor from a file with more around it', async () => {
    const door = await doorOf(temporaryFolder())
    await bring(write(LINES), door)
    const before = await ledgerIn(door)
    const again = { ...DONE, accepted: 0, repeats: 8, titles: 0 }
    expect(await bring(write(LINES, 'shop.csv.gz'), door)).toMatchObject(again)
    expect(await bring(write(LINES.toReversed()), door)).toMatchObject(again)
    expect(await ledgerIn(door)).toEqual(before)
    const twice = [...LINES, LINES[0]!]
    expect(await bring(write(twice), door)).toMatchObject({ accepted: 1, repeats: 8 })
    expect(await figuresIn(door)).toMatchObject({ net: 4865 + 6 * 255 })
  })

  it('gives the same figures in another order', async () => {
    const door = await doorOf(temporaryFolder())
    expect(await bring(write(LINES.toReversed()), door)).toMatchObject({ ...DONE, accepted: 8, titles: 2 })
    expect(await figuresIn(door)).toEqual(FIGURES)
    expect(await titlesIn(door)).toEqual(['CAKESTAND', 'WHITE HEART'])
  })

  it('counts by the days of the shop’s own clock', async () => {
    const door = await doorOf(temporaryFolder())
    await bring(write(['536365,85123A,HEART,1,2011-07-01T00:30:00,1,,France']), door)
    const days = 'from=2011-06-30T00:00:00Z&to=2011-07-02T00:00:00Z&window=day&store=online-retail'
    const { body } = await door.ask('GET', `/metrics/series?measure=orders&${days}`)
    const { buckets, series } = body as { buckets: { start: string }[]; series: { values: number[] }[] }
    const day = buckets.findIndex(({ start }) => start === '2011-06-30T23:00:00.000Z')
    expect(series[0]!.values[day]).toBe(1)
  })

  it('tells people outside nothing of what history would have said', async () => {
    const data = temporaryFolder()
    const door = await openDoor(data)
    await bring(write(LINES), door)
    expect((await door.ask('GET', '/alerts')).body).toMatchObject({
      items: [{ productId: '22423' }, { productId: '85123A' }],
    })
    await door.close()
    const lines: object[] = []
    const { stop } = await serve(
      { data, host: '127.0.0.1', port: 0 },
      (line) => lines.push(line),
      () => {},
    )
    await new Promise((done) => setTimeout(done, 1_200)) // notices go out each second
    await stop()
    expect(lines).toEqual([])
  })

  it('says how far it has come', async () => {
    const path = write(LINES)
    const told: [number, number][] = []
    const size = readFileSync(path).length
    await bring(path, await doorOf(temporaryFolder()), { onProgress: (bytes, of) => told.push([bytes, of]) })
    expect(told).toEqual([[size, size]])
  })

  it('leaves nothing in the folder in which it remembers', async () => {
    const scratchFolder = temporaryFolder()
    await bring(write(LINES), await doorOf(temporaryFolder()), { scratchFolder })
    expect(readdirSync(scratchFolder)).toEqual([])
  })
})

describe('lines that cannot be taken', () => {
  const bad = ['536370,22423,X,0,2010-12-01T08:26:00,1,,France', '1,2,3', '536370,22423,X,1,yesterday,1,,France']
  const reasons = [
    { line: 10, problems: [{ field: 'quantity', message: 'must not be 0' }] },
    { line: 11, problems: [{ field: '', message: 'has 3 fields, and the header 8' }] },
    {
      line: 12,
      problems: [{ field: 'invoice_ts', message: 'is not a local time like 2011-12-09T12:50:00' }],
    },
  ]

  it('are told by their number, and the others are taken', async () => {
    const door = await doorOf(temporaryFolder())
    const reportPath = join(temporaryFolder(), 'report.ndjson')
    const summary = await bring(write([...LINES, ...bad]), door, { reportPath })
    expect(summary).toMatchObject({ ...DONE, lines: 11, accepted: 8, refused: 3, refusals: expect.anything() })
    expect(summary.refusals.toSorted((a, b) => a.line - b.line)).toEqual(reasons)
    const report = readFileSync(reportPath, 'utf8').trimEnd().split('\n')
    expect(report.map((line) => JSON.parse(line)).sort((a, b) => a.line - b.line)).toEqual(reasons)
    expect(await figuresIn(door)).toEqual(FIGURES)
  })

  it('are all counted and reported, the first of them shown', async () => {
    const reportPath = join(temporaryFolder(), 'report.ndjson')
    const many = Array.from({ length: 600 }, () => bad[0]!)
    const summary = await bring(write(many), await doorOf(temporaryFolder()), { reportPath })
    expect(summary).toMatchObject({ lines: 600, accepted: 0, refused: 600 })
    expect(summary.refusals).toHaveLength(10)
    expect(readFileSync(reportPath, 'utf8').trimEnd().split('\n')).toHaveLength(600)
  })
})

describe('a file that breaks off', () => {
  it('keeps what was read, gives no titles, and the whole file adds the rest', async () => {
    const door = await doorOf(temporaryFolder())
    const path = write(LINES, 'shop.csv.gz')
    const whole = readFileSync(path)
    const half = join(temporaryFolder(), 'half.csv.gz')
    writeFileSync(half, whole.subarray(0, whole.length - 9))
    const broken = await bring(half, door)
    expect(broken).toMatchObject({ ...DONE, titles: 0, brokeOff: expect.stringContaining('breaks off after line') })
    expect(broken.accepted).toBe(broken.lines)
    expect(broken.lines).toBeGreaterThan(0)
    expect(await bring(path, door)).toMatchObject({
      accepted: LINES.length - broken.lines,
      repeats: broken.lines,
      titles: 2,
      brokeOff: null,
    })
    expect(await figuresIn(door)).toEqual(FIGURES)
  })

  it('throws when it has not even one line, and lists no shop', async () => {
    const door = await doorOf(temporaryFolder())
    const path = join(temporaryFolder(), 'empty.csv')
    writeFileSync(path, 'invoice,stock_code\n')
    await expect(bring(path, door)).rejects.toThrow('has no column description, quantity')
    expect((await ledgerIn(door))!.map(({ accepted }) => accepted)).toEqual([0, 0, 0, 0])
  })
})

describe('over HTTP, into an engine that runs', () => {
  it('gives the same figures as in its own process', async () => {
    const data = temporaryFolder()
    const { address, stop } = await serve(
      { data, host: '127.0.0.1', port: 0 },
      () => {},
      () => {},
    )
    onTestFinished(stop)
    const door = await doorOf(data)
    expect(door.address).toBe(address)
    expect(await bring(write(LINES), door)).toMatchObject({ ...DONE, accepted: 8, titles: 2 })
    expect(await figuresIn(door)).toEqual(FIGURES)
  })

  it('goes on when the engine is started again meanwhile, at another address', async () => {
    const data = temporaryFolder()
    const first = await serve(
      { data, host: '127.0.0.1', port: 0 },
      () => {},
      () => {},
    )
    const door = await doorOf(data)
    const lines = Array.from(
      { length: 1_200 },
      (_, i) => `${600_000 + i},22423,CAKESTAND,1,2011-07-01T10:00:00,1,,EIRE`,
    )
    let second: Promise<{ stop(): Promise<void> }> | undefined
    const restart = async () => {
      await first.stop()
      return serve(
        { data, host: '127.0.0.1', port: 0 },
        () => {},
        () => {},
      )
    }
    const summary = await bring(write(lines), door, { onProgress: () => (second ??= restart()) })
    onTestFinished(async () => (await second!).stop())
    expect(summary).toMatchObject({ lines: 1_200, refused: 0, held: 0, brokeOff: null })
    expect(summary.accepted + summary.repeats).toBe(1_200)
    const { body } = await door.ask('GET', '/stock?store=online-retail&product=22423')
    expect((body as StockAnswer).items[0]!.onHand).toBe(-1_200)
  })
})
