/**
 * What the file itself says, worked out without a line of the product: fields by hand, amounts as BigInt in tenths of a
 * penny.
 */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

export type RawLine = {
  readonly text: string
  readonly invoice: string
  readonly code: string
  readonly quantity: number
  readonly month: string
  readonly date: string
  readonly customer: string
  readonly isFree: boolean
  /** Tenths of a penny, exact. */
  readonly exact: bigint
  /** Pennies; half a penny is rounded away from zero. */
  readonly pennies: bigint
}

export const isProduct = (code: string): boolean => /^[0-9]{5}[A-Z]?[A-Z]?$/.test(code)

export function readRaw(path: string): { readonly header: string; readonly lines: readonly RawLine[] } {
  const [header, ...texts] = gunzipSync(readFileSync(path)).toString('utf8').trimEnd().split('\n')
  return { header: header!, lines: texts.map(rawLine) }
}

function rawLine(text: string): RawLine {
  const [invoice, code, , quantity, time, price, customer] = fieldsOf(text) as [string, ...string[]] as string[]
  const exact = BigInt(quantity!) * tenthsOfPenny(price!)
  const pennies = exact < 0n ? -((-exact + 5n) / 10n) : (exact + 5n) / 10n
  return {
    text,
    invoice: invoice!,
    code: code!.toUpperCase(),
    quantity: Number(quantity),
    month: time!.slice(0, 7),
    date: time!.slice(0, 10),
    customer: customer!,
    isFree: Number(price) === 0,
    exact,
    pennies,
  }
}

function fieldsOf(text: string): string[] {
  if (!text.includes('"')) return text.split(',')
  const fields: string[] = []
  for (const [, quoted, plain] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,]*))(?:,|$)/g)) {
    fields.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"'))
  }
  return fields
}

function tenthsOfPenny(price: string): bigint {
  const negative = price.startsWith('-')
  const [pounds, fraction = ''] = price.replace('-', '').split('.') as [string, string?]
  if (fraction.length > 3) throw new Error(`${price} has more than three fraction digits`)
  const amount = BigInt(pounds) * 1000n + BigInt(fraction.padEnd(3, '0'))
  return negative ? -amount : amount
}

export const sumOf = (lines: readonly RawLine[], of: (line: RawLine) => bigint): bigint =>
  lines.reduce((sum, line) => sum + of(line), 0n)

export function sumsBy(lines: readonly RawLine[], key: (line: RawLine) => string): Map<string, number> {
  const sums = new Map<string, bigint>()
  for (const line of lines) sums.set(key(line), (sums.get(key(line)) ?? 0n) + line.pennies)
  return new Map([...sums].map(([name, pennies]) => [name, Number(pennies)]))
}

/** Units by product, as they lie in a shop that knows of nothing but these lines. */
export function stockOf(lines: readonly RawLine[]): Map<string, number> {
  const stock = new Map<string, number>()
  for (const { code, quantity, isFree, customer, invoice } of lines) {
    if (!isProduct(code)) continue
    // At no price and for nobody nothing was sold: the shop wrote down what it found or lost.
    const moved = isFree && customer === '' && !invoice.startsWith('C') ? quantity : -quantity
    stock.set(code, (stock.get(code) ?? 0) + moved)
  }
  return stock
}

/** The same lines in another order, the same in every run. */
export function shuffled<T>(items: readonly T[]): T[] {
  const mixed = [...items]
  let state = 20101201
  for (let i = mixed.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    const j = Math.floor((state / 2 ** 32) * (i + 1))
    ;[mixed[i], mixed[j]] = [mixed[j]!, mixed[i]!]
  }
  return mixed
}
