import { DuckDbWarehouse } from '#adapters/embedded/duckdb-warehouse.ts'
import { FolderObjectStore } from '#adapters/embedded/folder-object-store.ts'
import type { RunAnswer } from '#core/api/runs.ts'
import type { Condition, StateStore, Write } from '#core/ports.ts'
import { partsOf } from '#core/row-key.ts'
import { manifest } from '#functions/manifest.ts'
import { handler as reviewRuns } from '#functions/review-runs/handler.ts'
import { CHAIN_TASKS } from '#runtime/chain-tasks.ts'
import { askForDueRuns } from '#runtime/due-runs.ts'
import type { Ports } from '#runtime/ports.ts'
import { askWarehouse } from '#runtime/published-warehouse.ts'
import { runStep } from '#runtime/run-step.ts'
import { ObjectLakeWriter } from '#runtime/write-stretch.ts'
import { temporaryFolder } from '#test/contract/temporary-folder.ts'
import { ChainHost } from '../../local/chain-host.ts'
import { EngineInTest } from './engine-in-test.ts'
import { FixedClock } from './fixed-clock.ts'
import { MemoryEventLog } from './memory-event-log.ts'
import { ask, ownerOf, portsInTest } from './ports-in-test.ts'

const SHARDS = 2

/** An engine, its lake and warehouse in one folder, and the chains that work on them; the clock stands where a test sets it. */
export class ChainInTest {
  readonly engine = new EngineInTest({ shards: SHARDS })
  readonly folder = temporaryFolder()
  readonly warehouse = new DuckDbWarehouse(this.folder)
  readonly clock = new FixedClock(0)
  readonly ports: Ports
  /** Tasks of merchant m by state, as they began, also those that were answered at once. */
  readonly began: string[] = []
  /** Called before a task works: what it throws is the task's error. */
  onTask: (state: string, input: object) => void | Promise<void> = () => {}
  /** Called when a task has worked, before its answer is written down. */
  onAnswer: (state: string) => void | Promise<void> = () => {}
  private host: ChainHost

  constructor(more: Partial<Ports> = {}) {
    const objects = new FolderObjectStore(this.folder)
    this.ports = portsInTest({
      log: Object.assign(new MemoryEventLog(SHARDS), this.engine.log),
      state: this.rows(),
      lake: new ObjectLakeWriter(objects),
      objects,
      warehouse: this.warehouse,
      clock: this.clock,
      ...more,
    })
    this.host = this.newHost()
  }

  /** The engine's, which say when an answer is about to be written down. */
  private rows(): StateStore {
    const { store } = this.engine
    return new Proxy<StateStore>(store, {
      get: (target, name) => {
        const found = Reflect.get(target, name, target) as unknown
        if (typeof found !== 'function') return found
        if (name !== 'commitDurable') return found.bind(target)
        return async (writes: readonly Write[], conditions?: readonly Condition[]) => {
          const [first] = writes
          if (first?.table === CHAIN_TASKS) await this.onAnswer(partsOf(first.key)[2]!)
          return target.commitDurable(writes, conditions)
        }
      },
    })
  }

  private newHost(): ChainHost {
    return new ChainHost({
      ports: this.ports,
      workflows: manifest.workflows,
      invoke: async (_, input) => {
        const { state, merchantId } = input as { state: string; merchantId: string }
        if (merchantId === 'm') this.began.push(state)
        await this.onTask(state, input as object)
        return runStep(this.ports, input)
      },
      log: () => {},
    })
  }

  /** As after a kill: the rows and objects stay, what was in memory is gone. */
  restart(): void {
    this.onTask = () => {}
    this.onAnswer = () => {}
    this.began.length = 0
    this.host = this.newHost()
  }

  /** For `onTask` and `onAnswer`: the process is gone here; nothing after it happens. */
  die(): never {
    void this.host.stop()
    throw new Error('killed')
  }

  send(route: string, { id, ...asked }: { body?: object; id?: string; query?: Record<string, string> } = {}) {
    const params = id === undefined ? {} : { id }
    return ask(reviewRuns, this.ports, route, { viewer: ownerOf('m'), params, ...asked })
  }

  /** What a run made, or why it stopped. */
  async run(asked: object = {}): Promise<RunAnswer> {
    const { status, body } = await this.send('POST /runs', { body: { chain: 'nightly', ...asked } })
    if (status >= 300) throw new Error(JSON.stringify(body))
    return this.runOpen(body.id)
  }

  async runOpen(id: string): Promise<RunAnswer> {
    await this.host.runOpen()
    return (await this.send('GET /runs/{id}', { id })).body
  }

  /** What the schedule does each quarter of an hour. */
  async tick(): Promise<void> {
    await askForDueRuns(this.ports, manifest.workflows)
    await this.host.runOpen()
  }

  async ask(sql: string, ...tables: readonly string[]) {
    return askWarehouse(
      { ...this.ports, warehouse: this.warehouse },
      'm',
      { sql, tables },
      { rows: 10_000, ms: 60_000 },
    )
  }
}
