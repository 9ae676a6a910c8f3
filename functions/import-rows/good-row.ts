import type { Draft } from '#core/events/envelope.ts'
import type { Problem } from '#core/outcome.ts'
import type { Cells } from '#core/sources/read-cells.ts'

/** A row that could be read, and what it says. */
export type GoodRow = { readonly line: number; readonly row: Cells; readonly drafts: readonly Draft[] }
export type Refuse = (line: number, problems: readonly Problem[]) => void
