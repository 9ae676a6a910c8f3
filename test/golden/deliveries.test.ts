import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { SourceDocument } from '#core/events/envelope.ts'
import type { OrderChanged } from '#core/events/order-changed.ts'
import { parseTime } from '#core/events/parse-time.ts'
import type { Outcome } from '#core/outcome.ts'
import { partsOf } from '#core/row-key.ts'
import { ownEvents } from '#core/sources/own-events.ts'
import { PROVIDERS, providerOf } from '#core/sources/registry.ts'
import { caseNames, readJson } from './golden-cases.ts'

/** `request.json` of a case; its body lies beside it, byte for byte. */
type Request = {
  readonly about: string
  /** The vendor's page that says what such a document looks like. */
  readonly documentation: string
  readonly headers: Readonly<Record<string, string>>
  /** INR, and the source's own store, if absent. */
  readonly defaults?: { readonly currency: string; readonly storeId?: string }
  /** The case whose document this is once more. */
  readonly repeats?: string
  /** The case of which this is a later or an older version. */
  readonly after?: string
  readonly before?: string
}

const requestOf = (source: string, name: string): Request => readJson(`deliveries/${source}`, name, 'request.json')

function translated(source: string, name: string): Outcome<SourceDocument> {
  const { headers, defaults = { currency: 'INR' } } = requestOf(source, name)
  const path = fileURLToPath(new URL(`./deliveries/${source}/${name}/body.json`, import.meta.url))
  const body = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path)))
  return providerOf(source)!.source.translate(body, defaults, headers)
}

/** As `events.json` has it: an identity by its parts. */
const shown = (outcome: Outcome<SourceDocument>): object => {
  if (!outcome.ok) return { problems: outcome.problems }
  const { providerId, drafts } = outcome.value
  // As JSON has it: an absent time is no field.
  return JSON.parse(JSON.stringify({ providerId: providerId === undefined ? null : partsOf(providerId), drafts }))
}

const documentOf = (source: string, name: string): SourceDocument => {
  const outcome = translated(source, name)
  if (!outcome.ok) expect.fail(JSON.stringify(outcome.problems))
  return outcome.value
}

const orderIn = (source: string, name: string) => {
  const draft = documentOf(source, name).drafts.find(({ type }) => type === 'order.changed')
  if (draft === undefined) expect.fail(`${name} holds no version of an order`)
  const { orderId, changedAt } = draft.data as OrderChanged
  return { of: [draft.storeId, orderId], at: changedAt === undefined ? Number.POSITIVE_INFINITY : parseTime(changedAt) }
}

const cases = caseNames('deliveries').flatMap((source) =>
  caseNames(`deliveries/${source}`).map((name) => [source, name] as const),
)

describe('a delivery becomes', () => {
  it('there are some of each source', () => {
    expect(caseNames('deliveries')).toEqual(PROVIDERS.map(({ name }) => name).sort())
  })

  it.each(cases)('%s: %s', (source, name) => {
    expect(shown(translated(source, name))).toStrictEqual(readJson(`deliveries/${source}`, name, 'events.json'))
  })

  it.each(cases)('%s: %s: events that the door takes', (source, name) => {
    const outcome = translated(source, name)
    for (const draft of outcome.ok ? outcome.value.drafts : [])
      expect(ownEvents.translate(draft, { currency: '' })).toMatchObject({ ok: true, value: { drafts: [draft] } })
  })
})

describe('deliveries of one source', () => {
  it.each(caseNames('deliveries'))('%s: one identity is one document', (source) => {
    const firstOf = new Map<string, string>()
    for (const name of caseNames(`deliveries/${source}`)) {
      const outcome = translated(source, name)
      if (!outcome.ok || outcome.value.providerId === undefined || outcome.value.drafts.length === 0) continue
      const first = requestOf(source, name).repeats ?? name
      const known = firstOf.get(outcome.value.providerId)
      expect([name, known ?? first]).toEqual([name, first])
      firstOf.set(outcome.value.providerId, first)
    }
  })

  it.each(cases)('%s: %s repeats, or is a version of, what it says', (source, name) => {
    const { repeats, after, before } = requestOf(source, name)
    if (repeats !== undefined) {
      const { providerId } = documentOf(source, repeats)
      expect(providerId).toBeDefined()
      expect(documentOf(source, name).providerId).toBe(providerId)
    }
    const other = after ?? before
    if (other === undefined) return
    const [own, others] = [orderIn(source, name), orderIn(source, other)]
    expect(own.of).toEqual(others.of)
    expect(Math.sign(own.at - others.at)).toBe(after === undefined ? -1 : 1)
  })
})
