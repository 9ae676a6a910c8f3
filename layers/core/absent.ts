/** Leaves out what is undefined: to a reader absent and undefined are the same, but only absent is a JSON value. */
export function withoutAbsent(data: object): object {
  const given = data as Record<string, unknown>
  const present: Record<string, unknown> = {}
  for (const name in given) if (given[name] !== undefined) present[name] = given[name]
  return present
}
