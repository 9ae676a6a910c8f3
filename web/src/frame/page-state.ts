import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo, useRef } from 'react'
import { optional, string, type z } from 'zod/mini'

type Shape = Readonly<Record<string, z.core.$ZodType<unknown, unknown>>>
type StateOf<S extends Shape> = { readonly [name in keyof S]: z.output<S[name]> }

/**
 * A page's own part of the address: filters, sorting, what is open. `fields`: a schema by name, made outside of the
 * component, that takes the text of the address (or undefined, where it says nothing) and gives the value; what it
 * refuses is taken as not said. Setting a value to undefined or to its default takes it out of the address.
 */
export function usePageState<S extends Shape>(
  fields: S,
): [StateOf<S>, (change: { readonly [name in keyof S]?: z.output<S[name]> | undefined }) => void] {
  const search = useSearch({ strict: false }) as Readonly<Record<string, string | undefined>>
  const navigate = useNavigate()
  const said = JSON.stringify(Object.keys(fields).map((name) => search[name]))
  // biome-ignore lint/correctness/useExhaustiveDependencies: `said` is all that is read of the search
  const state = useMemo(() => readState(fields, search), [fields, said])
  const latest = useRef(fields)
  latest.current = fields
  const change = useCallback(
    (changes: object) => {
      const next = (before: Readonly<Record<string, string>>) => withState(latest.current, before, changes)
      void navigate({ search: next, replace: true, resetScroll: false } as never)
    },
    [navigate],
  )
  return [state, change]
}

const DIALOG = { do: optional(string()) }

/** A dialog of a page that its address opens, `?do=invite`: so that a link may lead to it. */
export function useDialog(name: string): readonly [isOpen: boolean, open: () => void, close: () => void] {
  const [{ do: asked }, change] = usePageState(DIALOG)
  return [asked === name, () => change({ do: name }), () => change({ do: undefined })]
}

/** What the address says, by field. */
export function readState<S extends Shape>(
  fields: S,
  search: Readonly<Record<string, string | undefined>>,
): StateOf<S> {
  const entries = Object.entries(fields).map(([name, schema]) => [name, saidBy(schema, search[name])])
  return Object.fromEntries(entries) as StateOf<S>
}

function saidBy(schema: Shape[string], said: string | undefined): unknown {
  const outcome = schema['~standard'].validate(said)
  if (!('then' in outcome) && outcome.issues === undefined) return outcome.value
  const unsaid = schema['~standard'].validate(undefined)
  return 'then' in unsaid || unsaid.issues !== undefined ? undefined : unsaid.value
}

/** The query after a change: what is at its default is not in it. */
export function withState(
  fields: Shape,
  search: Readonly<Record<string, string>>,
  changes: object,
): Readonly<Record<string, string>> {
  const next: Record<string, string> = { ...search }
  for (const [name, value] of Object.entries(changes)) {
    const schema = fields[name]
    if (value === undefined || (schema !== undefined && value === saidBy(schema, undefined))) delete next[name]
    else next[name] = String(value)
  }
  return next
}
