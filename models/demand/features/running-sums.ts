/** Sums over any span of days in one subtraction. NaN days are left out of both sum and count. */
export class RunningSums {
  private readonly sums: Float64Array
  private readonly counts: Int32Array

  /** @param begin days before it count as NaN. */
  constructor(days: number, valueAt: (day: number) => number, begin = 0) {
    this.sums = new Float64Array(days + 1)
    this.counts = new Int32Array(days + 1)
    for (let day = 0; day < days; day++) {
      const value = day < begin ? Number.NaN : valueAt(day)
      const known = !Number.isNaN(value)
      this.sums[day + 1] = this.sums[day]! + (known ? value : 0)
      this.counts[day + 1] = this.counts[day]! + (known ? 1 : 0)
    }
  }

  /** Over the days from `from`, at least 0, up to and without `end`. */
  sum(from: number, end: number): number {
    return this.sums[end]! - this.sums[Math.max(0, from)]!
  }

  count(from: number, end: number): number {
    return this.counts[end]! - this.counts[Math.max(0, from)]!
  }

  /** NaN where no day is known. */
  mean(from: number, end: number): number {
    return this.sum(from, end) / this.count(from, end)
  }
}
