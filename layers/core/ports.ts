/**
 * What the program needs of the world. Each port has one contract suite in `test/contract`, run against every
 * implementation; implementations live in `layers/adapters` and say how they do it (`LmdbStateStore`).
 */
import type { Right, Role } from './access/rights.ts'
import type { ColumnType } from './lake/raw-columns.ts'
import type { NoticeKind, NoticeSeverity } from './notices/notice-kinds.ts'
import type { KeyRange } from './row-key.ts'

export interface Clock {
  /** Epoch milliseconds, UTC. */
  now(): number
}

export interface IdSource {
  /** A new unguessable id, 128 bits or more, in letters and digits. */
  next(): string
}

// --- The log -------------------------------------------------------------------------------------------------------

/** A record of the log as its consumer gets it. */
export interface LogRecord {
  /** Text that sorts in log order within its shard. */
  readonly sequence: string
  readonly bytes: Uint8Array
}

/** One document on its way into the log: all of its records are appended, or none. */
export type Intake = {
  /** The provider's identity of the document; a second document with the same claim is a repeat. */
  readonly claim?: { readonly key: string; readonly keepForEver: boolean }
  /** Ids of the document's events, kept with the claim, so that a repeat gets the same answer. */
  readonly eventIds: readonly string[]
  readonly records: readonly { readonly shard: number; readonly bytes: Uint8Array }[]
}
export type Taken = { readonly repeat: boolean; readonly eventIds: readonly string[] }

export interface EventLog {
  /** How many shards there are: numbers 0 to `shards - 1`. */
  readonly shards: number
  /**
   * Appends documents in order, and resolves when they are durable. Of two documents with one claim, in this call or in
   * any other, at once or days apart, one is appended; the other is answered with the first one's event ids.
   * @throws LogFullError when the log cannot take more now: the caller may try later; nothing of the call was appended, unless the
   * error says that nobody knows.
   */
  append(documents: readonly Intake[]): Promise<readonly Taken[]>
  /** Up to `limit` records of a shard from `from` on (undefined: from the oldest that is kept), oldest first. */
  read(shard: number, from: string | undefined, limit: number): Promise<readonly LogRecord[]>
  status(): Promise<LogStatus>
  /**
   * Where a document is written down before it is in the log: appends those that were left behind, and answers how many.
   * Absent where both are one.
   */
  resendPending?(): Promise<number>
}

export type LogStatus = {
  /** By shard: the sequence that the next record will get, and how many records were ever appended. */
  readonly shards: readonly { readonly next: string; readonly appended: number }[]
  /** Repeats that `append` turned away since the program started. */
  readonly repeats: number
}

/** The log is over its limit (memory or disk); `retryAfterSeconds` is a guess at when it will have room. */
export class LogFullError extends Error {
  override readonly name = 'LogFullError'
  readonly retryAfterSeconds: number
  /** Nobody knows whether it was appended, or will be: its claim holds, so that the same again is a repeat if it was. */
  readonly isUncertain: boolean
  constructor(message: string, retryAfterSeconds: number, isUncertain = false) {
    super(message)
    this.retryAfterSeconds = retryAfterSeconds
    this.isUncertain = isUncertain
  }
}

/** After work that appends has failed: whether its events may be in the log all the same. */
export const mayBeInLog = (error: unknown): boolean => error instanceof LogFullError && error.isUncertain

// --- State ---------------------------------------------------------------------------------------------------------

/** A row: a plain object of JSON values; bytes (`Uint8Array`) are allowed too. Rows are never changed in place. */
export type Row = object
export type RowRef = { readonly table: string; readonly key: string }
/** `row: undefined` deletes. */
export type Write = RowRef & { readonly row: Row | undefined }
/**
 * Holds when the row has this value in this field, or with `equals: undefined` has no such field; `field: undefined` asks
 * that there is no row at all.
 */
export type Condition = RowRef &
  ({ readonly field: string; readonly equals: string | number | undefined } | { readonly field: undefined })

export type Query = {
  readonly table: string
  readonly range: KeyRange
  readonly limit?: number
  readonly reverse?: boolean
}

