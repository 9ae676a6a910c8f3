/** Everything that these pages say. */
import type { RunItem } from '#core/api/runs.ts'

type Status = RunItem['status']

export const words = {
  title: 'Runs',
  about: (zone: string) => `What works at night, newest first; times in ${zone}`,
  back: 'All runs',
  list: 'Runs',
  runNow: 'Run now',
  which: 'Chain',
  none: 'Nothing has run yet',
  noneWhy:
    'Each morning after 08:00 by your clock the last day becomes tables, after 10:00 the week to come is forecast, and on Sundays a model is trained. It can be had now.',
  noneMayNot:
    'Each morning after 08:00 by your clock the last day becomes tables, after 10:00 the week to come is forecast, and on Sundays a model is trained.',
  gone: (id: string) => `There is no run ${id}`,
  goneWhy: 'Of a merchant the newest 400 are kept. It may have been one of those before.',
  // By chain; one of a newer engine is called as it calls itself.
  chains: {
    nightly: { name: 'Night', about: 'the day becomes tables' },
    forecasts: { name: 'Forecasts', about: 'the next seven days' },
    weekly: { name: 'Training', about: 'a new demand model' },
  } as Readonly<Record<string, { readonly name: string; readonly about: string }>>,
  statuses: { waiting: 'Waiting', running: 'Running', succeeded: 'Done', failed: 'Failed' } satisfies Record<
    Status,
    string
  >,
  notReached: 'Not run',
  run: 'Run',
  date: 'For the day',
  status: 'State',
  began: 'Began',
  took: 'Took',
  asked: 'Asked by',
  schedule: 'its time',
  attempt: 'Attempt',
  stopped: 'Stopped at',
  facts: {
    asked: 'Asked for',
    began: 'Began',
    ended: 'Ended',
    took: 'Took',
    attempt: 'Attempt',
    from: 'Began at state',
    tables: 'Tables shown',
    cost: 'Cost',
  },
  askedBy: (when: string, who: string) => `${when}, by ${who}`,
  shownUpTo: (day: string) => `up to ${day}`,
  shownNone: 'none yet',
  noCost: 'none on one machine',
  failure: {
    title: (state: string | null) => (state === null ? 'It stopped before its first state' : `It stopped at ${state}`),
    stays: (chain: string, state: string | null, day: string | null) => {
      if (chain !== 'nightly' && state === null) return 'What it has published stays; all else is as it was.'
      if (chain === 'weekly' && state === 'check-drift')
        return 'Training is over: it only was not looked at whether the model still fits.'
      if (chain === 'weekly') return 'Nothing was replaced: the model that served goes on serving.'
      if (chain === 'forecasts' && state === 'check-drift')
        return 'Forecasts and proposals are new: it only was not looked at whether the model still fits.'
      if (chain === 'forecasts' && state === 'propose-reorders')
        return 'The forecasts are new, and proposals to order stay as they were.'
      if (chain === 'forecasts') return 'Nothing was replaced: forecasts and proposals to order stay as they were.'
      return day === null
        ? 'Nothing was replaced: there are no tables yet.'
        : `Nothing was replaced: every page and question still has the tables as they were made up to ${day}.`
    },
    todo: 'When the cause is mended, run it again. What its states have answered is kept, so it can begin at the one that stopped.',
    again: (when: string) => `It is tried again by itself after ${when}.`,
    todoWhole: 'When the cause is mended, run it again.',
  },
  picture: {
    title: 'The chain',
    about: (said: string) => said,
    said: (done: number, all: number) => `${done} of ${all} states done`,
    hidden: 'Each state is in the list below.',
    onFailure: 'where one fails',
    waits: 'It has not begun: it waits for its turn, one run after the other.',
  },
  states: {
    title: 'States',
    name: 'State',
    status: 'Outcome',
    began: 'Began',
    took: 'Took',
    rowsIn: 'Rows in',
    rowsOut: 'Rows out',
    tries: 'Tries',
    says: 'Says',
    does: 'Does',
    rows: 'Rows in → out',
    more: (count: number) => `and ${count} more`,
  },
  checks: {
    title: 'Checks',
    counts: { passed: 'held', failed: 'failed', warned: 'warned', skipped: 'had nothing to judge' },
    hard: 'hard: the run stopped here',
    soft: 'soft: a warning, the run went on',
    measured: (measured: string, bound: string) => (bound === '' ? measured : `${measured}, against ${bound}`),
    nothing: 'nothing to measure',
    of: (table: string, day: string) => (day === '' ? table : `${table} of ${day}`),
    none: 'No check has been asked yet',
    noneWhy: 'They are asked when the tables are made, before anything is replaced.',
    allHeld: 'Every check held.',
    history: 'Checks of all runs',
  },
  again: {
    begin: 'Begin at',
    first: 'the first state',
    does: 'Run again',
    asking: 'Asking…',
    refused: (why: string) => `It was not asked for: ${why}`,
  },
} as const
