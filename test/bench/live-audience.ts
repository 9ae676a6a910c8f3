/** Many screens at /ws at once, in a process of their own: how long after its acceptance each hears of a sale. */
import { once } from 'node:events'
import { WebSocket } from 'ws'
import type { ServerMessage, Topic } from '#core/api/live.ts'
import { percentile, rounded } from './percentiles.ts'

/** What an audience is told on its standard input, a line each. */
export type AudienceOrder = { readonly measure: boolean } | { readonly report: true }
export type AudienceReport = {
  /** Of the sockets that read: percentiles of each one's 95th percentile of accepted to heard. */
  readonly p95MsOfEach: { readonly median: number; readonly worst: number }
  readonly p99MsWorst: number
  /** The fewest and the most sales that one of them heard while it was measured. */
  readonly salesHeard: { readonly fewest: number; readonly most: number }
  readonly repeats: number
  readonly resets: number
  /** Of the sockets that read a little each second. */
  readonly slow: {
    readonly salesHeard: { readonly fewest: number; readonly most: number }
    /** Each sale moves a stock: below 1, what moved again and again was told once. */
    readonly stocksHeardPerSale: number
    readonly repeats: number
    readonly resets: number
  }
}

type Parsed = {
  readonly isReset: boolean
  readonly sales: readonly { readonly id: string; readonly acceptedMs: number }[]
  readonly stocks: number
}

/** Screens that hear the same get the same bytes: they are parsed once, or parsing would be what is measured. */
const parsed: { readonly bytes: Buffer; readonly found: Parsed | undefined }[] = []
const MOST_PARSED = 32

function parse(bytes: Buffer): Parsed | undefined {
  const known = parsed.find((one) => one.bytes.equals(bytes))
  if (known !== undefined) return known.found
  const found = shownBy(JSON.parse(bytes.toString()) as ServerMessage)
  parsed.unshift({ bytes: Buffer.from(bytes), found })
  if (parsed.length > MOST_PARSED) parsed.pop()
  return found
}

function shownBy(message: ServerMessage): Parsed | undefined {
  if (message.type !== 'changes' && message.type !== 'snapshot') return undefined
  const sales = message.messages.flatMap((one) =>
    one.topic === 'transaction' && one.acceptedAt !== null
      ? [{ id: one.data.id, acceptedMs: Date.parse(one.acceptedAt) }]
      : [],
  )
  const stocks = message.messages.filter(({ topic }) => topic === 'stock').length
  return { isReset: message.reset, sales, stocks }
}

class AudienceSocket {
  readonly socket: WebSocket
  private delays: number[] = []
  private readonly heard = new Set<string>()
  private isMeasured = false
  private begin: () => void = () => {}
  /** It has heard how things are. */
  readonly begun = new Promise<void>((done) => {
    this.begin = done
  })
  sales = 0
  stocks = 0
  repeats = 0
  resets = 0

  constructor(address: string, token: string) {
    const headers = { authorization: `Bearer ${token}` }
    this.socket = new WebSocket(`${address.replace('http', 'ws')}/ws`, { headers })
    this.socket.on('message', (data) => this.hear(data as Buffer))
  }

  measure(isMeasured: boolean): void {
    this.isMeasured = isMeasured
  }

  private hear(bytes: Buffer): void {
    const heardMs = Date.now()
    const found = parse(bytes)
    if (found === undefined) return
    this.begin()
    if (found.isReset) this.resets++
    this.stocks += found.stocks
    for (const { id, acceptedMs } of found.sales) {
      if (this.heard.has(id)) this.repeats++
      this.heard.add(id)
      this.sales++
      if (this.isMeasured) this.delays.push(heardMs - acceptedMs)
    }
  }

  percentile(percent: number): number {
    return percentile(this.delays, percent)
  }
}

/** What the dashboard's pages ask to hear; slow ones ask for everything. */
const DASHBOARD: readonly Topic[] = ['kpi', 'alert', 'transaction', 'mode', 'lag']
const READS_MS = 200
const RESTS_MS = 3_000

async function run(): Promise<void> {
  const [address, token, readers, slows] = process.argv.slice(2) as [string, string, string, string]
  const open = (count: number) => Array.from({ length: count }, () => new AudienceSocket(address, token))
  const [quick, slow] = [open(Number(readers)), open(Number(slows))]
  const all = [...quick, ...slow]
  await Promise.all(all.map(({ socket }) => once(socket, 'open')))
  for (const { socket } of quick) socket.send(JSON.stringify({ type: 'subscribe', topics: DASHBOARD }))
  for (const { socket } of slow) socket.send(JSON.stringify({ type: 'subscribe' }))
  await Promise.all(all.map((one) => one.begun))
  let timer: NodeJS.Timeout | undefined
  const rest = () => {
    for (const { socket } of slow) socket.pause()
    timer = setTimeout(read, RESTS_MS)
  }
  const read = () => {
    for (const { socket } of slow) socket.resume()
    timer = setTimeout(rest, READS_MS)
  }
  rest()
  console.log('ready')
  process.stdin.setEncoding('utf8')
  for await (const chunk of process.stdin as AsyncIterable<string>) {
    for (const line of chunk.split('\n').filter((text) => text !== '')) {
      const order = JSON.parse(line) as AudienceOrder
      if ('measure' in order) for (const one of all) one.measure(order.measure)
      else {
        clearTimeout(timer)
        for (const { socket } of slow) socket.resume()
        await new Promise((done) => setTimeout(done, 5_000))
        console.log(JSON.stringify(report(quick, slow)))
        for (const { socket } of all) socket.terminate()
        return
      }
    }
  }
}

function report(quick: readonly AudienceSocket[], slow: readonly AudienceSocket[]): AudienceReport {
  const p95s = quick.map((one) => one.percentile(95))
  const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0)
  const salesOf = (sockets: readonly AudienceSocket[]) => {
    const counts = sockets.map(({ sales }) => sales)
    return { fewest: Math.min(...counts), most: Math.max(...counts) }
  }
  return {
    p95MsOfEach: { median: rounded(percentile(p95s, 50), 1), worst: rounded(Math.max(...p95s), 1) },
    p99MsWorst: rounded(Math.max(...quick.map((one) => one.percentile(99))), 1),
    salesHeard: salesOf(quick),
    repeats: sum(quick.map(({ repeats }) => repeats)),
    resets: sum(quick.map(({ resets }) => resets)),
    slow: {
      salesHeard: salesOf(slow),
      stocksHeardPerSale: rounded(sum(slow.map(({ stocks }) => stocks)) / sum(slow.map(({ sales }) => sales)), 3),
      repeats: sum(slow.map(({ repeats }) => repeats)),
      resets: sum(slow.map(({ resets }) => resets)),
    },
  }
}

await run()
