import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Database, open, type RootDatabase } from 'lmdb'

/** A line as the memory knows it: lines of one group lie together, so that files in order are quick. */
export type Remembered = { readonly group: string; readonly hash: string }

/**
 * What an import has to remember of every line it has read, on the disk, so that memory stays the same however long the
 * file is: how often each line has come, and by which titles products were sold. It begins empty and ends with the
 * process: its files have no name from the start, and the system frees them even after a kill.
 */
export class LineMemory {
  private readonly root: RootDatabase
  private readonly counts: Database<number, string>
  private readonly titles: Database<number, [productId: string, title: string]>

  /** `folder`: on whose disk there is room for about 60 bytes a line. */
  constructor(folder: string) {
    const path = mkdtempSync(join(folder, 'import-'))
    this.root = open({ path, noSync: true, useWritemap: true, maxDbs: 2, compression: false })
    this.counts = this.root.openDB({ name: 'counts' })
    this.titles = this.root.openDB({ name: 'titles' })
    rmSync(path, { recursive: true, force: true })
  }

  /** For each line how often the very same one has come by now, itself included. */
  occurrences(lines: readonly Remembered[]): number[] {
    return this.root.transactionSync(() =>
      lines.map(({ group, hash }) => {
        const key = `${group.slice(0, 100)}/${hash}`
        const n = (this.counts.get(key) ?? 0) + 1
        this.counts.putSync(key, n)
        return n
      }),
    )
  }

  /** Sales of a product that bore a title. */
  addTitles(sold: ReadonlyMap<string, ReadonlyMap<string, number>>): void {
    this.root.transactionSync(() => {
      for (const [productId, titles] of sold) {
        for (const [title, n] of titles) {
          const key: [string, string] = [productId, title]
          this.titles.putSync(key, (this.titles.get(key) ?? 0) + n)
        }
      }
    })
  }

  /** Each product with the title that most of its sales bore; of several the first in the order of the alphabet. */
  *commonTitles(): Generator<{ readonly productId: string; readonly title: string }> {
    let best: { productId: string; title: string; n: number } | undefined
    for (const {
      key: [productId, title],
      value: n,
    } of this.titles.getRange({})) {
      if (best !== undefined && best.productId !== productId) yield best
      if (best?.productId !== productId || n > best.n) best = { productId, title, n }
    }
    if (best !== undefined) yield best
  }

  async close(): Promise<void> {
    await this.root.close()
  }
}