export interface StateStore {
  /** How many items one transaction may hold; `Infinity` where there is no limit. */
  readonly maxItems: number
  /** The rows in the order of `refs`, undefined where there is none. Answers at once where the rows are at hand. */
  getMany(refs: readonly RowRef[]): (Row | undefined)[] | Promise<(Row | undefined)[]>
  get(table: string, key: string): Row | undefined | Promise<Row | undefined>
  /** Rows of one table by key, ascending or (`reverse`) descending. */
  query(query: Query): Promise<{ readonly key: string; readonly row: Row }[]>
  /**
   * All writes or none, after every condition was found to hold. Seen by every later read. Durable within about a second
   * (embedded) or at once (DynamoDB); a crash loses a suffix of commits, never one from the middle.
   * @throws ConditionFailedError when a condition does not hold: nothing was written.
   */
  commit(writes: readonly Write[], conditions?: readonly Condition[]): Promise<void> | void
  /**
   * As `commit`, and resolves when it is durable. It may be so before earlier commits are: for rows that no fold writes.
   */
  commitDurable(writes: readonly Write[], conditions?: readonly Condition[]): Promise<void>
  /** Where a transaction is small or dear: another way for whoever alone writes what it writes. */
  readonly guarded?: GuardedCommits
}

/**
 * Commits of one writer: everything it writes, no other does. A commit is all or nothing in the end, though others may see some
 * of its rows before the rest, and the guard's before those. Each is decided by its guard, a row with a condition on it.
 */
export interface GuardedCommits {
  /** How many items one commit may hold. */
  readonly maxItems: number
  /** The guard's row, when a commit that was cut off is finished: the first thing that a new writer asks. */
  open(guard: RowRef): Promise<Row | undefined>
  /**
   * Durable when it resolves. After an error that is no ConditionFailedError it may come to pass at the next `open`.
   * @throws ConditionFailedError when the condition, which is on the guard's row, does not hold: nothing was written.
   */
  commit(guard: Write & { readonly row: Row }, writes: readonly Write[], condition: Condition): Promise<void>
}

export class ConditionFailedError extends Error {
  override readonly name = 'ConditionFailedError'
}

/** Whether the commit's conditions held: if not, somebody was faster, and nothing of it is written. */
export async function conditionsHold(commit: () => Promise<void> | void): Promise<boolean> {
  try {
    await commit()
    return true
  } catch (error) {
    if (error instanceof ConditionFailedError) return false
    throw error
  }
}

// --- Everything else -----------------------------------------------------------------------------------------------

/** Objects by name; names are paths of letters, digits, `-_.=` and `/`. A put replaces the whole object, or nothing. */
export interface ObjectStore {
  put(name: string, bytes: Uint8Array): Promise<void>
  /** undefined when there is no such object. */
  get(name: string): Promise<Uint8Array | undefined>
  /** Names that begin with `prefix`, in order. */
  list(prefix: string): Promise<string[]>
  delete(name: string): Promise<void>
  /** By which whoever has it gets the object for so long, as a file of that name. Absent: the program sends it by itself. */
  link?(
    name: string,
    as: { readonly type: string; readonly fileName: string; readonly seconds: number },
  ): Promise<string>
}

// --- The warehouse -------------------------------------------------------------------------------------------------

export type TableColumn = { readonly name: string; readonly type: ColumnType }

/** Parquet objects as a table of SQL. */
export type WarehouseInput = {
  /** Its name in the SELECT. */
  readonly table: string
  /** What the SELECT may ask of it. A column that an object lacks reads as null there. */
  readonly columns: readonly TableColumn[]
  /**
   * All Parquet objects whose names begin with one of these, but for raw ones whose rows another has (`raw-compaction.ts`); each
   * ends with `/`. None: a table without rows.
   */
  readonly folders: readonly string[]
}

/** A parameter: a column of the one-row table `run`. A date is YYYY-MM-DD, a timestamp RFC 3339 in UTC. */
export type RunColumn = TableColumn & { readonly value: string | number | boolean | null }

export type WarehouseQuery = {
  /** One SELECT, without values in it, that every engine reads alike. */
  readonly sql: string
  readonly run: readonly RunColumn[]
  readonly inputs: readonly WarehouseInput[]
}

/** A date is YYYY-MM-DD, a timestamp RFC 3339 in UTC. */
export type WarehouseRow = Readonly<Record<string, string | number | boolean | null>>

