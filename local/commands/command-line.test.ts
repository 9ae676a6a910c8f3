import { expect, test } from 'vitest'
import type { Client } from '../client.ts'
import { everyPageOf } from './command-line.ts'

/** An engine that answers three pages, and what it was asked. */
function threePages() {
  const asked: string[] = []
  const client = {
    request: async (_method, path) => {
      asked.push(path)
      const nth = Number(new URL(path, 'http://x').searchParams.get('next') ?? 0)
      return { status: 200, body: { items: [nth], next: nth < 2 ? String(nth + 1) : null } }
    },
  } as Partial<Client> as Client
  return { asked, client }
}

test.each([
  ['/users', ['/users?limit=500', '/users?limit=500&next=1', '/users?limit=500&next=2']],
  ['/quarantine?status=held', ['', '&next=1', '&next=2'].map((more) => `/quarantine?status=held&limit=500${more}`)],
])('%s is read to its last page', async (path, paths) => {
  const { asked, client } = threePages()
  expect((await everyPageOf<{ items: number[]; next: string | null }>(client, path)).items).toEqual([0, 1, 2])
  expect(asked).toEqual(paths)
})
