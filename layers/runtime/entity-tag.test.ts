import { describe, expect, it } from 'vitest'
import { ask, ownerOf, portsInTest } from '#test/fakes/ports-in-test.ts'
import { httpHandler, json, problem } from './http-handler.ts'

const answering = (body: object) => httpHandler(() => async () => json(200, body))
const asked = async (route: string, body: object, tag?: string) => {
  const headers = tag === undefined ? {} : { 'if-none-match': tag }
  const { status, reply } = await ask(answering(body), portsInTest(), route, { viewer: ownerOf('m'), headers })
  return { status, headers: reply.headers!, text: reply.body }
}
const at = (asOf: string, lagMs: number, more: object) => ({ asOf, lagMs, ...more })
const A = at('2026-03-02T10:00:00.000Z', 0, { items: [1] })
const LATER = at('2026-03-02T11:00:00.000Z', 12.5, { items: [1] })
const CHANGED = at('2026-03-02T10:00:00.000Z', 0, { items: [2] })

describe('an answer that changes seldom', () => {
  it('is sent once, whenever it is made', async () => {
    const first = await asked('GET /products', A)
    const tag = first.headers.etag as string
    expect([first.status, first.headers['cache-control']]).toEqual([200, 'private, no-cache'])
    const again = await asked('GET /products', LATER, tag)
    expect([again.status, again.text, again.headers.etag]).toEqual([304, undefined, tag])
    expect(again.headers).not.toHaveProperty('content-type')
  })

  it('is sent again when it has changed', async () => {
    const tag = (await asked('GET /products', A)).headers.etag as string
    const changed = await asked('GET /products', CHANGED, tag)
    expect(changed.status).toBe(200)
    expect(changed.headers.etag).not.toBe(tag)
  })

  it.each(['*', '"x", TAG', 'STRONG', '"x",TAG,"y"'])('is named by %s', async (named) => {
    const tag = (await asked('GET /stores', A)).headers.etag as string
    const header = named.replace('TAG', tag).replace('STRONG', tag.slice(2))
    expect((await asked('GET /stores', A, header)).status).toBe(304)
  })

  it.each(['', '"x"', 'W/"x"', 'nonsense'])('is not named by %j', async (header) => {
    expect((await asked('GET /stores', A, header)).status).toBe(200)
  })
})

it('what changes all the time, and what is no answer, has no tag', async () => {
  expect((await asked('GET /metrics', A, '*')).status).toBe(200)
  const refused = httpHandler(() => async () => problem(404, 'There is none'))
  const { status, reply } = await ask(refused, portsInTest(), 'GET /products', {
    viewer: ownerOf('m'),
    headers: { 'if-none-match': '*' },
  })
  expect([status, reply.headers!.etag]).toEqual([404, undefined])
})
