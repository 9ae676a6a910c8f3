/** One line that a person watches while long work goes on; nothing at all where nobody does. */
export class ProgressLine {
  private readonly shown = process.stderr.isTTY === true
  private readonly what: string

  constructor(what: string) {
    this.what = what
  }

  /** `total` undefined: nobody knows how much there is. `at`: what was done last. */
  update(done: number, total?: number, at?: string): void {
    if (!this.shown) return
    const count = done.toLocaleString('en')
    const text =
      total === undefined || total === 0
        ? `${this.what} ${count}${at === undefined ? '' : `: ${at}`}`
        : `${bar(done / total)} ${this.what} ${count} of ${total.toLocaleString('en')}`
    process.stderr.write(`\r\u001b[K${text}`)
  }

  end(): void {
    if (this.shown) process.stderr.write('\r\u001b[K')
  }
}

const WIDTH = 24
const bar = (share: number): string => {
  const full = Math.round(Math.min(1, share) * WIDTH)
  return `[${'#'.repeat(full)}${'.'.repeat(WIDTH - full)}]`
}
