import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { FileSecrets } from '#adapters/embedded/file-secrets.ts'
import { LmdbStateStore } from '#adapters/embedded/lmdb-state-store.ts'
import { LocalIdentity } from '#adapters/embedded/local-identity.ts'
import type { Clock, RowRef, Secrets, Viewer } from '#core/ports.ts'
import { type IdentityImplementation, identityContract } from './identity.contract.ts'
import { temporaryFolder } from './temporary-folder.ts'

function openLocal(folder: string, clock: Clock) {
  const state = new LmdbStateStore({ path: join(folder, 'state') })
  return { state, identity: new LocalIdentity(state, new FileSecrets(join(folder, 'secrets.json')), clock) }
}

const local: IdentityImplementation = {
  name: 'LocalIdentity',
  open: async (clock) => {
    const folder = temporaryFolder()
    let { state, identity } = openLocal(folder, clock)
    return {
      identity,
      state: () => state,
      reopen: async () => {
        await state.close()
        ;({ state, identity } = openLocal(folder, clock))
        return identity
      },
      close: () => state.close(),
    }
  },
}

identityContract(local)

describe('LocalIdentity', () => {
  const clock = { now: () => Date.parse('2026-03-02T10:00:00Z') }
  const viewer: Viewer = { merchantId: 'demo', subject: 'owner', role: 'owner' }

  const openState = (folder: string) => {
    const state = new LmdbStateStore({ path: join(folder, 'state') })
    onTestFinished(() => state.close())
    return state
  }

  test('keeps no token and no code itself', async () => {
    const folder = temporaryFolder()
    const identity = new LocalIdentity(openState(folder), new FileSecrets(join(folder, 'secrets.json')), clock)
    const shown = [
      (await identity.createToken(viewer, { label: 'script' })).token,
      await identity.openSession(viewer, 'browser'),
      await identity.issueForMachine(viewer),
      await identity.issueCode('sign-in', viewer),
    ]
    const kept = ['secrets.json', ...readdirSync(join(folder, 'state')).map((file) => join('state', file))]
    for (const file of kept) {
      const bytes = readFileSync(join(folder, file))
      for (const secret of shown) expect(bytes.includes(secret)).toBe(false)
    }
  })

  test('lists tokens though one is revoked while it looks', async () => {
    const folder = temporaryFolder()
    const state = openState(folder)
    const secrets = new FileSecrets(join(folder, 'secrets.json'))
    const identity = new LocalIdentity(state, secrets, clock)
    const [kept, gone] = [
      (await identity.createToken(viewer, { label: 'kept' })).item,
      (await identity.createToken(viewer, { label: 'gone' })).item,
    ]
    const { getMany } = state
    Object.assign(state, {
      getMany: async (refs: readonly RowRef[]) => {
        await identity.revokeToken('demo', gone.id)
        return getMany.call(state, refs)
      },
    })
    expect(await identity.tokensOf('demo')).toEqual([kept])
  })

  test('signs with one key though it is asked for by several at once', async () => {
    const folder = temporaryFolder()
    const secrets = new FileSecrets(join(folder, 'secrets.json'))
    const identity = new LocalIdentity(openState(folder), secrets, clock)
    const tokens = await Promise.all(Array.from({ length: 5 }, () => identity.issueForMachine(viewer)))
    for (const token of tokens)
      expect(await identity.verify(token)).toEqual({ ...viewer, endsAt: clock.now() + 12 * 3_600_000 })
  })

  test('secrets that cannot be reached are a fault of ours, not of who asks; it is over when they can', async () => {
    const folder = temporaryFolder()
    const file = new FileSecrets(join(folder, 'secrets.json'))
    let isReachable = true
    const secrets: Secrets = {
      get: (name) => (isReachable ? file.get(name) : Promise.reject(new Error('the disk is gone'))),
      set: (name, value) => file.set(name, value),
      delete: (name) => file.delete(name),
    }
    const state = openState(folder)
    const token = await new LocalIdentity(state, secrets, clock).issueForMachine(viewer)
    isReachable = false
    const identity = new LocalIdentity(state, secrets, clock)
    await expect(identity.verify(token)).rejects.toThrow('the disk is gone')
    isReachable = true
    expect(await identity.verify(token)).toEqual({ ...viewer, endsAt: clock.now() + 12 * 3_600_000 })
  })
})
