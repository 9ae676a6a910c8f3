import type { Clock } from '#core/ports.ts'

/** Time stands still until a test moves it. */
export class FixedClock implements Clock {
  calls = 0
  private ms: number

  /** `at`: RFC 3339 or epoch ms. */
  constructor(at: string | number) {
    this.ms = epochMs(at)
  }

  now(): number {
    this.calls++
    return this.ms
  }

  set(at: string | number): void {
    this.ms = epochMs(at)
  }

  advance(byMs: number): void {
    this.ms += byMs
  }
}

const epochMs = (at: string | number): number => (typeof at === 'number' ? at : Date.parse(at))
