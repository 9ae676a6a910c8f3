import type { FastifyRequest } from 'fastify'
import { HttpError, parseJson } from '#runtime/http-handler.ts'

/** What the command line sent; nothing is `{}`. @throws HttpError 422 */
export function bodyOf<T extends object>({ body }: FastifyRequest): Partial<T> {
  if (!Buffer.isBuffer(body) || body.length === 0) return {}
  const read = parseJson(body)
  if (!read.ok) throw new HttpError(422, 'The body cannot be read: see its problems', read.problems)
  return typeof read.value === 'object' && read.value !== null ? read.value : {}
}
