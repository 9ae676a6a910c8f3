/** Amazon's report of all orders: what notifications did not say, prices above all, and orders that none told of. */

import type { SourceDocument } from '#core/events/envelope.ts'
import { type Outcome, ok } from '#core/outcome.ts'
import { AMAZON_ORDERS_COLUMNS, amazonOrdersReport, ordersInReport } from '#core/sources/amazon-orders-report.ts'
import { hashOf } from '#runtime/row-identity.ts'
import type { Door } from './collect-door.ts'
import { type ImportOptions, type ImportSummary, importLines } from './import-lines.ts'
import { type LineFile, openLines, type ReadLine, TABS } from './read-lines.ts'

/** @throws FileError when it is no such file */
export const openAmazonOrders = (path: string): Promise<LineFile> => openLines(path, AMAZON_ORDERS_COLUMNS, [], TABS)

/** No report names it: each row states its own currency, or its site's. */
const NO_CURRENCY = ''

/**
 * An order's rows need not lie together, so the report is read whole; what is wrong with an order is told by its first
 * line. `storeId`: that of the connection, where it has one. Throws as `importLines`.
 */
export function importAmazonOrders(
  file: LineFile,
  door: Door,
  storeId: string | undefined,
  options: ImportOptions,
): Promise<ImportSummary> {
  /** By the first row of each order. */
  const documents = new WeakMap<ReadLine['fields'], Outcome<SourceDocument>>()
  const orders = async function* () {
    const lineOf = new Map<ReadLine['fields'], number>()
    for await (const read of file.lines) {
      if ('message' in read) yield read
      else lineOf.set(read.fields, read.line)
    }
    for (const rows of ordersInReport(lineOf.keys())) {
      const first = rows[0]!
      documents.set(first, amazonOrdersReport.translate(rows, { currency: NO_CURRENCY, storeId }))
      yield { line: lineOf.get(first)!, fields: first }
    }
  }
  return importLines(
    { ...file, lines: orders() },
    door,
    {
      source: 'import:amazon-orders',
      translate: (first) => {
        const document = documents.get(first)!
        return document.ok ? ok(document.value.drafts) : document
      },
      identify: (lines) =>
        lines.flatMap(({ line, fields, drafts }) => {
          const document = documents.get(fields)!
          const id = hashOf([document.ok ? document.value.providerId : undefined])
          return drafts.map((draft) => ({ ...draft, id, line }))
        }),
    },
    options,
  )
}
