/** What a person sees of a mapping, and what it becomes by what they choose. */
import type { ImportKind, ImportPreviewAnswer } from '#core/api/imports.ts'
import { words } from './words.ts'

export type Mapping = Readonly<Record<string, unknown>>
export type FieldRow = {
  readonly name: string
  readonly label: string
  readonly isRequired: boolean
  /** The file's column; null: none, or a value. */
  readonly column: string | null
  /** What holds for every line; null: nothing. */
  readonly value: string | null
  /** Whether a value may stand in for a column. */
  readonly takesValue: boolean
  readonly problem: string | null
}

/** Fields of sales that may be the same for every line. */
const WITH_VALUE: readonly string[] = ['quantity', 'currency', 'storeId', 'paymentMethod', 'channel']

export function prepareMapping(
  kind: ImportKind,
  { mapping, fields, problems }: ImportPreviewAnswer,
): readonly FieldRow[] {
  return fields.map(({ name, isRequired }) => {
    const said = mapping[name]
    const value = valueIn(said)
    return {
      name,
      label: words.fields[name] ?? name,
      isRequired,
      column: typeof said === 'string' ? said : null,
      value,
      takesValue: kind === 'sales' && WITH_VALUE.includes(name),
      problem: problems.find(({ field }) => isOf(field, name, said))?.message ?? null,
    }
  })
}

const isOf = (field: string, name: string, said: unknown): boolean =>
  field === name || field.startsWith(`${name}.`) || (typeof said === 'string' && field === said)

const valueIn = (said: unknown): string | null =>
  typeof said === 'object' && said !== null && 'value' in said ? String(said.value) : null

/** null: no column. One of the two prices is enough: choosing the one leaves the other. */
export function withColumn(mapping: Mapping, field: string, column: string | null): Mapping {
  const { [field]: _, ...rest } = mapping
  if (column === null) return rest
  const other = field === 'unitPrice' ? 'amount' : field === 'amount' ? 'unitPrice' : null
  return Object.fromEntries([...Object.entries(rest).filter(([name]) => name !== other), [field, column]])
}

export const withValue = (mapping: Mapping, field: string, value: string): Mapping => ({
  ...mapping,
  [field]: { value: field === 'quantity' && /^\d+$/.test(value) ? Number(value) : value },
})

export type TimeRow = { readonly columns: readonly string[]; readonly format: string; readonly timeZone: string }
export function timeIn({ occurredAt }: Mapping): TimeRow {
  const { columns = [], format = '', timeZone = '' } = (occurredAt ?? {}) as Partial<TimeRow>
  return { columns, format, timeZone }
}

export function withTime(mapping: Mapping, change: Partial<TimeRow>): Mapping {
  const { columns, format, timeZone } = { ...timeIn(mapping), ...change }
  const named = columns.filter((column) => column !== '')
  return {
    ...mapping,
    occurredAt: { columns: named, ...(format !== '' && { format }), ...(timeZone !== '' && { timeZone }) },
  }
}

/** The rules that this page offers; a mapping may know others. */
export type Refunds = {
  readonly rule: 'none' | 'negative' | 'word'
  readonly column: string
  readonly word: string
  readonly as: 'refund' | 'cancellation'
}
type SaidRefunds = { readonly when: Readonly<Record<string, unknown>>; readonly as?: Refunds['as'] }

export function refundsIn({ refunds }: Mapping): Refunds {
  if (refunds === undefined) return { rule: 'none', column: '', word: '', as: 'refund' }
  const { when, as = 'refund' } = refunds as SaidRefunds
  if ('quantity' in when) return { rule: 'negative', column: '', word: '', as }
  return { rule: 'word', column: String(when.column ?? ''), word: String(when.equals ?? when.startsWith ?? ''), as }
}

export function withRefunds(mapping: Mapping, change: Partial<Refunds>): Mapping {
  const { rule, column, word, as } = { ...refundsIn(mapping), ...change }
  const { refunds: _, ...rest } = mapping
  if (rule === 'none') return rest
  const when = rule === 'negative' ? { quantity: 'negative' } : { column, equals: word }
  return { ...rest, refunds: { when, ...(as === 'cancellation' && { as }) } }
}

/** What is wrong with the time or the rule for refunds, or with the mapping as a whole. */
export function otherProblems(
  { problems, fields, mapping }: ImportPreviewAnswer,
  part: 'occurredAt' | 'refunds',
): string {
  const own = problems.filter(({ field }) => field === part || field.startsWith(`${part}.`))
  const times = part === 'occurredAt' ? timeIn(mapping).columns : [refundsIn(mapping).column]
  const missing = problems.filter(
    ({ field }) => times.includes(field) && !fields.some(({ name }) => mapping[name] === field),
  )
  return [...own, ...missing].map(({ message }) => message).join('; ')
}
