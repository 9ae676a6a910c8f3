import type { Secrets } from '#core/ports.ts'

export class MemorySecrets implements Secrets {
  readonly calls = { get: 0, set: 0 }
  private readonly values = new Map<string, string>()

  /** Of all that are kept, in order. */
  get names(): string[] {
    return [...this.values.keys()].toSorted()
  }

  async get(name: string): Promise<string | undefined> {
    this.calls.get++
    return this.values.get(name)
  }

  async set(name: string, value: string): Promise<void> {
    this.calls.set++
    this.values.set(name, value)
  }

  async delete(name: string): Promise<void> {
    this.values.delete(name)
  }
}
