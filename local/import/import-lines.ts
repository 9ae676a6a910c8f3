/** What every import does: the lines of a file become events, through the door that every sender uses. */
import { appendFileSync, writeFileSync } from 'node:fs'
import type { Draft } from '#core/events/envelope.ts'
import type { RowIdentity } from '#core/imports/row-imports.ts'
import type { Outcome, Problem } from '#core/outcome.ts'
import { hashOf, identified } from '#runtime/row-identity.ts'
import type { Door } from './collect-door.ts'
import { LineMemory } from './line-memory.ts'
import { FileError, type LineFile, type ReadLine, type UnreadableLine } from './read-lines.ts'
import { DoorError, EventSender, type Outgoing, waitUntilCounted } from './send-events.ts'

type Fields = ReadLine['fields']
/** A line and what it says. */
export type GoodLine = { readonly line: number; readonly fields: Fields; readonly drafts: readonly Draft[] }

/** What kind of lines they are: what one becomes, and how the engine knows it again. */
export type LineImport = {
  /** As the door knows imports: `import:<name>`. */
  readonly source: string
  /** What the line is; nothing, if the engine knows it already. What is wrong is told by column. */
  readonly translate: (fields: Fields, line: number) => Outcome<readonly Draft[]>
  /** Once, before the first line is sent, when the engine has counted all that came before. */
  readonly begin?: (door: Door) => Promise<void>
  /** Each event with the id by which the door knows it again. */
  readonly identify: (lines: readonly GoodLine[], memory: LineMemory) => readonly Outgoing[]
  /** Once, when every line was answered; not after half a file. */
  readonly end?: (memory: LineMemory) => Promise<void>
}

/** A line that was not taken, and why. */
export type Refusal = { readonly line: number; readonly problems: readonly Problem[] }

/** What was found in a file, wherever it went. */
export type LinesRead = {
  readonly file: string
  /** Lines of data that were read, the header not counted. */
  readonly lines: number
  /** Lines that were not taken, and the first of them. */
  readonly refused: number
  readonly refusals: readonly Refusal[]
  /** Columns that mean nothing to this import. */
  readonly ignoredColumns: readonly string[]
  /** Why it ended before the end of the file; null where it did not. */
  readonly brokeOff: string | null
}

export type ImportSummary = LinesRead & {
  /** Events of these lines that are new to the engine, and those that it had before. */
  readonly accepted: number
  readonly repeats: number
  /** Events that the engine took meanwhile and could not apply: `counterflow quarantine list` shows them. */
  readonly held: number
  readonly seconds: number
  readonly linesPerSecond: number
}

export type ReadOptions = {
  /** Every refusal goes into this file as a line of JSON. */
  readonly reportPath?: string | undefined
  readonly onProgress?: ((bytes: number, ofBytes: number) => void) | undefined
}
export type ImportOptions = ReadOptions & {
  /** Where the import may keep what it has to remember while it runs. */
  readonly scratchFolder: string
}

/** So many at once go to the engine. */
export const LINES_AT_ONCE = 500

/**
 * Imports the file, and resolves when the engine has counted everything of it. An import that broke off is simply begun
 * again: what the engine knows is a repeat.
 * @throws FileError when not even one line can be read or the report cannot be written, DoorError when the engine takes
 * nothing from the start.
 */
export async function importLines(
  file: LineFile,
  door: Door,
  kind: LineImport,
  options: ImportOptions,
): Promise<ImportSummary> {
  const startedAt = performance.now()
  const refusals = new Refusals(options.reportPath)
  const memory = new LineMemory(options.scratchFolder)
  const sender = new EventSender(door, kind.source, refusals.add)
  let lines = 0
  let known = 0
  let heldBefore = 0
  let held = 0
  let brokeOff: string | null = null
  try {
    try {
      for await (const batch of inBatches(file.lines, LINES_AT_ONCE)) {
        if (lines === 0) {
          heldBefore = await waitUntilCounted(door)
          await kind.begin?.(door)
        }
        lines += batch.length
        const good = translated(batch, kind.translate, refusals.add)
        known += good.filter(({ drafts }) => drafts.length === 0).length
        await sender.send(kind.identify(good, memory))
        options.onProgress?.(file.bytesRead(), file.sizeBytes)
      }
    } catch (error) {
      if (!(error instanceof FileError) || lines === 0) throw error
      brokeOff = error.message
    }
    await sender.sent()
    if (brokeOff === null) await kind.end?.(memory)
    held = (await waitUntilCounted(door)) - heldBefore
  } catch (error) {
    if (!(error instanceof DoorError) || lines === 0) throw error
    brokeOff = error.message
  } finally {
    await memory.close()
  }
  const seconds = (performance.now() - startedAt) / 1000
  return {
    ...linesRead(file, lines, refusals, brokeOff),
    accepted: sender.accepted,
    repeats: sender.repeats + known,
    held,
    seconds: Math.round(seconds * 10) / 10,
    linesPerSecond: Math.round(lines / seconds),
  }
}

