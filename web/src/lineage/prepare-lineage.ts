/** What is said of each artefact, and of what it was made of. */
import type { LineageAnswer, LineageInputsAnswer, LineageNode } from '#core/api/lineage.ts'
import { formatNumber } from '../format/format-number.ts'
import { words } from './words.ts'

export type Step = {
  readonly id: string
  readonly kind: LineageNode['kind']
  readonly name: string
  readonly day: string
  readonly rows: number | null
  readonly madeMs: number | null
  readonly durationMs: number | null
  readonly code: string
  readonly run: string
  readonly checks: string
  readonly stands: string
  /** Something is not as it should be, or is gone. */
  readonly isOff: boolean
  readonly madeOf: string
  /** More is to be seen of it. */
  readonly isOpenable: boolean
}

/** 'Sales', 'raw booked_line', 'demand model', 'holidays'. */
export function artefactName({ kind, name }: Pick<LineageNode, 'kind' | 'name'>): string {
  if (kind === 'part') return words.tables[name] ?? name
  if (kind === 'raw') return `${words.kinds.raw} ${name}`
  return kind === 'model' ? `${name} ${words.kinds.model}` : name
}

/** Of a model its version is a day, of what was given there is none. */
export const dayText = ({ kind, day, version }: Pick<LineageNode, 'kind' | 'day' | 'version'>): string =>
  kind === 'model' || kind === 'given' ? version : day === '' ? words.whole : day

export function prepareSteps({ nodes, links }: LineageAnswer): readonly Step[] {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  return nodes.map((node) => {
    const inputs = links.filter(({ to }) => to === node.id)
    return {
      ...{ id: node.id, kind: node.kind, name: artefactName(node), day: dayText(node), rows: node.rowsOut },
      madeMs: node.madeAt === null ? null : Date.parse(node.madeAt),
      durationMs: node.durationMs,
      code: node.code ?? '',
      run: node.run ?? '',
      checks: checksText(node),
      stands: standsText(node),
      isOff: !node.isPresent || (node.checks !== null && node.checks.failed > 0),
      madeOf: inputs.map((link) => inputText(byId.get(link.from)!, link)).join(', '),
      isOpenable: node.isKnown || node.kind === 'raw',
    }
  })
}

function checksText({ checks }: LineageNode): string {
  if (checks === null) return ''
  return words.held(checks.passed, checks.passed + checks.failed + checks.warned)
}

function standsText({ kind, isPresent, isKnown }: LineageNode): string {
  if (kind === 'given') return ''
  if (kind === 'raw') return isPresent ? words.stands.there : words.stands.gone
  if (!isPresent) return words.stands.replaced
  return isKnown ? words.stands.present : words.stands.unknown
}

function inputText(node: LineageNode, { count, firstDay, lastDay }: LineageAnswer['links'][number]): string {
  const name = artefactName(node)
  if (firstDay !== lastDay) return `${name} ${words.days(count, firstDay, lastDay)}`
  return count > 1 ? `${name} ${formatNumber(count)}` : name
}

export type InputLine = {
  readonly key: string
  readonly name: string
  readonly day: string
  readonly version: string
  readonly rows: number | null
}

export const prepareInputs = (items: LineageInputsAnswer['items']): readonly InputLine[] =>
  items.map(({ id, kind, name, day, version, rows, object, count, sha256 }) => ({
    key: `${id} ${object ?? ''}`,
    name: artefactName({ kind, name }),
    day: kind === 'model' || kind === 'given' ? '' : day === '' ? words.whole : day,
    version:
      object?.slice(object.lastIndexOf('/') + 1) ??
      (sha256 === null ? version : words.inputs.hashed(formatNumber(count ?? 0), sha256.slice(0, 12))),
    rows,
  }))
