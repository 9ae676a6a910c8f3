/** A row as an item of DynamoDB, and back. */
import { createHash } from 'node:crypto'
import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import type { Row } from '#core/ports.ts'
import { itemKeyOf, rowRefOf, ttlOf } from './table-keys.ts'

export type Item = Record<string, AttributeValue>

/** Rows of more than DynamoDB's 400 KB: nothing was written. */
export class RowTooLargeError extends Error {
  override readonly name = 'RowTooLargeError'
}
export const MAX_ITEM_BYTES = 400 * 1024

/** What stands in the text for the n-th bytes. */
class BytesMark {
  readonly $bytes: number
  constructor(n: number) {
    this.$bytes = n
  }
}
/** A field of a row that looks like a mark gets a `$` more. */
const LOOKS_LIKE_MARK = /^\$+bytes$/
const ESCAPED = /^\$\$+bytes$/

export const keyOfItem = (table: string, key: string): Item => {
  const { pk, sk } = itemKeyOf(table, key)
  return { pk: { S: pk }, sk: { S: sk } }
}

/** @throws RowTooLargeError; Error on a number that JSON has not. */
export function itemOf(table: string, key: string, row: Row): Item {
  const { text, bytes } = textOf(row)
  const place = itemKeyOf(table, key)
  const ttl = ttlOf(table, key, row)
  const item: Item = {
    pk: { S: place.pk },
    sk: { S: place.sk },
    row: { S: text },
    tag: { S: tagOf(text, bytes) },
    ...(place.key !== undefined && { key: { S: place.key } }),
    ...(bytes.length > 0 && { bytes: { L: bytes.map((B) => ({ B })) } }),
    ...(ttl !== undefined && { ttl: { N: String(ttl) } }),
  }
  const size = bytesOf(item)
  if (size > MAX_ITEM_BYTES)
    throw new RowTooLargeError(`a row of ${table} of ${size} bytes, where ${MAX_ITEM_BYTES} may be: it was not written`)
  return item
}

export function rowOf(item: Item): { readonly key: string; readonly row: Row } {
  const { key } = rowRefOf({ pk: item.pk!.S!, sk: item.sk!.S!, ...(item.key !== undefined && { key: item.key.S! }) })
  const bytes = (item.bytes?.L ?? []).map(({ B }) => B!)
  return { key, row: parsed(item.row!.S!, bytes) }
}

function textOf(row: Row, isEscaped = false): { readonly text: string; readonly bytes: Uint8Array[] } {
  const bytes: Uint8Array[] = []
  let needsEscape = false
  const text = JSON.stringify(row, function (this: Record<string, unknown>, name: string, value: unknown) {
    if (LOOKS_LIKE_MARK.test(name) && !(this instanceof BytesMark)) needsEscape = true
    const raw = this[name] // before a Buffer's own toJSON
    if (raw instanceof Uint8Array) return new BytesMark(bytes.push(new Uint8Array(raw)) - 1)
    if (typeof raw === 'number' && !Number.isFinite(raw)) throw new Error(`a row with ${raw} in it`)
    return value
  })
  return needsEscape && !isEscaped
    ? textOf(withNames(row, LOOKS_LIKE_MARK, (name) => `$${name}`) as Row, true)
    : { text, bytes }
}

function parsed(text: string, bytes: readonly Uint8Array[]): Row {
  const row: Row = JSON.parse(text)
  if (!text.includes('$bytes"')) return row
  return withNames(row, ESCAPED, (name) => name.slice(1), bytes) as Row
}

/** A copy whose fields of such names have others, and whose marks are the bytes they stand for, where there are any. */
function withNames(
  value: unknown,
  which: RegExp,
  renamed: (name: string) => string,
  bytes?: readonly Uint8Array[],
): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  if (Array.isArray(value)) return value.map((part) => withNames(part, which, renamed, bytes))
  const { $bytes: n } = value as Partial<BytesMark>
  if (bytes !== undefined && n !== undefined) return bytes[n]
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      which.test(name) ? renamed(name) : name,
      withNames(part, which, renamed, bytes),
    ]),
  )
}

/** 66 bits of the row's content: rows of one tag are the same. */
function tagOf(text: string, bytes: readonly Uint8Array[]): string {
  const hash = createHash('sha256').update(text)
  for (const part of bytes) hash.update(part)
  return hash.digest('base64url').slice(0, 11)
}

/**
 * What DynamoDB counts: names and values in UTF-8, 3 bytes for a list and 1 for each of its parts.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export function bytesOf(item: Item): number {
  let size = 0
  for (const [name, value] of Object.entries(item)) size += Buffer.byteLength(name) + valueBytes(value)
  return size
}

function valueBytes({ S, N, B, L }: AttributeValue): number {
  if (S !== undefined) return Buffer.byteLength(S)
  if (N !== undefined) return Math.ceil(N.length / 2) + 1
  if (B !== undefined) return B.byteLength
  return (L ?? []).reduce((size, part) => size + 1 + valueBytes(part), 3)
}
