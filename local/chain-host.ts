/**
 * Runs the chains on one machine: their States Language files, each Task bound to the function that its name says. Runs go one
 * after the other, since each may take all the memory there is for SQL. One that was cut off goes on when it is begun again.
 */
import { readFileSync } from 'node:fs'
import { type ChainDefinition, tasksOfChain } from '#core/chains/chain-graph.ts'
import type { Manifest } from '#functions/manifest.ts'
import { type RunRow, runId } from '#runtime/chain-runs.ts'
import type { TaskFailure } from '#runtime/chain-tasks.ts'
import { beginRun, endOfRun, openRuns } from '#runtime/open-runs.ts'
import type { Ports } from '#runtime/ports.ts'

export type ChainHostOptions = {
  readonly ports: Pick<Ports, 'state' | 'clock'>
  readonly workflows: Manifest['workflows']
  /** Calls a function by its folder's name. */
  readonly invoke: (runs: string, input: unknown) => Promise<unknown>
  /** Runs each run: beside nothing else that publishes. */
  readonly turn?: (work: () => Promise<void>) => Promise<void>
  readonly log: (line: object) => void
}

/** The task is over, as far as the run is concerned: nothing catches or repeats it. The interpreter asks for both. */
class CutOffError extends Error {
  override readonly name = 'CutOffError'
  readonly isRetryable = false
  readonly isCatchable = false
}

type OnTask = (done: number, state: string) => void

export class ChainHost {
  private readonly options: ChainHostOptions
  private last: Promise<void> = Promise.resolve()
  private isStopping = false

  constructor(options: ChainHostOptions) {
    this.options = options
  }

  /** Runs whatever was asked for and is not over. Resolves when that is done; another call waits for its turn. */
  runOpen(onTask: OnTask = () => {}): Promise<void> {
    const work = this.last.then(async () => {
      for (const run of await openRuns(this.options.ports.state)) {
        if (this.isStopping) throw new CutOffError('the engine stops: the run goes on when it is started again')
        await this.run(run, onTask)
      }
    })
    this.last = work.catch(() => {})
    return work
  }

  /** Begins no task any more; resolves when those that work have ended. Runs that were cut off stay open. */
  stop(): Promise<void> {
    this.isStopping = true
    return this.last
  }

  private async run(asked: RunRow, onTask: OnTask): Promise<void> {
    const { ports, workflows, turn = (work) => work(), log } = this.options
    const workflow = workflows.find(({ chain }) => chain === asked.chain)
    if (workflow === undefined) throw new Error(`no chain is called ${asked.chain}`)
    const definition = definitionOf(workflow.definition)
    await turn(async () => {
      const run = await beginRun(ports, asked, definition)
      const failure = await this.interpret(run, workflow.runs, definition, onTask)
      if (this.isStopping) throw new CutOffError('the engine stops: the run goes on when it is started again')
      const ended = await endOfRun(ports, run, failure)
      const { merchantId: merchant, status } = ended
      log({ ...(failure && { level: 'error', ...ended.failure }), message: 'run', run: runId(run), merchant, status })
    })
  }

  /** Undefined: it went to its end. */
  private async interpret(
    run: RunRow,
    runs: string,
    definition: ChainDefinition,
    onTask: OnTask,
  ): Promise<TaskFailure | undefined> {
    // With it comes the client of AWS Lambda, which nobody needs who runs no chain.
    const { StateMachine } = await import('aws-local-stepfunctions')
    const working = new Set<Promise<unknown>>()
    let done = 0
    let isFailing = false
    const bound = (state: string) => async (input: unknown) => {
      isFailing ||= state === TELL_FAILURE
      // A Map that has failed begins those of its tasks that were still waiting.
      if (this.isStopping || (isFailing && state !== TELL_FAILURE)) throw new CutOffError('the run is over')
      const task = this.options.invoke(runs, input)
      working.add(task)
      try {
        const output = await task
        onTask(++done, state)
        return output
      } catch (error) {
        throw this.isStopping ? new CutOffError('the engine stops') : error
      } finally {
        working.delete(task)
      }
    }
    type Handlers = NonNullable<
      NonNullable<Parameters<InstanceType<typeof StateMachine>['run']>[1]>['overrides']
    >['taskResourceLocalHandlers']
    const handlers = Object.fromEntries(tasksOfChain(definition).map((state) => [state, bound(state)])) as Handlers
    const machine = new StateMachine(definition as ConstructorParameters<typeof StateMachine>[0])
    const { merchantId, date, remake } = run
    const input = { run: runId(run), merchantId, date, remake }
    try {
      await machine.run(input, { overrides: { taskResourceLocalHandlers: handlers! } }).result
      return undefined
    } catch (error) {
      const { name, message } = ((error as Error).cause ?? error) as Error
      return { error: name, cause: message }
    } finally {
      await Promise.allSettled(working)
    }
  }
}

/** The state of every chain that says what has failed. */
const TELL_FAILURE = 'tell-failure'

const definitionOf = (path: string): ChainDefinition =>
  JSON.parse(readFileSync(new URL(`../functions/${path}`, import.meta.url), 'utf8')) as ChainDefinition
