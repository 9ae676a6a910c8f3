/** Each of the first lines of a file in words, as it will be understood. */
import type { ImportPreviewAnswer } from '#core/api/imports.ts'
import { moneyText } from '../format/format-money.ts'
import { formatNumber } from '../format/format-number.ts'
import { formatTime } from '../format/format-time.ts'
import { words } from './words.ts'

export type PreviewRow = {
  readonly line: number
  readonly kind: string
  /** What it says, or what is wrong with it. */
  readonly facts: readonly string[]
  readonly isWrong: boolean
}

/** `timeZone`: by which times are written. */
export function preparePreview(
  { rows }: ImportPreviewAnswer,
  timeZone: string,
  locale?: string,
): readonly PreviewRow[] {
  return rows.map(({ line, problems, events }) => {
    if (problems.length > 0 || events.length === 0) {
      const facts = problems.map(({ field, message }) => `${field} ${message}`.trim())
      return { line, kind: words.refusedLine, facts, isWrong: true }
    }
    const [event, ...more] = events
    const kind = words.events[event!.type] ?? event!.type
    const facts = factsOf(event!, timeZone, locale)
    return { line, kind, facts: more.length === 0 ? facts : [...facts, words.andMore(more.length)], isWrong: false }
  })
}

type Event = ImportPreviewAnswer['rows'][number]['events'][number]

function factsOf({ type, storeId, occurredAt, data }: Event, timeZone: string, locale?: string): string[] {
  const text = (name: string) => (data[name] === undefined ? '' : String(data[name]))
  const money = (name: string, what: string) =>
    typeof data[name] === 'number' && data.currency !== undefined
      ? `${moneyText(data[name], text('currency'), locale)} ${text('currency')}${what}`
      : ''
  const at = occurredAt === null ? '' : timeText(occurredAt, timeZone)
  const units = typeof data.quantity === 'number' ? `${formatNumber(data.quantity, {}, locale)} × ` : ''
  const goods = `${units}${text('productId')}`
  switch (type) {
    case 'product.listed':
      return present([
        text('productId'),
        text('title'),
        text('category'),
        money('basePriceMinor', ''),
        money('unitCostMinor', words.cost),
      ])
    case 'store.listed':
      return present([storeId, text('name'), text('city'), text('region'), text('timeZone')])
    case 'rate.recorded':
      return present([words.rateOf(text('rate'), text('currency'), text('per')), text('date'), text('source')])
    case 'charge.recorded':
      return present([text('code'), money('amountMinor', ''), text('orderId'), storeId, at])
    default:
      return present([
        goods,
        money('unitPriceMinor', words.each),
        money('discountMinor', words.off),
        money('amountMinor', words.back),
        text('orderId'),
        storeId,
        at,
      ])
  }
}

const present = (facts: readonly string[]): string[] => facts.filter((fact) => fact !== '')

function timeText(at: string, timeZone: string): string {
  const ms = Date.parse(at)
  return `${formatTime(ms, timeZone, 'fullDate')} ${formatTime(ms, timeZone, 'clock')}`
}
