/** A file of a shop's invoices becomes events of that shop, through the door that every sender uses. */
import { hash } from 'node:crypto'
import { appendFileSync, writeFileSync } from 'node:fs'
import type { Draft } from '#core/events/envelope.ts'
import type { Problem } from '#core/outcome.ts'
import {
  ONLINE_RETAIL_COLUMNS,
  onlineRetail,
  onlineRetailListing,
  onlineRetailShop,
  productSoldBy,
} from '#core/sources/online-retail.ts'
import type { Door } from './collect-door.ts'
import { LineMemory } from './line-memory.ts'
import { FileError, type LineFile, openLines, type ReadLine, type UnreadableLine } from './read-lines.ts'
import { DoorError, EventSender, type Outgoing, waitUntilCounted } from './send-events.ts'

/** A line that was not taken, and why. */
export type Refusal = { readonly line: number; readonly problems: readonly Problem[] }

export type ImportSummary = {
  readonly file: string
  /** Lines of data that were read, the header not counted. */
  readonly lines: number
  /** Events of these lines that are new to the engine, and those that it had before. */
  readonly accepted: number
  readonly repeats: number
  /** Lines that were not taken, and the first of them. */
  readonly refused: number
  readonly refusals: readonly Refusal[]
  /** Products that got a new title. */
  readonly titles: number
  /** Events that the engine took meanwhile and could not apply: `counterflow quarantine list` shows them. */
  readonly held: number
  /** Why the import ended before the end of the file; null where it did not. */
  readonly brokeOff: string | null
  readonly seconds: number
  readonly linesPerSecond: number
}

export type ImportOptions = {
  /** Where the import may keep what it has to remember while it runs. */
  readonly scratchFolder: string
  /** Every refusal goes into this file as a line of JSON. */
  readonly reportPath?: string | undefined
  readonly onProgress?: ((bytes: number, ofBytes: number) => void) | undefined
}

const LINES_AT_ONCE = 500

/** @throws FileError when it is no such file */
export const openOnlineRetail = (path: string): Promise<LineFile> => openLines(path, ONLINE_RETAIL_COLUMNS)

/**
 * Imports the file, and resolves when the engine has counted everything of it. A line that was imported before is a
 * repeat, whatever its place in whichever file: an import that broke off is simply begun again.
 * @throws FileError when not even one line can be read, DoorError when the engine takes nothing from the start.
 */
export async function importOnlineRetail(file: LineFile, door: Door, options: ImportOptions): Promise<ImportSummary> {
  const startedAt = performance.now()
  const memory = new LineMemory(options.scratchFolder)
  const refusals = new Refusals(options.reportPath)
  const sender = new EventSender(door, onlineRetail.name, refusals.add)
  const listings = new EventSender(door, onlineRetail.name, (_line, problems) => {
    throw new DoorError(`the engine refuses a listing: ${JSON.stringify(problems)}`)
  })
  let lines = 0
  let titles = 0
  let heldBefore = 0
  let held = 0
  let brokeOff: string | null = null
  try {
    try {
      for await (const batch of inBatches(file.lines, LINES_AT_ONCE)) {
        if (lines === 0) heldBefore = await openShop(door, listings)
        lines += batch.length
        await sender.send(outgoing(translated(batch, refusals.add), memory))
        options.onProgress?.(file.bytesRead(), file.sizeBytes)
      }
    } catch (error) {
      if (!(error instanceof FileError) || lines === 0) throw error
      brokeOff = error.message
    }
    await sender.sent()
    // Of half a file the common title may be another one.
    if (brokeOff === null) titles = await sendTitles(listings, memory)
    held = (await waitUntilCounted(door)) - heldBefore
  } catch (error) {
    if (!(error instanceof DoorError) || lines === 0) throw error
    brokeOff = error.message
  } finally {
    await memory.close()
  }
  const seconds = (performance.now() - startedAt) / 1000
  const { accepted, repeats } = sender
  return {
    file: file.path,
    lines,
    accepted,
    repeats,
    refused: refusals.count,
    refusals: refusals.first,
    titles,
    held,
    brokeOff,
    seconds: Math.round(seconds * 10) / 10,
    linesPerSecond: Math.round(lines / seconds),
  }
}

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

