/** What every bench is: a line about it, its bound in time, and a run that answers figures. */
export type BenchOptions = {
  readonly events: number | undefined
  readonly small: number | undefined
  readonly large: number | undefined
  readonly rounds: number | undefined
  readonly rate: number | undefined
  readonly stores: number | undefined
  readonly products: number | undefined
  readonly days: number | undefined
  readonly data: string | undefined
  readonly dir: string | undefined
  readonly file: string | undefined
  readonly profile: boolean
  /** Progress, for a person. */
  readonly say: (text: string) => void
}

export type Bench = {
  readonly about: string
  /** The options it takes, a line each. */
  readonly options: readonly string[]
  readonly atMostSeconds: number
  /** Units are in the names of the figures. */
  readonly run: (options: BenchOptions) => Promise<object>
  /** The result for a person, in place of its JSON over many lines. */
  readonly table?: (result: object) => string
}
