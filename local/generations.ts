/**
 * Rows that are folded from the log exist in generations: a rebuild makes the next one beside the one that serves, and
 * one durable write switches over. Everything else (people, tokens, connections, outbox) has one table for ever.
 */
import { isProjection } from '#core/projection.ts'
import { retailSteps } from '#core/retail-steps.ts'
import { HELD_TABLE } from '#runtime/held-documents.ts'
import { CHECKPOINT_TABLE, SEEN_IDS_TABLE } from '#runtime/run-batch.ts'

/** Tables of the projections, by name. */
export const PROJECTION_TABLES: readonly string[] = retailSteps.filter(isProjection).map(({ name }) => name)

/** Everything that a replay of the log makes again. */
export const FOLDED_TABLES: readonly string[] = [...PROJECTION_TABLES, CHECKPOINT_TABLE, SEEN_IDS_TABLE, HELD_TABLE]
const folded: ReadonlySet<string> = new Set(FOLDED_TABLES)

export const nameInGeneration =
  (generation: number) =>
  (table: string): string =>
    folded.has(table) ? `${table}#${generation}` : table

/** What each projection's rows were folded by: raised versions ask for a rebuild. */
export type Versions = Readonly<Record<string, number>>
export const presentVersions: Versions = Object.fromEntries(
  retailSteps.filter(isProjection).map(({ name, version }) => [name, version]),
)

/** The one row that says which generation serves. Table and key. */
export const GENERATION = { table: 'generations', key: 'serving' } as const
export type GenerationRow = { readonly generation: number; readonly versions: Versions }
export const FIRST_GENERATION: GenerationRow = { generation: 1, versions: presentVersions }

/** Projections whose rows were folded by another version, or not at all. */
export const changedSince = (versions: Versions): string[] =>
  Object.entries(presentVersions).flatMap(([name, version]) => (versions[name] === version ? [] : [name]))