/** The shop comes first and is waited for: the dates of its lines are by its clock. Answers how much was held before. */
async function openShop(door: Door, listings: EventSender): Promise<number> {
  await listings.send([{ ...onlineRetailShop, id: 'shop', line: 0 }])
  await listings.sent()
  return waitUntilCounted(door)
}

type GoodLine = { readonly read: ReadLine; readonly drafts: readonly Draft[] }

function translated(batch: readonly (ReadLine | UnreadableLine)[], refuse: Refusals['add']): GoodLine[] {
  return batch.flatMap((read) => {
    if ('message' in read) return refuse(read.line, [{ field: '', message: read.message }])
    const outcome = onlineRetail.translate(read.fields, NO_DEFAULTS)
    return outcome.ok ? [{ read, drafts: outcome.value.drafts }] : refuse(read.line, outcome.problems)
  })
}
/** Each line of this source says its currency by where it comes from. */
const NO_DEFAULTS = { currency: '' }

/**
 * Lines have no number of their own: one is known by its content, and by how many like it came before. Two that are
 * equal may change places, so that the order of the file does not matter.
 */
function outgoing(lines: readonly GoodLine[], memory: LineMemory): Outgoing[] {
  const hashes = lines.map(({ read }) => hashOf(ONLINE_RETAIL_COLUMNS.map((column) => read.fields[column])))
  const nth = memory.occurrences(lines.map(({ read }, i) => ({ group: read.fields.invoice!, hash: hashes[i]! })))
  memory.addTitles(titlesIn(lines))
  return lines.flatMap(({ read, drafts }, i) =>
    drafts.map((draft, part) => {
      const id = `${hashes[i]}.${nth[i]}`
      return { ...draft, id: part === 0 ? id : `${id}.${part}`, line: read.line }
    }),
  )
}

/** 128 bits of SHA-256; no field holds the character that tells them apart. */
const hashOf = (fields: readonly (string | undefined)[]): string =>
  hash('sha256', fields.join('\u0001'), 'base64url').slice(0, 22)

function titlesIn(lines: readonly GoodLine[]): Map<string, Map<string, number>> {
  const found = new Map<string, Map<string, number>>()
  for (const { read, drafts } of lines) {
    const productId = productSoldBy(drafts[0]!)
    const title = read.fields.description!
    if (productId === undefined || title === '') continue
    const titles = found.get(productId) ?? new Map<string, number>()
    found.set(productId, titles.set(title, (titles.get(title) ?? 0) + 1))
  }
  return found
}

/** Products get the title that most of their sales bore. Answers how many of these listings are new. */
async function sendTitles(listings: EventSender, memory: LineMemory): Promise<number> {
  const before = listings.accepted
  let batch: Outgoing[] = []
  for (const { productId, title } of memory.commonTitles()) {
    batch.push({ ...onlineRetailListing(productId, title), id: `listing:${hashOf([productId, title])}`, line: 0 })
    if (batch.length < LINES_AT_ONCE) continue
    await listings.send(batch)
    batch = []
  }
  await listings.send(batch)
  await listings.sent()
  return listings.accepted - before
}

const REFUSALS_KEPT = 10

class Refusals {
  count = 0
  readonly first: Refusal[] = []
  private readonly reportPath: string | undefined

  constructor(reportPath: string | undefined) {
    this.reportPath = reportPath
    if (reportPath !== undefined) writeFileSync(reportPath, '')
  }

  readonly add = (line: number, problems: readonly Problem[]): [] => {
    this.count++
    if (this.first.length < REFUSALS_KEPT) this.first.push({ line, problems })
    if (this.reportPath !== undefined) appendFileSync(this.reportPath, `${JSON.stringify({ line, problems })}\n`)
    return []
  }
}
