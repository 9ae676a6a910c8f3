/** Leaves out what is undefined: to a reader absent and undefined are the same, but only absent is a JSON value. */
export function withoutAbsent(data: object): object {
  const present: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(data)) if (value !== undefined) present[name] = value
  return present
}
