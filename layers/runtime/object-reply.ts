/** An object as an answer, whatever its size: it goes through no function, and is in nobody's memory. */
import type { ObjectStore } from '#core/ports.ts'
import type { HttpReply } from './http-handler.ts'

/** In what a function answers, in place of a body: the object that the host of functions sends. No client sees it. */
export const OBJECT_HEADER = 'x-counterflow-object'
/** How long a link counts: whoever follows it does so at once. */
const LINK_SECONDS = 300

export type ObjectToSend = { readonly name: string; readonly type: string; readonly fileName: string }

/** Where objects have links: 303 to one that is for whoever has it, for a few minutes. Else the object itself. */
export async function objectReply(
  objects: Pick<ObjectStore, 'link'>,
  { name, type, fileName }: ObjectToSend,
  headers: Readonly<Record<string, string>>,
): Promise<HttpReply> {
  const location = await objects.link?.(name, { type, fileName, seconds: LINK_SECONDS })
  // What a link leads to ends; the tag is of what it led to.
  if (location !== undefined) return { statusCode: 303, headers: { ...headers, location, 'cache-control': 'no-store' } }
  const saved = { 'content-type': type, 'content-disposition': `attachment; filename="${fileName}"` }
  return { statusCode: 200, headers: { ...headers, ...saved, [OBJECT_HEADER]: name }, body: '' }
}
