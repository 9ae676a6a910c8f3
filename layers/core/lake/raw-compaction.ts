/** Small raw objects become larger ones. An object counts for all that its stretch holds: what lies within another's does not. */
import { isBehind, isUpTo, type Stretch, stretchIn } from './raw-names.ts'

/** Objects of one shard in one partition, in the order of the log. */
export type Compaction = { readonly folder: string; readonly names: readonly string[] }

type Named = { readonly name: string; readonly folder: string; readonly stretch: Stretch }

function namedIn(name: string): Named | undefined {
  const stretch = stretchIn(name)
  return stretch && { name, folder: name.slice(0, name.lastIndexOf('/') + 1), stretch }
}

/** Of the same shard, and no more than what the other holds. */
const isWithin = (inner: Stretch, outer: Stretch): boolean =>
  inner.shard === outer.shard &&
  isUpTo(inner, outer.last) &&
  (inner.first === outer.first || isBehind(inner, outer.first))

/** Names whose rows are in a larger object of the same partition, which was put before they could be deleted. */
export function coveredIn(names: readonly string[]): string[] {
  const covered: string[] = []
  for (const group of groupsOf(names)) {
    // The longest comes first of those that begin together.
    let outer: Named | undefined
    for (const one of group) {
      if (outer !== undefined && isWithin(one.stretch, outer.stretch)) covered.push(one.name)
      else outer = one
    }
  }
  return covered
}

/** The names that count: each row is in one of them. What is no raw object stays. */
export function withoutCovered(names: readonly string[]): readonly string[] {
  const covered = new Set(coveredIn(names))
  return covered.size === 0 ? names : names.filter((name) => !covered.has(name))
}

/** Which objects become one. `upTo`, by shard: what is in the lake for so long that nothing puts it there again. */
export const compactionsOf = (names: readonly string[], upTo: readonly string[]): Compaction[] =>
  groupsOf(withoutCovered(names)).flatMap((group) => {
    const settled = group.filter(({ stretch }) => isUpTo(stretch, upTo[stretch.shard] ?? ''))
    return settled.length < 2 ? [] : [{ folder: settled[0]!.folder, names: settled.map(({ name }) => name) }]
  })

/** By partition and shard, by where they begin. */
function groupsOf(names: readonly string[]): Named[][] {
  const groups = new Map<string, Named[]>()
  for (const one of names.map(namedIn)) {
    if (one === undefined) continue
    const key = `${one.folder}${one.stretch.shard}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [one])
    else group.push(one)
  }
  return [...groups.values()].map((group) => group.sort((a, b) => inOrder(a.stretch, b.stretch)))
}

function inOrder(a: Stretch, b: Stretch): number {
  if (a.first !== b.first) return isBehind(a, b.first) ? 1 : -1
  return a.last === b.last ? 0 : isUpTo(a, b.last) ? 1 : -1
}
