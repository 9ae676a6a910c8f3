/** Lists come in pages: how many rows one holds, and where the next one begins. */
import { HttpError, type HttpRequest } from './http-handler.ts'

export const refuse = (field: string, message: string): HttpError =>
  new HttpError(422, 'The question cannot be answered', [{ field, message }])

const MAX_PAGE = 500

/** How many rows a page may hold. */
export function limitIn({ query }: HttpRequest, otherwise: number): number {
  if (query.limit === undefined) return otherwise
  const limit = Number(query.limit)
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE)
    throw refuse('limit', `must be a whole number from 1 to ${MAX_PAGE}`)
  return limit
}

/** Where a page goes on: the key after which it begins. */
export function cursorIn({ query }: HttpRequest): string | undefined {
  if (query.next === undefined) return undefined
  const key = Buffer.from(query.next, 'base64url').toString('utf8')
  if (key === '' || Buffer.from(key).toString('base64url') !== query.next)
    throw refuse('next', 'is not what an answer gave as `next`')
  return key
}
export const cursorOf = (key: string): string => Buffer.from(key).toString('base64url')
