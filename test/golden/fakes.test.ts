/** A fake that does not keep its port's promises proves nothing: they pass the contracts of what they stand for. */
import { objectStoreContract } from '#test/contract/object-store.contract.ts'
import { secretsContract } from '#test/contract/secrets.contract.ts'
import { type OpenStore, stateStoreContract } from '#test/contract/state-store.contract.ts'
import { MemoryObjectStore } from '#test/fakes/memory-object-store.ts'
import { MemorySecrets } from '#test/fakes/memory-secrets.ts'
import { MemoryDynamoStateStore, MemoryStateStore } from '#test/fakes/memory-state-store.ts'

/** What is in memory is there for whoever holds the same object: the next program too. */
const opened = (store: MemoryStateStore): OpenStore => ({
  store,
  settle: async () => {},
  reopen: async () => opened(store),
  close: async () => {},
})
stateStoreContract({ name: 'MemoryStateStore', open: async () => opened(new MemoryStateStore()) })
stateStoreContract({ name: 'MemoryDynamoStateStore', open: async () => opened(new MemoryDynamoStateStore()) })

objectStoreContract({
  name: 'MemoryObjectStore',
  open: async () => {
    const objects = new MemoryObjectStore()
    return { objects, reopen: () => objects, close: async () => {} }
  },
})

secretsContract({
  name: 'MemorySecrets',
  open: async () => {
    const secrets = new MemorySecrets()
    return { secrets, reopen: () => secrets, close: async () => {} }
  },
})
