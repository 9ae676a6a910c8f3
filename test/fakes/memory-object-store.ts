import type { ObjectStore } from '#core/ports.ts'

/** Objects in memory; it counts what is put and got. */
export class MemoryObjectStore implements ObjectStore {
  readonly calls = { put: 0, get: 0, list: 0, delete: 0 }
  private readonly objects = new Map<string, Uint8Array>()

  async put(name: string, bytes: Uint8Array): Promise<void> {
    this.calls.put++
    check(name)
    this.objects.set(name, bytes.slice())
  }

  async get(name: string): Promise<Uint8Array | undefined> {
    this.calls.get++
    check(name)
    return this.objects.get(name)?.slice()
  }

  async list(prefix: string): Promise<string[]> {
    this.calls.list++
    return [...this.objects.keys()].filter((name) => name.startsWith(prefix)).sort()
  }

  async delete(name: string): Promise<void> {
    this.calls.delete++
    check(name)
    this.objects.delete(name)
  }
}

const NAME = /^[\w\-.=]+(\/[\w\-.=]+)*$/

function check(name: string): void {
  const isName = NAME.test(name) && name.split('/').every((part) => part !== '.' && part !== '..')
  if (!isName) throw new RangeError(`${JSON.stringify(name)} is no name of an object`)
}
