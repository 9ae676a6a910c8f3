/** Queries of Athena: begun, waited for, given up, read page by page. Its throttles, and failures of its own, are waited out. */
import {
  type AthenaClient,
  type ColumnInfo,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  type GetQueryResultsCommandOutput,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena'
import { WarehouseQueryError } from '#core/ports.ts'
import { PATIENCE, type Patience, pause } from './patience.ts'

export type AthenaQueriesOptions = {
  readonly client: Pick<AthenaClient, 'send'>
  /** It says where Athena keeps what queries have found. */
  readonly workGroup: string
  readonly database: string
  readonly patience?: Patience
  /** Epoch ms. */
  readonly now?: () => number
}
export type AthenaPage = {
  readonly columns: readonly ColumnInfo[]
  readonly rows: readonly (readonly (string | undefined)[])[]
}

/** Too many queries at once, or the service's own trouble: the same may be asked again. */
const TRANSIENT = new Set(['TooManyRequestsException', 'ThrottlingException', 'InternalServerException'])
const REFUSED = 'InvalidRequestException'
/** https://docs.aws.amazon.com/athena/latest/APIReference/API_AthenaError.html: 1 is the system's, 2 the user's. */
const SYSTEM = 1
const LONGEST_WAIT_MS = 1_000
const FIRST_WAIT_MS = 40

export class AthenaQueries {
  private readonly options: Required<AthenaQueriesOptions>

  constructor(options: AthenaQueriesOptions) {
    this.options = { patience: PATIENCE, now: Date.now, ...options }
  }

  /**
   * Its id, once it has succeeded.
   * @param end epoch ms: when `mostMs` are over for whoever asks, who may have begun before.
   * @throws WarehouseQueryError where Athena refuses it, or it takes longer than `mostMs`: it was given up then.
   */
  async run(sql: string, mostMs: number, end = this.options.now() + mostMs): Promise<string> {
    const { patience } = this.options
    for (let attempt = 0; ; attempt++) {
      const id = await this.start(sql)
      const failure = await this.failureOf(id, end, mostMs)
      if (failure === undefined) return id
      if (!failure.isTransient) throw new WarehouseQueryError(failure.reason)
      if (attempt + 1 >= patience.attempts) throw new Error(`Athena failed: ${failure.reason}`)
      await pause(patience, attempt)
    }
  }

  /** Its rows in their order; the row of names that Athena puts before them is none. */
  async *pages(id: string): AsyncGenerator<AthenaPage> {
    let NextToken: string | undefined
    do {
      const page: GetQueryResultsCommandOutput = await this.patiently(() =>
        this.options.client.send(new GetQueryResultsCommand({ QueryExecutionId: id, ...(NextToken && { NextToken }) })),
      )
      const rows = (page.ResultSet?.Rows ?? []).map(({ Data = [] }) => Data.map(({ VarCharValue }) => VarCharValue))
      const columns = page.ResultSet?.ResultSetMetadata?.ColumnInfo ?? []
      yield { columns, rows: NextToken === undefined ? rows.slice(1) : rows }
      NextToken = page.NextToken
    } while (NextToken !== undefined)
  }

  private async start(sql: string): Promise<string> {
    const { client, workGroup, database } = this.options
    try {
      const { QueryExecutionId } = await this.patiently(() =>
        client.send(
          new StartQueryExecutionCommand({
            QueryString: sql,
            WorkGroup: workGroup,
            QueryExecutionContext: { Database: database },
          }),
        ),
      )
      return QueryExecutionId!
    } catch (error) {
      if ((error as Error).name !== REFUSED) throw error
      throw new WarehouseQueryError((error as Error).message, { cause: error })
    }
  }

  /** Undefined: it succeeded. @throws WarehouseQueryError where it takes too long: it was given up. */
  private async failureOf(
    id: string,
    end: number,
    mostMs: number,
  ): Promise<{ readonly reason: string; readonly isTransient: boolean } | undefined> {
    const { client, patience, now } = this.options
    for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 1.5)) {
      const { QueryExecution } = await this.patiently(() =>
        client.send(new GetQueryExecutionCommand({ QueryExecutionId: id })),
      )
      const { State, StateChangeReason: reason = 'it gave no reason', AthenaError } = QueryExecution!.Status!
      if (State === 'SUCCEEDED') return undefined
      if (State === 'CANCELLED') throw new WarehouseQueryError(`it was cancelled: ${reason}`)
      if (State === 'FAILED')
        return { reason, isTransient: AthenaError?.Retryable === true || AthenaError?.ErrorCategory === SYSTEM }
      if (now() >= end) {
        await this.patiently(() => client.send(new StopQueryExecutionCommand({ QueryExecutionId: id })))
        throw new WarehouseQueryError(`it took longer than ${mostMs} ms`)
      }
      await patience.wait(Math.max(1, Math.min(waitMs, end - now())))
    }
  }

  private async patiently<T>(call: () => Promise<T>): Promise<T> {
    const { patience } = this.options
    for (let attempt = 0; ; attempt++) {
      try {
        return await call()
      } catch (error) {
        if (!TRANSIENT.has((error as Error).name) || attempt + 1 >= patience.attempts) throw error
        await pause(patience, attempt)
      }
    }
  }
}
