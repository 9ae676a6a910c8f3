import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { RunAnswer } from '#core/api/runs.ts'
import { PlayIcon } from '../icons.tsx'
import { useMay } from '../people/account-context.ts'
import form from '../people/people.module.css'
import { messageOf } from '../people/prepare-refusal.ts'
import { isWorking, RUNS, runQuery, startRun } from './requests.ts'
import classes from './runs.module.css'
import { words } from './words.ts'

/** Has a run that is over done again, from its beginning or from a state that it has reached. */
export function RunAgain({ run }: { readonly run: RunAnswer }) {
  const client = useQueryClient()
  const may = useMay('runs:start')
  const [chosen, setChosen] = useState<string | null>(null)
  // Nobody has chosen: the state that stopped, which is known when the run is over. What a check found is found anew from
  // the beginning alone.
  const from = chosen ?? (run.failure?.error === 'CheckFailedError' ? '' : (run.failure?.state ?? ''))
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => startRun({ chain: run.chain, date: run.date, ...(isOffered(from) && { from }) }),
    onSuccess: async (asked) => {
      client.setQueryData(runQuery(asked.id).queryKey, asked)
      await client.invalidateQueries({ queryKey: [RUNS] })
    },
  })
  const reached = run.isResumable ? run.states.filter(({ tasks }) => tasks > 0).map(({ name }) => name) : []
  const isOffered = (name: string) => reached.includes(name)
  if (!may || isWorking(run)) return null
  return (
    <div className={classes.again}>
      {error !== null && (
        <span className={classes.refused} role="alert">
          {words.again.refused(messageOf(error))}
        </span>
      )}
      {reached.length > 0 && (
        <label className={classes.from}>
          {words.again.begin}
          <select value={isOffered(from) ? from : ''} onChange={(event) => setChosen(event.currentTarget.value)}>
            <option value="">{words.again.first}</option>
            {reached.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <button type="button" className={form.primary} disabled={isPending} onClick={() => mutate()}>
        <PlayIcon size={16} /> {isPending ? words.again.asking : words.again.does}
      </button>
    </div>
  )
}
