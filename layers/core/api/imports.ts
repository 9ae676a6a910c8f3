/** Rows of tables that people bring in, a part of a file at a time. */
import { z } from 'zod'
import { Id } from '#core/events/envelope.ts'
import { freshness, listSpan } from './freshness.ts'
import { problemDocument } from './problem.ts'

/** What rows can be; `online-retail-titles` comes after `online-retail`, with what its answers counted. */
export const IMPORT_KINDS = ['products', 'stores', 'rates', 'sales', 'online-retail', 'online-retail-titles'] as const
export type ImportKind = (typeof IMPORT_KINDS)[number]

/** The most rows of one request. */
export const MAX_ROWS = 2_000
/** The most rows that are looked at before anything is brought in. */
export const MAX_PREVIEWED = 100

const Cell = z.string().max(10_000)
/** Names of the file's columns, in its order. */
const columns = z.array(z.string().max(200)).min(1).max(200)
const mapping = z.record(z.string(), z.unknown())
const fileRow = z.object({
  line: z.int().min(1).describe('Its line in the file, by which it is named where it is refused.'),
  cells: z.array(Cell).max(300).describe('Its texts, in the order of `columns`.'),
})
const rowsUpTo = (most: number) => z.array(fileRow).max(most)

export const importPreviewRequest = z.object({
  /** Guessed from the columns if absent. */
  kind: z.enum(IMPORT_KINDS).optional(),
  /** Names of the file’s columns, in its order. */
  columns,
  /** The first rows of the file, each with its line. */
  rows: rowsUpTo(MAX_PREVIEWED),
  /** Guessed if absent. Of sales as docs/imports.md says; else the file's column for each of ours. */
  mapping: mapping.optional(),
})
export type ImportPreviewRequest = z.infer<typeof importPreviewRequest>

const problems = problemDocument.shape.problems.unwrap()
/** A row that was not taken, by the line of the file, and why. */
const refusedRow = z.object({ line: z.number(), problems })

export const importPreviewAnswer = z.object({
  /** null: the columns are of no kind that is known. */
  kind: z.enum(IMPORT_KINDS).nullable(),
  mapping: z.record(z.string(), z.unknown()),
  /** What is missing in the mapping or wrong with it, by field. */
  problems,
  /** Our names, and whether a column must be found for it. */
  fields: z.array(z.object({ name: z.string(), isRequired: z.boolean() })),
  /** Columns of the file that nothing reads. */
  ignoredColumns: z.array(z.string()),
  /** Rows that lie together in the file say one thing where they are equal here: they go into one request. */
  groupColumn: z.string().nullable(),
  /** Each row as it will be understood. */
  rows: z.array(
    z.object({
      line: z.number(),
      problems,
      events: z.array(
        z.object({
          type: z.string(),
          storeId: z.string(),
          occurredAt: z.string().nullable(),
          data: z.record(z.string(), z.unknown()),
        }),
      ),
    }),
  ),
})
export type ImportPreviewAnswer = z.infer<typeof importPreviewAnswer>

export const importRequest = z.object({
  /** The same in every request of one import: any text of your own. */
  run: Id,
  /** Counts up from 0 in a run. */
  part: z.int().min(0).max(10_000_000),
  /** The file's name, for people. */
  file: z.string().min(1).max(200),
  /** Names of the file’s columns, in its order. */
  columns,
  /** Equal rows, and rows of one group, belong into one request. */
  rows: rowsUpTo(MAX_ROWS),
  /** Of sales as docs/imports.md says; else the file’s column for each of ours. */
  mapping,
  /** Nothing comes after it. */
  isLast: z.boolean().optional(),
})
export type ImportRequest = z.infer<typeof importRequest>

export const importAnswer = z.object({
  /** Events that are new, and those that were known before. */
  accepted: z.number(),
  repeats: z.number(),
  refused: z.array(refusedRow),
  /** Of online-retail: how often sales of a product bore a title. */
  titles: z.array(z.object({ productId: z.string(), title: z.string(), sales: z.number() })),
})
export type ImportAnswer = z.infer<typeof importAnswer>

export const importItem = z.object({
  run: z.string(),
  kind: z.enum(IMPORT_KINDS),
  file: z.string(),
  beganAt: z.string(),
  /** When its newest part came. */
  lastAt: z.string(),
  /** Whether all its parts came: one that did not can be sent again from the beginning, and nothing is counted twice. */
  isWhole: z.boolean(),
  lines: z.number(),
  accepted: z.number(),
  repeats: z.number(),
  refused: z.number(),
})
export type ImportItem = z.infer<typeof importItem>
export const importsAnswer = z.object({
  ...freshness,
  /** Imports that began in it. */
  window: listSpan,
  items: z.array(importItem),
  next: z.string().nullable(),
})
export type ImportsAnswer = z.infer<typeof importsAnswer>
