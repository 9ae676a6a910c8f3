/** What of a States Language definition this program asks: its states in order, and what follows one of them. */

/** As far as it is read here. https://states-language.net/spec.html */
export type StateDefinition = {
  readonly Type: string
  readonly Comment?: string
  readonly Next?: string
  readonly Default?: string
  readonly Choices?: readonly { readonly Next: string }[]
  readonly Catch?: readonly { readonly Next: string }[]
  readonly ItemProcessor?: ChainDefinition
  readonly Branches?: readonly ChainDefinition[]
}
export type ChainDefinition = {
  readonly StartAt: string
  readonly States: Readonly<Record<string, StateDefinition>>
}

/** A state of the chain, with the names of the Task states that do its work: its own, or those within a Map or Parallel. */
export type ChainState = { readonly name: string; readonly tasks: readonly string[] }

/** A chain as it is drawn: its outermost states, nearest first, and what leads from one to another. */
export type ChainShape = {
  /** `kind`: the type in its definition, `Task`. `about`: its comment there. */
  readonly states: readonly { readonly name: string; readonly kind: string; readonly about: string }[]
  readonly steps: readonly { readonly from: string; readonly to: string; readonly onFailure: boolean }[]
}

export function shapeOf({ StartAt, States }: ChainDefinition): ChainShape {
  const names = reachable(States, StartAt, (state) => [...nextOf(state), ...caughtBy(state)])
  const steps = names.flatMap((from) => {
    const state = States[from]!
    const step = (onFailure: boolean) => (to: string) => ({ from, to, onFailure })
    return [...[...new Set(nextOf(state))].map(step(false)), ...[...new Set(caughtBy(state))].map(step(true))]
  })
  const states = names.map((name) => ({ name, kind: States[name]!.Type, about: States[name]!.Comment ?? '' }))
  return { states, steps }
}

/** Those that do work, in the order in which they come where nothing fails. */
export function statesOf({ StartAt, States }: ChainDefinition): ChainState[] {
  return reachable(States, StartAt, nextOf)
    .map((name) => ({ name, tasks: tasksIn(name, States[name]!) }))
    .filter(({ tasks }) => tasks.length > 0)
}

/** Every Task state, also those within others and those of failures. */
export const tasksOfChain = ({ States }: ChainDefinition): string[] =>
  Object.entries(States).flatMap(([name, state]) => tasksIn(name, state))

/** Task states that may work again where the chain begins anew at `from`; undefined: it has no such state. */
export function tasksFrom({ States }: ChainDefinition, from: string): string[] | undefined {
  if (States[from] === undefined) return undefined
  const all = (state: StateDefinition) => [...nextOf(state), ...caughtBy(state)]
  return reachable(States, from, all).flatMap((name) => tasksIn(name, States[name]!))
}

const nextOf = ({ Next, Default, Choices = [] }: StateDefinition): string[] =>
  [Next, ...Choices.map((choice) => choice.Next), Default].filter((name) => name !== undefined)

const caughtBy = ({ Catch = [] }: StateDefinition): string[] => Catch.map(({ Next }) => Next)

function tasksIn(name: string, { Type, ItemProcessor, Branches = [] }: StateDefinition): string[] {
  if (Type === 'Task') return [name]
  return [...(ItemProcessor === undefined ? [] : [ItemProcessor]), ...Branches].flatMap(tasksOfChain)
}

/** Nearest first. */
function reachable(
  states: ChainDefinition['States'],
  from: string,
  next: (state: StateDefinition) => readonly string[],
): string[] {
  const found = new Set([from])
  for (const name of found) for (const follower of next(states[name]!)) found.add(follower)
  return [...found]
}
