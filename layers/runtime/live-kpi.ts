/** The figures that connections hear, each read once for all that hear the same. */
import type { Hearing } from '#core/access/may-hear.ts'
import type { LiveMessage } from '#core/api/live.ts'
import type { AskedScope } from '#core/metrics/scope.ts'
import type { Ports } from './ports.ts'
import { type MetricsQuestion, readMetrics } from './read-metrics.ts'

/** Sums over some stores are many, and nobody looks at all of them: they are read no more often than this. */
const SOME_STORES_MS = 1_000

/** What the figures of a connection are about; undefined: it hears none. */
function kpiQuestionOf({ topics, stores }: Hearing): MetricsQuestion | undefined {
  if (!topics.includes('kpi')) return undefined
  const [only, another] = stores ?? []
  const scope: AskedScope =
    only !== undefined && another === undefined ? { by: 'store', key: only } : { by: 'total', key: undefined }
  return { scope, stores }
}

type Figures = { readonly version: number; readonly readAtMs: number; readonly text: string }

export class LiveKpi {
  private readonly ports: Pick<Ports, 'log' | 'state' | 'clock'>
  private readonly merchantId: string
  /** Raised by every change that may move a figure. */
  private version = 0
  private readonly figures = new Map<string, Figures>()

  constructor(ports: LiveKpi['ports'], merchantId: string) {
    this.ports = ports
    this.merchantId = merchantId
  }

  move(): void {
    this.version++
  }

  get present(): number {
    return this.version
  }

  /**
   * The message with figures newer than those of `heard`, and their version; undefined where there are none to hear, or
   * none are due.
   */
  async since(heard: number, hearing: Hearing): Promise<Figures | undefined> {
    const question = kpiQuestionOf(hearing)
    if (question === undefined || heard === this.version) return undefined
    const nowMs = this.ports.clock.now()
    const name = JSON.stringify(question)
    const known = this.figures.get(name)
    const isDue =
      known === undefined ||
      (known.version < this.version && (question.stores === undefined || nowMs - known.readAtMs >= SOME_STORES_MS))
    if (!isDue) return known.version > heard ? known : undefined
    const version = this.version
    const message: LiveMessage = { topic: 'kpi', data: await readMetrics(this.ports, this.merchantId, question) }
    const read = { version, readAtMs: nowMs, text: JSON.stringify(message) }
    this.figures.set(name, read)
    return read
  }

  /** Figures that nobody has asked for in a while are let go. */
  forget(): void {
    const nowMs = this.ports.clock.now()
    for (const [name, { readAtMs }] of this.figures)
      if (nowMs - readAtMs > FORGET_MS && this.figures.size > FEW) this.figures.delete(name)
  }
}

const FORGET_MS = 60_000
const FEW = 100
