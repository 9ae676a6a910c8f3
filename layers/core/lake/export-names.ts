/** Names of what was exported: by the hour in which it was made, so that one can tell what is over. */
export const EXPORTS = 'exports/'

/** `tag`: of table, version and rows. */
export const exportFolder = (now: number, tag: string): string => `${EXPORTS}hour=${hourOf(now)}/${tag}/`

/** Sorts by time. */
const hourOf = (at: number): string => new Date(at).toISOString().slice(0, 13)

/** Whether it was made before the hour that came before this one: whoever began to read it has had an hour. */
export const isExportOver = (name: string, now: number): boolean =>
  name.startsWith(EXPORTS) && name.slice(`${EXPORTS}hour=`.length).slice(0, 13) < hourOf(now - 3_600_000)