/** SQL over the Parquet objects of the object store. */
export interface Warehouse {
  /**
   * Writes the rows into a folder (a name that ends with `/`) as Parquet, in place of whatever is in it: for a folder that
   * nobody reads yet. Killed on the way, it leaves part of them there.
   * @throws WarehouseQueryError also where the SELECT's columns are not these, by name and type: nothing was written.
   */
  write(query: WarehouseQuery, folder: string, columns: readonly TableColumn[]): Promise<{ readonly rows: number }>
  /** @throws WarehouseQueryError also where there are more rows than `most.rows`, or it takes longer than `most.ms`. */
  ask(query: WarehouseQuery, most: { readonly rows: number; readonly ms: number }): Promise<readonly WarehouseRow[]>
}

/** The engine refused the query, or gave it up: to ask the same again is of no use. */
export class WarehouseQueryError extends Error {
  override readonly name = 'WarehouseQueryError'
}

// --- Chains that run elsewhere -------------------------------------------------------------------------------------

export type ExecutionStatus =
  | { readonly status: 'running' | 'succeeded' }
  | { readonly status: 'failed'; readonly error: string; readonly cause: string }

/** Executions of the chains' state machines, where it is not this program that runs the chains. */
export interface Executions {
  /** Begins one; of this name there is one, however often it is begun: how far that is. `input`: plain JSON. */
  begin(chain: string, name: string, input: object): Promise<ExecutionStatus>
}

// --- The outside ---------------------------------------------------------------------------------------------------

/** Pushes to one open connection of a browser. */
export interface LiveChannel {
  /** False when the connection is gone: the caller forgets it. */
  send(connectionId: string, message: string): Promise<boolean>
  /** Ends the connection, so that whoever it is comes back and is asked who they are. One that is gone is no matter. */
  close(connectionId: string): Promise<void>
  /** Bytes accepted for this connection that have not left yet: a slow reader. */
  backlog(connectionId: string): number
  /** Sockets are held where no feed hears that a client has spoken: whoever hears it answers at once, by itself. */
  readonly isHeldElsewhere?: true
}

/** The machine that the program runs on, where there is one to speak of. */
export interface Machine {
  /** What the data takes and what is left for it; undefined where storage is without end. */
  disk(): { readonly usedBytes: number; readonly freeBytes: number } | undefined
}

/** Secrets by name, readable by the program alone. */
export interface Secrets {
  get(name: string): Promise<string | undefined>
  set(name: string, value: string): Promise<void>
  /** One that is not there is no matter. */
  delete(name: string): Promise<void>
}

/** A person or program that has proved who it is. */
export type Viewer = {
  readonly merchantId: string
  readonly subject: string
  readonly role: Role
  /** Stores that this viewer may see; undefined: all of the merchant's. */
  readonly stores?: readonly string[]
  /** What a token may do of what its person may; undefined: all of it. */
  readonly scopes?: readonly Right[]
  /** The pages alone that may use their token; undefined: whoever has it. */
  readonly origins?: readonly string[]
  /** What they got in with, of what is written down: it can be looked up again. */
  readonly bearer?: { readonly kind: 'session' | 'token'; readonly id: string }
  /** Epoch ms. When a token ends that is written down nowhere: a machine's, or a pool's. */
  readonly endsAt?: number
}

/** A person of a merchant, by the id of their account. */
export type Person = { readonly merchantId: string; readonly subject: string }

/** Times are epoch ms. */
export type Session = {
  readonly id: string
  readonly label: string
  readonly createdAt: number
  readonly usedAt: number
  readonly expiresAt: number
}
export type TokenRequest = {
  readonly label: string
  /** What it may do of what its person may; absent: all of it. */
  readonly scopes?: readonly Right[]
  readonly stores?: readonly string[]
  /** The pages alone that may use it: everybody can read it there. */
  readonly origins?: readonly string[]
  /** Absent: until it is revoked. */
  readonly expiresAt?: number
}
export type ApiToken = TokenRequest &
  Person & { readonly id: string; readonly createdAt: number; readonly usedAt: number }

/** sign-in: opens a session; invitation, reset: lets somebody choose a password. */
export const CODE_USES = ['sign-in', 'invitation', 'reset'] as const
export type CodeUse = (typeof CODE_USES)[number]

