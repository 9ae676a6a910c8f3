import { heldDocument, quarantineAnswer, replayRequest } from '#core/api/quarantine.ts'
import { problemsOf } from '#core/events/decode-event.ts'
import { partsOf } from '#core/row-key.ts'
import { type HeldRow, readHeld } from '#runtime/held-documents.ts'
import { HttpError, type HttpRequest, httpHandler, json, jsonIn, viewerIn } from '#runtime/http-handler.ts'
import type { Ports } from '#runtime/ports.ts'
import { readLag } from '#runtime/read-lag.ts'
import { findHeld, heldItemOf, listHeld } from './held-items.ts'
import { commandRecord } from './quarantine-command.ts'

/** Documents that were set aside: list them, look at one, try it again (mended or as it is), or give it up. */
export const handler = httpHandler((ports) => async (request) => {
  const viewer = viewerIn(request)
  if (request.route === 'GET /quarantine') return list(ports, request)
  const { key, row } = await findHeld(ports.state, viewer, request.params.id!)
  const bytes = await readHeld(ports.objects, row)
  if (bytes === undefined) throw new HttpError(410, 'The document’s bytes are gone')
  if (request.route === 'GET /quarantine/{id}') return show(key, row, bytes)
  if (row.status !== 'held') throw new HttpError(409, `The document was ${row.status} already`)
  const [shard, sequence] = partsOf(key) as [string, string]
  const document = request.route === 'POST /quarantine/{id}/replay' ? mendedOr(request, bytes) : undefined
  const record = commandRecord(ports, viewer, sequence, document)
  await ports.log.append([{ eventIds: [record.id], records: [{ shard: Number(shard), bytes: record.bytes }] }])
  return json(202, { eventIds: [record.id], repeat: false })
})

async function list(ports: Ports, request: HttpRequest) {
  const nowMs = ports.clock.now()
  const { items, next } = await listHeld(ports.state, viewerIn(request), request.query)
  const lagMs = await readLag(ports.log, ports.state, nowMs)
  return json(200, quarantineAnswer.parse({ asOf: new Date(nowMs).toISOString(), lagMs, items, next }))
}

function show(key: string, row: HeldRow, bytes: Buffer) {
  const text = bytes.toString('utf8')
  const isText = Buffer.from(text).equals(bytes)
  const document = isText ? text : bytes.toString('base64')
  return json(200, heldDocument.parse({ ...heldItemOf(key, row), document, encoding: isText ? 'utf-8' : 'base64' }))
}

function mendedOr(request: HttpRequest, bytes: Buffer): string {
  if (request.body.length === 0) return bytes.toString('utf8')
  const body = jsonIn(request)
  const parsed = replayRequest.safeParse(body.ok ? body.value : undefined)
  if (!parsed.success) throw new HttpError(422, 'The document cannot be tried again', problemsOf(parsed.error))
  return parsed.data.document ?? bytes.toString('utf8')
}
