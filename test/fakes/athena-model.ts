/**
 * Athena as far as our queries branch on it, from its API reference (https://docs.aws.amazon.com/athena/latest/APIReference/):
 * - StartQueryExecution, API_StartQueryExecution.html: `InvalidRequestException` where the query is refused,
 *   `TooManyRequestsException` where there are too many.
 * - QueryExecutionStatus, API_QueryExecutionStatus.html: a query is running until it has succeeded, failed or was cancelled.
 * - AthenaError, API_AthenaError.html: category 1 is the system's, 2 the user's; `Retryable` says that it may succeed later.
 * - GetQueryResults, API_GetQueryResults.html: page by page, by NextToken. That the first page of a SELECT begins with a row of
 *   names is on no page of AWS: https://github.com/uber/athenadriver/blob/master/resources/UndocumentedAthena.md
 */

/** What becomes of a query: pages of rows, a failure, or nothing for so long. */
export type AthenaFate =
  | { readonly pages: readonly (readonly string[])[] }
  | { readonly failed: string; readonly category: 1 | 2; readonly retryable?: boolean }
  | { readonly refused: string }
  | { readonly cancelled: string }
  | { readonly takesMs: number }

/** Time is its own. It counts its calls. */
export class AthenaModel {
  readonly calls: Record<string, number> = {}
  readonly stopped: string[] = []
  /** Epoch ms of its clock. */
  now = 0
  /** So many of the next calls are throttled. */
  throttled = 0
  private readonly fates: AthenaFate[]
  private readonly startedAt: number[] = []

  /** Of the queries in the order in which they are begun. */
  constructor(...fates: readonly AthenaFate[]) {
    this.fates = [...fates]
  }

  wait = async (ms: number): Promise<void> => {
    this.now += ms
  }

  send = async (command: {
    readonly constructor: { readonly name: string }
    readonly input: unknown
  }): Promise<object> => {
    const { name } = command.constructor
    this.calls[name] = (this.calls[name] ?? 0) + 1
    if (this.throttled > 0) {
      this.throttled--
      throw named('TooManyRequestsException', 'Rate exceeded')
    }
    const { QueryExecutionId: id, NextToken } = command.input as { QueryExecutionId?: string; NextToken?: string }
    switch (name) {
      case 'StartQueryExecutionCommand':
        return this.start()
      case 'GetQueryExecutionCommand':
        return { QueryExecution: { Status: this.statusOf(Number(id)) } }
      case 'StopQueryExecutionCommand':
        this.stopped.push(id!)
        return {}
      default:
        return this.page(Number(id), Number(NextToken ?? 0))
    }
  }

  private start() {
    const fate = this.fates[this.startedAt.length]
    if (fate === undefined) throw new Error('nobody said what becomes of another query')
    if ('refused' in fate) throw named('InvalidRequestException', fate.refused)
    this.startedAt.push(this.now)
    return { QueryExecutionId: String(this.startedAt.length - 1) }
  }

  private statusOf(id: number) {
    const fate = this.fates[id]!
    if ('cancelled' in fate) return { State: 'CANCELLED', StateChangeReason: fate.cancelled }
    if ('takesMs' in fate) return { State: this.now - this.startedAt[id]! < fate.takesMs ? 'RUNNING' : 'SUCCEEDED' }
    if (!('failed' in fate)) return { State: 'SUCCEEDED' }
    const AthenaError = { ErrorCategory: fate.category, Retryable: fate.retryable ?? false }
    return { State: 'FAILED', StateChangeReason: fate.failed, AthenaError }
  }

  /** One column; the first page begins with its name. */
  private page(id: number, number: number) {
    const { pages } = this.fates[id] as { readonly pages: readonly (readonly string[])[] }
    const rows = [...(number === 0 ? ['n'] : []), ...pages[number]!]
    return {
      ResultSet: {
        Rows: rows.map((VarCharValue) => ({ Data: [{ VarCharValue }] })),
        ResultSetMetadata: { ColumnInfo: [{ Name: 'n', Type: 'bigint' }] },
      },
      ...(number + 1 < pages.length && { NextToken: String(number + 1) }),
    }
  }
}

const named = (name: string, message: string): Error => Object.assign(new Error(message), { name })
