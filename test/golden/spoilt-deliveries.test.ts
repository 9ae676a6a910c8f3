import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PROVIDERS } from '#core/sources/registry.ts'
import { heldFor } from '#test/fakes/held-for.ts'
import { caseNames, readJson } from './golden-cases.ts'

/** What vendors send, to be spoilt. */
const deliveriesOf = (source: string): { body: unknown; headers: Record<string, string> }[] =>
  caseNames(`deliveries/${source}`).map((name) => ({
    body: readJson(`deliveries/${source}`, name, 'body.json'),
    headers: readJson(`deliveries/${source}`, name, 'request.json').headers,
  }))

/** Where a document can be spoilt: the path to each of its values. */
const pathsIn = (value: unknown, path: string[] = []): string[][] =>
  typeof value === 'object' && value !== null
    ? [path, ...Object.entries(value).flatMap(([name, inner]) => pathsIn(inner, [...path, name]))]
    : [path]

function spoilt(value: unknown, [name, ...rest]: readonly string[], by: unknown): unknown {
  if (name === undefined) return by
  const copy = structuredClone(value) as Record<string, unknown>
  copy[name] = spoilt(copy[name], rest, by)
  return copy
}

describe('a vendor’s document, whatever became of it', () => {
  const anything = fc.oneof(
    fc.constantFrom('', 'A', '__proto__', 'a\u0001b', '\ud800', 'x'.repeat(90), 'x'.repeat(201), 'x'.repeat(501)),
    fc.constantFrom(-1, 0, 1, 1.5, 1e9, 1e9 + 1, -1e9, 2 ** 53, 1e300),
    fc.constantFrom('9.99', '1.2345', '-0.01', '100000000000.00', '90071992547409.91', '1,000'),
    fc.constantFrom('2026-03-02T10:00:00Z', '2026-03-02T10:00:00', '9999-12-31T23:59:59Z', 'INR', 'JPY', 'XXX'),
    fc.constantFrom([], {}, null, true),
    fc.jsonValue(),
  )

  it.each(PROVIDERS)('$name: is taken whole or refused with reasons', ({ name, source }) => {
    const spoiltDelivery = fc
      .constantFrom(...deliveriesOf(name))
      .chain(({ body, headers }) =>
        fc
          .tuple(fc.constantFrom(...pathsIn(body)), anything, fc.constantFrom('INR', 'JPY', 'KWD'))
          .map(([path, by, currency]) => ({ document: spoilt(body, path, by), headers, currency })),
      )
    let taken = 0
    fc.assert(
      fc.property(spoiltDelivery, ({ document, headers, currency }) => {
        const outcome = source.translate(JSON.parse(JSON.stringify(document)), { currency }, headers)
        if (outcome.ok) {
          taken++
          expect(heldFor(outcome.value)).toEqual([])
        } else {
          expect(outcome.problems.length).toBeGreaterThan(0)
        }
      }),
      { numRuns: 3000 },
    )
    expect(taken).toBeGreaterThan(100) // else the property says nothing
  })

  it.each(PROVIDERS)('$name: any JSON at all, under any headers', ({ source }) => {
    const topics = ['orders/create', 'refunds/create', 'products/update', 'order.created', '__proto__', 'toString', '']
    const headers = fc.record(
      {
        'x-shopify-topic': fc.constantFrom(...topics),
        'x-wc-webhook-topic': fc.constantFrom(...topics),
        'x-shopify-webhook-id': fc.string(),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(fc.jsonValue(), headers, (document, under) => {
        const outcome = source.translate(document, { currency: 'INR' }, under)
        if (!outcome.ok) expect(outcome.problems.length).toBeGreaterThan(0)
      }),
      { numRuns: 1000 },
    )
  })
})
