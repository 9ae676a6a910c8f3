/** Walks from what was made to what it was made of. */
import type { Freshness } from '#core/api/freshness.ts'
import type { LineageAnswer, LineageLink, LineageNode } from '#core/api/lineage.ts'
import { modelsFolder, versionFolder, versionOfManifest } from '#core/demand/model-names.ts'
import {
  type Artefact,
  artefactId,
  artefactOf,
  folderOfPart,
  type LineageInput,
  type LineageRecord,
} from '#core/lake/lineage.ts'
import { type Published, WHOLE } from '#core/lake/published.ts'
import type { ObjectStore } from '#core/ports.ts'
import { rawObjects, readLineage } from './keep-lineage.ts'
import { readPublished } from './published-warehouse.ts'

/** The walk follows, of inputs of one kind and table, the newest: more than this are not met in a warehouse of so few tables. */
const MOST_NODES = 200

type Objects = Pick<ObjectStore, 'get' | 'list'>

/** With the version that is published, where the id says none. Undefined: there is none such. */
export function versionedArtefact(published: Published, artefact: Artefact): Artefact | undefined {
  if (artefact.kind !== 'part' || artefact.version !== '') return artefact
  const version = published.tables[artefact.table]?.[artefact.day]?.version
  return version === undefined ? undefined : { ...artefact, version }
}

/** Undefined: there is no record of it. */
export async function recordOf(
  objects: Objects,
  merchantId: string,
  artefact: Artefact,
): Promise<LineageRecord | undefined> {
  if (artefact.kind === 'part')
    return readLineage(objects, folderOfPart(merchantId, artefact.table, artefact.day, artefact.version))
  if (artefact.kind === 'model') return readLineage(objects, versionFolder(merchantId, artefact.version))
  return undefined
}

/** @param depth steps upwards. @param countsObjects of raw inputs: else days are counted. Undefined: neither is it there, nor is anything known of it. */
export async function walkLineage(
  objects: Objects,
  merchantId: string,
  start: Artefact,
  depth: number,
  countsObjects: boolean,
): Promise<Omit<LineageAnswer, keyof Freshness> | undefined> {
  // Anything can be said to come with the program: of that alone nothing can be told.
  if (start.kind === 'given') return undefined
  const published = await readPublished(objects, merchantId)
  const nodes = new Map<string, LineageNode>()
  const links: LineageLink[] = []
  let isCut = false
  let level: readonly Artefact[] = [start]
  for (let step = 0; level.length > 0; step++) {
    const next = new Map<string, Artefact>()
    for (const artefact of level) {
      const record = await recordOf(objects, merchantId, artefact)
      const node = await nodeOf(objects, published, artefact, record)
      nodes.set(node.id, node)
      const inputs = inputGroups(record?.inputs ?? [], countsObjects)
      if (inputs.length > 0 && (step >= depth || nodes.size + next.size + inputs.length > MOST_NODES)) {
        isCut = true
        continue
      }
      for (const { newest, count, firstDay, lastDay } of inputs) {
        const from = artefactId(newest)
        links.push({ from, to: node.id, count, firstDay, lastDay })
        // A table that begins with its own day before goes back to the first: the day before stands for all of them.
        if (newest.kind === 'part' && artefact.kind === 'part' && newest.table === artefact.table) {
          const earlier = await recordOf(objects, merchantId, newest)
          if (!nodes.has(from)) nodes.set(from, await nodeOf(objects, published, newest, earlier))
          continue
        }
        if (!nodes.has(from) && !level.some((one) => artefactId(one) === from)) next.set(from, newest)
      }
    }
    level = [...next.values()]
  }
  const artefact = nodes.get(artefactId(start))!
  // Of raw objects there is nothing to be known but whether they are there.
  if (start.kind !== 'raw' && !artefact.isPresent && !artefact.isKnown) return undefined
  return { artefact, nodes: [...nodes.values()], links, isCut }
}

type Group = { readonly newest: Artefact; readonly count: number; readonly firstDay: string; readonly lastDay: string }

/** By kind and table, in the order in which they were read; without raw tables of which there was no object. */
function inputGroups(inputs: readonly LineageInput[], countsObjects: boolean): Group[] {
  const groups = new Map<string, LineageInput[]>()
  for (const input of inputs) {
    if (input.kind === 'raw' && input.count === 0) continue
    const name = `${input.kind} ${nameOf(input)}`
    groups.set(name, [...(groups.get(name) ?? []), input])
  }
  return [...groups.values()].map((group) => {
    const days = group.map(dayOf).sort()
    const newest = group.reduce((a, b) => (dayOf(b) > dayOf(a) ? b : a))
    const count = group.reduce((sum, input) => sum + (countsObjects && input.kind === 'raw' ? input.count : 1), 0)
    return { newest: artefactIn(newest), count, firstDay: days[0]!, lastDay: days.at(-1)! }
  })
}

const nameOf = (input: LineageInput | Artefact): string =>
  input.kind === 'model' ? 'demand' : input.kind === 'given' ? input.name : input.table
const dayOf = (input: LineageInput | Artefact): string => ('day' in input ? input.day : WHOLE)

/** What an input is, without what is said of it there. */
export function artefactIn(input: LineageInput): Artefact {
  switch (input.kind) {
    case 'part':
      return { kind: 'part', table: input.table, day: input.day, version: input.version }
    case 'raw':
      return { kind: 'raw', table: input.table, day: input.day }
    default:
      return input
  }
}

async function nodeOf(
  objects: Objects,
  published: Published,
  artefact: Artefact,
  record: LineageRecord | undefined,
): Promise<LineageNode> {
  const { code = null, durationMs = null, rowsIn = null, rowsOut = null, run = null, checks = null } = record ?? {}
  return {
    ...{ id: artefactId(artefact), kind: artefact.kind, name: nameOf(artefact), day: dayOf(artefact) },
    version: 'version' in artefact ? artefact.version : '',
    isPresent: await isPresent(objects, published, artefact),
    isKnown: record !== undefined,
    madeAt: record === undefined ? null : new Date(record.madeAt).toISOString(),
    ...{ code, durationMs, rowsIn, rowsOut, run, checks },
  }
}

async function isPresent(objects: Objects, published: Published, artefact: Artefact): Promise<boolean> {
  switch (artefact.kind) {
    case 'given':
      return true
    case 'part':
      return published.tables[artefact.table]?.[artefact.day]?.version === artefact.version
    case 'model': {
      const names = await objects.list(modelsFolder(published.merchantId))
      return names.some((name) => versionOfManifest(published.merchantId, name) === artefact.version)
    }
    case 'raw':
      return (await rawObjects(objects, artefact)).length > 0
  }
}

/** Undefined: the id is none, or what it names without a version is not published. */
export const namedArtefact = (published: Published, id: string): Artefact | undefined => {
  const artefact = artefactOf(id)
  return artefact && versionedArtefact(published, artefact)
}
