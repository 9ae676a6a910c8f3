/** Where artefacts stand in the graph: what came first at the left, what was asked about at the right. */
import type { LineageAnswer } from '#core/api/lineage.ts'
import { formatNumber } from '../format/format-number.ts'
import { artefactName, dayText } from './prepare-lineage.ts'

const WIDTH = 176
const HEIGHT = 44
const GAP_X = 56
const GAP_Y = 12
const MARGIN = 2

export type GraphNode = {
  readonly id: string
  readonly kind: string
  readonly isOff: boolean
  readonly x: number
  readonly y: number
  readonly name: string
  readonly said: string
}
export type Graph = {
  readonly width: number
  readonly height: number
  readonly nodeWidth: number
  readonly nodeHeight: number
  readonly nodes: readonly GraphNode[]
  /** SVG paths. */
  readonly ways: readonly { readonly key: string; readonly path: string }[]
}

export function prepareGraph({ artefact, nodes, links }: LineageAnswer): Graph {
  const ranks = ranksOf(artefact.id, nodes.length, links)
  const columns = Math.max(...ranks.values()) + 1
  const inColumn = Array.from({ length: columns }, () => 0)
  const tallest = Math.max(
    ...[...Array(columns).keys()].map((rank) => [...ranks.values()].filter((r) => r === rank).length),
  )
  const places = new Map<string, { readonly x: number; readonly y: number }>()
  for (const { id } of nodes) {
    const rank = ranks.get(id)!
    const count = [...ranks.values()].filter((other) => other === rank).length
    const top = ((tallest - count) * (HEIGHT + GAP_Y)) / 2
    const place = inColumn[rank]!++
    places.set(id, { x: MARGIN + (columns - 1 - rank) * (WIDTH + GAP_X), y: MARGIN + top + place * (HEIGHT + GAP_Y) })
  }
  return {
    width: 2 * MARGIN + columns * (WIDTH + GAP_X) - GAP_X,
    height: 2 * MARGIN + tallest * (HEIGHT + GAP_Y) - GAP_Y,
    ...{ nodeWidth: WIDTH, nodeHeight: HEIGHT },
    nodes: nodes.map((node) => {
      const rows = node.rowsOut === null ? '' : ` · ${formatNumber(node.rowsOut)} rows`
      const said = `${dayText(node)}${rows}`
      const isOff = !node.isPresent || (node.checks?.failed ?? 0) > 0
      return { id: node.id, kind: node.kind, isOff, ...places.get(node.id)!, name: artefactName(node), said }
    }),
    ways: links.map(({ from, to }) => {
      const [a, b] = [places.get(from)!, places.get(to)!]
      const [x1, y1, x2, y2] = [a.x + WIDTH, a.y + HEIGHT / 2, b.x, b.y + HEIGHT / 2]
      const bend = Math.max(20, (x2 - x1) / 2)
      return { key: `${from} ${to}`, path: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}` }
    }),
  }
}

/** Steps up from what was asked about, by the longest way: what something was made of stands left of it. */
function ranksOf(id: string, count: number, links: LineageAnswer['links']): ReadonlyMap<string, number> {
  const ranks = new Map([[id, 0]])
  for (let round = 0; round < count; round++)
    for (const { from, to } of links) {
      const rank = ranks.get(to)
      if (rank !== undefined && (ranks.get(from) ?? -1) <= rank) ranks.set(from, rank + 1)
    }
  return ranks
}
