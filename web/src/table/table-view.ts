/** How a table is looked at, as it stands in the address. */
import { optional, string } from 'zod/mini'

export type Sort = { readonly id: string; readonly desc: boolean }
/** By column: the texts of which one has to be there. */
export type Filters = Readonly<Record<string, readonly string[]>>

/** The parts of the address that belong to the table with this id. */
export const viewFields = (id: string) => {
  const text = optional(string())
  return {
    [`${id}.sort`]: text,
    [`${id}.find`]: text,
    [`${id}.only`]: text,
    [`${id}.columns`]: text,
    [`${id}.pin`]: text,
  }
}

/** 'net:desc'. */
export const writeSort = ({ id, desc }: Sort): string => `${id}:${desc ? 'desc' : 'asc'}`

/** null: it says nothing, or a column that is not there. */
export function readSort(text: string | undefined, ids: readonly string[]): Sort | null {
  const [id, way] = (text ?? '').split(':')
  return ids.includes(id!) && (way === 'asc' || way === 'desc') ? { id: id!, desc: way === 'desc' } : null
}

/** First the larger ones of a number, first the earlier ones of a text; then the other way; then as it was. */
export function nextSort(sort: Sort | null, id: string, isNumber: boolean, usual: Sort | null): Sort | null {
  if (sort?.id !== id) return { id, desc: isNumber }
  return sort.desc === isNumber ? { id, desc: !isNumber } : usual
}

/** 'store:High%20Street,kind:Sale'; undefined: all rows. */
export function writeFilters(filters: Filters): string | undefined {
  const parts = Object.entries(filters).flatMap(([id, texts]) =>
    texts.map((text) => `${encodeURIComponent(id)}:${encodeURIComponent(text)}`),
  )
  return parts.length === 0 ? undefined : parts.join(',')
}

export function readFilters(text: string | undefined, ids: readonly string[]): Filters {
  const filters: Record<string, string[]> = {}
  for (const part of (text ?? '').split(',')) {
    const [id, value] = part.split(':').map(decoded)
    if (id === undefined || value === undefined || !ids.includes(id)) continue
    filters[id] = [...(filters[id] ?? []), value]
  }
  return filters
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part)
  } catch {
    return undefined
  }
}

/** With that text, or without it where it was there. */
export function toggleFilter(filters: Filters, id: string, text: string): Filters {
  const texts = filters[id] ?? []
  const next = texts.includes(text) ? texts.filter((other) => other !== text) : [...texts, text]
  const { [id]: _, ...others } = filters
  return next.length === 0 ? others : { ...others, [id]: next }
}

/** Which columns are there, by id: said are those that are not as usual ('brand,-city'). */
export function readColumns(
  text: string | undefined,
  columns: readonly { readonly id: string; readonly off?: boolean }[],
): Readonly<Record<string, boolean>> {
  const said = new Set((text ?? '').split(','))
  return Object.fromEntries(columns.map(({ id, off }) => [id, off ? said.has(id) : !said.has(`-${id}`)]))
}

export function writeColumns(
  shown: Readonly<Record<string, boolean>>,
  columns: readonly { readonly id: string; readonly off?: boolean }[],
): string | undefined {
  const said = columns.flatMap(({ id, off }) => {
    if (shown[id] === !off) return []
    return shown[id] ? [id] : [`-${id}`]
  })
  return said.length === 0 ? undefined : said.join(',')
}

/** The columns that stay while the others are scrolled; the first one always does. */
export const readPins = (text: string | undefined, ids: readonly string[]): string[] => [
  ...new Set([...ids.slice(0, 1), ...(text ?? '').split(',').filter((id) => ids.includes(id))]),
]
