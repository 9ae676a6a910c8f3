import { type Command, Option } from 'commander'
import type { ReorderDetails, ReordersAnswer } from '#core/api/reorders.ts'
import { formatMinor } from '#core/events/money.ts'
import { REORDER_STATES } from '#core/reorders/reorder-row.ts'
import { lineInWords } from '../../models/reorders/arithmetic.ts'
import {
  bodyOf,
  type CommonOptions,
  dataOption,
  everyPageOf,
  jsonOption,
  merchantOption,
  print,
  table,
  wholeNumber,
  withClient,
} from './command-line.ts'

type Options = CommonOptions & { readonly merchant: string }
type ListOptions = Options & { readonly state: string; readonly store?: string; readonly supplier?: string }

export function addReordersCommand(program: Command): void {
  const reorders = program.command('reorders').description('what to order, as the newest morning has proposed it')
  const add = (name: string, about: string) =>
    reorders
      .command(name)
      .description(about)
      .addOption(merchantOption())
      .addOption(dataOption())
      .addOption(jsonOption())
  add('list', 'list them, most likely to run out first')
    .addOption(new Option('--state <state>', 'which ones').choices(REORDER_STATES).default('open'))
    .option('--store <id>', 'of one store')
    .option('--supplier <id>', 'of one supplier')
    .action(list)
  add('show <id>', 'show one with the sum behind it').action(show)
  add('accept <id>', 'order it, as it is now')
    .option('--quantity <units>', 'how many, if not as proposed', wholeNumber(1, 1_000_000_000))
    .action(accept)
}

const moneyOf = ({ costMinor, currency }: { costMinor: number | null; currency: string }): string =>
  costMinor === null ? 'cost not known' : `${formatMinor(costMinor, currency)} ${currency}`

async function list({ data, json, merchant, state, store, supplier }: ListOptions): Promise<void> {
  await withClient(
    data,
    async (client) => {
      const query = new URLSearchParams({ state, ...(store && { store }), ...(supplier && { supplier }) })
      const answer = await everyPageOf<ReordersAnswer>(client, `/reorders?${query}`)
      const rows = answer.items.map((item) => [
        item.id,
        item.storeId,
        item.productId,
        item.supplierId,
        item.decision?.quantity ?? item.quantity,
        moneyOf(item),
        `${Math.round(100 * item.stockoutChance)} % may run out`,
      ])
      const none =
        answer.morning === null
          ? 'There are no proposals yet: `counterflow run forecasts` makes them.'
          : `None are ${state}.`
      print(json, answer, rows.length === 0 ? [none] : table(rows))
    },
    merchant,
  )
}

const pathOf = (id: string): string => `/reorders/${encodeURIComponent(id)}`

async function show(id: string, { data, json, merchant }: Options): Promise<void> {
  await withClient(
    data,
    async (client) => {
      const item = bodyOf<ReorderDetails>(await client.request('GET', pathOf(id)))
      print(json, item, [
        `${item.quantity} of ${item.title ?? item.productId} for ${item.storeName ?? item.storeId}, from ${item.supplierId}: ${item.state}`,
        `arrives about ${item.arrivesOn}, ${moneyOf(item)}`,
        ...item.lines.map((line) => `  ${lineInWords(line as Parameters<typeof lineInWords>[0])}`),
      ])
    },
    merchant,
  )
}

async function accept(id: string, { data, json, merchant, quantity }: Options & { quantity?: number }): Promise<void> {
  await withClient(
    data,
    async (client) => {
      const { version } = bodyOf<ReorderDetails>(await client.request('GET', pathOf(id)))
      const asked = { version, ...(quantity !== undefined && { quantity }) }
      const answer = bodyOf<{ purchaseOrderId: string; item: ReorderDetails }>(
        await client.request('POST', `${pathOf(id)}/accept`, asked),
      )
      const { item, purchaseOrderId } = answer
      print(json, answer, [
        `Ordered ${item.decision!.quantity} of ${item.productId} for ${item.storeId}, as ${purchaseOrderId}.`,
      ])
    },
    merchant,
  )
}
