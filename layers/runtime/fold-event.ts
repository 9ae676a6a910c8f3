import type { Problem } from '#core/outcome.ts'
import { CannotApplyError, type Derived, type Folded, type Told } from '#core/projection.ts'
import type { Entry, Task, Workspace } from './workspace.ts'

/** An event with the entries of its tasks, planned so that their rows could be read beforehand. */
export type Planned = { readonly event: Folded; readonly entries: readonly (Entry | undefined)[] }

/** What cannot be applied, and why. `event` is unknown where it could not be read. */
export type Refused = { readonly event: Folded | undefined; readonly problems: readonly Problem[] }

/** What became of an event: applied, or for these problems not. */
export type Fate = {
  readonly problems: readonly Problem[]
  readonly told: readonly Told[]
  /** Facts that came of it, of the types that the lake keeps. */
  readonly facts?: readonly Folded[] | undefined
  /** Of a command: the event that it brought back, which is the one that tells. */
  readonly event?: Folded
  /** What it moved in the ledger beside counting as applied itself. */
  readonly moves?: {
    readonly applied: number
    readonly duplicate: number
    readonly held: number
    readonly discarded: number
  }
}
/** A promise: rows were missing. Undo, wait for it and fold again. */
export type Folding = Fate | Promise<void>

const NO_PROBLEMS: readonly Problem[] = []
export const APPLIED: Fate = { problems: NO_PROBLEMS, told: [] }

export type FoldOptions = {
  /** Whether the lake keeps facts of this type; absent: there is no lake. */
  readonly keeps?: (type: string) => boolean
  /** Hears of an error in a fold: a defect of ours, for which the event is held. */
  readonly onFoldError?: (error: unknown, event: Folded) => void
}

/**
 * Runs the event's steps in order, then those of every fact derived from it, first in first out. On a problem every
 * change it made in the workspace is undone.
 */
export function foldEvent(workspace: Workspace, planned: Planned, { keeps, onFoldError }: FoldOptions): Folding {
  const told: Told[] = []
  let kept: Folded[] | undefined
  let queue: Planned[] | undefined
  try {
    let current: Planned | undefined = planned
    for (let i = 0; current !== undefined; current = queue?.[i++]) {
      const { event, entries } = current
      for (const task of workspace.tasks(event.type)) {
        const own = task.own < 0 ? undefined : entries[task.own]
        if (task.fold !== undefined && own === undefined) continue
        fillBeside(task, entries, event)
        const facts = runTask(workspace, task, own, event, told)
        if (facts === undefined) continue
        queue ??= []
        for (const derived of facts) {
          const fact = factOf(event, derived)
          queue.push({ event: fact, entries: workspace.plan(fact) })
          if (keeps?.(fact.type) !== true) continue
          kept ??= []
          kept.push(fact)
        }
      }
      const loading = workspace.load()
      if (loading !== undefined) return loading
    }
    return told.length === 0 && kept === undefined ? APPLIED : { problems: NO_PROBLEMS, told, facts: kept }
  } catch (error) {
    workspace.undo()
    return { problems: defectOf(error, planned.event, onFoldError), told: [] }
  }
}

/** Why the event is held: what the fold says of it or, for any other error, that the fault is ours. */
export function defectOf(
  error: unknown,
  event: Folded,
  onFoldError?: (error: unknown, event: Folded) => void,
): readonly Problem[] {
  if (error instanceof CannotApplyError) return [{ field: '', message: error.message }]
  onFoldError?.(error, event)
  const reason = error instanceof Error ? error.message : String(error)
  return [{ field: '', message: `a defect in our own code, please report it: ${reason}` }]
}

function runTask(
  workspace: Workspace,
  task: Task,
  entry: Entry | undefined,
  event: Folded,
  told: Told[],
): readonly Derived[] | undefined {
  const { fold, tells, derives, besideRows } = task
  if (fold === undefined) return task.derivesAlone!(event, besideRows)
  const before = rowAt(task, entry, event)
  const after = fold(before, event, besideRows)
  if (after !== before) workspace.change(entry!, after)
  if (tells !== undefined) {
    const said = tells(before, after, event, besideRows)
    if (said !== undefined) for (const one of said) told.push(one)
  }
  return derives?.(before, after, event, besideRows)
}

/** The row as it counts at the event: one that has expired is no row. */
function rowAt(
  { empty, expiresAt }: Pick<Task, 'empty' | 'expiresAt'>,
  entry: Entry | undefined,
  event: Folded,
): object {
  const row = entry?.row
  if (row === undefined) return empty
  return expiresAt !== undefined && expiresAt(row, entry!.key) <= event.receivedAt ? empty : row
}

function fillBeside({ beside, besideRows }: Task, entries: Planned['entries'], event: Folded): void {
  for (let i = 0; i < beside.length; i++) {
    const { name, entry } = beside[i]!
    besideRows[name] = rowAt(beside[i]!, entries[entry], event)
  }
}

/** A derived fact is an event of its own, at its own time where that differs, with the identity of its parent. */
const factOf = (parent: Folded, { type, data, at, businessDate, part }: Derived): Folded => ({
  ...parent,
  id: part === undefined ? parent.id : `${parent.id}-${part}`,
  type,
  data,
  at: at ?? parent.at,
  businessDate: businessDate ?? parent.businessDate,
})
