/** What must hold of a data folder after whatever was done to it. */
import { join } from 'node:path'
import { expect } from 'vitest'
import { FolderObjectStore } from '#adapters/embedded/folder-object-store.ts'
import { LmdbEventLog } from '#adapters/embedded/lmdb-event-log.ts'
import type { QualityAnswer } from '#core/api/quality.ts'
import { allRecords } from '#local/archive.ts'
import { type Client, connect } from '#local/client.ts'
import { openDataFolder } from '#local/data-folder.ts'
import type { Verdict } from '#local/verify.ts'
import type { ArchivedRow } from '#runtime/archive-shard.ts'
import { rawRows } from '#test/fakes/lake-in-test.ts'

/** How often each event id lies in the log, over all shards but those of events that go to every shard. */
export async function idsInLog(data: string): Promise<Map<string, number>> {
  const folder = openDataFolder(data)
  const log = new LmdbEventLog({ path: folder.log, shards: folder.shards })
  const ids = new Map<string, number>()
  try {
    for (let shard = 0; shard < folder.shards; shard++) {
      for await (const batch of allRecords(log, new FolderObjectStore(join(data, 'objects')))(shard, '')) {
        for (const { bytes } of batch) {
          const id = /"id":"([^"]+)"/.exec(Buffer.from(bytes).toString('latin1'))?.[1] ?? ''
          ids.set(id, (ids.get(id) ?? 0) + 1)
        }
      }
    }
  } finally {
    await log.close()
  }
  return ids
}

/** The lake holds what was applied, each event once. */
async function auditLake(data: string, client: Client, quality: QualityAnswer): Promise<void> {
  const reply = (await client.request('POST', '/engine/lake')).body as { result: { shards: ArchivedRow[] } }
  const { booked_line: _facts, ...tables } = await rawRows(new FolderObjectStore(join(data, 'objects')))
  const ledger = quality.ledger!
  const applied = new Map<number, number>()
  const ids = new Set<string>()
  for (const [table, rows] of Object.entries(tables)) {
    for (const { shard, sequence, event_id: id } of rows) {
      applied.set(Number(shard), (applied.get(Number(shard)) ?? 0) + 1)
      ids.add(`${table} ${shard} ${sequence} ${id}`)
    }
  }
  expect(ledger.map(({ shard }) => applied.get(shard) ?? 0)).toEqual(ledger.map((row) => row.applied))
  expect(reply.result.shards.map(({ events }) => events)).toEqual(ledger.map((row) => row.applied))
  expect(ids.size).toBe([...applied.values()].reduce((sum, n) => sum + n, 0))
}

/** Opens the folder at rest, lets the engine finish, compares its rows with a replay, and the lake with the ledger. */
export async function audit(data: string): Promise<{ quality: QualityAnswer; verdict: Verdict }> {
  const client = await connect(data)
  try {
    await client.request('POST', '/engine/settle')
    const quality = (await client.request('GET', '/quality')).body as QualityAnswer
    for (const { shard, accepted, applied, duplicate, held, discarded, pending } of quality.ledger!) {
      expect({ shard, pending }).toEqual({ shard, pending: 0 })
      expect({ shard, accepted }).toEqual({ shard, accepted: applied + duplicate + held + discarded })
    }
    const reply = await client.request('POST', '/engine/verify', { from: 'start' })
    const { result } = reply.body as { result: Verdict }
    expect(result.examples).toEqual([])
    expect(result).toMatchObject({ equal: true, ledgerHolds: true, differences: 0 })
    await auditLake(data, client, quality)
    return { quality, verdict: result }
  } finally {
    await client.close()
  }
}
