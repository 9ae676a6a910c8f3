import type { Freshness } from '#core/api/freshness.ts'
import { discardRequest, type HeldItem, heldDocument, quarantineAnswer, replayRequest } from '#core/api/quarantine.ts'
import { problemsOf } from '#core/events/decode-event.ts'
import type { Problem } from '#core/outcome.ts'
import { partsOf } from '#core/row-key.ts'
import { audited, type Change } from '#runtime/audit.ts'
import { type HeldRow, readHeld } from '#runtime/held-documents.ts'
import {
  bodyIn,
  HttpError,
  type HttpReply,
  type HttpRequest,
  httpHandler,
  json,
  jsonIn,
  viewerIn,
} from '#runtime/http-handler.ts'
import { haveLastWords, type Word } from '#runtime/last-word.ts'
import { withTokens } from '#runtime/people.ts'
import type { Ports } from '#runtime/ports.ts'
import { commandRecord } from '#runtime/quarantine-command.ts'
import { freshnessAt } from '#runtime/read-lag.ts'
import { checkMended } from './check-mended.ts'
import { findHeld, heldItemOf, listHeld } from './held-items.ts'

/** Documents that were set aside: list them, look at one, try it again (mended or as it is), or give it up. */
export const handler = httpHandler((ports) => async (request) => {
  if (request.route === 'GET /quarantine') return list(ports, request)
  const fresh = await freshnessAt(ports, ports.clock.now())
  const { key, row } = await findHeld(ports.state, viewerIn(request), request.params.id!)
  if (request.route === 'GET /quarantine/{id}') return show(ports, key, row, fresh)
  return decide(ports, request, key, row)
})

/** @throws HttpError 409 where it was decided already, 410, 422 */
async function decide(ports: Ports, request: HttpRequest, key: string, row: HeldRow): Promise<HttpReply> {
  const viewer = viewerIn(request)
  const [shard, sequence] = partsOf(key) as [string, string]
  if (row.status !== 'held') throw decidedAlready(heldItemOf(key, row))
  const isReplay = request.route === 'POST /quarantine/{id}/replay'
  const mended = isReplay ? await mendedIn(request, Number(shard), ports) : undefined
  const document = isReplay ? (mended ?? (await bytesOf(ports, row)).toString('utf8')) : undefined
  const record = commandRecord(ports, viewer, sequence, document)
  const records = [{ shard: Number(shard), bytes: record.bytes }]
  const status = isReplay ? 'replayed' : 'discarded'
  const change: Change = {
    what: `document.${status}`,
    subject: request.params.id!,
    before: { status: row.status },
    after: { status, ...(isReplay ? { mended: mended !== undefined } : reasonIn(request)) },
  }
  const isLeft = (last: Word<typeof status> | undefined) => {
    if (last === undefined) return true
    const decidedAt = new Date(last.at).toISOString()
    throw decidedAlready({ ...heldItemOf(key, row), status: last.value, decidedAt })
  }
  // What was tried in vain is another try's to decide.
  const about = ['held', key, String(row.attempts)]
  await haveLastWords(ports, viewer.merchantId, [{ about, value: status, isLeft }], () =>
    audited(ports, viewer, change, () => ports.log.append([{ eventIds: [record.id], records }])),
  )
  return json(202, { eventIds: [record.id], repeat: false })
}

/** `decidedAt`: where no row knows of it yet. */
function decidedAlready(present: HeldItem & { readonly decidedAt?: string }): HttpError {
  const error = new HttpError(409, `The document was ${present.status} already`)
  error.present = present
  return error
}

async function bytesOf({ objects }: Ports, row: HeldRow): Promise<Buffer> {
  const bytes = await readHeld(objects, row)
  if (bytes === undefined) throw new HttpError(410, 'The document’s bytes are gone: it can only be given up')
  return bytes
}

async function list(ports: Ports, request: HttpRequest) {
  const fresh = await freshnessAt(ports, ports.clock.now())
  const { items, next } = await listHeld(ports.state, viewerIn(request), request)
  return json(200, quarantineAnswer.parse({ ...fresh, items, next }))
}

async function show(ports: Ports, key: string, row: HeldRow, fresh: Freshness) {
  const bytes = await bytesOf(ports, row)
  const text = bytes.toString('utf8')
  const isText = Buffer.from(text).equals(bytes)
  const document = isText ? text : bytes.toString('base64')
  return json(
    200,
    heldDocument.parse({ ...fresh, ...heldItemOf(key, row), document, encoding: isText ? 'utf-8' : 'base64' }),
  )
}

/** Why it is given up, if the request says so. */
const reasonIn = (request: HttpRequest): { readonly reason?: string | undefined } | undefined =>
  request.body.length === 0 ? undefined : bodyIn(request, discardRequest)

/** The text that the request puts in the document's place, if it does. */
async function mendedIn(request: HttpRequest, shard: number, ports: Ports): Promise<string | undefined> {
  if (request.body.length === 0) return undefined
  const refusal = (problems: readonly Problem[]) => new HttpError(422, 'The document cannot be tried again', problems)
  const body = jsonIn(request)
  if (!body.ok) throw refusal(body.problems)
  const parsed = replayRequest.safeParse(body.value)
  if (!parsed.success) throw refusal(problemsOf(parsed.error))
  if (parsed.data.document === undefined) return undefined
  const mended = checkMended(parsed.data.document, viewerIn(request), shard, ports)
  if (!mended.ok) throw refusal(mended.problems)
  return withTokens(ports, viewerIn(request).merchantId, mended.value)
}