export interface Identity {
  /** Who bears this token, as their account is now; undefined when it is unknown, expired, revoked, or nobody's any more. */
  verify(token: string): Promise<Viewer | undefined>
  /** Who a viewer is by now, as `verify` would say of what they got in with; undefined: nobody any more. */
  present(viewer: Viewer): Promise<Viewer | undefined>
  /** For whoever runs the engine, who is any merchant's owner: signed, for some hours, in no list. */
  issueForMachine(viewer: Viewer): Promise<string>
  /** A new session of a browser. `label` says which one. */
  openSession(person: Person, label: string): Promise<string>
  /** Newest first. */
  sessionsOf(person: Person): Promise<readonly Session[]>
  /** Ends one; or all of them, and every code of the person is void. False: there is no such one. */
  endSessions(person: Person, id?: string): Promise<boolean>
  /** A new token for scripts, shown once. */
  createToken(person: Person, asked: TokenRequest): Promise<{ readonly token: string; readonly item: ApiToken }>
  /** Newest first. */
  tokensOf(merchantId: string): Promise<readonly ApiToken[]>
  /** False: there is no such one. */
  revokeToken(merchantId: string, id: string): Promise<boolean>
  /** A one-use code for a link. */
  issueCode(use: CodeUse, person: Person): Promise<string>
  /** Whose it is; undefined: it was used, is too old, or is for another use. */
  readCode(use: CodeUse, code: string): Promise<Person | undefined>
  /** As `readCode`, and it is used. With one that lets choose a password, every other code of the person is void. */
  redeemCode(use: CodeUse, code: string): Promise<Person | undefined>
  /** Every code of the person is void. */
  forgetCodes(person: Person): Promise<void>
  /** Deletes sessions and codes that are over, and tokens thirty days after. */
  sweep(): Promise<void>
}

/** One minute of a merchant: in total, of one store, or of one product. */
export type MirroredWindow = {
  readonly merchantId: string
  readonly by: 'total' | 'store' | 'product'
  /** Of the store or product; `-` in total. */
  readonly id: string
  /** Epoch ms of its start. */
  readonly atMs: number
  /** Whole numbers by measure; money in minor units by currency, `gross:INR`. */
  readonly sums: Readonly<Record<string, number>>
}

/** A store of time series outside, for those who ask there. What it holds is ours once more: nothing is read back. */
export interface WindowMirror {
  /**
   * Writes each window whole; of one minute and id the highest version stays, and the same again changes nothing. Answers how
   * many will never be taken as they are. Rejects where it may take them another time: some may have been written then.
   */
  write(windows: readonly MirroredWindow[], version: number): Promise<{ readonly refused: number }>
}

/** A message to a person or a program outside. Sent at least once; `id` is stable, so that a receiver can tell. */
export type Notice = {
  /** Letters, digits, `-` and `_`. */
  readonly id: string
  readonly merchantId: string
  /** `-`: of several stores, or of none. */
  readonly storeId: string
  readonly kind: NoticeKind | 'digest' | 'test'
  readonly severity: NoticeSeverity
  /** When what it tells of happened, RFC 3339. */
  readonly at: string
  readonly subject: string
  readonly text: string
  readonly data: object
}

/** Where a notice goes. */
export type Receiver =
  | { readonly channel: 'email'; readonly address: string }
  /** Signed with each of the secrets; none: not signed. */
  | { readonly channel: 'webhook'; readonly url: string; readonly secrets: readonly string[] }
  /** `name`: whose line it is, in a form that says nothing of the person. */
  | { readonly channel: 'log'; readonly name: string }

/**
 * What became of a notice. later: the receiver has it not, and may take it another time; never: it will not; gone: it
 * wants none any more. `status`: what it answered with, in its protocol's numbers; `error` names no address and no secret.
 */
export type NoticeAnswer =
  | { readonly fate: 'taken'; readonly status: number | null }
  | {
      readonly fate: 'later'
      readonly status: number | null
      readonly error: string
      /** How long the receiver asks to be left alone. */
      readonly retryAfterMs?: number | undefined
    }
  | { readonly fate: 'never' | 'gone'; readonly status: number | null; readonly error: string }

export interface Notifier {
  /** Sends once, within a few seconds. Whatever the receiver does is an answer and no error. */
  notify(notice: Notice, to: Receiver): Promise<NoticeAnswer>
  /** Why nothing can ever be sent there as things are; undefined: it can be tried. */
  refusal(to: Receiver): string | undefined
}
