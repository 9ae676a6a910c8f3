import { artefactsAnswer, type LineageInputsAnswer, lineageAnswer, lineageInputsAnswer } from '#core/api/lineage.ts'
import { type Artefact, artefactId, type LineageInput } from '#core/lake/lineage.ts'
import type { Published } from '#core/lake/published.ts'
import { HttpError, type HttpRequest, httpHandler, json, viewerIn } from '#runtime/http-handler.ts'
import { rawObjects } from '#runtime/keep-lineage.ts'
import { mayBeToldOfAll } from '#runtime/merchants.ts'
import type { Ports } from '#runtime/ports.ts'
import { readPublished } from '#runtime/published-warehouse.ts'
import { cursorOf, limitIn, nameIn, numberCursorIn, refuse } from '#runtime/query-parameters.ts'
import { freshnessAt } from '#runtime/read-lag.ts'
import { artefactIn, namedArtefact, recordOf, walkLineage } from '#runtime/trace-lineage.ts'

/** What was made of what: parts of the warehouse, one with all above it, and each of its inputs. */
export const handler = httpHandler(({ objects, log, state, clock }) => async (request) => {
  const { merchantId } = viewerIn(request)
  const fresh = await freshnessAt({ log, state }, clock.now())
  const namesObjects = await mayBeToldOfAll(state, merchantId)
  const published = await readPublished(objects, merchantId)
  if (request.route === 'GET /lineage')
    return json(200, artefactsAnswer.parse({ ...fresh, ...publishedParts(request, published) }))
  const artefact = artefactNamedIn(request, published)
  if (request.route === 'GET /lineage/{artefact}/inputs')
    return json(
      200,
      lineageInputsAnswer.parse({ ...fresh, ...(await inputsPage(objects, request, artefact, namesObjects)) }),
    )
  const found = await walkLineage(objects, merchantId, artefact, depthIn(request), namesObjects)
  return json(200, lineageAnswer.parse({ ...fresh, ...(found ?? refuseUnknown(request)) }))
})

function refuseUnknown(request: HttpRequest): never {
  throw new HttpError(404, `Nothing is known of ${request.params.artefact}: GET /lineage names what is published`)
}

const artefactNamedIn = (request: HttpRequest, published: Published): Artefact =>
  namedArtefact(published, request.params.artefact!) ?? refuseUnknown(request)

const USUAL_DEPTH = 4
const MOST_DEPTH = 8

function depthIn({ query }: HttpRequest): number {
  const depth = Number(query.depth ?? USUAL_DEPTH)
  if (!Number.isInteger(depth) || depth < 1 || depth > MOST_DEPTH)
    throw refuse('depth', `must be a whole number from 1 to ${MOST_DEPTH}`)
  return depth
}

function page<T>(request: HttpRequest, all: readonly T[]): { items: T[]; next: string | null } {
  const from = numberCursorIn(request) ?? 0
  const to = from + limitIn(request)
  return { items: all.slice(from, to), next: to < all.length ? cursorOf(String(to)) : null }
}

/** Newest day first; whole tables, which are of every day, before them. */
function publishedParts(request: HttpRequest, { tables }: Published) {
  const only = nameIn(request, 'table')
  const parts = Object.entries(tables)
    .filter(([table]) => only === undefined || table === only)
    .flatMap(([table, days]) =>
      Object.entries(days).map(([day, { version, rows }]) => ({
        ...{ id: artefactId({ kind: 'part', table, day, version }), table, day, version, rows },
      })),
    )
  const rank = ({ day }: { readonly day: string }) => day || '~'
  return page(
    request,
    parts.toSorted((a, b) => (rank(a) === rank(b) ? (a.table < b.table ? -1 : 1) : rank(a) > rank(b) ? -1 : 1)),
  )
}

/** `namesObjects`: a raw object holds records of all merchants, and its name says how many; null and none where that is not told. */
async function inputsPage(objects: Ports['objects'], request: HttpRequest, artefact: Artefact, namesObjects: boolean) {
  if (artefact.kind === 'raw') {
    const { table, day } = artefact
    const names = namesObjects ? await rawObjects(objects, artefact) : []
    const input: LineageInput = { kind: 'raw', table, day, count: names.length, sha256: '', objects: [...names] }
    return page(request, inputItems(input, true))
  }
  const record = (await recordOf(objects, viewerIn(request).merchantId, artefact)) ?? refuseUnknown(request)
  return page(
    request,
    record.inputs.flatMap((input) => inputItems(input, namesObjects)),
  )
}

type Item = LineageInputsAnswer['items'][number]

/** Of raw objects of a day each is one. */
function inputItems(input: LineageInput, namesObjects: boolean): Item[] {
  const kind = input.kind
  const own = { id: artefactId(artefactIn(input)), kind, day: '', version: '', rows: null }
  const none = { object: null, count: null, sha256: null }
  switch (input.kind) {
    case 'part':
      return [{ ...own, ...none, name: input.table, day: input.day, version: input.version, rows: input.rows }]
    case 'model':
      return [{ ...own, ...none, name: 'demand', version: input.version }]
    case 'given':
      return [{ ...own, ...none, name: input.name, version: input.version }]
    case 'raw': {
      const { table: name, day, count, sha256, objects } = input
      if (!namesObjects) return [{ ...own, ...none, name, day }]
      if (objects === undefined) return [{ ...own, name, day, object: null, count, sha256 }]
      return objects.map((object) => ({ ...own, ...none, name, day, object }))
    }
  }
}
