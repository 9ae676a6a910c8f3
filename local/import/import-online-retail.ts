/** A file of a shop's invoices becomes events of that shop, and titles of its products. */
import { onlineRetailImport, titleSold } from '#core/imports/row-imports.ts'
import { onlineRetailListing, onlineRetailShop } from '#core/sources/online-retail.ts'
import { titleId } from '#runtime/row-identity.ts'
import type { Door } from './collect-door.ts'
import {
  type GoodLine,
  type ImportOptions,
  type ImportSummary,
  identifyByContent,
  importLines,
  LINES_AT_ONCE,
} from './import-lines.ts'
import type { LineMemory } from './line-memory.ts'
import { type LineFile, openLines } from './read-lines.ts'
import { DoorError, EventSender, type Outgoing, waitUntilCounted } from './send-events.ts'

/** `titles`: products that got a new one. */
export type OnlineRetailSummary = ImportSummary & { readonly titles: number }

/** @throws FileError when it is no such file */
export const openOnlineRetail = (path: string): Promise<LineFile> =>
  openLines(path, onlineRetailImport.columns.required)

/** A line that was imported before is a repeat, whatever its place in whichever file. Throws as `importLines`. */
export async function importOnlineRetail(
  file: LineFile,
  door: Door,
  options: ImportOptions,
): Promise<OnlineRetailSummary> {
  const { source, translate, identify } = onlineRetailImport
  const listings = new EventSender(door, source, (_line, problems) => {
    throw new DoorError(`the engine refuses a listing: ${JSON.stringify(problems)}`)
  })
  let titles = 0
  const summary = await importLines(
    file,
    door,
    {
      source,
      translate,
      // The shop comes first and is waited for: the dates of its lines are by its clock.
      begin: async () => {
        await listings.send([{ ...onlineRetailShop, id: 'shop', line: 0 }])
        await listings.sent()
        await waitUntilCounted(door)
      },
      identify: (lines, memory) => {
        memory.addTitles(titlesIn(lines))
        return identifyByContent(lines, memory, identify)
      },
      // Of half a file the common title may be another one.
      end: async (memory) => {
        titles = await sendTitles(listings, memory)
      },
    },
    options,
  )
  return { ...summary, titles }
}

function titlesIn(lines: readonly GoodLine[]): Map<string, Map<string, number>> {
  const found = new Map<string, Map<string, number>>()
  for (const { fields, drafts } of lines) {
    const sold = titleSold(fields, drafts)
    if (sold === undefined) continue
    const { productId, title } = sold
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
    batch.push({ ...onlineRetailListing(productId, title), id: titleId(productId, title), line: 0 })
    if (batch.length < LINES_AT_ONCE) continue
    await listings.send(batch)
    batch = []
  }
  await listings.send(batch)
  await listings.sent()
  return listings.accepted - before
}
