import type { IdSource } from '#core/ports.ts'

/** `id1`, `id2`, ... */
export class CountingIdSource implements IdSource {
  calls = 0
  private readonly prefix: string

  constructor(prefix = 'id') {
    this.prefix = prefix
  }

  next(): string {
    return `${this.prefix}${++this.calls}`
  }
}
