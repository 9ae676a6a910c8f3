import type { Notice } from '#core/ports.ts'
import { isAtLeast, type NoticeSeverity } from './notice-kinds.ts'

/** Lines of one store and severity that a digest shows; the others are counted. */
const SHOWN = 20

type Group = { readonly storeId: string; readonly severity: NoticeSeverity; readonly notices: readonly Notice[] }

/** The name of what a person gets for one period by one channel, and of its `part`, from 0, where one is not enough. */
export const digestIdOf = (subject: string, channel: string, dueAtMs: number, part: number): string =>
  `digest-${subject}-${channel}-${dueAtMs}${part === 0 ? '' : `-${part}`}`.replaceAll(/[^A-Za-z0-9_-]/g, '_')

type DigestData = {
  readonly groups: readonly {
    readonly storeId: string
    readonly severity: NoticeSeverity
    readonly count: number
    readonly notices: readonly object[]
  }[]
}

/** What a notice tells of; `-`: none, or the whole merchant. */
export const storesIn = ({ kind, storeId, data }: Notice): readonly string[] =>
  kind === 'digest' ? (data as DigestData).groups.map((group) => group.storeId) : [storeId]

/** Many notices (one or more) as one message: by store, the most severe first, with counts. `at`: RFC 3339. */
export function digestOf(id: string, notices: readonly Notice[], at: string): Notice {
  const groups = groupsOf(notices)
  const critical = notices.filter(({ severity }) => severity === 'CRITICAL').length
  const stores = new Set(notices.map(({ storeId }) => storeId))
  return {
    id,
    merchantId: notices[0]!.merchantId,
    storeId: stores.size === 1 ? notices[0]!.storeId : '-',
    kind: 'digest',
    severity: critical > 0 ? 'CRITICAL' : 'WARNING',
    at,
    subject: `${counted(notices.length, 'notice')}, ${critical} critical, of ${counted(stores.size, 'store')}`,
    text: groups.map(textOf).join('\n\n'),
    data: {
      groups: groups.map(({ storeId, severity, notices: its }) => ({
        storeId,
        severity,
        count: its.length,
        notices: its.slice(0, SHOWN).map((each) => ({ id: each.id, at: each.at, kind: each.kind, text: each.text })),
      })),
    } satisfies DigestData,
  }
}

function groupsOf(notices: readonly Notice[]): Group[] {
  const byGroup = Map.groupBy(notices, ({ storeId, severity }) => JSON.stringify([storeId, severity]))
  const groups = [...byGroup.values()].map((its): Group => {
    const { storeId, severity } = its[0]!
    return { storeId, severity, notices: its }
  })
  return groups.sort((a, b) => {
    if (a.storeId !== b.storeId) return a.storeId < b.storeId ? -1 : 1
    return isAtLeast(a.severity, b.severity) ? -1 : 1
  })
}

function textOf({ storeId, severity, notices }: Group): string {
  const more = notices.length - SHOWN
  return [
    `${storeId}, ${severity.toLowerCase()}: ${notices.length}`,
    ...notices.slice(0, SHOWN).map(({ text }) => `- ${text}`),
    ...(more > 0 ? [`- and ${more} more`] : []),
  ].join('\n')
}

const counted = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`
