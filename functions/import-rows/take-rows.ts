/** Rows become events, under ids by which the same rows are known again. */
import { maySeeStore } from '#core/access/may-see.ts'
import { maySend, notToSend } from '#core/access/may-send.ts'
import type { ImportAnswer, ImportRequest } from '#core/api/imports.ts'
import { MAX_COLLECTED } from '#core/api/intake.ts'
import type { SourceDocument } from '#core/events/envelope.ts'
import type { MappedImport } from '#core/imports/map-columns.ts'
import { onlineRetailImport, type RowImport, titleSold } from '#core/imports/row-imports.ts'
import type { Viewer } from '#core/ports.ts'
import { ONLINE_RETAIL_STORE } from '#core/sources/online-retail.ts'
import { ownEvents } from '#core/sources/own-events.ts'
import type { Ports } from '#runtime/ports.ts'
import { hashOf, identified, titleId } from '#runtime/row-identity.ts'
import { defaultCurrency } from '#runtime/take-in.ts'
import { takeSent } from '#runtime/take-sent.ts'
import type { GoodRow, Refuse } from './good-row.ts'
import { listShop } from './list-shop.ts'
import { newListings } from './new-listings.ts'

/** @throws HttpError, LogFullError as `takeSent`: what was taken before is a repeat when it is sent again. */
export async function takeRows(
  ports: Ports,
  viewer: Viewer,
  { rowImport, cellsOf, inFile }: MappedImport,
  { run, rows }: ImportRequest,
): Promise<ImportAnswer> {
  const { merchantId } = viewer
  const { source } = rowImport
  const door = { merchantId, connectionId: source, source, keepIdsForEver: true }
  const isOnlineRetail = rowImport === onlineRetailImport
  if (isOnlineRetail && rows.length > 0 && maySeeStore(viewer, merchantId, ONLINE_RETAIL_STORE))
    await listShop(ports, viewer, door)
  const defaults = { currency: await defaultCurrency(ports, merchantId) }
  const refused: ImportAnswer['refused'] = []
  const refuse: Refuse = (line, problems) => refused.push({ line, problems: [...inFile(problems)] })
  const good: GoodRow[] = []
  for (const { line, cells } of rows) {
    const row = cellsOf(cells)
    const read = row.ok ? rowImport.translate(row.value, defaults) : row
    if (!row.ok || !read.ok) refuse(line, read.ok ? [] : read.problems)
    else good.push({ line, row: row.value, drafts: read.value })
  }
  const { fresh, known } = await newListings(ports, merchantId, rowImport, good, refuse)
  const documents = documentsOf(viewer, rowImport, run, fresh, refuse)
  let [accepted, repeats] = [0, known]
  for (let i = 0; i < documents.length; i += MAX_COLLECTED) {
    const taken = await takeSent(ports, door, documents.slice(i, i + MAX_COLLECTED))
    for (const { repeat } of taken) repeat ? repeats++ : accepted++
  }
  return { accepted, repeats, refused, titles: isOnlineRetail ? titlesIn(good) : [] }
}

function documentsOf(
  viewer: Viewer,
  rowImport: RowImport,
  run: string,
  good: readonly GoodRow[],
  refuse: Refuse,
): SourceDocument[] {
  const idOf = idsOf(rowImport, run)
  return good.flatMap((read) => {
    const { line, drafts } = read
    const notTheirs = drafts.find((draft) => !maySend(viewer, draft))
    if (notTheirs !== undefined) {
      refuse(line, [{ field: '', message: notToSend(notTheirs.type) }])
      return []
    }
    const outcomes = identified(drafts, idOf(read)).map((event) => ownEvents.translate(event, { currency: '' }))
    const wrong = outcomes.find((outcome) => !outcome.ok)
    if (wrong !== undefined && !wrong.ok) refuse(line, wrong.problems)
    return wrong === undefined ? outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : [])) : []
  })
}

/** The id of each row in turn: of rows that say the same, how many came before is part of it. */
function idsOf({ identify, saidOnce }: RowImport, run: string): (read: GoodRow) => string {
  const seen = new Map<string, number>()
  return ({ line, row }) => {
    if (saidOnce !== undefined) {
      const [productId = '', title = ''] = saidOnce(row)
      return titleId(productId, title)
    }
    if (identify === undefined) return `${run}.${line}`
    const { group, content } = identify(row)
    const hash = hashOf(content)
    const key = `${group}/${hash}`
    const nth = (seen.get(key) ?? 0) + 1
    seen.set(key, nth)
    return `${hash}.${nth}`
  }
}

function titlesIn(good: readonly GoodRow[]): ImportAnswer['titles'] {
  const found = new Map<string, { productId: string; title: string; sales: number }>()
  for (const { row, drafts } of good) {
    const sold = titleSold(row, drafts)
    if (sold === undefined) continue
    const key = hashOf([sold.productId, sold.title])
    const before = found.get(key) ?? { ...sold, sales: 0 }
    found.set(key, { ...before, sales: before.sales + 1 })
  }
  return [...found.values()]
}
