import type { ConnectionItem } from '#core/api/connections.ts'
import { formatNumber } from '../format/format-number.ts'
import { formatMoment } from '../format/format-time.ts'
import { guideOf, words } from './words.ts'

export type ConnectionRow = {
  readonly id: string
  readonly label: string
  readonly source: string
  readonly store: string
  readonly state: string
  readonly status: ConnectionItem['status']
  readonly first: string
  readonly created: string
  readonly proof: string
  readonly rate: string
  /** Where deliveries are sent, whole. */
  readonly address: string
  /** Whether it is a provider's: then it has a secret, and a test. */
  readonly isProvider: boolean
  readonly hasSecret: boolean
  readonly item: ConnectionItem
}

type Around = {
  readonly origin: string
  readonly nowMs: number
  readonly timeZone: string
  readonly storeNames: ReadonlyMap<string, string>
  readonly locale?: string
}

const SIMULATOR = 'simulator'
/** Above this nobody meant a limit. */
const NO_LIMIT = 10_000

/** As they were opened; those that wait come first, since somebody waits for them, and the simulated shop last. */
export const prepareConnections = (items: readonly ConnectionItem[], around: Around): readonly ConnectionRow[] =>
  items.map((item) => prepareConnection(item, around)).sort((a, b) => placeOf(a) - placeOf(b))

const placeOf = ({ item: { source, status } }: ConnectionRow): number =>
  source === SIMULATOR ? 2 : status === 'waiting' ? 0 : 1

export function prepareConnection(item: ConnectionItem, around: Around): ConnectionRow {
  const { id, source, proof, path, storeId, label, status, createdAt, acceptedAt, ratePerSecond } = item
  const { origin, nowMs, timeZone, storeNames, locale } = around
  const guide = guideOf(source)
  return {
    id,
    label,
    source: guide?.name ?? (source === SIMULATOR ? words.simulator : source),
    store: storeId === null ? words.ownStore : (storeNames.get(storeId) ?? storeId),
    state: words.statuses[status] ?? status,
    status,
    first: acceptedAt === null ? words.never : formatMoment(Date.parse(acceptedAt), nowMs, timeZone),
    created: formatMoment(Date.parse(createdAt), nowMs, timeZone),
    proof: words.proofs[proof] ?? proof,
    rate: ratePerSecond > NO_LIMIT ? words.unlimited : words.rateValue(formatNumber(ratePerSecond, {}, locale)),
    address: origin + path,
    isProvider: guide !== undefined || source === SIMULATOR,
    hasSecret: proof !== 'none',
    item,
  }
}

/** Whether nobody outside this machine can reach the address. */
export function isLocal(address: string): boolean {
  const { hostname } = new URL(address)
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
}
