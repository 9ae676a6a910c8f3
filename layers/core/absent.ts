/** Leaves out what is undefined: to a reader absent and undefined are the same, but only absent is a JSON value. */
export const withoutAbsent = (data: object): object =>
  Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined))
