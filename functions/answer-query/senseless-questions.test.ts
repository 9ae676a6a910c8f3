/** A question that makes no sense is refused by the name of the parameter that makes it so, and never answered with nothing. */
import { describe, expect, test } from 'vitest'
import { ask, ownerOf, portsInTest } from '#test/fakes/ports-in-test.ts'
import { handler } from './handler.ts'

/** At 10:00 UTC on 2 March 2026; the merchant's day began at midnight UTC. */
const asked = async (question: string) => {
  const [route, search] = question.split('?') as [string, string]
  const query = Object.fromEntries(new URLSearchParams(search))
  const { status, body } = await ask(handler, portsInTest(), route, { viewer: ownerOf('m'), query })
  return [status, ...(body.problems ?? []).map(({ field }: { field: string }) => field)]
}

describe('refused', () => {
  test.each([
    ['GET /metrics?from=2026-03-02T10:00:00Z', 'from'],
    ['GET /metrics?from=2026-03-03T00:00:00Z', 'from'],
    ['GET /metrics?from=2026-03-02T00:00:00Z&to=2026-03-02T00:00:00Z', 'from'],
    ['GET /metrics?to=2026-03-02T00:00:00Z', 'to'],
    ['GET /metrics?to=2026-03-01T00:00:00Z', 'to'],
    ['GET /metrics?to=2026-03-01T00:00:00Z&store=s', 'to'],
    ['GET /metrics?store=', 'store'],
    ['GET /metrics?region=', 'region'],
    ['GET /metrics?category=', 'category'],
    ['GET /metrics?brand=', 'brand'],
    ['GET /metrics?product=', 'product'],
    ['GET /metrics?store=s&product=p', 'product'],
    ['GET /metrics/series?from=2026-03-02T10:00:00Z', 'from'],
    ['GET /metrics/series?from=2026-03-02T09:00:00Z&to=2026-03-02T09:00:00Z', 'from'],
    ['GET /metrics/series?from=2026-03-02T09:00:00Z&to=2026-03-02T08:00:00Z', 'from'],
    ['GET /metrics/series?from=2026-01-01T00:00:00Z&window=minute', 'window'],
    ['GET /metrics/series?currency=usd', 'currency'],
    ['GET /metrics/series?currency=XXX', 'currency'],
    ['GET /metrics/series?currency=', 'currency'],
    ['GET /metrics/series?measure=units&currency=XXX', 'currency'],
    ['GET /metrics/series?store=', 'store'],
    ['GET /metrics/series?store=s&by=product', 'window'],
    ['GET /metrics/series?store=s&by=product&window=hour', 'window'],
    ['GET /metrics/series?store=s&region=r', 'region'],
    ['GET /metrics/series?category=c&by=store', 'category'],
    ['GET /metrics/series?product=p&by=channel&window=day', 'product'],
    ['GET /metrics/series?by=channel', 'window'],
    ['GET /metrics/series?by=channel&window=quarter', 'window'],
    ['GET /metrics/series?by=reason&measure=refundAmount&region=', 'region'],
    ['GET /metrics/series?by=reason', 'measure'],
    ['GET /metrics/series?store=s&by=product&window=span', 'window'],
    ['GET /metrics/series?by=', 'by'],
  ])('%s', async (question, field) => {
    expect(await asked(question)).toEqual([422, field])
  })
})

describe('answered', () => {
  test.each([
    'GET /metrics?from=2026-03-02T09:59:59Z',
    'GET /metrics?to=2026-03-02T00:01:00Z',
    'GET /metrics?to=2026-03-09T00:00:00Z',
    'GET /metrics?from=2026-02-01T00:00:00Z&to=2026-03-01T00:00:00Z',
    'GET /metrics?product=unknown',
    'GET /metrics/series?to=2026-03-01T00:00:00Z',
    'GET /metrics/series?from=2026-03-02T09:00:00Z',
    'GET /metrics/series?currency=CLF',
    'GET /metrics/series?by=channel&window=month',
    'GET /metrics/series?by=reason&measure=refunds',
    'GET /metrics/series?by=product&store=s&window=day',
    'GET /metrics/series?region=unknown',
    'GET /metrics/series?window=span&from=2026-03-05T00:00:00Z&to=2026-03-06T00:00:00Z',
    'GET /metrics/series?store=s&by=product&window=span&from=2026-03-02T00:00:00Z',
  ])('%s', async (question) => {
    expect(await asked(question)).toEqual([200])
  })
})
