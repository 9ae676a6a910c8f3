import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from '#test/contract/temporary-folder.ts'
import { createGateway } from './gateway.ts'
import type { Functions } from './invoke.ts'

const SHOP = 'https://shop.example'

async function newGateway(origins: readonly string[]) {
  const cookies: unknown[] = []
  const functions = {
    authorize: async () => ({ viewer: '{}', missing: '' }),
    http: async (_name: string, event: { cookies: unknown }) => {
      cookies.push(event.cookies)
      return { statusCode: 202, body: '{}' }
    },
  } as unknown as Functions
  const app = await createGateway({
    functions,
    dashboard: join(temporaryFolder(), 'none'),
    objects: temporaryFolder(),
    loopbackOnly: true,
    origins,
  })
  onTestFinished(() => app.close())
  const collect = (origin: string) =>
    app.inject({
      method: 'POST',
      url: '/collect',
      headers: {
        host: 'localhost',
        origin,
        'sec-fetch-site': 'cross-site',
        cookie: 'counterflow-session=x',
        'content-type': 'application/json',
      },
      payload: '{}',
    })
  const preflight = (origin: string) =>
    app.inject({
      method: 'OPTIONS',
      url: '/collect',
      headers: {
        host: 'localhost',
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    })
  return { collect, preflight, cookies }
}

test('a page of a listed origin may ask, and its cookies do not count', async () => {
  const { collect, preflight, cookies } = await newGateway([SHOP])
  const before = await preflight(SHOP)
  expect([before.statusCode, before.headers['access-control-allow-origin']]).toEqual([204, SHOP])
  expect(before.headers['access-control-allow-headers']).toContain('authorization')
  expect(before.headers['access-control-allow-credentials']).toBeUndefined()
  const answer = await collect(SHOP)
  expect([answer.statusCode, answer.headers['access-control-allow-origin']]).toEqual([202, SHOP])
  expect(cookies).toEqual([[]])
})

test.each(['https://shop.example.evil.example', 'http://shop.example', 'null'])('%s is not listed', async (origin) => {
  const { collect, preflight, cookies } = await newGateway([SHOP])
  expect((await preflight(origin)).headers['access-control-allow-origin']).toBeUndefined()
  const answer = await collect(origin)
  expect([answer.statusCode, answer.headers['access-control-allow-origin'], cookies]).toEqual([403, undefined, []])
})

test('nothing is allowed where nothing is listed', async () => {
  const { collect, preflight } = await newGateway([])
  expect((await preflight(SHOP)).statusCode).toBe(405)
  expect((await collect(SHOP)).statusCode).toBe(403)
})
