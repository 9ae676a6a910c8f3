import type { Condition, RowRef } from '#core/ports.ts'

/** That a row is as it was read, by the `field` that each change of it moves; undefined: that there is none. */
export const isUnmoved = <Field extends string = 'version'>(
  { table, key }: RowRef,
  before: { readonly [Name in NoInfer<Field>]?: string | number } | undefined,
  field: Field = 'version' as Field,
): Condition => (before === undefined ? { table, key, field: undefined } : { table, key, field, equals: before[field] })