/** What an import of the file would send. */
export type Rehearsal = LinesRead & {
  /** Events by type. */
  readonly events: Readonly<Record<string, number>>
  /** The events of the first lines. */
  readonly samples: readonly (Draft & { readonly line: number })[]
}

const SAMPLE_LINES = 3

/**
 * Translates the whole file and sends nothing, so that it needs no engine. What the engine has already is not known here.
 * @throws FileError when not even one line can be read.
 */
export async function rehearseLines(
  file: LineFile,
  translate: LineImport['translate'],
  options: ReadOptions,
): Promise<Rehearsal> {
  const refusals = new Refusals(options.reportPath)
  const events: Record<string, number> = {}
  const samples: (Draft & { line: number })[] = []
  let lines = 0
  let sampled = 0
  let brokeOff: string | null = null
  try {
    for await (const batch of inBatches(file.lines, LINES_AT_ONCE)) {
      lines += batch.length
      for (const { line, drafts } of translated(batch, translate, refusals.add)) {
        for (const { type } of drafts) events[type] = (events[type] ?? 0) + 1
        if (sampled++ < SAMPLE_LINES) samples.push(...drafts.map((draft) => ({ line, ...draft })))
      }
      options.onProgress?.(file.bytesRead(), file.sizeBytes)
    }
  } catch (error) {
    if (!(error instanceof FileError) || lines === 0) throw error
    brokeOff = error.message
  }
  return { ...linesRead(file, lines, refusals, brokeOff), events, samples }
}

const linesRead = (file: LineFile, lines: number, refusals: Refusals, brokeOff: string | null): LinesRead => ({
  file: file.path,
  lines,
  refused: refusals.count,
  refusals: refusals.first,
  ignoredColumns: file.ignored(),
  brokeOff,
})

/** The last batch comes before the error that ends the lines. */
async function* inBatches<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<readonly T[]> {
  let batch: T[] = []
  let failure: unknown
  try {
    for await (const item of items) {
      batch.push(item)
      if (batch.length < size) continue
      yield batch
      batch = []
    }
  } catch (error) {
    failure = error
  }
  if (batch.length > 0) yield batch
  if (failure !== undefined) throw failure
}

function translated(
  batch: readonly (ReadLine | UnreadableLine)[],
  translate: LineImport['translate'],
  refuse: Refusals['add'],
): GoodLine[] {
  return batch.flatMap((read) => {
    if ('message' in read) return refuse(read.line, [{ field: '', message: read.message }])
    const outcome = translate(read.fields, read.line)
    return outcome.ok ? [{ ...read, drafts: outcome.value }] : refuse(read.line, outcome.problems)
  })
}

/**
 * Lines have no number of their own: one is known by its content, and by how many like it came before. Two that are
 * equal may change places, so that the order of the file does not matter.
 */
export function identifyByContent(
  lines: readonly GoodLine[],
  memory: LineMemory,
  identityOf: (row: Fields) => RowIdentity,
): Outgoing[] {
  const remembered = lines.map(({ fields }) => {
    const { group, content } = identityOf(fields)
    return { group, hash: hashOf(content) }
  })
  const nth = memory.occurrences(remembered)
  return lines.flatMap(({ line, drafts }, i) =>
    identified(drafts, `${remembered[i]!.hash}.${nth[i]}`).map((event) => ({ ...event, line })),
  )
}

const REFUSALS_KEPT = 10

class Refusals {
  count = 0
  readonly first: Refusal[] = []
  private readonly reportPath: string | undefined

  constructor(reportPath: string | undefined) {
    this.reportPath = reportPath
    if (reportPath === undefined) return
    try {
      writeFileSync(reportPath, '')
    } catch (error) {
      throw new FileError(`cannot write the report: ${(error as Error).message}`)
    }
  }

  readonly add = (line: number, problems: readonly Problem[]): [] => {
    this.count++
    if (this.first.length < REFUSALS_KEPT) this.first.push({ line, problems })
    if (this.reportPath !== undefined) appendFileSync(this.reportPath, `${JSON.stringify({ line, problems })}\n`)
    return []
  }
}
