/** Feeds `fed-engine.ts` from this process, so that making the events costs the engine nothing but the pipe. */
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { ended, spawnNode } from './own-process.ts'
import { RecordLines } from './record-lines.ts'
import { RetailTraffic } from './retail-traffic.ts'

/** How far a fed engine is. Seconds and CPU count from its first record. */
export type FedStatus = {
  readonly accepted: number
  readonly folded: number
  readonly seconds: number
  readonly cpuUs: number
  readonly anonRssMiB: number
  /** Everything was folded, and rows and checkpoints are on the disk. */
  readonly isDurable: boolean
}

const FED_ENGINE = fileURLToPath(new URL('./fed-engine.ts', import.meta.url))
/** As `local/data-folder.ts` makes a new folder. */
const SHARDS = 4
const LINES_AT_ONCE = 500

export class EngineFeeder {
  private readonly child: ChildProcess
  private readonly traffic: RetailTraffic
  private readonly lines: RecordLines
  private readonly listeners = new Set<(status: FedStatus) => void>()
  private sent = 0
  latest: FedStatus = { accepted: 0, folded: 0, seconds: 0, cpuUs: 0, anonRssMiB: 0, isDurable: false }

  /** A fresh folder. Event time runs at `stampRate` events a second and ends, after `events` of them, about now. */
  constructor(
    data: string,
    events: number,
    stampRate: number,
    nodeArguments: readonly string[] = [],
    traffic = new RetailTraffic('fed'),
  ) {
    this.child = spawnNode([...nodeArguments, FED_ENGINE, data], { stdio: ['pipe', 'pipe', 'inherit'] })
    this.traffic = traffic
    this.lines = new RecordLines(SHARDS, Date.now() - (events / stampRate) * 1000, stampRate)
    createInterface({ input: this.child.stdout! }).on('line', (line) => {
      this.latest = JSON.parse(line) as FedStatus
      for (const listener of this.listeners) listener(this.latest)
    })
  }

  onStatus(listener: (status: FedStatus) => void): void {
    this.listeners.add(listener)
  }

  /** Listings go first and wait to be folded; they are no part of what is measured. */
  async list(): Promise<void> {
    await this.write([...this.traffic.listings()].map((event) => this.lines.linesOf(event)).join(''))
    await this.drained()
  }

  /** Sends this many events, as fast as they are taken. */
  async feed(events: number): Promise<void> {
    for (let left = events; left > 0; left -= LINES_AT_ONCE) {
      let text = ''
      for (let i = Math.min(left, LINES_AT_ONCE); i > 0; i--) text += this.lines.linesOf(this.traffic.next())
      await this.write(text)
    }
  }

  /** Resolves when all that was sent has been folded. */
  async drained(): Promise<void> {
    while (this.latest.folded < this.sent) {
      if (this.child.exitCode !== null) throw new Error(`the engine ended with ${this.child.exitCode}`)
      await wait(20)
    }
  }

  /** Ends the feed and the engine. Answers the status in which everything was durable. */
  async end(): Promise<FedStatus> {
    this.child.stdin!.end()
    await ended(this.child)
    if (!this.latest.isDurable) throw new Error(`the engine ended with ${this.child.exitCode}`)
    return this.latest
  }

  private async write(text: string): Promise<void> {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.sent++
    if (!this.child.stdin!.write(text)) await once(this.child.stdin!, 'drain')
  }
}
